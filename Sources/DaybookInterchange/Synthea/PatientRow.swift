public import DaybookValues

/// A row of patients.csv.
public struct PatientRow: ImportRow, Hashable {
  /// Where `PatientRow` finds its fields.
  public struct Columns: Sendable {
    var id: CSVColumn
    var birth: CSVColumn
    var death: CSVColumn?
    var first: CSVColumn
    var last: CSVColumn
    var gender: CSVColumn?
  }

  /// The row below the header, from 1.
  public var row: Int
  /// `Id`.
  public var id: String
  /// `FIRST`.
  public var first: String
  /// `LAST`; the identifier when neither name is given, as where names were taken out.
  public var last: String
  /// `BIRTHDATE`.
  public var birth: Day
  /// `DEATHDATE`, nil for the living.
  public var death: Day?
  /// `GENDER` as written: F, M, or empty.
  public var gender: String

  /// Finds `Id`, `BIRTHDATE`, `FIRST`, `LAST`, and `DEATHDATE` and `GENDER` where they are.
  public static func columns(of reader: borrowing CSVReader) throws(CSVError) -> Columns {
    Columns(
      id: try reader.column("Id"), birth: try reader.column("BIRTHDATE"),
      death: try reader.optionalColumn("DEATHDATE"), first: try reader.column("FIRST"),
      last: try reader.column("LAST"), gender: try reader.optionalColumn("GENDER"))
  }

  /// Reads a row; identifier and date of birth must be there.
  public init(_ reader: borrowing CSVReader, _ columns: Columns) throws(CSVError) {
    row = reader.row
    id = try reader.identifier(columns.id)
    first = try reader.trimmedText(columns.first)
    last = try reader.trimmedText(columns.last)
    if first.isEmpty, last.isEmpty { last = id }
    birth = try reader.day(columns.birth)
    death = nil
    if let column = columns.death { death = try reader.optionalDay(column) }
    gender = ""
    if let column = columns.gender { gender = try reader.trimmedText(column) }
  }
}
