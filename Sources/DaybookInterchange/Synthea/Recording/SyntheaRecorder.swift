import DaybookClinicEvents
import DaybookDesk
import DaybookEngine
import DaybookEvents
import DaybookValues
import DaybookWorld

/// Records what an export says, action by action: first who and where, then encounter by encounter
/// the visit and the claims that can be told with it.
final class SyntheaRecorder<Submitter: ActionSubmitter> {
  typealias Recorder = ActionRecorder<Submitter>

  let export: SyntheaExport
  let recorder: Recorder
  let tally: ImportTally
  private let zones: any TimeZones

  /// When what has no date of its own takes effect: the first day on which anything happened.
  let opening: Instant
  /// What the book calls them; nil where it refused them.
  private(set) var clinics: [ClinicID?] = []
  private(set) var payers: [PartyID?] = []
  private(set) var providers: [StaffID?] = []
  private(set) var patients: [PatientID?] = []
  private(set) var services: [ServiceID?] = []
  private(set) var items: [ItemID?] = []
  /// The charge of each row of the ledger that is one; none where it is not in the book.
  var charges: [ChargeID]

  init(_ export: SyntheaExport, _ recorder: Recorder, zones: any TimeZones) {
    self.export = export
    self.recorder = recorder
    self.zones = zones
    tally = recorder.tally
    let first = Moment(export.earliest ?? Instant(), .utc).day
    opening = Instant(milliseconds: Int64(first.daysSince1970) * 86_400_000)
    charges = Array(repeating: ChargeID(), count: export.ledger.entries.count)
  }

  /// Records everything.
  func record(bytes: UInt64) async throws {
    tally.advance("recording clinics, staff and patients", to: bytes)
    try await recordClinics()
    try await recordPayers()
    try await recordProviders()
    try await recordPatients()
    try await recordCoverage()
    try await recordServices()
    try await recordItems()
    try await recordVisits(bytes: bytes)
    try await recorder.settle()
  }

  private func source(
    _ file: SyntheaFile, _ row: Int, _ reference: String, rows: Int = 1
  ) -> Recorder.Source {
    Recorder.Source(
      reference: reference, place: RowPlace(file.fileName, row: row), rows: rows)
  }

  // MARK: - Who and where

  private func recordClinics() async throws {
    // All of an export's times are UTC, whose offset never changes: the first entry is the only one.
    let offsets = try zones.transitions(of: "UTC", from: Day(), through: Day())
    let transitions = offsets.enumerated().map { index, offset in
      DaybookClinicEvents.ZoneTransition(at: index == 0 ? nil : offset.at, offset: offset.offset)
    }
    for row in export.organizations.rows {
      var command = DefineClinic()
      command.name = row.name
      command.timeZone = "UTC"
      command.transitions = Few(transitions)
      command.currency = .usd
      command.fiscalYearStartMonth = 1
      let receipt = try await recorder.submit(
        command, source(.organizations, row.row, row.id), effective: opening)
      clinics.append(receipt?.first(.clinic).map { ClinicID($0) })
    }
  }

  private func recordPayers() async throws {
    for row in export.payers.rows {
      var command = RegisterParty()
      command.type = .payer
      command.name = row.name
      let receipt = try await recorder.submit(
        command, source(.payers, row.row, row.id), effective: opening)
      payers.append(receipt?.first(.party).map { PartyID($0) })
    }
  }

  private func recordProviders() async throws {
    let file = SyntheaFile.providers
    // The export does not say since when they work: before anything that it can tell of.
    let start = try Day(year: 1_900, month: 1, day: 1)
    for row in export.providers.rows {
      let place = export.organizations[row.organization]
      guard let clinic = place.flatMap({ clinics[Int($0)] }) else {
        try tally.refuse(
          RowPlace(file.fileName, row: row.row, column: "ORGANIZATION"),
          unknown: missing(row.organization, .organizations))
        providers.append(nil)
        continue
      }
      var command = HireStaff()
      command.person.name = row.name
      if !row.speciality.isEmpty { command.positions = [row.speciality] }
      command.clinics = [clinic]
      command.contract = .contractor
      command.start = start
      let receipt = try await recorder.submit(
        command, source(file, row.row, row.id), effective: opening)
      let staff = receipt?.first(.staff).map { StaffID($0) }
      providers.append(staff)
      guard let staff else { continue }
      var roles = SetRoles()
      roles.staff = staff
      roles.clinic = clinic
      roles.roles = [.practitioner]
      _ = try await recorder.submit(
        roles, source(file, row.row, "\(row.id)/roles", rows: 0), effective: opening)
    }
  }

