import DaybookClinicEvents
import DaybookDesk
import DaybookEngine
import DaybookEvents
import DaybookValues

/// Records what was done for a case on a day as one visit, and what was taken back after it.
final class TreatmentsRecorder<Submitter: ActionSubmitter> {
  typealias Recorder = ActionRecorder<Submitter>

  /// Rows of one case, code and number of executions: what a correction is matched by.
  private struct Key: Hashable {
    var patient: Int32
    var code: Int32
    var executions: UInt32
  }

  /// A case's day; files that are not in order come back to one.
  private struct DayKey: Hashable {
    var patient: Int32
    var day: Day
  }

  /// A correction, and the line that it takes back.
  private struct Correction {
    var row: TreatmentRow
    var line: Int32
    /// How many of the same day and code come before it.
    var number: Int
  }

  private let site: ImportSite
  private let recorder: Recorder
  private let tally: ImportTally
  private let file: String

  private var knownClinic: ClinicID?
  private var patients = Numbered<PatientID>()
  private var services = Numbered<ServiceID>()
  private var producers = Numbered<StaffID>()
  /// Where the treatment of each line stands in the book; the start where it does not.
  private var positions: [Position] = []
  /// The lines that nothing has taken back, the newest last.
  private var open: [Key: [Int32]] = [:]
  private var days: [DayKey: Int] = [:]

  // The case's day that is being read.
  private var lines: [TreatmentRow] = []
  private var corrections: [Correction] = []
  private var codes: [String: Int] = [:]

  init(_ site: ImportSite, _ recorder: Recorder, file: String) {
    self.site = site
    self.recorder = recorder
    tally = recorder.tally
    self.file = file
  }

  /// Takes in a row; what it ends is recorded.
  func record(_ row: TreatmentRow) async throws {
    if let last = lines.last ?? corrections.last?.row,
      last.patient != row.patient || last.day != row.day
    {
      try await finish()
    }
    let key = Key(
      patient: patients.index(of: row.patient), code: services.index(of: row.code),
      executions: UInt32(row.executions.magnitude))
    if row.executions > 0 {
      open[key, default: []].append(Int32(positions.count))
      positions.append(.start)
      return lines.append(row)
    }
    guard let line = open[key]?.popLast() else {
      return try tally.refuse(
        RowPlace(file, row: row.row, column: "number_of_executions"),
        unknown: "no earlier row of the case has activity \(row.code) \(-row.executions) times "
          + "and is not taken back already; correct or add that row")
    }
    codes[row.code, default: 0] += 1
    corrections.append(Correction(row: row, line: line, number: codes[row.code] ?? 1))
  }

  /// Records the day that was read last.
  func finish() async throws {
    if !lines.isEmpty { try await recordVisit() }
    for correction in corrections { try await record(correction) }
    lines.removeAll(keepingCapacity: true)
    corrections.removeAll(keepingCapacity: true)
    codes.removeAll(keepingCapacity: true)
  }

  // MARK: - Visits

  private func recordVisit() async throws {
    let first = lines[0]
    let begins = site.instant(first.day)
    let places = lines.map { RowPlace(file, row: $0.row) }
    let clinic = try await self.clinic(begins, places[0])
    let reference = self.reference(of: first)
    var command = RecordVisit()
    command.start = begins
    command.end = begins
    command.outcome = .completed
    var refused = tally.report.rowsRefused
    guard let patient = try await self.patient(first, begins) else {
      return try refuseRest(places, since: refused, first)
    }
    command.patient = patient
    for row in lines {
      refused = tally.report.rowsRefused
      guard let producer = try await self.producer(row, clinic, begins),
        let service = try await self.service(row, begins)
      else { return try refuseRest(places, since: refused, row) }
      if command.lines.isEmpty { command.practitioner = producer }
      var line = RecordedTreatment()
      line.service = service
      line.units = UInt32(row.executions)
      line.practitioner = producer == command.practitioner ? nil : producer
      if !row.diagnosis.isEmpty { line.diagnoses = [row.diagnosis] }
      command.lines.append(line)
    }
    let receipt = try await recorder.submit(
      command, Recorder.Source(reference: reference, place: places[0], rows: lines.count),
      clinic: clinic, effective: begins, place: { Self.place(ofField: $0, places) })
    guard let receipt else { return try refuseRest(Array(places.dropFirst())) }
    let treatments = receipt.events.filter {
      $0.family == .frontOffice && $0.tag == FrontOfficeTag.treatmentPerformed.rawValue
    }
    let start = positions.count - lines.count
    for (index, treatment) in treatments.prefix(lines.count).enumerated() {
      positions[start + index] = treatment.position
    }
  }

  /// The rows that stand and fall with what `row` names, which is refused: it is told itself where it
  /// has been since `count` rows were.
  private func refuseRest(_ places: [RowPlace], since count: Int, _ row: TreatmentRow) throws {
    let isTold = tally.report.rowsRefused > count
    try refuseRest(places.filter { !isTold || $0.row != row.row })
  }

