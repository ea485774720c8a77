import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

extension NearLegalClinic {
  /// Payments, adjustments, refunds and invoices.
  static let billing: [Maker] = [
    { near, state, _ in near.paidNothing(state) },
    { near, state, _ in near.paidTooMuch(state) },
    { near, state, _ in near.paidInOtherMoney(state) },
    { near, state, _ in near.shortTender(state) },
    { near, state, _ in near.cashWithoutTill(state) },
    { near, state, _ in near.allocatedTooMuch(state) },
    { near, state, _ in near.otherTax(state) },
    { near, state, _ in near.releasedTooMuch(state) },
    { near, state, _ in near.lostTooMuch(state) },
    { near, state, _ in near.lostAlone(state) },
    { near, state, _ in near.recoveredTooMuch(state) },
    { near, state, _ in near.refundedTooMuch(state) },
    { near, state, _ in near.returnedWrongly(state) },
    { near, state, _ in near.invoicedTwice(state) },
    { near, state, _ in near.invoiceGap(state) },
    { near, state, _ in near.rectifiedTooMuch(state) },
  ]

  private func payment(
    _ charge: ChargeID, _ amount: Amount, by method: PaymentMethod = .card(CardTender())
  ) -> ReceivePayment {
    .with {
      $0.from = .owing(charge)
      $0.amount = amount
      $0.method = method
      $0.allocations = [ChargeAmount(charge, amount)]
    }
  }

  private mutating func paidNothing(_ state: DeskState) -> Nearly? {
    guard let (id, charge) = legal.owed(state) else { return nil }
    let pay = payment(id, legal.dollars(0))
    return (LegalCommand(pay, .cashier, at: charge.clinic), .amountNotPositive)
  }

  private mutating func paidTooMuch(_ state: DeskState) -> Nearly? {
    guard let (id, charge) = legal.owed(state) else { return nil }
    let pay = payment(id, legal.dollars(charge.owed + 1))
    return (LegalCommand(pay, .cashier, at: charge.clinic), .overAllocated)
  }

  private mutating func paidInOtherMoney(_ state: DeskState) -> Nearly? {
    guard let (id, charge) = legal.owed(state) else { return nil }
    let pay = payment(id, Amount(minorUnits: 1, .eur))
    return (LegalCommand(pay, .cashier, at: charge.clinic), .currencyMismatch)
  }

  /// What was handed over is a cent less than what is paid.
  private mutating func shortTender(_ state: DeskState) -> Nearly? {
    guard let (id, charge) = legal.owed(state) else { return nil }
    let cash = CashTender.with { $0.tendered = legal.dollars(charge.owed - 1) }
    let pay = payment(id, legal.dollars(charge.owed), by: .cash(cash))
    return (LegalCommand(pay, .cashier, at: charge.clinic), .unbalanced)
  }

  private mutating func cashWithoutTill(_ state: DeskState) -> Nearly? {
    guard let (id, charge) = legal.owed(state),
      state.tills.openSessions(at: charge.clinic).isEmpty
    else { return nil }
    let pay = payment(id, legal.dollars(1), by: .cash(CashTender()))
    return (LegalCommand(pay, .cashier, at: charge.clinic), .tillNotOpen)
  }

  private mutating func allocatedTooMuch(_ state: DeskState) -> Nearly? {
    let found = legal.find(in: state.billing.payments) { $0.unapplied > 0 && !$0.isRefund }
    guard let (id, payment) = found, let (charge, _) = legal.owed(state) else { return nil }
    let allocate = AllocatePayment.with {
      $0.payment = id
      $0.allocations = [ChargeAmount(charge, legal.dollars(payment.unapplied + 1))]
    }
    // More than is left, or more than is owed: either is too much.
    return (LegalCommand(allocate, .cashier, at: payment.clinic), .overAllocated)
  }

  /// A taxable deposit settles charges of its rule alone.
  private mutating func otherTax(_ state: DeskState) -> Nearly? {
    let found = legal.find(in: state.billing.payments) { $0.unapplied > 0 && $0.taxCode != nil }
    guard let (id, payment) = found else { return nil }
    let other = legal.find(in: state.billing.charges) {
      $0.owed > 0 && $0.taxCode != payment.taxCode
    }
    guard let (charge, _) = other else { return nil }
    let allocate = AllocatePayment.with {
      $0.payment = id
      $0.allocations = [ChargeAmount(charge, legal.dollars(1))]
    }
    return (LegalCommand(allocate, .cashier, at: payment.clinic), .invalidState)
  }

  private mutating func releasedTooMuch(_ state: DeskState) -> Nearly? {
    guard let (id, charge) = legal.find(in: state.billing.charges, { $0.lastAllocation >= 0 }),
      let newest = state.billing.allocations(of: charge).first,
      let payment = state.billing.payments[newest.payment]
    else { return nil }
    let release = ReleaseAllocation.with {
      $0.payment = newest.payment
      $0.charge = id
      $0.amount = legal.dollars(charge.total + 1)
      $0.reason = "too much"
    }
    return (LegalCommand(release, .cashier, at: payment.clinic), .overAllocated)
  }

