import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

extension NearLegalClinic {
  /// What is wrong by the state, with its code.
  static let makers: [Maker] = [
    { near, state, now in near.bookedOver(state, now) },
    { near, state, _ in near.arrivedTwice(state) },
    { near, state, _ in near.treatedTooLate(state) },
    { near, state, _ in near.paidNothing(state) },
    { near, state, _ in near.paidTooMuch(state) },
    { near, state, _ in near.paidInOtherMoney(state) },
    { near, state, _ in near.issuedTooMuch(state) },
    { near, state, now in near.receivedTomorrow(now) },
    { near, state, now in near.receivedWithoutLot(now) },
    { near, state, now in near.coveredTwice(state, now) },
    { near, state, _ in near.claimedTwice(state) },
    { near, state, now in near.movedOver(state, now) },
    { near, state, _ in near.cancelledTwice(state) },
    { near, state, now in near.missedTooEarly(state, now) },
    { near, state, now in near.bookedForSomebodyGone(state, now) },
    { near, state, now in near.pricedBackwards(state, now) },
    { near, _, _ in near.pricedBelowNothing() },
    { near, state, _ in near.taxedExempt(state) },
    { near, state, _ in near.roomTwice(state) },
  ]

  private mutating func bookedOver(
    _ state: DeskState, _ now: Instant
  ) -> (LegalCommand, RefusalCode)? {
    let start = Instant(milliseconds: now.milliseconds + 3_600_000)
    let end = Instant(milliseconds: start.milliseconds + 40 * 86_400_000)
    guard state.scheduling.appointment(of: StaffID(1), from: start, to: end) != nil else {
      return nil
    }
    let book = BookAppointment.with {
      $0.patient = PatientID(1)
      $0.practitioner = StaffID(1)
      $0.start = start
      $0.durationSeconds = 40 * 86_400
      $0.channel = .desk
    }
    return (LegalCommand(book, .reception), .overlap)
  }

  private mutating func arrivedTwice(_ state: DeskState) -> (LegalCommand, RefusalCode)? {
    let appointments = state.scheduling.appointments
    let come = legal.find(appointments.count, AppointmentKind.self) {
      appointments[$0]?.status == .arrived
    }
    guard let come else { return nil }
    return (
      LegalCommand(CheckInPatient.with { $0.appointment = come }, .reception), .invalidState
    )
  }

  private mutating func treatedTooLate(_ state: DeskState) -> (LegalCommand, RefusalCode)? {
    let encounters = state.care.encounters
    let over = legal.find(encounters.count, EncounterKind.self) {
      encounters[$0].map { !$0.isOpen } ?? false
    }
    guard let over else { return nil }
    let treat = PerformTreatment.with {
      $0.encounter = over
      $0.service = ServiceID(1)
      $0.listPrice = Amount(minorUnits: 100, .usd)
      $0.priceReason = .agreed
    }
    return (LegalCommand(treat, .practitioner), .invalidState)
  }

  private mutating func owedCharge(_ state: DeskState) -> (ChargeID, ChargeRecord)? {
    let charges = state.billing.charges
    let id = legal.find(charges.count, ChargeKind.self) { charges[$0]?.owed ?? 0 > 0 }
    guard let id, let charge = charges[id] else { return nil }
    return (id, charge)
  }

  private func payment(_ charge: ChargeID, _ amount: Amount) -> ReceivePayment {
    .with {
      $0.from = .owing(charge)
      $0.amount = amount
      $0.method = .card(CardTender())
      $0.allocations = [ChargeAmount(charge, amount)]
    }
  }

  private mutating func paidNothing(_ state: DeskState) -> (LegalCommand, RefusalCode)? {
    guard let (id, charge) = owedCharge(state) else { return nil }
    let pay = payment(id, Amount(minorUnits: 0, .usd))
    return (LegalCommand(pay, .cashier, at: charge.clinic), .amountNotPositive)
  }

  private mutating func paidTooMuch(_ state: DeskState) -> (LegalCommand, RefusalCode)? {
    guard let (id, charge) = owedCharge(state) else { return nil }
    let pay = payment(id, Amount(minorUnits: charge.owed + 1, .usd))
    return (LegalCommand(pay, .cashier, at: charge.clinic), .overAllocated)
  }

  private mutating func paidInOtherMoney(_ state: DeskState) -> (LegalCommand, RefusalCode)? {
    guard let (id, charge) = owedCharge(state) else { return nil }
    let pay = payment(id, Amount(minorUnits: 1, .eur))
    return (LegalCommand(pay, .cashier, at: charge.clinic), .currencyMismatch)
  }

  private mutating func issuedTooMuch(_ state: DeskState) -> (LegalCommand, RefusalCode)? {
    let lots = state.stock.shelf(of: StockKey(clinic: ClinicID(1), item: ItemID(2)))
    guard let lot = lots.first else { return nil }
    let issue = IssueStock.with {
      $0.item = ItemID(2)
      $0.lot = lot.lot
      $0.quantity = Quantity(thousandths: lot.onHand + 1)
      $0.purpose = .damaged
    }
    return (LegalCommand(issue, .buyer), .insufficientStock)
  }

  private func goods(_ change: (inout GoodsLine) -> Void) -> ReceiveGoods {
    var line = GoodsLine()
    line.item = ItemID(1)
    line.quantity = .one
    line.value = Amount(minorUnits: 100, .usd)
    change(&line)
    return .with {
      $0.supplier = PartyID(3)
      $0.lines = [line]
    }
  }

  private func receivedTomorrow(_ now: Instant) -> (LegalCommand, RefusalCode)? {
    let tomorrow = Instant(milliseconds: now.milliseconds + 86_400_000)
    return (LegalCommand(goods { _ in }, .buyer, effective: tomorrow), .futureNotAllowed)
  }

  private func receivedWithoutLot(_ now: Instant) -> (LegalCommand, RefusalCode)? {
    (LegalCommand(goods { $0.item = ItemID(2) }, .buyer), .lotRequired)
  }

  private mutating func coveredTwice(
    _ state: DeskState, _ now: Instant
  ) -> (LegalCommand, RefusalCode)? {
    let patients = state.patients.patients
    let id = legal.find(patients.count, PatientKind.self) {
      patients[$0].map { !$0.coverage.isEmpty && $0.mergedInto == nil } ?? false
    }
    guard let id, let coverage = patients[id]?.coverage.first else { return nil }
    let set = SetCoverage.with {
      $0.patient = id
      $0.payer = PartyID(coverage.payer == PartyID(1) ? 2 : 1)
      $0.priority = coverage.priority
      $0.from = coverage.from
      $0.to = coverage.from
    }
    return (LegalCommand(set, .reception), .overlap)
  }

  private mutating func claimedTwice(_ state: DeskState) -> (LegalCommand, RefusalCode)? {
    let charges = state.billing.charges
    let id = legal.find(charges.count, ChargeKind.self) { charges[$0]?.claim != nil }
    guard let id, let charge = charges[id], let claim = charge.claim,
      case .payer(let payer, let priority) = claim.debtor
    else { return nil }
    let submit = SubmitClaim.with {
      $0.payer = payer
      $0.priority = priority
      $0.charges = [ClaimRequest(id)]
    }
    return (LegalCommand(submit, .accountant, at: charge.clinic), .invalidState)
  }
}
