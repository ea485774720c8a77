import CBenchmark
import Daybook

/// A clinic's counter: commands as people give them, each checked by the Desk.
///
/// A scene is five commands: a patient walks in, is seen, is treated, is done, and pays by card.
struct Counter: Sendable {
  static let commandsOfAScene = 5

  private let office: BackOffice
  private let patients: [PatientID]
  private let services: [ServiceID]
  private let staff: StaffID
  private let commands = Locked<UInt64>(0)

  /// What is timed of a command.
  enum Timing: Sendable {
    /// All of it, until it is synced.
    case performed
    /// Until it is decided and queued.
    case decided
  }

  /// Opens a new book in `folder` and lets so many patients register.
  init(_ folder: String, patients count: Int, world: World) async throws {
    let office = try BackOffice.open(
      folder, world: world, options: LogOptions(creation: .mustBeNew))
    let define = DefineClinic.with {
      $0.name = "The counter"
      $0.timeZone = "UTC"
      $0.transitions = [ZoneTransition()]
      $0.currency = .usd
      $0.fiscalYearStartMonth = 1
    }
    var setUp = Envelope()
    setUp.actor = Importer.synthea.actor
    setUp.role = Role(UInt16(ClinicRole.import.rawValue))
    _ = try await office.perform(define, setUp)
    try await self.init(office, patients: count, world: world)
  }

  /// Lets so many patients register in a book that has a clinic in US dollars.
  init(_ office: BackOffice, patients count: Int, world: World) async throws {
    self.office = office
    var setUp = Envelope()
    setUp.actor = Importer.synthea.actor
    setUp.role = Role(UInt16(ClinicRole.import.rawValue))
    setUp.clinic = 1
    let today = Moment(world.clock.now()).day
    let hire = HireStaff.with {
      $0.person.name = "Ana"
      $0.positions = ["GENERAL PRACTICE"]
      $0.clinics = [ClinicID(1)]
      $0.contract = .contractor
      $0.start = today
    }
    let hired = try await office.perform(hire, setUp)
    let staff = StaffID(hired.first(StaffKind.streamKind) ?? 0)
    let set = SetRoles.with {
      $0.staff = staff
      $0.clinic = ClinicID(1)
      $0.roles = [.practitioner, .reception, .cashier]
    }
    _ = try await office.perform(set, setUp)
    self.staff = staff
    setUp.clinic = 0
    var services: [ServiceID] = []
    for number in 1...20 {
      let define = DefineService.with {
        $0.code = "T\(number)"
        $0.name = "Treatment of kind \(number)"
        $0.type = .treatment
      }
      let receipt = try await office.perform(define, setUp)
      services.append(ServiceID(receipt.first(ServiceKind.streamKind) ?? 0))
    }
    self.services = services
    var patients: [PatientID] = []
    for number in 0..<count {
      let register = RegisterPatient.with {
        $0.person.givenName = "Given\(number)"
        $0.person.familyName = "Family\(number)"
        $0.sex = .female
      }
      let submission = try await office.submit(register, setUp)
      patients.append(PatientID(try submission.result.get().first(PatientKind.streamKind) ?? 0))
    }
    try await office.settle()
    self.patients = patients
  }

  func close() async { await office.close() }

  /// Plays so many scenes with the caller's patient, one command after the other, and gives their
  /// nanoseconds.
  func play(
    _ scenes: Int, caller: Int, timing: Timing = .performed
  ) async throws -> [Int64] {
    var latencies: [Int64] = []
    latencies.reserveCapacity(scenes * Self.commandsOfAScene)
    for scene in 0..<scenes {
      let who = patients[caller]
      let walkIn = CheckInPatient.with { $0.patient = who }
      let arrived = try await carryOut(walkIn, .reception, timing, &latencies)
      let visit = VisitID(arrived.first(VisitKind.streamKind) ?? 0)

      let start = StartEncounter.with {
        $0.visit = visit
        $0.practitioner = staff
      }
      let begun = try await carryOut(start, .practitioner, timing, &latencies)
      let encounter = EncounterID(begun.first(EncounterKind.streamKind) ?? 0)

      let service = services[(caller + scene) % services.count]
      let treat = PerformTreatment.with {
        $0.encounter = encounter
        $0.service = service
        $0.listPrice = Amount(minorUnits: 12_500, .usd)
        $0.priceReason = .agreed
      }
      let treated = try await carryOut(treat, .practitioner, timing, &latencies)
      let charge = ChargeID(treated.first(ChargeKind.streamKind) ?? 0)

      let complete = CompleteEncounter.with {
        $0.encounter = encounter
        $0.outcome = .completed
      }
      _ = try await carryOut(complete, .practitioner, timing, &latencies)

      let pay = ReceivePayment.with {
        $0.from = .owing(charge)
        $0.amount = Amount(minorUnits: 12_500, .usd)
        $0.method = .card(CardTender())
        $0.settling = [charge]
      }
      _ = try await carryOut(pay, .cashier, timing, &latencies)
    }
    return latencies
  }

  /// Returns once all is synced.
  func settle() async throws { try await office.settle() }

  private func carryOut(
    _ command: some Command, _ role: ClinicRole, _ timing: Timing, _ latencies: inout [Int64]
  ) async throws -> ActionReceipt {
    let number = commands.withLock { number in
      number += 1
      return number
    }
    var envelope = Envelope()
    envelope.clinic = 1
    envelope.actor = .staff(staff.number)
    envelope.role = Role(UInt16(role.rawValue))
    envelope.reference = "terminal-1/\(number)"
    let start = benchmark_wall_nanoseconds()
    switch timing {
    case .performed:
      let receipt = try await office.perform(command, envelope)
      latencies.append(benchmark_wall_nanoseconds() - start)
      return receipt
    case .decided:
      let submission = try await office.submit(command, envelope)
      latencies.append(benchmark_wall_nanoseconds() - start)
      return try submission.result.get()
    }
  }
}
