public import DaybookValues

/// A row of claims.csv: what one payer, or the patient, is asked for. Its OUTSTANDING columns can
/// disagree with the ledger, hence are left out.
public struct ClaimRow: ImportRow, Hashable {
  /// Where `ClaimRow` finds its fields.
  public struct Columns: Sendable {
    var id: CSVColumn
    var patient: CSVColumn
    var provider: CSVColumn?
    var primary: CSVColumn
    var secondary: CSVColumn
    var encounter: CSVColumn
    var service: CSVColumn
    var status: CSVColumn
  }

  /// Whether the claim is settled.
  public enum Status: String, Hashable, Sendable, CaseIterable {
    /// Sent, not settled.
    case billed = "BILLED"
    /// Settled.
    case closed = "CLOSED"
  }

  /// The row below the header, from 1.
  public var row: Int
  /// `Id`.
  public var id: String
  /// `PATIENTID`.
  public var patient: String
  /// `PROVIDERID`, empty where it is not given.
  public var provider: String
  /// `PRIMARYPATIENTINSURANCEID`: a payer; nil for an empty field and for 0.
  public var primary: String?
  /// `SECONDARYPATIENTINSURANCEID`: a payer; nil for an empty field and for 0.
  public var secondary: String?
  /// `APPOINTMENTID`: the encounter.
  public var encounter: String
  /// `SERVICEDATE`.
  public var service: Instant
  /// `STATUS1`, nil when it is empty.
  public var status: Status?

  /// Finds the columns of the fields above.
  public static func columns(of reader: borrowing CSVReader) throws(CSVError) -> Columns {
    Columns(
      id: try reader.column("Id"), patient: try reader.column("PATIENTID"),
      provider: try reader.optionalColumn("PROVIDERID"),
      primary: try reader.column("PRIMARYPATIENTINSURANCEID"),
      secondary: try reader.column("SECONDARYPATIENTINSURANCEID"),
      encounter: try reader.column("APPOINTMENTID"), service: try reader.column("SERVICEDATE"),
      status: try reader.column("STATUS1"))
  }

  /// Reads a row; its own identifier, the patient's and the encounter's must be there.
  public init(_ reader: borrowing CSVReader, _ columns: Columns) throws(CSVError) {
    row = reader.row
    id = try reader.identifier(columns.id)
    patient = try reader.identifier(columns.patient)
    provider = ""
    if let column = columns.provider { provider = try reader.trimmedText(column) }
    primary = try ClaimRow.payer(reader, columns.primary)
    secondary = try ClaimRow.payer(reader, columns.secondary)
    encounter = try reader.identifier(columns.encounter)
    service = try reader.instant(columns.service)
    let text = try reader.trimmedText(columns.status)
    status = Status(rawValue: text)
    guard status != nil || text.isEmpty else {
      throw reader.error(
        .badValue(text: text, reason: "is neither BILLED nor CLOSED"), columns.status)
    }
  }

  private static func payer(
    _ reader: borrowing CSVReader, _ column: CSVColumn
  ) throws(CSVError) -> String? {
    let text = try reader.trimmedText(column)
    return text.isEmpty || text == "0" ? nil : try reader.identifier(column)
  }
}
