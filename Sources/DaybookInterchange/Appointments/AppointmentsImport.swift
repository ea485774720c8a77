public import DaybookClinicEvents
public import DaybookEngine
import DaybookEvents
import DaybookValues
public import DaybookWorld

/// Imports a diary with what became of it: appointments that were attended, called off or missed, and
/// those of which nothing is known.
///
/// The path is the folder of appointments.csv, beside which patients.csv and slots.csv may stand, or
/// the first of these files itself.
///
/// ## What a row becomes
///
/// | row | event | columns needed |
/// |---|---|---|
/// | appointments, each | `AppointmentBooked`, effective on scheduling_date | appointment_id, scheduling_date, appointment_date, appointment_time, status, check_in_time, start_time, end_time, patient_id (clinic, sex) |
/// | status `attended` | with it `PatientCheckedIn`, `EncounterStarted`, `EncounterCompleted` | check_in_time, start_time, end_time |
/// | status `cancelled` | with it `AppointmentCancelled` | |
/// | status `did not attend` | with it `AppointmentMissed`, a no-show | |
/// | status `scheduled`, `unknown` | nothing more: what is past stays unresolved | |
/// | patients | `PatientRegistered`, with the patient's first appointment | patient_id, name (clinic, sex, dob) |
/// | slots | none: how long a slot is | appointment_date, appointment_time (clinic) |
///
/// Each `clinic` that comes up becomes a `ClinicDefined` with currency and zone of the clinic that the
/// import is given, and a `StaffHired` for who sees its patients. Without that column all happens at
/// the clinic that the import is given. Columns are found by name, in any order; others, as durations
/// and waits, which follow from the times, are ignored. Times are those of the clinic's clock.
///
/// ## Order and references
///
/// Rows are recorded in the file's order, one action each, with reference
/// `appointments/<clinic>/<appointment_id>`. Beside them stand `appointments/clinics/<clinic>`,
/// `appointments/practitioners/<clinic>` and `appointments/patients/<clinic>/<patient_id>`: numbers are
/// a clinic's own. The same file appends nothing a second time, and an interrupted import goes on
/// where it stopped. A row that says something else than before is refused as `duplicateSource`, and
/// what stands is kept.
///
/// ## What is refused
///
/// A file or a column that is missing stops the import. A row that is ragged, that has another
/// status, no time where one belongs, a booking after its appointment, or a visit that ends without
/// having begun is refused with its place; so is what the Desk refuses, as a visit to come.
///
/// ## Assumptions
///
/// The file does not say who saw the patients: one practitioner at each clinic, since no two live
/// appointments share a slot there. It does not say when an appointment was called off, nor by
/// whom: at once when it was booked, the only day that is known not to be after it, and by the
/// patient. A booking is of the beginning of its day. A slot is as long as the shortest distance
/// between two that follow each other on one day, by slots.csv, else by the appointments
/// themselves; a quarter of an hour where there are no two. A check-in is within twelve hours of its
/// appointment; a start or an end before the time that it follows is of the day after, as when
/// visits run late past midnight. Who attended without a check-in came when the visit began.
///
/// Overlaps are findings: real waiting rooms run late.
///
/// - Complexity: O(rows) time. In memory stand the rows of patients.csv until they come up, and some
///   100 bytes of each patient.
public struct AppointmentsImport: ImportSource {
  static let fileName = "appointments.csv"
  static let patientsName = "patients.csv"
  static let slotsName = "slots.csv"

  /// The folder, or the file of the appointments.
  public let path: String
  /// Whether the import stops at the first refused row.
  public let isStrict: Bool
  private let files: any FileSystem

  /// The importer of such files.
  public var kind: Importer { .appointments }

  /// An import that has not begun.
  ///
  /// - Parameters:
  ///   - path: The folder, or the file of the appointments.
  ///   - files: Where it stands.
  ///   - strict: Whether the import stops at the first refused row.
  public init(path: String, in files: any FileSystem, strict: Bool = false) {
    self.path = path
    self.files = files
    isStrict = strict
  }

  /// Checks that the files can be read to their ends and have their columns.
  ///
  /// - Throws: `CSVError` with the place of the fault.
  public func check() throws {
    _ = try appointments()
    _ = try patients()
    _ = try slots()
  }

