// The rows that say what was used: supplies and devices. Neither has an identifier.
public import DaybookValues

/// A row of supplies.csv.
public struct SupplyRow: ImportRow, Hashable {
  /// Where `SupplyRow` finds its fields.
  public struct Columns: Sendable {
    var at: CSVColumn
    var patient: CSVColumn
    var encounter: CSVColumn
    var code: CSVColumn
    var description: CSVColumn
    var quantity: CSVColumn
  }

  /// The row below the header, from 1.
  public var row: Int
  /// `DATE`: mostly a day alone, which means its first instant in UTC.
  public var at: Instant
  /// `PATIENT`.
  public var patient: String
  /// `ENCOUNTER`.
  public var encounter: String
  /// `CODE`.
  public var code: String
  /// `DESCRIPTION`.
  public var description: String
  /// `QUANTITY`, above zero.
  public var quantity: Quantity

  /// Finds the columns of the fields above.
  public static func columns(of reader: borrowing CSVReader) throws(CSVError) -> Columns {
    Columns(
      at: try reader.column("DATE"), patient: try reader.column("PATIENT"),
      encounter: try reader.column("ENCOUNTER"), code: try reader.column("CODE"),
      description: try reader.column("DESCRIPTION"), quantity: try reader.column("QUANTITY"))
  }

  /// Reads a row.
  public init(_ reader: borrowing CSVReader, _ columns: Columns) throws(CSVError) {
    row = reader.row
    at = try reader.instant(columns.at)
    patient = try reader.identifier(columns.patient)
    encounter = try reader.identifier(columns.encounter)
    code = try reader.identifier(columns.code)
    description = try reader.trimmedText(columns.description)
    quantity = try reader.quantity(columns.quantity)
    guard quantity.isPositive else {
      throw reader.error(
        .badValue(text: "\(quantity)", reason: "is not above zero"), columns.quantity)
    }
  }
}

/// A row of devices.csv: something implanted or handed out, with its lot.
public struct DeviceRow: ImportRow, Hashable {
  /// Where `DeviceRow` finds its fields.
  public struct Columns: Sendable {
    var start: CSVColumn
    var patient: CSVColumn
    var encounter: CSVColumn
    var code: CSVColumn
    var description: CSVColumn
    var udi: CSVColumn
  }

  /// The row below the header, from 1.
  public var row: Int
  /// `START`.
  public var start: Instant
  /// `PATIENT`.
  public var patient: String
  /// `ENCOUNTER`.
  public var encounter: String
  /// `CODE`.
  public var code: String
  /// `DESCRIPTION`.
  public var description: String
  /// `UDI`, its dates read as of the year of `start`; nil when it is empty.
  public var udi: UDI?

  /// Finds the columns of the fields above.
  public static func columns(of reader: borrowing CSVReader) throws(CSVError) -> Columns {
    Columns(
      start: try reader.column("START"), patient: try reader.column("PATIENT"),
      encounter: try reader.column("ENCOUNTER"), code: try reader.column("CODE"),
      description: try reader.column("DESCRIPTION"), udi: try reader.column("UDI"))
  }

  /// Reads a row.
  public init(_ reader: borrowing CSVReader, _ columns: Columns) throws(CSVError) {
    row = reader.row
    let start = try reader.instant(columns.start)
    self.start = start
    patient = try reader.identifier(columns.patient)
    encounter = try reader.identifier(columns.encounter)
    code = try reader.identifier(columns.code)
    description = try reader.trimmedText(columns.description)
    let text = try reader.trimmedText(columns.udi)
    udi =
      text.isEmpty
      ? nil
      : try reader.value(columns.udi) { () throws(ValueError) in
        try UDI(parsing: text, asOf: Moment(start, .utc).day.year)
      }
  }
}