  private func recordPatients() async throws {
    for row in export.patients.rows {
      var command = RegisterPatient()
      command.person.givenName = row.first
      command.person.familyName = row.last
      command.person.birthDate = row.birth
      command.sex =
        switch row.gender {
        case "F": .female
        case "M": .male
        case "": .unspecified
        default: .other
        }
      let birth = Instant(milliseconds: Int64(row.birth.daysSince1970) * 86_400_000)
      let receipt = try await recorder.submit(
        command, source(.patients, row.row, row.id), effective: max(opening, birth))
      patients.append(receipt?.first(.patient).map { PatientID($0) })
    }
  }

  // MARK: - Coverage

  private func recordCoverage() async throws {
    let file = SyntheaFile.coverage
    var table = try ImportTable<CoverageRow>(
      file, of: export.folder, in: export.files, expecting: export.surveys[file])
    while true {
      let row: CoverageRow?
      do throws(CSVError) {
        row = try table.next()
      } catch {
        // Refused when the file was looked through.
        guard error.concernsOneRow else { throw error }
        continue
      }
      guard let row else { break }
      try await record(row)
    }
  }

  private func record(_ row: CoverageRow) async throws {
    let place = RowPlace(SyntheaFile.coverage.fileName, row: row.row)
    guard let patient = export.patients[row.patient].flatMap({ patients[Int($0)] }) else {
      return try tally.refuse(
        RowPlace(place.file, row: row.row, column: "PATIENT"),
        unknown: missing(row.patient, .patients))
    }
    // The next row begins on the day on which this one ends; the days of both are told apart.
    var last: Day?
    let first = Moment(row.start, .utc).day
    if let end = row.end {
      if end == row.start {
        return tally.found(
          .coverageNotActive, "coverage", "the coverage ends when it begins; it is left out",
          at: place)
      }
      last = max(first, Moment(end, .utc).day.advanced(by: -1))
    }
    for (priority, payer) in [
      (CoveragePriority.primary, row.payer as String?), (.secondary, row.secondary),
    ] {
      guard let payer else { continue }
      let column = priority == .primary ? "PAYER" : "SECONDARY_PAYER"
      guard let index = export.payers[payer], let party = payers[Int(index)] else {
        return try tally.refuse(
          RowPlace(place.file, row: row.row, column: column), unknown: missing(payer, .payers))
      }
      // Nobody pays: the patient is not covered.
      if export.paying(index) == nil { continue }
      var command = SetCoverage()
      command.patient = patient
      command.payer = party
      command.priority = priority
      command.from = first
      command.to = last
      command.policy = row.member
      let reference = Importer.reference(
        SyntheaFile.coverage.rawValue, row.patient, "\(row.start)", payer,
        priority == .primary ? "1" : "2")
      _ = try await recorder.submit(
        command,
        Recorder.Source(
          reference: reference, place: place, rows: priority == .primary ? 1 : 0),
        effective: row.start)
    }
  }

  // MARK: - Services and items

  private func recordServices() async throws {
    for service in export.services {
      var command = DefineService()
      command.code = service.code
      command.name = service.name
      command.type = service.type
      let receipt = try await recorder.submit(
        command,
        source(
          .transactions, service.row, Importer.reference("services", service.code), rows: 0),
        effective: opening, other: .found)
      services.append(receipt?.first(.service).map { ServiceID($0) })
    }
  }

  private func recordItems() async throws {
    for item in export.items {
      var command = DefineItem()
      command.code = item.code
      command.name = item.name
      command.baseUnit = "piece"
      command.lotTracked = item.file == .devices
      let receipt = try await recorder.submit(
        command,
        source(item.file, item.row, Importer.reference(item.file.rawValue, item.code), rows: 0),
        effective: opening, other: .found)
      items.append(receipt?.first(.item).map { ItemID($0) })
    }
  }

  func missing(_ id: String, _ file: SyntheaFile) -> String {
    "\(CSVError.shortened(id)) is not in \(file.fileName), or its row there is refused; "
      + "add or correct it"
  }
}
