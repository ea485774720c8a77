import DaybookValues

/// A row of a hospital's activities: what was done how often for a case on a day, or taken back.
struct TreatmentRow: ImportRow {
  /// Where the fields stand.
  struct Columns: Sendable {
    var patient: CSVColumn
    var day: CSVColumn
    var code: CSVColumn
    var name: CSVColumn
    var executions: CSVColumn
    var department: CSVColumn?
    var producer: CSVColumn?
    var diagnosis: CSVColumn?
  }

  /// The row below the header, from 1.
  var row: Int
  var patient: String
  var day: Day
  var code: String
  var name: String
  /// Never 0; below it a correction of an earlier row.
  var executions: Int64
  var department: String
  /// Empty where the file does not say.
  var producer: String
  var diagnosis: String

  static func columns(of reader: borrowing CSVReader) throws(CSVError) -> Columns {
    Columns(
      patient: try reader.column("case_id"), day: try reader.column("timestamp"),
      code: try reader.column("activity_code"), name: try reader.column("activity_name"),
      executions: try reader.column("number_of_executions"),
      department: try reader.optionalColumn("department"),
      producer: try reader.optionalColumn("producer_code"),
      diagnosis: try reader.optionalColumn("diagnosis_code"))
  }

  init(_ reader: borrowing CSVReader, _ columns: Columns) throws(CSVError) {
    row = reader.row
    patient = try reader.identifier(columns.patient)
    let at = try reader.trimmedText(columns.day)
    day = at.utf8.count > 10 ? try reader.civilTime(columns.day).day : try reader.day(columns.day)
    code = try reader.identifier(columns.code)
    name = try reader.trimmedText(columns.name)
    department = try reader.trimmedText(columns.department)
    producer = try reader.trimmedText(columns.producer)
    diagnosis = try reader.trimmedText(columns.diagnosis)
    let thousandths = try reader.quantity(columns.executions).thousandths
    executions = thousandths / 1000
    guard thousandths % 1000 == 0, UInt32(exactly: executions.magnitude) != nil, executions != 0
    else {
      throw reader.error(
        .badValue(
          text: try reader.trimmedText(columns.executions),
          reason: "is no whole number of executions other than 0"), columns.executions)
    }
  }
}