  private func adjustment(
    _ id: ChargeID, _ share: ChargeShare, _ type: AdjustmentType, _ amount: Int64
  ) -> PostAdjustment {
    .with {
      $0.charge = id
      $0.debtor = share.debtor
      $0.type = type
      $0.amount = legal.dollars(amount)
      $0.approver = legal.other
    }
  }

  private mutating func lostTooMuch(_ state: DeskState) -> Nearly? {
    guard let (id, charge) = legal.owed(state), let share = charge.shares.first else { return nil }
    let adjust = adjustment(id, share, .writeOff, share.owed + 1)
    return (LegalCommand(adjust, .accountant, at: charge.clinic), .overAllocated)
  }

  private mutating func lostAlone(_ state: DeskState) -> Nearly? {
    let found = legal.find(in: state.billing.charges) { $0.shares.contains { $0.owed > 5_000 } }
    guard let (id, charge) = found, let share = charge.shares.first(where: { $0.owed > 5_000 })
    else { return nil }
    var adjust = adjustment(id, share, .badDebt, 5_001)
    adjust.approver = legal.dice.chance(50) ? nil : legal.who
    return (LegalCommand(adjust, .accountant, at: charge.clinic), .needsSecondPerson)
  }

  private mutating func recoveredTooMuch(_ state: DeskState) -> Nearly? {
    guard let (id, charge) = legal.find(in: state.billing.charges, { !$0.shares.isEmpty }) else {
      return nil
    }
    let adjust = adjustment(id, charge.shares[0], .recovery, charge.badDebt + 1)
    return (LegalCommand(adjust, .accountant, at: charge.clinic), .overAllocated)
  }

  private mutating func refundedTooMuch(_ state: DeskState) -> Nearly? {
    let found = legal.find(in: state.billing.payments) {
      !$0.isRefund && $0.amount > 0 && LegalClinic.current($0.from, state) == $0.from
        && $0.from != .walkIn
    }
    guard let (id, payment) = found else { return nil }
    let refund = PayRefund.with {
      $0.to = payment.from
      $0.amount = legal.dollars(payment.unapplied + 1)
      $0.method = .transfer(BankTender())
      $0.payment = id
      $0.approver = legal.other
    }
    return (LegalCommand(refund, .cashier, at: payment.clinic), .creditExceeded)
  }

  /// Cash is no bank's to take back.
  private mutating func returnedWrongly(_ state: DeskState) -> Nearly? {
    let found = legal.find(in: state.billing.payments) { $0.method == .cash && !$0.isRefund }
    guard let (id, payment) = found else { return nil }
    let back = ReturnPayment.with {
      $0.payment = id
      $0.amount = legal.dollars(1)
      $0.reason = .cheque
    }
    return (LegalCommand(back, .accountant, at: payment.clinic), .invalidState)
  }

  private func invoice(
    _ id: ChargeID, _ debtor: Debtor, _ change: (inout IssueInvoice) -> Void,
    _ state: DeskState
  ) -> IssueInvoice {
    .with {
      $0.customer.party = LegalClinic.current(debtor.party, state)
      $0.customer.name = "Customer"
      $0.charges = [
        .with {
          $0.charge = id
          $0.owedBy = debtor
          $0.amount = legal.dollars(1)
        }
      ]
      change(&$0)
    }
  }

  private mutating func invoicedTwice(_ state: DeskState) -> Nearly? {
    guard let (id, charge) = legal.find(in: state.billing.charges, { $0.isInvoiced }),
      let share = charge.shares.first
    else { return nil }
    let left = charge.invoiceable(to: share.debtor)
    let issue = invoice(
      id, share.debtor, { $0.charges[0].amount = legal.dollars(left + 1) }, state)
    return (LegalCommand(issue, .reception, at: charge.clinic), .overAllocated)
  }

  private mutating func invoiceGap(_ state: DeskState) -> Nearly? {
    guard let (id, charge) = legal.owed(state), let share = charge.shares.first else { return nil }
    let last = state.invoices.series("A", at: charge.clinic)?.last ?? 0
    let issue = invoice(id, share.debtor, { $0.number = last + 2 }, state)
    return (LegalCommand(issue, .reception, at: charge.clinic), .numberGap)
  }

  private mutating func rectifiedTooMuch(_ state: DeskState) -> Nearly? {
    let found = legal.find(in: state.invoices.invoices) { invoice in
      !invoice.isRectifying && invoice.lines.first.map { $0.sale == nil } == true
    }
    guard let (id, invoice) = found, let line = invoice.lines.first else { return nil }
    let rectify = RectifyInvoice.with {
      $0.invoice = id
      $0.lines = [RectifiedShare(1, legal.dollars(line.net + line.tax + 1))]
      $0.reason = "too much"
      $0.approver = legal.other
    }
    return (LegalCommand(rectify, .accountant, at: invoice.clinic), .quantityExceeded)
  }
}
