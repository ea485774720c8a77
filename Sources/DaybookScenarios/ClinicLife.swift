import DaybookClinicEvents
import DaybookDesk
public import DaybookEngine
import DaybookEvents
import DaybookValues

/// Years of a group of clinics, as commands, in the proportions and by the mapping of an import of
/// Synthea: what an import of so many encounters would submit.
///
/// To a hundred encounters come 256 charge lines, 174 claims with their answers, 152 transfers,
/// 305 payments, 174 coverages and 12 uses of stock; each action has a reference of its own. The
/// same seed makes the same commands.
public struct ClinicLife {
  private let engine: Engine
  private var dice: Dice
  private var now = Int64(1_600_000_000_000)
  private var patients: [Patient] = []
  private var encounterCount = 0
  private var charges: [OpenCharge] = []

  private struct Patient {
    var id: PatientID
    var clinic: UInt64
    var practitioner: StaffID
    var payer: PartyID
    /// The first year of coverage not yet recorded.
    var coveredTo: Int
  }

  private struct OpenCharge {
    var id: ChargeID
    var amount: Int64
  }

  private static let clinicCount = 12
  private static let staffCount = 60
  private static let payerCount = 10
  private static let serviceCount = 300
  private static let itemCount = 20
  private static let day = Int64(86_400_000)

  /// A life of the clinics in the engine's book, which may be empty.
  public init(_ engine: Engine, seed: UInt64) {
    self.engine = engine
    dice = Dice(seed: seed)
  }

  /// Lives on until the log has at least `events` events, all of them synced.
  ///
  /// - Throws: `Refusal` where the Desk refuses what a life is made of, which is a mistake of this
  ///   type; what `Engine.submit` throws.
  public mutating func live(until events: Int) throws {
    if engine.lastPosition == .start { try begin() }
    while engine.lastPosition.number < UInt64(events) {
      if encounterCount % 22 == 0 { try register() }
      try visit()
      // As an importer does: what is decided may run ahead of the disk, but not without end.
      if encounterCount % 64 == 0 { try engine.log.waitBlocking(for: engine.lastPosition) }
    }
    try engine.log.waitBlocking(for: engine.lastPosition)
  }

  @discardableResult
  private mutating func submit(
    _ command: some Command, at instant: Int64, clinic: UInt64
  ) throws -> ActionReceipt {
    var envelope = Envelope()
    envelope.clinic = clinic
    envelope.actor = Importer.synthea.actor
    envelope.role = Role(UInt16(ClinicRole.import.rawValue))
    envelope.effective = Moment(Instant(milliseconds: instant))
    envelope.reference = dice.reference()
    return try engine.submit(command, envelope).result.get()
  }
}

// MARK: - What there is before anybody comes

extension ClinicLife {
  private mutating func begin() throws {
    for number in 1...Self.clinicCount {
      let define = DefineClinic.with {
        $0.name = "CLINIC NUMBER \(number) PC"
        $0.timeZone = "UTC"
        $0.transitions = [ZoneTransition()]
        $0.currency = .usd
        $0.fiscalYearStartMonth = 1
      }
      try submit(define, at: now, clinic: 0)
    }
    for number in 1...Self.payerCount {
      let register = RegisterParty.with {
        $0.name = "Payer \(number)"
        $0.type = .payer
      }
      try submit(register, at: now, clinic: 0)
    }
    for number in 1...Self.staffCount {
      let clinic = clinic(of: number)
      let hire = HireStaff.with {
        $0.person.name = "Practitioner\(number) Of\(number * 7)"
        $0.positions = ["GENERAL PRACTICE"]
        $0.clinics = [ClinicID(clinic)]
        $0.contract = .contractor
        $0.start = Moment(Instant(milliseconds: now)).day
      }
      try submit(hire, at: now, clinic: clinic)
      let roles = SetRoles.with {
        $0.staff = StaffID(UInt64(number))
        $0.clinic = ClinicID(clinic)
        $0.roles = [.practitioner]
      }
      try submit(roles, at: now, clinic: clinic)
    }
    for number in 1...Self.serviceCount {
      let define = DefineService.with {
        $0.code = "\(100_000_000 + number * 7_919)"
        $0.name = "Procedure of kind \(number) (procedure)"
        $0.type = .treatment
      }
      try submit(define, at: now, clinic: 0)
    }
    try stock()
  }

  private mutating func stock() throws {
    for number in 1...Self.itemCount {
      let define = DefineItem.with {
        $0.code = "\(400_000_000 + number * 7_919)"
        $0.name = "Supply of kind \(number) (physical object)"
        $0.baseUnit = "piece"
      }
      try submit(define, at: now, clinic: 0)
    }
    for clinic in 1...Self.clinicCount {
      let receive = ReceiveGoods.with {
        $0.opening = true
        for number in 1...Self.itemCount {
          $0.lines.append(
            .with {
              $0.item = ItemID(UInt64(number))
              $0.quantity = Quantity(thousandths: 100_000_000)
            })
        }
      }
      try submit(receive, at: now, clinic: UInt64(clinic))
    }
  }

  private func clinic(of staff: Int) -> UInt64 { UInt64((staff - 1) % Self.clinicCount + 1) }

  private mutating func register() throws {
    let staff = dice.from(1...Self.staffCount)
    let register = RegisterPatient.with {
      $0.person.givenName = "Given\(dice.below(900))"
      $0.person.familyName = "Family\(dice.below(900))"
      $0.person.birthDate = Day(daysSince1970: Int32(dice.below(18_000)))
      $0.sex = dice.chance(50) ? .female : .male
    }
    let receipt = try submit(register, at: now, clinic: 0)
    patients.append(
      Patient(
        id: PatientID(receipt.first(PatientKind.streamKind) ?? 0), clinic: clinic(of: staff),
        practitioner: StaffID(UInt64(staff)),
        payer: PartyID(UInt64(dice.from(1...Self.payerCount))), coveredTo: 1985))
    // Synthea names the payer of each year of a life.
    for _ in 0..<36 { try cover(patients.count - 1) }
  }

