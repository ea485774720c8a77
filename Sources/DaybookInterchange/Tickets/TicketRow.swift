public import DaybookValues

/// Something sold at a counter: a line of a ticket.
public struct TicketRow: ImportRow, Hashable {
  /// Where `TicketRow` finds its fields.
  public struct Columns: Sendable {
    var id: CSVColumn
    var date: CSVColumn
    var time: CSVColumn
    var name: CSVColumn
    var size: CSVColumn?
    var price: CSVColumn
  }

  /// The row below the header, from 1.
  public var row: Int
  /// `id`: of the ticket.
  public var id: String
  /// `date`.
  public var day: Day
  /// `time`, in milliseconds since midnight.
  public var millisecond: Int64
  /// `name`.
  public var name: String
  /// `size`; empty where there is none.
  public var size: String
  /// `price`, not below zero.
  public var price: UnitPrice

  /// Finds the columns of the fields above.
  public static func columns(of reader: borrowing CSVReader) throws(CSVError) -> Columns {
    Columns(
      id: try reader.column("id"), date: try reader.column("date"),
      time: try reader.column("time"), name: try reader.column("name"),
      size: try reader.optionalColumn("size"), price: try reader.column("price"))
  }

  /// Reads a row; all but the size must be there.
  public init(_ reader: borrowing CSVReader, _ columns: Columns) throws(CSVError) {
    row = reader.row
    id = try reader.identifier(columns.id)
    let date = try reader.trimmedText(columns.date)
    day = try reader.value(columns.date) { () throws(ValueError) in try Day(parsing: date) }
    millisecond = try reader.timeOfDay(columns.time)
    name = try reader.identifier(columns.name)
    size = ""
    if let column = columns.size {
      size = try reader.trimmedText(column)
      guard size.utf8.count <= 64 else {
        throw reader.error(.badValue(text: size, reason: "is longer than 64 bytes"), column)
      }
    }
    let text = try reader.trimmedText(columns.price)
    price = try reader.value(columns.price) { () throws(ValueError) in
      try UnitPrice(parsing: text)
    }
    guard !price.isNegative else {
      throw reader.error(
        .badValue(text: text, reason: "is below zero; a ticket takes nothing back"), columns.price)
    }
  }
}
