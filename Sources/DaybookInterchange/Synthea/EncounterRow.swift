public import DaybookValues

/// A row of encounters.csv: one visit. Its costs are estimates and no postings, hence left out.
public struct EncounterRow: ImportRow, Hashable {
  /// Where `EncounterRow` finds its fields.
  public struct Columns: Sendable {
    var id: CSVColumn
    var start: CSVColumn
    var stop: CSVColumn
    var patient: CSVColumn
    var organization: CSVColumn
    var provider: CSVColumn
    var kind: CSVColumn
    var code: CSVColumn
    var description: CSVColumn
  }

  /// The row below the header, from 1.
  public var row: Int
  /// `Id`.
  public var id: String
  /// `START`.
  public var start: Instant
  /// `STOP`, not before `start`; nil where the visit goes on.
  public var stop: Instant?
  /// `PATIENT`.
  public var patient: String
  /// `ORGANIZATION`.
  public var organization: String
  /// `PROVIDER`.
  public var provider: String
  /// `ENCOUNTERCLASS`: ambulatory, wellness, inpatient ...
  public var kind: String
  /// `CODE`.
  public var code: String
  /// `DESCRIPTION`.
  public var description: String

  /// Finds the columns of the fields above.
  public static func columns(of reader: borrowing CSVReader) throws(CSVError) -> Columns {
    Columns(
      id: try reader.column("Id"), start: try reader.column("START"),
      stop: try reader.column("STOP"), patient: try reader.column("PATIENT"),
      organization: try reader.column("ORGANIZATION", "PROVIDER_ORGANIZATION"),
      provider: try reader.column("PROVIDER"), kind: try reader.column("ENCOUNTERCLASS"),
      code: try reader.column("CODE"), description: try reader.column("DESCRIPTION"))
  }

  /// Reads a row; every identifier and the start must be there, and no earlier stop.
  public init(_ reader: borrowing CSVReader, _ columns: Columns) throws(CSVError) {
    row = reader.row
    id = try reader.identifier(columns.id)
    start = try reader.instant(columns.start)
    stop = try reader.optionalInstant(columns.stop)
    patient = try reader.identifier(columns.patient)
    organization = try reader.identifier(columns.organization)
    provider = try reader.identifier(columns.provider)
    kind = try reader.trimmedText(columns.kind)
    code = try reader.trimmedText(columns.code)
    description = try reader.trimmedText(columns.description)
    if let stop, stop < start {
      let text = try reader.trimmedText(columns.stop)
      throw reader.error(.badValue(text: text, reason: "is before START"), columns.stop)
    }
  }
}
