import DaybookClinicEvents
import DaybookDesk
import DaybookEngine
import DaybookEvents
import DaybookValues

/// Records billing cases step by step. Equal steps of one case that follow each other are taken
/// together, since each of them is about another part of the case.
final class BillingRecorder<Submitter: ActionSubmitter> {
  typealias Recorder = ActionRecorder<Submitter>

  private let site: ImportSite
  private let recorder: Recorder
  private let tally: ImportTally
  private let file: String

  private var knownClinic: ClinicID?
  private var cases: [String: BillingCase] = [:]
  /// The numbers of the names of steps.
  private var steps: [String: UInt16] = [:]
  private var services: [String: ServiceID?] = [:]
  private var knownPayer: PartyID??
  /// Rows that refuse the codes of what is not billed yet.
  private var codesRefused = 0
  /// Equal steps that were read and not recorded.
  private var run: [BillingRow] = []

  init(_ site: ImportSite, _ recorder: Recorder, file: String) {
    self.site = site
    self.recorder = recorder
    tally = recorder.tally
    self.file = file
  }

  /// Takes in a row; what it ends is recorded.
  func record(_ row: BillingRow) async throws {
    if let last = run.last, last.id != row.id || last.activity != row.activity {
      try await finish()
    }
    run.append(row)
  }

  /// Records the steps that were read last.
  func finish() async throws {
    guard let first = run.first else { return }
    var one = cases.removeValue(forKey: first.id) ?? BillingCase()
    for (index, row) in run.enumerated() {
      one.rows += 1
      one.steps.append(number(of: row.activity))
      // As many parts as there are rows left to tell of them; the last row takes what is left.
      try await record(row, isLast: index == run.count - 1, &one)
    }
    cases[first.id] = one
    run.removeAll(keepingCapacity: true)
  }

  private func number(of step: String) -> UInt16 {
    if let known = steps[step] { return known }
    let number = UInt16(clamping: steps.count)
    steps[step] = number
    return number
  }

  /// What the file says of its cases.
  func sum() {
    tally.figure("cases", cases.count)
    let billed = cases.values.count { $0.wasBilled }
    let deleted = cases.values.count { $0.wasDeleted && !$0.wasBilled }
    tally.figure("billed", billed)
    tally.figure("deleted", deleted)
    tally.figure("neverBilled", cases.count - billed - deleted)
    tally.figure("reopened", cases.values.count { $0.wasReopened })
    tally.figure("variants", Set(cases.values.map(\.steps)).count)
    tally.figure("codesRefused", codesRefused)
  }

  private func record(_ row: BillingRow, isLast: Bool, _ one: inout BillingCase) async throws {
    switch row.step {
    case .new: try await charge(row, &one)
    case .billed:
      one.wasBilled = true
      try await bill(row, isLast: isLast, &one)
    case .storno: try await takeBack(row, &one)
    case .codeRefused where one.claims.isEmpty: codesRefused += 1
    case .rejected, .codeRefused: try await reject(row, &one)
    case .reopened:
      one.wasReopened = true
      one.isReopened = true
    case .deleted:
      one.wasDeleted = true
      try await delete(row, isLast: isLast, &one)
    case nil: break
    }
  }

  private func place(_ row: BillingRow) -> RowPlace { RowPlace(file, row: row.row) }

  private func at(_ row: BillingRow) -> Instant {
    site.instant(row.at.day, millisecond: row.at.millisecond)
  }

  /// The reference of a case's step: the how many-th of the case it is.
  private func source(_ row: BillingRow, _ one: BillingCase, _ part: String? = nil)
    -> Recorder.Source
  {
    let number = part.map { "\(one.rows) \($0)" } ?? "\(one.rows)"
    return Recorder.Source(
      reference: Importer.reference("billing", row.id, number), place: place(row),
      rows: part == nil ? 1 : 0)
  }

  // MARK: - Charges

  private func charge(_ row: BillingRow, _ one: inout BillingCase) async throws {
    guard let payer = try await self.payer(row), let service = try await self.service(row)
    else { return }
    if one.charges.isEmpty, one.patient == nil {
      one.patient = try await register(row, payer)
    } else if one.patient == nil {
      try tally.refuse(place(row), unknown: "the case was refused above")
    }
    guard let patient = one.patient else { return }
    var command = RecordCharge()
    command.patient = patient
    command.service = service
    command.responsible = .payer(payer, .primary)
    let receipt = try await recorder.submit(
      command, source(row, one), clinic: try await clinic(row), effective: at(row))
    guard let receipt, let charge = receipt.first(.charge), let event = receipt.events.first
    else { return }
    one.charges.append(BillingCase.Charge(id: ChargeID(charge), position: event.position))
  }

  /// The case's patient, whom the file does not name, covered by the payer.
  private func register(_ row: BillingRow, _ payer: PartyID) async throws -> PatientID? {
    var command = RegisterPatient()
    command.person.familyName = "Case \(row.id)"
    let receipt = try await recorder.submit(
      command,
      Recorder.Source(
        reference: Importer.reference("billing/patients", row.id), place: place(row), rows: 0),
      effective: at(row))
    guard let patient = receipt?.first(.patient).map({ PatientID($0) }) else { return nil }
    var coverage = SetCoverage()
    coverage.patient = patient
    coverage.payer = payer
    coverage.priority = .primary
    coverage.from = row.at.day
    _ = try await recorder.submit(
      coverage,
      Recorder.Source(
        reference: Importer.reference("billing/coverage", row.id), place: place(row), rows: 0),
      effective: at(row))
    return patient
  }

