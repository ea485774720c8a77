import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

extension LegalClinic {
  /// What becomes of money that settles nothing, or is to settle something no longer.
  static let credits: Makers = [
    (.allocation, { clinic, state, now in clinic.allocation(state, now) }),
    (.release, { clinic, state, _ in clinic.release(state) }),
    (.returned, { clinic, state, _ in clinic.returned(state) }),
    (.refund, { clinic, state, _ in clinic.refund(state) }),
  ]

  /// A payment of which something settles nothing.
  private mutating func unapplied(_ state: DeskState) -> (id: PaymentID, record: PaymentRecord)? {
    find(in: state.billing.payments) { $0.unapplied > 0 && !$0.isRefund }
  }

  /// Credit settles what somebody owes: a taxable deposit only charges of its rule.
  private mutating func allocation(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    guard let (id, payment) = unapplied(state) else { return nil }
    let found = find(in: state.billing.charges) {
      $0.owed > 0 && (payment.taxCode == nil || payment.taxCode == $0.taxCode)
    }
    guard let (charge, record) = found else { return nil }
    let amount = dollars(min(payment.unapplied, part(of: record.owed)))
    let allocate = AllocatePayment.with {
      $0.payment = id
      $0.allocations = [ChargeAmount(charge, amount)]
    }
    return LegalCommand(allocate, .cashier, at: payment.clinic)
  }

  private mutating func release(_ state: DeskState) -> LegalCommand? {
    guard let (id, charge) = find(in: state.billing.charges, { $0.lastAllocation >= 0 }),
      let newest = state.billing.allocations(of: charge).first,
      let payment = state.billing.payments[newest.payment]
    else { return nil }
    let release = ReleaseAllocation.with {
      $0.payment = newest.payment
      $0.charge = id
      $0.amount = dice.chance(50) ? nil : dollars(part(of: newest.amount))
      $0.reason = "another charge was meant"
    }
    return LegalCommand(release, .cashier, at: payment.clinic)
  }

  /// What the bank takes back of a payment.
  private mutating func returned(_ state: DeskState) -> LegalCommand? {
    let billing = state.billing
    let found = find(in: billing.payments) { payment in
      guard !payment.isRefund, Self.reason(of: payment.method) != nil else { return false }
      return Self.left(of: payment, billing) > 0
    }
    guard let (id, payment) = found, let reason = Self.reason(of: payment.method) else {
      return nil
    }
    let back = ReturnPayment.with {
      $0.payment = id
      $0.amount = dice.chance(50) ? nil : dollars(part(of: Self.left(of: payment, billing)))
      $0.reason = reason
      $0.fee = dice.chance(50) ? cents(100...2_000) : nil
    }
    return LegalCommand(back, .accountant, at: payment.clinic)
  }

  /// What settles something, and what settles nothing.
  private static func left(of payment: PaymentRecord, _ billing: BillingState) -> Int64 {
    billing.allocations(of: payment).reduce(payment.unapplied) { $0 + $1.amount }
  }

  private static func reason(of method: MethodType) -> PaymentReturnReason? {
    switch method {
    case .card, .online: .chargeback
    case .directDebit: .directDebit
    case .cheque: .cheque
    case .cash, .transfer, .voucher, .unspecified: nil
    }
  }

  /// Credit or a deposit is paid out to whoever it belongs to.
  private mutating func refund(_ state: DeskState) -> LegalCommand? {
    guard let (id, payment) = unapplied(state), payment.from != .walkIn else { return nil }
    let amount = part(of: payment.unapplied)
    var method: PaymentMethod = dice.chance(50) ? .transfer(BankTender()) : .card(CardTender())
    let till = openTill(state, at: payment.clinic)
    if let till, dice.chance(60), held(in: till, state) >= amount { method = .cash(CashTender()) }
    let refund = PayRefund.with {
      $0.to = Self.current(payment.from, state)
      $0.amount = dollars(amount)
      $0.method = method
      if case .transfer = method {} else { $0.till = till }
      if dice.chance(60) { $0.payment = id } else { $0.ofDeposit = payment.isDeposit }
      $0.reason = "not needed any more"
      $0.approver = other
    }
    return LegalCommand(refund, .cashier, at: payment.clinic)
  }

  /// Who a party is now: patients are merged.
  static func current(_ party: Party, _ state: DeskState) -> Party {
    guard case .patient(let patient) = party else { return party }
    return .patient(state.patients.current(patient))
  }
}