  /// Reads the files and records what they say.
  public func run(
    into submitter: some ActionSubmitter, at site: ImportSite,
    progress: @escaping (ImportProgress) -> Void
  ) async throws -> ImportReport {
    let (diary, patients, slots) = try (appointments(), patients(), slots())
    // Without slots.csv the appointments are gone through once more, to tell how long a slot is.
    let bytes =
      diary.survey.size + (patients?.survey.size ?? 0) + (slots?.survey.size ?? diary.survey.size)
    return try await record(
      into: submitter, bytes: bytes, isStrict: isStrict, progress: progress
    ) { recorder in
      var done: UInt64 = 0
      let described = try await read(patients, recorder.tally, &done)
      let lengths = try await read(slots, or: diary, recorder.tally, &done)
      let rows = AppointmentsRecorder(site, recorder, slots: lengths, described: described)
      var table = try diary.table()
      try await table.forEach(
        recorder.tally, "recording \(Self.fileName)", after: done,
        broken: { try recorder.tally.refuse($0.error) }, rows.record)
      recorder.tally.read(Self.fileName, rows: table.rowsRead)
      try await rows.recordRest()
    }
  }

  // MARK: - Files

  private var folder: String { files.isDirectory(path) ? path : FilePath.folder(of: path) }

  private func appointments() throws(CSVError) -> SurveyedFile<AppointmentRow> {
    let file = files.isDirectory(path) ? FilePath.join(path, Self.fileName) : path
    return try ImportFile(file, in: files, name: Self.fileName).surveyed()
  }

  /// Nil where there is no such file beside the appointments.
  private func patients() throws(CSVError) -> SurveyedFile<ScheduledPatientRow>? {
    try beside(Self.patientsName)
  }

  private func slots() throws(CSVError) -> SurveyedFile<SlotRow>? { try beside(Self.slotsName) }

  private func beside<Row: ImportRow>(_ name: String) throws(CSVError) -> SurveyedFile<Row>? {
    let file = FilePath.join(folder, name)
    guard files.exists(file) else { return nil }
    return try ImportFile(file, in: files).surveyed()
  }

  private func read(
    _ patients: SurveyedFile<ScheduledPatientRow>?, _ tally: ImportTally, _ done: inout UInt64
  ) async throws -> [PatientKey: ScheduledPatientRow] {
    guard var table = try patients?.table() else { return [:] }
    var found: [PatientKey: ScheduledPatientRow] = [:]
    func take(_ row: ScheduledPatientRow) throws {
      // The first of a number is the one that is meant by it.
      let key = PatientKey(row.clinic, row.id)
      if found[key] == nil {
        found[key] = row
      } else {
        try tally.refuse(
          RowPlace(Self.patientsName, row: row.row, column: "patient_id"),
          RefusalCode.duplicateSource.rawValue,
          "\(CSVError.shortened(row.id)) stands above already; remove one of the rows")
      }
    }
    try await table.forEach(
      tally, "reading \(Self.patientsName)", after: done,
      broken: { try tally.refuse($0.error) }, take)
    done += table.bytesRead
    tally.read(Self.patientsName, rows: table.rowsRead)
    return found
  }

  private func read(
    _ slots: SurveyedFile<SlotRow>?, or diary: SurveyedFile<AppointmentRow>,
    _ tally: ImportTally, _ done: inout UInt64
  ) async throws -> SlotLengths {
    var lengths = SlotLengths()
    if var table = try slots?.table() {
      try await table.forEach(
        tally, "reading \(Self.slotsName)", after: done,
        broken: { try tally.refuse($0.error) }, { lengths.note($0.at, at: $0.clinic) })
      done += table.bytesRead
      tally.read(Self.slotsName, rows: table.rowsRead)
    } else {
      var table = try diary.table()
      // What is wrong with a row is told when it is recorded.
      try await table.forEach(
        tally, "reading \(Self.fileName)", after: done, broken: { _ in },
        { lengths.note($0.at, at: $0.clinic) })
      done += table.bytesRead
    }
    return lengths
  }
}
