import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

extension LegalClinic {
  /// Payments, and who owes how much.
  static let money: Makers = [
    (.payment, { clinic, state, now in clinic.payment(state, now) }),
    (.prepayment, { clinic, state, now in clinic.prepayment(state, now) }),
    (.adjustment, { clinic, state, _ in clinic.adjustment(state) }),
    (.recovery, { clinic, state, _ in clinic.recovery(state) }),
    (.transfer, { clinic, state, _ in clinic.transfer(state) }),
  ]

  /// A charge of which somebody owes something.
  mutating func owed(_ state: DeskState) -> (id: ChargeID, record: ChargeRecord)? {
    find(in: state.billing.charges) { $0.owed > 0 }
  }

  /// A way of paying that is possible at the clinic now, with the till for it.
  mutating func way(
    _ state: DeskState, at clinic: ClinicID, paying amount: Int64
  ) -> (method: PaymentMethod, till: TillID?) {
    let till = openTill(state, at: clinic)
    if let till, dice.chance(50) {
      var cash = CashTender()
      if dice.chance(50) { cash.tendered = dollars((amount / 500 + 1) * 500) }
      return (.cash(cash), till)
    }
    switch dice.below(6) {
    case 0: return (.transfer(BankTender()), nil)
    case 1: return (.cheque(BankTender()), nil)
    case 2: return (.directDebit(BankTender()), nil)
    case 3: return (.online(CardTender()), nil)
    case 4 where till != nil: return (.voucher(VoucherTender()), till)
    default: return (.card(CardTender()), till)
    }
  }

  private mutating func payment(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    guard let (id, charge) = owed(state) else { return nil }
    // Now and then it is paid at the other clinic.
    let clinic = dice.chance(85) ? charge.clinic : here
    let amount = part(of: charge.owed)
    let (method, till) = way(state, at: clinic, paying: amount)
    let pay = ReceivePayment.with {
      $0.from = dice.chance(85) ? .owing(id) : .party(.other(Self.guarantor))
      $0.amount = dollars(amount)
      $0.method = method
      $0.till = till
      $0.allocations = [ChargeAmount(id, dollars(amount))]
      if dice.chance(10), case .card = method { $0.tip = cents(50...500) }
    }
    return LegalCommand(pay, .cashier, at: clinic)
  }

  private mutating func prepayment(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    guard let patient = livePatient(state) else { return nil }
    let amount = cents(1_000...20_000)
    var pay = ReceivePayment()
    pay.from = .party(dice.chance(90) ? .patient(patient) : .other(Self.guarantor))
    pay.amount = amount
    // What comes through the bank is often recorded later.
    var at = now
    if dice.chance(30) {
      pay.method = .transfer(BankTender())
      at = lately(state, now)
    } else {
      (pay.method, pay.till) = way(state, at: here, paying: amount.minorUnits)
    }
    if dice.chance(50) {
      var deposit = Deposit()
      if dice.chance(40) { deposit.taxCode = Self.standardTax }
      if let plan = pick(state.packages.plans.count, PlanKind.self), dice.chance(40) {
        deposit.purpose = .plan(plan)
      }
      pay.deposit = deposit
    }
    return LegalCommand(pay, .cashier, effective: at)
  }

  private mutating func adjustment(_ state: DeskState) -> LegalCommand? {
    guard let (id, charge) = owed(state), let share = charge.shares.first(where: { $0.owed > 0 })
    else { return nil }
    var types: [AdjustmentType] = [.badDebt, .badDebt, .writeOff, .contractual, .denied, .rounding]
    if !charge.isInvoiced { types.append(.courtesy) }
    let adjust = PostAdjustment.with {
      $0.charge = id
      $0.debtor = share.debtor
      $0.type = types[dice.below(types.count)]
      $0.amount = dollars(part(of: share.owed))
      $0.approver = other
    }
    return LegalCommand(adjust, .accountant, at: charge.clinic)
  }

  /// What was held to be lost is had after all.
  private mutating func recovery(_ state: DeskState) -> LegalCommand? {
    guard let (id, charge) = find(in: state.billing.charges, { $0.badDebt > 0 }) else {
      return nil
    }
    let adjust = PostAdjustment.with {
      $0.charge = id
      $0.type = .recovery
      $0.amount = dollars(part(of: charge.badDebt))
    }
    return LegalCommand(adjust, .accountant, at: charge.clinic)
  }

  /// From a payer to the patient or the next payer, or from the patient to who covers them.
  private mutating func transfer(_ state: DeskState) -> LegalCommand? {
    guard let (id, charge) = owed(state), let share = charge.shares.first(where: { $0.owed > 0 })
    else { return nil }
    let payers = state.patients.payers(
      of: charge.patient, on: charge.effective.day
    ).filter { $0 != share.debtor }
    var to: Debtor = .patient(charge.patient)
    if case .patient = share.debtor {
      guard let payer = payers.first else { return nil }
      to = payer
    } else if let payer = payers.first, dice.chance(40) {
      to = payer
    }
    let transfer = TransferResponsibility.with {
      $0.charge = id
      $0.from = share.debtor
      $0.to = to
      $0.amount = dollars(part(of: share.owed))
      $0.reason = .notCovered
    }
    return LegalCommand(transfer, .accountant, at: charge.clinic)
  }
}
