import DaybookValues

/// A row of a billing log: one step of a case.
struct BillingRow: ImportRow {
  /// Where the fields stand.
  struct Columns: Sendable {
    var id: CSVColumn
    var activity: CSVColumn
    var at: CSVColumn
    var speciality: CSVColumn?
  }

  /// The steps that make an event; all others are work inside the hospital.
  enum Step: String {
    case new = "NEW"
    case billed = "BILLED"
    case storno = "STORNO"
    case rejected = "REJECT"
    case codeRefused = "CODE NOK"
    case reopened = "REOPEN"
    case deleted = "DELETE"
  }

  /// The row below the header, from 1.
  var row: Int
  /// Empty is a name like others: one case of a real log is called so.
  var id: String
  /// The step's name, in capitals.
  var activity: String
  var at: CivilTime
  /// Empty where the row does not say.
  var speciality: String

  /// Nil for work inside the hospital.
  var step: Step? { Step(rawValue: activity) }

  static func columns(of reader: borrowing CSVReader) throws(CSVError) -> Columns {
    Columns(
      id: try reader.column("case_id"), activity: try reader.column("activity"),
      at: try reader.column("timestamp"), speciality: try reader.optionalColumn("speciality"))
  }

  init(_ reader: borrowing CSVReader, _ columns: Columns) throws(CSVError) {
    row = reader.row
    id = try reader.trimmedText(columns.id)
    guard id.utf8.count <= 64 else {
      throw reader.error(.badValue(text: id, reason: "is longer than 64 bytes"), columns.id)
    }
    activity = try reader.identifier(columns.activity).uppercased()
    at = try reader.civilTime(columns.at)
    speciality = try reader.trimmedText(columns.speciality)
  }
}
