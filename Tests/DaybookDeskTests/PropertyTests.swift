import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

/// What the books must come to, added up from the events alone.
struct Sums {
  var owed: [ChargeID: [Debtor: Int64]] = [:]
  var applied: [PaymentID: Int64] = [:]
  var paid: [PaymentID: Int64] = [:]
  var onHand: [ItemID: [String: Int64]] = [:]
  var worth: [ItemID: [String: Int64]] = [:]
  var appointments = 0

  mutating func take(_ event: DecidedEvent) throws {
    if let it = try? event.decoded(as: ChargePosted.self) {
      owed[it.charge, default: [:]][it.responsible, default: 0] += it.net.minorUnits
    } else if let it = try? event.decoded(as: ResponsibilityTransferred.self) {
      owed[it.charge, default: [:]][it.from, default: 0] -= it.amount.minorUnits
      owed[it.charge, default: [:]][it.to, default: 0] += it.amount.minorUnits
    } else if let it = try? event.decoded(as: AdjustmentPosted.self) {
      let sign: Int64 = it.type == .recovery ? 1 : -1
      owed[it.charge, default: [:]][it.debtor, default: 0] += sign * it.amount.minorUnits
    } else if let it = try? event.decoded(as: PaymentReceived.self) {
      paid[it.payment] = it.amount.minorUnits
      for allocation in it.allocations { apply(allocation, of: it.payment) }
    } else if let it = try? event.decoded(as: PaymentAllocated.self) {
      apply(it.allocation, of: it.payment)
    } else if let it = try? event.decoded(as: GoodsReceived.self) {
      for line in it.lines {
        move(it: line.item, line.lot, line.quantity.thousandths, line.value.minorUnits)
      }
    } else if let it = try? event.decoded(as: StockIssued.self) {
      for line in it.lines {
        move(it: it.item, line.lot, -line.quantity.thousandths, -line.value.minorUnits)
      }
    }
  }

  private mutating func apply(_ allocation: Allocation, of payment: PaymentID) {
    owed[allocation.charge, default: [:]][allocation.owedBy, default: 0] -=
      allocation.amount.minorUnits
    applied[payment, default: 0] += allocation.amount.minorUnits
  }

  private mutating func move(it item: ItemID, _ lot: String, _ quantity: Int64, _ value: Int64) {
    onHand[item, default: [:]][lot, default: 0] += quantity
    worth[item, default: [:]][lot, default: 0] += value
  }

  /// Every rule that holds at every moment, and that the state agrees.
  func check(_ state: DeskState, _ note: Comment) {
    for (charge, debtors) in owed {
      let record = state.billing.charges[charge]
      for (debtor, amount) in debtors {
        #expect(amount >= 0, note)
        #expect(record?.owed(by: debtor) == amount, note)
      }
      #expect(record?.owed == debtors.values.reduce(0, +), note)
    }
    for (payment, amount) in paid {
      let rest = amount - (applied[payment] ?? 0)
      #expect(rest >= 0, note)
      #expect(state.billing.payments[payment]?.unapplied == rest, note)
    }
    for (item, lots) in onHand {
      let key = StockKey(clinic: Clinic.id, item: item)
      for (lot, quantity) in lots {
        let value = worth[item]?[lot] ?? 0
        let record = state.stock.lot(lot, at: key)
        #expect(quantity >= 0 && value >= 0, note)
        #expect(quantity > 0 || value == 0, note)
        #expect(record?.onHand == quantity, note)
        let lowest = record.map { state.stock.lowest(of: $0, from: .min) }
        #expect(lowest ?? -1 >= 0, note)
        #expect(record?.value == value, note)
      }
    }
  }
}

/// A seeded life of a clinic that asks for much more than is allowed.
struct Life {
  var random: Seeded
  var spec = Clinic.open.by(.staff(1), .admin)
    .given(
      Clinic.roles(
        Clinic.admin,
        [.admin, .reception, .practitioner, .cashier, .buyer, .accountant]))
  var sums = Sums()
  var refused = 0
  var made: [DecidedEvent] = []

  init(_ seed: UInt64) { random = Seeded(seed) }

