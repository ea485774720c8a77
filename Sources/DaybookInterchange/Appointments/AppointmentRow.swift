import DaybookValues

/// A row of appointments.csv: who was to come, when, and what became of it.
struct AppointmentRow: ImportRow {
  /// Where the fields stand.
  struct Columns: Sendable {
    var clinic: CSVColumn?
    var id: CSVColumn
    var scheduled: CSVColumn
    var day: CSVColumn
    var time: CSVColumn
    var status: CSVColumn
    var checkIn: CSVColumn
    var start: CSVColumn
    var end: CSVColumn
    var patient: CSVColumn
    var sex: CSVColumn?
  }

  /// What became of it.
  enum Status: String, CaseIterable {
    case attended, cancelled, scheduled, unknown
    case missed = "did not attend"
  }

  /// The row below the header, from 1.
  var row: Int
  /// Empty where the file has no such column.
  var clinic: String
  var id: String
  /// When it was booked.
  var scheduled: Day
  /// When it was to begin.
  var at: CivilTime
  var status: Status
  /// Of one that was attended alone.
  var arrived: CivilTime?
  var began: CivilTime?
  var ended: CivilTime?
  var patient: String
  /// Empty where the file does not say.
  var sex: String

  static func columns(of reader: borrowing CSVReader) throws(CSVError) -> Columns {
    Columns(
      clinic: try reader.optionalColumn("clinic"), id: try reader.column("appointment_id"),
      scheduled: try reader.column("scheduling_date"), day: try reader.column("appointment_date"),
      time: try reader.column("appointment_time"), status: try reader.column("status"),
      checkIn: try reader.column("check_in_time"), start: try reader.column("start_time"),
      end: try reader.column("end_time"), patient: try reader.column("patient_id"),
      sex: try reader.optionalColumn("sex"))
  }

  init(_ reader: borrowing CSVReader, _ columns: Columns) throws(CSVError) {
    row = reader.row
    clinic = try reader.trimmedText(columns.clinic)
    id = try reader.identifier(columns.id)
    scheduled = try reader.day(columns.scheduled)
    at = CivilTime(
      day: try reader.day(columns.day), millisecond: try reader.timeOfDay(columns.time))
    let text = try reader.trimmedText(columns.status)
    guard let status = Status(rawValue: text.lowercased()) else {
      let known = Status.allCases.map(\.rawValue).joined(separator: ", ")
      throw reader.error(.badValue(text: text, reason: "is none of \(known)"), columns.status)
    }
    self.status = status
    patient = try reader.identifier(columns.patient)
    sex = try reader.trimmedText(columns.sex)
    if scheduled > at.day {
      throw reader.error(
        .badValue(text: "\(scheduled)", reason: "is after appointment_date"), columns.scheduled)
    }
    if status == .attended { try readTimes(reader, columns) }
  }

  /// The times of a visit, each on the day that fits to the one before it.
  private mutating func readTimes(
    _ reader: borrowing CSVReader, _ columns: Columns
  ) throws(CSVError) {
    let start = try reader.optionalTimeOfDay(columns.start)
    let end = try reader.optionalTimeOfDay(columns.end)
    guard let checkIn = try reader.optionalTimeOfDay(columns.checkIn) ?? start else {
      throw reader.error(
        .badValue(text: "", reason: "is empty, and who attended has arrived at some time"),
        columns.checkIn)
    }
    if start == nil, end != nil {
      throw reader.error(
        .badValue(text: "", reason: "is empty, and a visit that ended has begun"), columns.start)
    }
    var arrived = CivilTime(day: at.day, millisecond: checkIn)
    if checkIn - at.millisecond > 43_200_000 { arrived = arrived.dayBefore }
    if at.millisecond - checkIn > 43_200_000 { arrived = arrived.dayAfter }
    self.arrived = arrived
    began = start.map { Self.first($0, from: arrived) }
    if let began, let end { ended = Self.first(end, from: began) }
  }

  /// The first time, not before `earlier`, at which the clock shows `time`.
  private static func first(_ time: Int64, from earlier: CivilTime) -> CivilTime {
    let same = CivilTime(day: earlier.day, millisecond: time)
    return same < earlier ? same.dayAfter : same
  }
}

/// A row of patients.csv.
struct ScheduledPatientRow: ImportRow {
  struct Columns: Sendable {
    var clinic: CSVColumn?
    var id: CSVColumn
    var name: CSVColumn
    var sex: CSVColumn?
    var birth: CSVColumn?
  }

  var row: Int
  var clinic: String
  var id: String
  var name: String
  var sex: String
  var birth: Day?

  static func columns(of reader: borrowing CSVReader) throws(CSVError) -> Columns {
    Columns(
      clinic: try reader.optionalColumn("clinic"), id: try reader.column("patient_id"),
      name: try reader.column("name"), sex: try reader.optionalColumn("sex"),
      birth: try reader.optionalColumn("dob", "birth_date"))
  }

  init(_ reader: borrowing CSVReader, _ columns: Columns) throws(CSVError) {
    row = reader.row
    clinic = try reader.trimmedText(columns.clinic)
    id = try reader.identifier(columns.id)
    name = try reader.trimmedText(columns.name)
    sex = try reader.trimmedText(columns.sex)
    if let column = columns.birth { birth = try reader.optionalDay(column) }
  }
}

extension CivilTime: Comparable {
  static func < (a: CivilTime, b: CivilTime) -> Bool {
    (a.day, a.millisecond) < (b.day, b.millisecond)
  }

  /// The same time of the day after.
  var dayAfter: CivilTime { CivilTime(day: day.advanced(by: 1), millisecond: millisecond) }
  /// The same time of the day before.
  var dayBefore: CivilTime { CivilTime(day: day.advanced(by: -1), millisecond: millisecond) }
}

extension CSVReader {
  /// A field as text without blanks at its ends; empty where the file has no such column.
  func trimmedText(_ column: CSVColumn?) throws(CSVError) -> String {
    guard let column else { return "" }
    return try trimmedText(column)
  }

  /// A field as a time of the day in milliseconds since midnight, or nil when it is empty.
  func optionalTimeOfDay(_ column: CSVColumn) throws(CSVError) -> Int64? {
    try trimmedText(column).isEmpty ? nil : try timeOfDay(column)
  }
}

/// A row of slots.csv.
struct SlotRow: ImportRow {
  struct Columns: Sendable {
    var clinic: CSVColumn?
    var day: CSVColumn
    var time: CSVColumn
  }

  var row: Int
  var clinic: String
  var at: CivilTime

  static func columns(of reader: borrowing CSVReader) throws(CSVError) -> Columns {
    Columns(
      clinic: try reader.optionalColumn("clinic"), day: try reader.column("appointment_date"),
      time: try reader.column("appointment_time"))
  }

  init(_ reader: borrowing CSVReader, _ columns: Columns) throws(CSVError) {
    row = reader.row
    clinic = try reader.trimmedText(columns.clinic)
    at = CivilTime(
      day: try reader.day(columns.day), millisecond: try reader.timeOfDay(columns.time))
  }
}
