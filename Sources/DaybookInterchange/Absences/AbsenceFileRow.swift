import DaybookClinicEvents
import DaybookValues

/// A row of an absence file: whose, why and how long; no day.
struct AbsenceFileRow: ImportRow {
  /// Where the fields stand.
  struct Columns: Sendable {
    var worker: CSVColumn
    var reason: CSVColumn
    var hours: CSVColumn
  }

  private static let secondsMax = 3_660 * AbsencesImport.workdaySeconds

  /// The row below the header, from 1.
  var row: Int
  var worker: String
  var type: AbsenceType
  var seconds: UInt32

  static func columns(of reader: borrowing CSVReader) throws(CSVError) -> Columns {
    Columns(
      worker: try reader.column("ID"), reason: try reader.column("Reason for absence"),
      hours: try reader.column("Absenteeism time in hours"))
  }

  init(_ reader: borrowing CSVReader, _ columns: Columns) throws(CSVError) {
    row = reader.row
    worker = try reader.identifier(columns.worker)
    let reason = try reader.number(columns.reason)
    guard let type = Self.type(of: reason) else {
      throw reader.error(
        .badValue(text: "\(reason)", reason: "is no reason from 0 to 28"), columns.reason)
    }
    self.type = type
    let hours = try reader.seconds(ofHours: columns.hours)
    guard hours <= Self.secondsMax else {
      throw reader.error(
        .badValue(text: try reader.trimmedText(columns.hours), reason: "is above ten years"),
        columns.hours)
    }
    seconds = UInt32(hours)
  }

  /// What a reason is to the book: chapters of the ICD to 21, then reasons of the company's own.
  private static func type(of reason: Int64) -> AbsenceType? {
    switch reason {
    // Injury, poisoning and other consequences of external causes.
    case 19: .accident
    case 1...21: .sick
    // Follow-up, consultation, laboratory, physiotherapy, dentist.
    case 22, 23, 25, 27, 28: .sick
    // A blood donation, and none at all.
    case 24, 0: .other
    // Unjustified.
    case 26: .unpaid
    default: nil
    }
  }
}

extension CSVReader {
  /// A field of hours with decimals as seconds; 0.01 h are 36 s.
  ///
  /// - Throws: Also for what is below zero, or no whole number of seconds.
  func seconds(ofHours column: CSVColumn) throws(CSVError) -> Int {
    let text = try trimmedText(column)
    let hours = try value(column) { () throws(ValueError) in
      try Quantity(parsing: text)
    }.thousandths
    let (tenths, tooLarge) = hours.multipliedReportingOverflow(by: 36)
    guard !tooLarge, hours >= 0, tenths % 10 == 0, tenths / 10 <= Int64(UInt32.max) else {
      throw error(
        .badValue(text: text, reason: "is no number of hours in whole seconds"), column)
    }
    return Int(tenths / 10)
  }
}