  /// The rows that stand and fall with a visit that is not recorded.
  private func refuseRest(_ places: [RowPlace]) throws {
    for place in places {
      try tally.refuse(
        place, unknown: "the visit of its case and day is not recorded, which is recorded whole")
    }
  }

  /// The row that a field such as `lines[3].at` of the visit came from.
  private static func place(ofField field: String, _ places: [RowPlace]) -> RowPlace? {
    guard let open = field.firstIndex(of: "["), let close = field.firstIndex(of: "]"),
      let number = Int(field[field.index(after: open)..<close]), places.indices ~= number - 1
    else { return nil }
    return places[number - 1]
  }

  private func reference(of row: TreatmentRow) -> String {
    let key = DayKey(patient: patients.index(of: row.patient), day: row.day)
    let visit = (days[key] ?? 0) + 1
    days[key] = visit
    return visit == 1
      ? Importer.reference("treatments", row.patient, "\(row.day)")
      : Importer.reference("treatments", row.patient, "\(row.day)", "visit \(visit)")
  }

  // MARK: - Corrections

  private func record(_ correction: Correction) async throws {
    let row = correction.row
    let place = RowPlace(file, row: row.row)
    let position = positions[Int(correction.line)]
    guard position != .start else {
      return try tally.refuse(place, unknown: "the row that it takes back is not recorded")
    }
    let at = site.instant(row.day)
    var command = ReverseEvent()
    command.of = position
    command.reason = "corrected on \(row.day)"
    _ = try await recorder.submit(
      command,
      Recorder.Source(
        reference: Importer.reference(
          "treatments", row.patient, "\(row.day)", row.code, "correction \(correction.number)"),
        place: place),
      clinic: try await self.clinic(at, place), effective: at)
  }

  // MARK: - Where, whom and what

  private func clinic(_ since: Instant, _ place: RowPlace) async throws -> ClinicID {
    if let knownClinic { return knownClinic }
    let known = try await recorder.clinic(of: site, since: since, place)
    knownClinic = known
    return known
  }

  private func patient(_ row: TreatmentRow, _ at: Instant) async throws -> PatientID? {
    let index = patients.index(of: row.patient)
    if patients.isKnown(index) { return patients[index] }
    var command = RegisterPatient()
    command.person.familyName = row.patient
    let receipt = try await recorder.submit(
      command, source("treatments/patients", row.patient, row), effective: at)
    patients.set(receipt?.first(.patient).map { PatientID($0) }, at: index)
    return patients[index]
  }

  private func service(_ row: TreatmentRow, _ at: Instant) async throws -> ServiceID? {
    let index = services.index(of: row.code)
    if services.isKnown(index) { return services[index] }
    var command = DefineService()
    command.code = row.code
    command.name = row.name.isEmpty ? row.code : row.name
    command.type = .treatment
    let receipt = try await recorder.submit(
      command, source("treatments/services", row.code, row), effective: at, other: .found)
    services.set(receipt?.first(.service).map { ServiceID($0) }, at: index)
    return services[index]
  }

  /// Who did it: the hospital names a group of people, not one of them.
  private func producer(
    _ row: TreatmentRow, _ clinic: ClinicID, _ at: Instant
  ) async throws -> StaffID? {
    let named = row.producer.isEmpty ? row.department : row.producer
    let name = named.isEmpty ? "unknown" : named
    let index = producers.index(of: name)
    if producers.isKnown(index) { return producers[index] }
    var command = HireStaff()
    command.person.name = name
    if !row.department.isEmpty { command.positions = [row.department] }
    command.clinics = [clinic]
    command.contract = .contractor
    // The file does not say since when: before anything that it can tell of.
    command.start = try Day(year: 1_900, month: 1, day: 1)
    let receipt = try await recorder.submit(
      command, source("treatments/producers", name, row), effective: at, other: .found)
    producers.set(receipt?.first(.staff).map { StaffID($0) }, at: index)
    return producers[index]
  }

  private func source(_ kind: String, _ name: String, _ row: TreatmentRow) -> Recorder.Source {
    Recorder.Source(
      reference: Importer.reference(kind, name), place: RowPlace(file, row: row.row), rows: 0)
  }
}

/// Names of a file in the order in which they came up, with what the book calls them.
struct Numbered<ID> {
  private var places: [String: Int32] = [:]
  /// Nil where it was not asked for yet; nothing inside where the book refused it.
  private var ids: [ID??] = []

  /// The number of a name, from 0.
  mutating func index(of name: String) -> Int32 {
    if let place = places[name] { return place }
    let place = Int32(ids.count)
    places[name] = place
    ids.append(nil)
    return place
  }

  /// Whether the book was asked for it.
  func isKnown(_ index: Int32) -> Bool { ids[Int(index)] != nil }

  /// What the book calls it; nil where it was refused, or not asked for.
  subscript(index: Int32) -> ID? { ids[Int(index)] ?? nil }

  mutating func set(_ id: ID?, at index: Int32) { ids[Int(index)] = .some(id) }
}