  mutating func pick(_ count: UInt64) -> UInt64 { UInt64.random(in: 1...count, using: &random) }
  mutating func minor() -> Int64 { Int64.random(in: -2...60, using: &random) }
  mutating func chance() -> Bool { Bool.random(using: &random) }

  mutating func debtor() -> Debtor {
    switch pick(3) {
    case 1: .patient(PatientID(pick(2)))
    case 2: .payer(Clinic.insurer, .primary)
    default: .payer(Clinic.second, .secondary)
    }
  }

  mutating func moment() -> Moment {
    let back = Int64.random(in: 0...4, using: &random) * 86_400_000
    return Moment(Instant(milliseconds: Clinic.nine.instant.milliseconds - back))
  }

  mutating func step() throws {
    spec = spec.at(moment(), recorded: Clinic.nine.instant)
    let role: [ClinicRole] = [
      .practitioner, .cashier, .accountant, .buyer, .reception,
    ]
    let kind = Int(pick(13))
    let needed = role[min(4, [0, 0, 1, 1, 1, 2, 2, 2, 2, 3, 3, 4, 4][kind - 1])]
    spec = chance() ? spec.importing : spec.by(.staff(1), needed.role)
    switch kind {
    case 1, 2: try perform(treatment())
    case 3: try perform(payment())
    case 4: try perform(payment())
    case 5: try perform(allocation())
    case 6: try perform(transfer())
    case 7: try perform(adjustment())
    case 8: try perform(claim())
    case 9: try perform(adjudication())
    case 10: try perform(receipt())
    case 11: try perform(issue())
    case 12: try perform(arrival())
    default: try perform(visit())
    }
  }

  private mutating func perform<C: Command>(_ command: C) throws where C.State == DeskState {
    spec = spec.when(command)
    if case .failure = spec.result { refused += 1 }
    for event in spec.events { try sums.take(event) }
    made += spec.events
  }

  private mutating func device() -> Device {
    .with {
      $0.item = Clinic.screw
      $0.lot = ["A", "B"][Int(pick(2)) - 1]
    }
  }

  private mutating func treatment() -> PerformTreatment {
    .with {
      $0.encounter = EncounterID(pick(4))
      $0.service = ServiceID(pick(2))
      $0.units = UInt32(pick(3)) - 1
      $0.listPrice = cents(minor())
      $0.discount = cents(chance() ? 0 : minor())
      $0.priceReason = .agreed
      if chance() { $0.responsible = debtor() }
      if chance() { $0.devices = [device()] }
    }
  }

  private mutating func payment() -> ReceivePayment {
    .with {
      $0.from =
        chance()
        ? .owing(ChargeID(pick(9)))
        : .party(
          [
            .walkIn, .patient(PatientID(pick(2))), .payer(Clinic.insurer), .other(Clinic.supplier),
          ][Int(pick(4)) - 1])
      $0.amount = cents(minor())
      $0.method = chance() ? .card(CardTender()) : .cash(CashTender())
      if chance() { $0.allocations = [ChargeAmount(ChargeID(pick(9)), cents(minor() / 3))] }
      if chance() { $0.settling = [ChargeID(pick(9)), ChargeID(pick(9))] }
      if pick(5) == 1 { $0.deposit = Deposit() }
    }
  }

  private mutating func allocation() -> AllocatePayment {
    .with {
      $0.payment = PaymentID(pick(9))
      if chance() { $0.allocations = [ChargeAmount(ChargeID(pick(9)), cents(minor() / 3))] }
      $0.settling = [ChargeID(pick(9))]
    }
  }

  private mutating func transfer() -> TransferResponsibility {
    .with {
      $0.charge = ChargeID(pick(9))
      if chance() { $0.from = debtor() }
      $0.to = debtor()
      $0.amount = cents(minor())
      $0.reason = .imported
    }
  }

  private mutating func adjustment() -> PostAdjustment {
    .with {
      $0.charge = ChargeID(pick(9))
      if chance() { $0.debtor = debtor() }
      $0.type = AdjustmentType(rawValue: UInt32(pick(7))) ?? .unspecified
      $0.amount = cents(minor() / 2)
      $0.upToOwed = chance()
    }
  }

