import DaybookClinicEvents
import DaybookDesk
import DaybookEngine
import DaybookEvents
import DaybookValues

/// Records appointments row by row, and whom and what they name when they first do.
final class AppointmentsRecorder<Submitter: ActionSubmitter> {
  typealias Recorder = ActionRecorder<Submitter>

  /// Where rows take place, and who sees their patients.
  private struct Site {
    var clinic: ClinicID
    var practitioner: StaffID
  }

  private let site: ImportSite
  private let recorder: Recorder
  private let tally: ImportTally
  /// How long the slots of a clinic are, in seconds.
  private let slots: SlotLengths
  /// What patients.csv says of who did not come up yet.
  private var described: [PatientKey: ScheduledPatientRow]
  private var sites: [String: Site?] = [:]
  private var patients: [PatientKey: PatientID?] = [:]
  /// The latest day on which anything was booked.
  private var lastScheduled: Day?

  init(
    _ site: ImportSite, _ recorder: Recorder, slots: SlotLengths,
    described: [PatientKey: ScheduledPatientRow]
  ) {
    self.site = site
    self.recorder = recorder
    tally = recorder.tally
    self.slots = slots
    self.described = described
  }

  /// Records one appointment with what became of it.
  func record(_ row: AppointmentRow) async throws {
    let place = RowPlace(AppointmentsImport.fileName, row: row.row)
    let scheduled = site.instant(row.scheduled)
    lastScheduled = max(lastScheduled ?? row.scheduled, row.scheduled)
    guard let here = try await here(row, place, scheduled),
      let patient = try await registered(row, place, scheduled)
    else { return }
    var command = RecordAppointment()
    command.patient = patient
    command.practitioner = here.practitioner
    command.start = instant(row.at)
    command.durationSeconds = slots.seconds(at: row.clinic)
    switch row.status {
    case .attended:
      command.arrivedAt = row.arrived.map { instant($0) }
      command.began = row.began.map { instant($0) }
      command.ended = row.ended.map { instant($0) }
    case .cancelled:
      command.cancelledAt = scheduled
      command.cancelledBy = .patient
    case .missed: command.missedAt = command.start
    case .scheduled, .unknown: break
    }
    _ = try await recorder.submit(
      command,
      Recorder.Source(
        reference: Importer.reference("appointments", row.clinic, row.id), place: place),
      clinic: here.clinic, effective: scheduled)
  }

  /// Registers whom patients.csv describes and no appointment names.
  func recordRest() async throws {
    let rest = described.values.sorted { $0.row < $1.row }
    guard !rest.isEmpty else { return }
    let last = lastScheduled.map { site.instant($0) } ?? Instant()
    for row in rest {
      _ = try await register(
        PatientKey(row.clinic, row.id), sex: row.sex,
        RowPlace(AppointmentsImport.patientsName, row: row.row), last)
    }
  }

  private func instant(_ time: CivilTime) -> Instant {
    site.instant(time.day, millisecond: time.millisecond)
  }

  // MARK: - Where and who

  /// The clinic that the row names, with who sees its patients; nil where either is refused.
  private func here(
    _ row: AppointmentRow, _ place: RowPlace, _ scheduled: Instant
  ) async throws -> Site? {
    if let known = sites[row.clinic] {
      if known == nil {
        try tally.refuse(
          place, unknown: "the clinic \(CSVError.shortened(row.clinic)) was refused above")
      }
      return known
    }
    let made = try await makeSite(row.clinic, place, scheduled)
    sites.updateValue(made, forKey: row.clinic)
    return made
  }

  private func makeSite(
    _ name: String, _ place: RowPlace, _ scheduled: Instant
  ) async throws -> Site? {
    let clinic: ClinicID
    if name.isEmpty {
      clinic = try await recorder.clinic(of: site, since: scheduled, place)
    } else {
      let receipt = try await recorder.submit(
        site.definition(named: name),
        Recorder.Source(
          reference: Importer.reference("appointments/clinics", name), place: place, rows: 0),
        effective: scheduled, other: .found)
      guard let number = receipt?.first(.clinic) else { return nil }
      clinic = ClinicID(number)
    }
    var hiring = HireStaff()
    hiring.person.name = name.isEmpty ? "Practitioner" : "Practitioner of \(name)"
    hiring.positions = ["practitioner"]
    hiring.clinics = [clinic]
    hiring.contract = .contractor
    // The file does not say since when: before anything that it can tell of.
    hiring.start = try Day(year: 1_900, month: 1, day: 1)
    let receipt = try await recorder.submit(
      hiring,
      Recorder.Source(
        reference: Importer.reference("appointments/practitioners", name), place: place, rows: 0),
      effective: scheduled)
    return receipt?.first(.staff).map { Site(clinic: clinic, practitioner: StaffID($0)) }
  }

  private func registered(
    _ row: AppointmentRow, _ place: RowPlace, _ scheduled: Instant
  ) async throws -> PatientID? {
    let key = PatientKey(row.clinic, row.patient)
    if let known = patients[key] {
      if known == nil {
        try tally.refuse(
          place, unknown: "the patient \(CSVError.shortened(row.patient)) was refused above")
      }
      return known
    }
    let made = try await register(key, sex: row.sex, place, scheduled)
    patients.updateValue(made, forKey: key)
    return made
  }

  private func register(
    _ key: PatientKey, sex: String, _ place: RowPlace, _ at: Instant
  ) async throws -> PatientID? {
    let known = described.removeValue(forKey: key)
    var command = RegisterPatient()
    command.person.familyName = known.map(\.name) ?? key.id
    if command.person.familyName.isEmpty { command.person.familyName = key.id }
    command.person.birthDate = known?.birth
    let text = known.flatMap { $0.sex.isEmpty ? nil : $0.sex } ?? sex
    command.sex =
      switch text.lowercased() {
      case "female", "f": .female
      case "male", "m": .male
      case "": .unspecified
      default: .other
      }
    // Nobody is registered before being born.
    let born = command.person.birthDate.map { site.instant($0) } ?? at
    let receipt = try await recorder.submit(
      command,
      Recorder.Source(
        reference: Importer.reference("appointments/patients", key.clinic, key.id),
        place: known.map { RowPlace(AppointmentsImport.patientsName, row: $0.row) } ?? place,
        rows: known == nil ? 0 : 1),
      effective: max(at, born))
    return receipt?.first(.patient).map { PatientID($0) }
  }
}

/// A patient as the file names one: numbers are a clinic's own.
struct PatientKey: Hashable {
  var clinic: String
  var id: String

  init(_ clinic: String, _ id: String) {
    self.clinic = clinic
    self.id = id
  }
}

/// How long the slots of each clinic are: the shortest distance between two that follow each other.
struct SlotLengths {
  /// Where a clinic has no two slots on one day.
  static let usualSeconds: UInt32 = 900

  private var last: [String: CivilTime] = [:]
  private var shortest: [String: UInt32] = [:]

  /// Takes in a slot of a clinic.
  mutating func note(_ time: CivilTime, at clinic: String) {
    defer { last[clinic] = time }
    guard let before = last[clinic], before.day == time.day, before.millisecond != time.millisecond
    else {
      return
    }
    let gap = UInt32(clamping: max(1, abs(time.millisecond - before.millisecond) / 1_000))
    shortest[clinic] = min(shortest[clinic] ?? gap, gap)
  }

  func seconds(at clinic: String) -> UInt32 { shortest[clinic] ?? Self.usualSeconds }
}
