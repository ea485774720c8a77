public import DaybookValues

/// A row of payer_transitions.csv: who pays for a patient for a while.
public struct CoverageRow: ImportRow, Hashable {
  /// Where `CoverageRow` finds its fields.
  public struct Columns: Sendable {
    var patient: CSVColumn
    var member: CSVColumn?
    var start: CSVColumn
    var end: CSVColumn
    var payer: CSVColumn
    var secondary: CSVColumn?
  }

  /// The row below the header, from 1.
  public var row: Int
  /// `PATIENT`.
  public var patient: String
  /// `MEMBERID`, the number of the policy; empty without insurance.
  public var member: String
  /// `START_DATE` or `START_YEAR`.
  public var start: Instant
  /// `END_DATE` or `END_YEAR`, the instant at which it no longer holds; nil while it lasts. The next
  /// row of a patient begins at it, and it may equal `start`.
  public var end: Instant?
  /// `PAYER`.
  public var payer: String
  /// `SECONDARY_PAYER`, nil when there is none.
  public var secondary: String?

  /// Finds `PATIENT`, `PAYER`, `START_DATE` or `START_YEAR`, `END_DATE` or `END_YEAR`, and
  /// `MEMBERID` and `SECONDARY_PAYER` where they are.
  public static func columns(of reader: borrowing CSVReader) throws(CSVError) -> Columns {
    Columns(
      patient: try reader.column("PATIENT"), member: try reader.optionalColumn("MEMBERID"),
      start: try reader.column("START_DATE", "START_YEAR"),
      end: try reader.column("END_DATE", "END_YEAR"), payer: try reader.column("PAYER"),
      secondary: try reader.optionalColumn("SECONDARY_PAYER"))
  }

  /// Reads a row. Old exports have years alone: from the first day of the one to the last of the
  /// other.
  public init(_ reader: borrowing CSVReader, _ columns: Columns) throws(CSVError) {
    row = reader.row
    patient = try reader.identifier(columns.patient)
    member = ""
    if let column = columns.member { member = try reader.trimmedText(column) }
    if let year = try CoverageRow.year(reader, columns.start) {
      start = try CoverageRow.newYear(year, reader, columns.start)
    } else {
      start = try reader.instant(columns.start)
    }
    if let year = try CoverageRow.year(reader, columns.end) {
      end = try CoverageRow.newYear(year + 1, reader, columns.end)
    } else {
      end = try reader.optionalInstant(columns.end)
    }
    payer = try reader.identifier(columns.payer)
    secondary = nil
    if let column = columns.secondary {
      let text = try reader.trimmedText(column)
      if !text.isEmpty, text != "0" { secondary = text }
    }
    if let end, end < start {
      let text = try reader.trimmedText(columns.end)
      throw reader.error(.badValue(text: text, reason: "is before the start"), columns.end)
    }
  }

  private static func year(
    _ reader: borrowing CSVReader, _ column: CSVColumn
  ) throws(CSVError) -> Int? {
    let text = try reader.trimmedText(column)
    return text.utf8.count == 4 ? Int(text) : nil
  }

  private static func newYear(
    _ year: Int, _ reader: borrowing CSVReader, _ column: CSVColumn
  ) throws(CSVError) -> Instant {
    try reader.value(column) { () throws(ValueError) in
      let day = try Day(year: year, month: 1, day: 1)
      return Instant(milliseconds: Int64(day.daysSince1970) * 86_400_000)
    }
  }
}
