import DaybookBytes
public import DaybookValues

/// A line of an invoice of a shop.
public struct RetailRow: ImportRow, Hashable {
  /// Where `RetailRow` finds its fields.
  public struct Columns: Sendable {
    var invoice: CSVColumn
    var code: CSVColumn
    var description: CSVColumn
    var quantity: CSVColumn
    var at: CSVColumn
    var price: CSVColumn
    var customer: CSVColumn
  }

  /// The row below the header, from 1.
  public var row: Int
  /// `Invoice`.
  public var invoice: String
  /// `StockCode`.
  public var code: String
  /// `Description`, where it is more than the name of the goods: of lines without a price above zero.
  public var note: String
  /// `Quantity`; below zero for what comes back or is missing.
  public var quantity: Quantity
  /// `InvoiceDate`, on the shop's clock.
  var at: CivilTime
  /// `Price`, of one piece.
  public var price: UnitPrice
  /// `Customer ID`; empty for somebody who came in.
  public var customer: String

  /// Finds the columns of the fields above.
  public static func columns(of reader: borrowing CSVReader) throws(CSVError) -> Columns {
    Columns(
      invoice: try reader.column("Invoice", "InvoiceNo"), code: try reader.column("StockCode"),
      description: try reader.column("Description"), quantity: try reader.column("Quantity"),
      at: try reader.column("InvoiceDate"), price: try reader.column("Price", "UnitPrice"),
      customer: try reader.column("Customer ID", "CustomerID"))
  }

  /// Reads a row; invoice, code, quantity, time and price must be there.
  public init(_ reader: borrowing CSVReader, _ columns: Columns) throws(CSVError) {
    row = reader.row
    invoice = try reader.identifier(columns.invoice)
    code = try reader.identifier(columns.code)
    quantity = try reader.quantity(columns.quantity)
    at = try reader.civilTime(columns.at)
    let price = try reader.trimmedText(columns.price)
    self.price = try reader.value(columns.price) { () throws(ValueError) in
      try UnitPrice(parsing: price)
    }
    note = self.price.tenThousandths > 0 ? "" : try reader.trimmedText(columns.description)
    customer = try reader.trimmedText(columns.customer)
    guard customer.utf8.count <= 64 else {
      throw reader.error(
        .badValue(text: customer, reason: "is longer than 64 bytes"), columns.customer)
    }
  }
}

/// What of a line is needed before any is recorded: which invoice it belongs to, and how its goods
/// are called.
struct RetailOutlineRow: ImportRow {
  struct Columns: Sendable {
    var invoice: CSVColumn
    var code: CSVColumn
    var description: CSVColumn
    var price: CSVColumn
  }

  var row: Int
  var invoice: String
  var code: String
  var description: String

  static func columns(of reader: borrowing CSVReader) throws(CSVError) -> Columns {
    let columns = try RetailRow.columns(of: reader)
    return Columns(
      invoice: columns.invoice, code: columns.code, description: columns.description,
      price: columns.price)
  }

  init(_ reader: borrowing CSVReader, _ columns: Columns) throws(CSVError) {
    row = reader.row
    invoice = try reader.trimmedText(columns.invoice)
    code = try reader.trimmedText(columns.code)
    // The description of goods that nobody pays for says what became of them.
    let isPriced = reader.withField(columns.price) { bytes in
      var bytes = bytes
      while let byte = try? bytes.readByte() {
        if byte == 0x2d { return false }
        if byte >= 0x31, byte <= 0x39 { return true }
      }
      return false
    }
    description = isPriced ? try reader.trimmedText(columns.description) : ""
  }
}
