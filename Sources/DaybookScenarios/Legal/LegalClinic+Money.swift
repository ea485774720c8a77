import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

extension LegalClinic {
  /// Payments, adjustments, claims.
  static let money: [(weight: Int, make: Maker)] = [
    (12, { clinic, state, _ in clinic.payment(state) }),
    (3, { clinic, state, _ in clinic.prepayment(state) }),
    (3, { clinic, state, _ in clinic.allocation(state) }),
    (3, { clinic, state, _ in clinic.adjustment(state) }),
    (3, { clinic, state, _ in clinic.claim(state) }),
  ]

  /// A charge of which somebody owes something.
  private mutating func owed(_ state: DeskState) -> (ChargeID, ChargeRecord)? {
    let charges = state.billing.charges
    let id = find(charges.count, ChargeKind.self) { charges[$0]?.owed ?? 0 > 0 }
    guard let id, let charge = charges[id] else { return nil }
    return (id, charge)
  }

  private mutating func part(of amount: Int64) -> Int64 {
    dice.chance(60) ? amount : Int64(dice.from(1...Int(amount)))
  }

  private mutating func payment(_ state: DeskState) -> LegalCommand? {
    guard let (id, charge) = owed(state) else { return nil }
    let amount = Amount(minorUnits: part(of: charge.owed), .usd)
    let pay = ReceivePayment.with {
      $0.from = .owing(id)
      $0.amount = amount
      $0.method = dice.chance(70) ? .card(CardTender()) : .transfer(BankTender())
      $0.allocations = [ChargeAmount(id, amount)]
    }
    return LegalCommand(pay, .cashier, at: charge.clinic)
  }

  private mutating func prepayment(_ state: DeskState) -> LegalCommand? {
    guard let patient = livePatient(state) else { return nil }
    let pay = ReceivePayment.with {
      $0.from = .party(.patient(patient))
      $0.amount = cents(1_000...20_000)
      $0.method = .card(CardTender())
      if dice.chance(50) { $0.deposit = Deposit() }
    }
    return LegalCommand(pay, .cashier)
  }

  /// Credit of a patient settles what they owe.
  private mutating func allocation(_ state: DeskState) -> LegalCommand? {
    let payments = state.billing.payments
    let id = find(payments.count, PaymentKind.self) { payments[$0]?.unapplied ?? 0 > 0 }
    guard let id, let payment = payments[id], let (charge, record) = owed(state),
      record.clinic == payment.clinic
    else { return nil }
    let amount = Amount(minorUnits: min(payment.unapplied, record.owed), .usd)
    let allocate = AllocatePayment.with {
      $0.payment = id
      $0.allocations = [ChargeAmount(charge, amount)]
    }
    return LegalCommand(allocate, .cashier, at: payment.clinic)
  }

  private mutating func adjustment(_ state: DeskState) -> LegalCommand? {
    guard let (id, charge) = owed(state), let share = charge.shares.first(where: { $0.owed > 0 })
    else { return nil }
    let adjust = PostAdjustment.with {
      $0.charge = id
      $0.debtor = share.debtor
      $0.type = dice.chance(50) ? .badDebt : .writeOff
      $0.amount = Amount(minorUnits: part(of: share.owed), .usd)
    }
    return LegalCommand(adjust, .accountant, at: charge.clinic)
  }

  private mutating func claim(_ state: DeskState) -> LegalCommand? {
    let charges = state.billing.charges
    let id = find(charges.count, ChargeKind.self) { id in
      guard let charge = charges[id], charge.claim == nil, case .payer = charge.current else {
        return false
      }
      return charge.owed(by: charge.current) > 0
    }
    guard let id, let charge = charges[id], case .payer(let payer, let priority) = charge.current
    else { return nil }
    let submit = SubmitClaim.with {
      $0.payer = payer
      $0.priority = priority
      $0.charges = [ClaimRequest(id)]
    }
    return LegalCommand(submit, .accountant, at: charge.clinic)
  }
}