  private func delete(
    _ row: BillingRow, isLast: Bool, _ one: inout BillingCase
  ) async throws {
    let standing = one.standing
    guard !standing.isEmpty else {
      return try tally.refuse(
        place(row), unknown: "no NEW row of the case stands before it that is not deleted already")
    }
    for (index, charge) in (isLast ? standing : [standing[0]]).enumerated() {
      var command = ReverseEvent()
      command.of = one.charges[charge].position
      command.reason = "case deleted"
      let receipt = try await recorder.submit(
        command, source(row, one, index == 0 ? nil : "part \(index + 1)"),
        clinic: try await clinic(row),
        effective: at(row))
      if receipt != nil { one.charges[charge].isDeleted = true }
    }
  }

  // MARK: - Claims

  private func bill(_ row: BillingRow, isLast: Bool, _ one: inout BillingCase) async throws {
    guard let payer = try await self.payer(row) else { return }
    var charges = one.unbilled
    // Billed once more: the claim that waits gives way to the new one.
    let waiting = charges.isEmpty ? one.last { $0.state == .waits } : nil
    if let waiting { charges = one.claims[waiting].charges }
    guard let first = charges.first else {
      return try tally.refuse(
        place(row), unknown: "no NEW row of the case stands before it that could be billed")
    }
    if !isLast, waiting == nil { charges = [first] }
    let replaced = waiting ?? (one.isReopened ? one.last { $0.state != .replaced } : nil)
    var command = SubmitClaim()
    command.payer = payer
    command.priority = .primary
    command.charges = Few(charges.map { ClaimRequest(one.charges[$0].id) })
    command.replaces = replaced.map { one.claims[$0].id }
    let receipt = try await recorder.submit(
      command, source(row, one), clinic: try await clinic(row), effective: at(row))
    guard let receipt, let claim = receipt.first(.claim), let event = receipt.events.first
    else { return }
    one.submit(
      BillingCase.Claim(
        id: ClaimID(claim), position: event.position, charges: charges, replaces: replaced))
  }

  private func takeBack(_ row: BillingRow, _ one: inout BillingCase) async throws {
    guard let claim = one.last({ $0.state == .waits }) else {
      return try tally.refuse(
        place(row), unknown: "no BILLED row of the case stands before it that waits for its answer")
    }
    var command = ReverseEvent()
    command.of = one.claims[claim].position
    command.reason = "storno"
    let receipt = try await recorder.submit(
      command, source(row, one), clinic: try await clinic(row), effective: at(row))
    if receipt != nil { one.takeBack(claim) }
  }

  /// The payer's no to the claim that waits, else to the newest that was taken back without one.
  private func reject(_ row: BillingRow, _ one: inout BillingCase) async throws {
    guard
      let claim = one.last({ $0.state == .waits })
        ?? one.last({ $0.state == .takenBack && !$0.isRejected })
    else {
      return tally.found(
        .invalidState, "activity",
        "\(row.activity) of a case of which no claim waits for an answer; it makes no event",
        at: place(row))
    }
    var command = AdjudicateClaim()
    command.claim = one.claims[claim].id
    command.outcome = .rejected
    let receipt = try await recorder.submit(
      command, source(row, one), clinic: try await clinic(row), effective: at(row))
    if receipt != nil { one.reject(claim) }
  }

  // MARK: - Where, for whom and what

  private func clinic(_ row: BillingRow) async throws -> ClinicID {
    if let knownClinic { return knownClinic }
    let known = try await recorder.clinic(of: site, since: at(row), place(row))
    knownClinic = known
    return known
  }

  private func payer(_ row: BillingRow) async throws -> PartyID? {
    if let knownPayer {
      if knownPayer == nil { try tally.refuse(place(row), unknown: "the payer was refused above") }
      return knownPayer
    }
    var command = RegisterParty()
    command.type = .payer
    command.name = "Payer of the billing cases"
    let receipt = try await recorder.submit(
      command, Recorder.Source(reference: "billing/payer", place: place(row), rows: 0),
      effective: at(row))
    let made = receipt?.first(.party).map { PartyID($0) }
    knownPayer = .some(made)
    return made
  }

  private func service(_ row: BillingRow) async throws -> ServiceID? {
    let code = row.speciality.isEmpty ? "case" : row.speciality
    if let known = services[code] {
      if known == nil {
        try tally.refuse(
          place(row), unknown: "the speciality \(CSVError.shortened(code)) was refused above")
      }
      return known
    }
    var command = DefineService()
    command.code = code
    command.name = row.speciality.isEmpty ? "Billing case" : "Billing case, speciality \(code)"
    command.type = .treatment
    let receipt = try await recorder.submit(
      command,
      Recorder.Source(
        reference: Importer.reference("billing/services", code), place: place(row), rows: 0),
      effective: at(row), other: .found)
    let made = receipt?.first(.service).map { ServiceID($0) }
    services.updateValue(made, forKey: code)
    return made
  }
}