  private mutating func cover(_ index: Int) throws {
    let patient = patients[index]
    let first = try Day(year: patient.coveredTo, month: 1, day: 1)
    let last = try Day(year: patient.coveredTo, month: 12, day: 31)
    let set = SetCoverage.with {
      $0.patient = patient.id
      $0.payer = patient.payer
      $0.priority = .primary
      $0.from = first
      $0.to = last
    }
    try submit(set, at: now, clinic: patient.clinic)
    patients[index].coveredTo += 1
  }
}

// MARK: - A visit and what follows it

extension ClinicLife {
  private mutating func visit() throws {
    encounterCount += 1
    now += Int64(dice.from(60...300)) * 1000
    let index = dice.below(patients.count)
    let patient = patients[index]
    // The year's coverage must be known; recording it is part of the proportions.
    while patients[index].coveredTo <= Moment(Instant(milliseconds: now + 60 * Self.day)).day.year {
      try cover(index)
    }
    let start = now
    var visit = RecordVisit.with {
      $0.patient = patient.id
      $0.practitioner = patient.practitioner
      $0.start = Instant(milliseconds: start)
      $0.end = Instant(milliseconds: start + Int64(dice.from(15...60)) * 60_000)
      $0.outcome = .completed
    }
    let insured = dice.chance(80)
    var amounts: [Int64] = []
    for _ in 0..<lineCount() {
      let amount = dice.chance(8) ? 0 : Int64(dice.from(1_000...140_000))
      amounts.append(amount)
      visit.lines.append(
        .with {
          $0.service = ServiceID(UInt64(dice.from(1...Self.serviceCount)))
          $0.listPrice = Amount(minorUnits: amount, .usd)
          $0.responsible =
            insured ? .payer(patient.payer, .primary) : .patient(patient.id)
        })
    }
    if dice.chance(12) {
      visit.uses.append(
        .with {
          $0.item = ItemID(UInt64(dice.from(1...Self.itemCount)))
          $0.quantity = Quantity(thousandths: Int64(dice.from(1...12)) * 1000)
        })
    }
    let receipt = try submit(visit, at: start, clinic: patient.clinic)
    let numbers = receipt.begun(ChargeKind.streamKind)
    charges = zip(numbers, amounts).map { OpenCharge(id: ChargeID($0), amount: $1) }
    try settle(patient, insured: insured, at: start)
  }

  /// 2.56 on average.
  private mutating func lineCount() -> Int {
    switch dice.below(100) {
    case ..<38: 1
    case ..<66: 2
    case ..<82: 3
    case ..<91: 4
    case ..<96: 6
    default: 9
    }
  }

  private mutating func settle(_ patient: Patient, insured: Bool, at start: Int64) throws {
    var claims: [ClaimID] = []
    if insured {
      // A claim for one charge or two.
      var rest = charges[...]
      while !rest.isEmpty {
        let part = rest.prefix(dice.chance(70) ? 1 : 2)
        rest = rest.dropFirst(part.count)
        let claim = SubmitClaim.with {
          $0.payer = patient.payer
          $0.priority = .primary
          for charge in part { $0.charges.append(ClaimRequest(charge.id)) }
        }
        let receipt = try submit(claim, at: start, clinic: patient.clinic)
        claims.append(ClaimID(receipt.first(ClaimKind.streamKind) ?? 0))
      }
    }
    for charge in charges where charge.amount > 0 {
      try settle(charge, patient, insured: insured, at: start + Int64(dice.below(40)) * Self.day)
    }
    for claim in claims {
      let adjudicate = AdjudicateClaim.with {
        $0.claim = claim
        $0.outcome = .adjudicated
      }
      try submit(adjudicate, at: start + 45 * Self.day, clinic: patient.clinic)
    }
  }

  private mutating func settle(
    _ charge: OpenCharge, _ patient: Patient, insured: Bool, at time: Int64
  ) throws {
    var owed = charge.amount
    if insured {
      if dice.chance(18) {
        let part = owed * Int64(dice.from(20...80)) / 100
        try pay(part, .transfer(BankTender()), charge, patient, at: time)
        owed -= part
      }
      if dice.chance(85) {
        let transfer = TransferResponsibility.with {
          $0.charge = charge.id
          $0.from = .payer(patient.payer, .primary)
          $0.to = .patient(patient.id)
          $0.amount = Amount(minorUnits: owed, .usd)
          $0.reason = .imported
        }
        try submit(transfer, at: time, clinic: patient.clinic)
      }
    }
    if dice.chance(30) {
      let part = owed / 3
      try pay(part, .cash(CashTender()), charge, patient, at: time)
      owed -= part
    }
    let method: PaymentMethod =
      switch dice.below(3) {
      case 0: .cash(CashTender())
      case 1: .card(CardTender())
      default: .cheque(BankTender())
      }
    try pay(owed, method, charge, patient, at: time)
  }

  private mutating func pay(
    _ amount: Int64, _ method: PaymentMethod, _ charge: OpenCharge, _ patient: Patient,
    at time: Int64
  ) throws {
    guard amount > 0 else { return }
    let payment = ReceivePayment.with {
      $0.from = .owing(charge.id)
      $0.amount = Amount(minorUnits: amount, .usd)
      $0.method = method
      $0.settling = [charge.id]
    }
    try submit(payment, at: time, clinic: patient.clinic)
  }
}