  private mutating func claim() -> SubmitClaim {
    .with {
      $0.payer = chance() ? Clinic.insurer : Clinic.second
      $0.charges = [ClaimRequest(ChargeID(pick(9)), chance() ? nil : cents(minor()))]
      if pick(4) == 1 { $0.replaces = ClaimID(pick(5)) }
    }
  }

  private mutating func adjudication() -> AdjudicateClaim {
    let claim = ClaimID(pick(6))
    let charge = spec.state.claims.claims[claim]?.charges.first
    let billed = charge.flatMap { spec.state.billing.charges[$0]?.claim?.billed } ?? 0
    let contractual = billed / 4
    let patient = billed / 3
    return .with {
      $0.claim = claim
      $0.outcome = .adjudicated
      guard let charge, chance() else { return }
      $0.lines = [
        .with {
          $0.charge = charge
          $0.billed = cents(billed)
          $0.contractual = cents(contractual)
          $0.patientDue = cents(patient)
          $0.paid = cents(billed - contractual - patient)
        }
      ]
    }
  }

  private mutating func receipt() -> ReceiveGoods {
    .with {
      $0.supplier = Clinic.supplier
      $0.lines = [
        .with {
          $0.item = Clinic.gloves
          $0.quantity = Quantity(thousandths: minor() * 100)
          $0.value = cents(minor())
        },
        .with {
          $0.item = Clinic.screw
          $0.lot = ["A", "B"][Int(pick(2)) - 1]
          $0.expiry = Clinic.day($0.lot == "A" ? "2027-01-01" : "2026-03-01")
          $0.quantity = Quantity(thousandths: minor() * 100)
          $0.value = cents(minor())
        },
      ]
    }
  }

  private mutating func issue() -> IssueStock {
    .with {
      $0.item = ItemID(pick(2))
      $0.quantity = Quantity(thousandths: minor() * 50)
      $0.purpose = IssuePurpose(rawValue: UInt32(pick(6))) ?? .unspecified
      if chance() { $0.lot = ["A", "B"][Int(pick(2)) - 1] }
      if chance() { $0.encounterLine = EncounterLine(EncounterID(pick(4))) }
    }
  }

  private mutating func arrival() -> BookAppointment {
    .with {
      $0.patient = PatientID(pick(2))
      $0.practitioner = StaffID(pick(4))
      $0.start = moment().instant
      $0.durationSeconds = UInt32(pick(7200))
      $0.channel = .desk
    }
  }

  private mutating func visit() -> RecordVisit {
    let start = moment().instant
    return .with {
      $0.patient = PatientID(pick(2))
      $0.practitioner = Clinic.doctor
      $0.start = start
      $0.end = Instant(milliseconds: start.milliseconds + Int64(pick(3600)) * 1000)
      $0.lines = [
        .with {
          $0.service = Clinic.implanting
          $0.listPrice = cents(minor())
          if chance() { $0.responsible = debtor() }
          if pick(4) == 1 { $0.devices = [device()] }
        }
      ]
    }
  }
}

@Suite struct `Whatever is asked for` {
  @Test(arguments: Effort.cases(1...24 as ClosedRange<UInt64>, few: 8))
  func `the books hold: owed, unapplied and on hand are never below nothing`(
    _ seed: UInt64
  ) throws {
    var life = Life(seed)
    for step in 0..<400 {
      try life.step()
      if step % 20 == 19 { life.sums.check(life.spec.state, "seed \(seed), step \(step)") }
    }
    // A life in which nothing is allowed, or everything is, proves nothing.
    #expect(life.refused > 100 && life.made.count > 80, "seed \(seed)")
  }

  @Test func `the same life makes the same events`() throws {
    var lives = [Life(7), Life(7)]
    for index in lives.indices { for _ in 0..<300 { try lives[index].step() } }
    #expect(lives[0].made == lives[1].made)
  }

  @Test func `the first event of an action is at the envelope's clinic`() throws {
    var life = Life(3)
    for _ in 0..<300 {
      try life.step()
      if let first = life.spec.events.first { #expect(first.clinic == Clinic.here) }
    }
  }
}
