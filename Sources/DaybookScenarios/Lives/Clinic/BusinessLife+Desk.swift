import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

// At the desk: paying, invoices, the next appointment, packages and tickets.
extension BusinessLife {
  /// A patient comes to the desk behind the treatment.
  mutating func attend(_ persona: Int, _ offer: Int, _ state: DeskState) -> [Deed] {
    let step = 75
    plan(after: step) { life, state in life.invoice(persona, state) }
    plan(after: 2 * step) { life, state in life.offerNext(persona, offer, state) }
    if dice.chance(14) {
      plan(after: 3 * step) { life, state in life.sellTicket(persona, state) }
    }
    return useCredit(persona, state) ?? pay(persona, state)
  }

  /// What of charges a patient owes, each.
  private func owed(_ persona: Int, _ state: DeskState) -> [ChargeAmount] {
    let patient = Self.patient(persona)
    return state.billing.openCharges(of: patient).compactMap { id in
      guard let charge = state.billing.charges[id], charge.clinic == ClinicID(1) else {
        return nil
      }
      return ChargeAmount(id, Self.amount(charge.owed(by: .patient(patient))))
    }
  }

  /// A deposit or credit is used up first; nil where there is none, or nothing to use it on.
  private mutating func useCredit(_ persona: Int, _ state: DeskState) -> [Deed]? {
    let patient = Party.patient(Self.patient(persona))
    let first = practice.personas[persona].deposit ?? state.billing.accounts[patient].firstOpen
    guard let payment = state.billing.payments[first], payment.unapplied > 0,
      payment.clinic == ClinicID(1)
    else { return nil }
    var left = payment.unapplied
    var parts: [ChargeAmount] = []
    for part in owed(persona, state) {
      guard let charge = state.billing.charges[part.charge],
        payment.taxCode == nil || charge.taxCode == payment.taxCode
      else { continue }
      let cut = min(left, part.amount.minorUnits)
      if cut > 0 { parts.append(ChargeAmount(part.charge, Self.amount(cut))) }
      left -= cut
    }
    guard !parts.isEmpty else { return nil }
    if practice.personas[persona].deposit == first { practice.personas[persona].deposit = nil }
    let allocate = AllocatePayment.with {
      $0.payment = first
      $0.allocations = Few(parts)
    }
    let sum = parts.reduce(0) { $0 + $1.amount.minorUnits }
    return [
      Deed(
        hand(.cashier), .cashier, allocate,
        "uses \(Self.money(sum)) that \(practice.personas[persona].name) had paid before"
      ) { life, _ in
        life.plan(after: 20) { life, state in life.pay(persona, state) }
      }
    ]
  }

  private mutating func pay(_ persona: Int, _ state: DeskState) -> [Deed] {
    let parts = owed(persona, state)
    let sum = parts.reduce(0) { $0 + $1.amount.minorUnits }
    let known = practice.personas[persona]
    guard sum > 0 else { return [] }
    let method: PaymentMethod
    var how: String
    switch known.habit {
    case .transfer, .cheque:
      planLatePayment(persona)
      return []
    case .never where !dice.chance(30): return []
    case .cash:
      guard session(state) != nil, sum < 50_000 else { fallthrough }
      let given = tendered(sum)
      method = .cash(CashTender.with { $0.tendered = Self.amount(given) })
      how = "in cash, gives \(Self.money(given))"
    case .card, .never:
      method = .card(CardTender.with { $0.terminal = "TPV1" })
      how = "by card"
    }
    if known.habit == .card, dice.chance(5) { how += ", one receipt" }
    return [payment(persona, sum, parts, method, how)]
  }

  /// The notes that somebody hands over for an amount.
  mutating func tendered(_ sum: Int64) -> Int64 {
    let note: Int64 = pick([500, 1_000, 2_000, 5_000])
    return (sum + note - 1) / note * note
  }

  func payment(
    _ persona: Int, _ sum: Int64, _ parts: [ChargeAmount], _ method: PaymentMethod, _ how: String
  ) -> Deed {
    let receive = ReceivePayment.with {
      $0.from = .party(.patient(Self.patient(persona)))
      $0.amount = Self.amount(sum)
      $0.method = method
      $0.allocations = Few(parts)
    }
    var isCard = false
    if case .card = method { isCard = true }
    var isCash = false
    if case .cash = method { isCash = true }
    let (card, cash) = (isCard, isCash)
    return Deed(
      hand(.cashier), .cashier, receive,
      "receives \(Self.money(sum)) from \(practice.personas[persona].name) \(how)"
    ) { life, state in
      let id = PaymentID(UInt64(state.billing.payments.count))
      if cash || card, let first = parts.first {
        life.practice.lastPayment = (id, first.charge)
      }
      if !cash { life.noteBankPayment(state, isCard: card) }
      if case .cheque = method, life.dice.chance(12) { life.planReturn(id, .cheque) }
      if case .directDebit = method, life.dice.chance(12) { life.planReturn(id, .directDebit) }
    }
  }

  /// Who pays later pays within weeks, unless they never do.
  mutating func planLatePayment(_ persona: Int) {
    let habit = practice.personas[persona].habit
    if habit == .never { return }
    let days = dice.from(5...35)
    plan(on: day.advanced(by: days), at: LifeCalendar.at(9, 50)) { life, state in
      life.payLate(persona, state)
    }
  }

  private mutating func payLate(_ persona: Int, _ state: DeskState) -> [Deed] {
    let parts = owed(persona, state)
    let sum = parts.reduce(0) { $0 + $1.amount.minorUnits }
    guard sum > 0 else { return [] }
    // Some round up, and have the rest to their credit.
    let amount = dice.chance(6) ? (sum + 999) / 1000 * 1000 : sum
    switch dice.below(3) {
    case 0: return [payment(persona, amount, parts, .cheque(BankTender()), "by cheque")]
    case 1: return [payment(persona, amount, parts, .directDebit(BankTender()), "by direct debit")]
    default: return [payment(persona, amount, parts, .transfer(BankTender()), "by transfer")]
    }
  }

  private mutating func planReturn(_ payment: PaymentID, _ reason: PaymentReturnReason) {
    plan(on: day.advanced(by: dice.from(4...9)), at: LifeCalendar.at(10, 20)) { life, state in
      guard let known = state.billing.payments[payment], known.amount > 0 else { return [] }
      let back = ReturnPayment.with {
        $0.payment = payment
        $0.reason = reason
      }
      return [
        Deed(
          life.bookkeeper, .accountant, back,
          "notes that the bank takes \(payment) of \(Self.money(known.amount)) back"
        ) { life, state in
          life.noteBankEvent(state, "\(payment) taken back")
          if case .patient(let patient) = known.from {
            life.planLatePayment(Int(patient.number) - 1)
          }
        }
      ]
    }
  }

  // MARK: - Invoices

  private mutating func invoice(_ persona: Int, _ state: DeskState) -> [Deed] {
    let patient = Self.patient(persona)
    let fresh = practice.personas[persona].fresh
    practice.personas[persona].fresh = []
    let shares = fresh.filter {
      state.billing.charges[$0].map {
        !$0.isReversed && $0.invoiceable(to: .patient(patient)) > 0
      } ?? false
    }
    guard !shares.isEmpty else { return [] }
    let issue = IssueInvoice.with {
      $0.customer = customer(persona, state)
      $0.charges = Few(shares.map { InvoiceShare($0) })
    }
    return [
      Deed(
        hand(.reception), .reception, issue,
        "writes an invoice to \(practice.personas[persona].name)"
      ) { life, state in
        let invoice = InvoiceID(UInt64(state.invoices.invoices.count))
        life.practice.invoices.append(invoice)
        if life.practice.invoices.count > 12 { life.practice.invoices.removeFirst() }
      }
    ]
  }

  private func customer(_ persona: Int, _ state: DeskState) -> InvoiceCustomer {
    .with {
      $0.party = .patient(Self.patient(persona))
      $0.person = InvoicePerson.with {
        $0.person = state.patients.patients[Self.patient(persona)]?.person ?? 0
        $0.name = practice.personas[persona].name
      }
    }
  }

  /// A deposit for a whitening: taxed in advance, and invoiced.
  mutating func takeDeposit(
    _ persona: Int, _ appointment: AppointmentID, _ state: DeskState
  ) -> [Deed] {
    guard practice.personas[persona].deposit == nil else { return [] }
    let taxCode = store.standard
    let receive = ReceivePayment.with {
      $0.from = .party(.patient(Self.patient(persona)))
      $0.amount = Self.amount(5_000)
      $0.method = .online(CardTender.with { $0.reference = "W\(appointment.number)" })
      $0.deposit = Deposit.with {
        $0.purpose = .appointment(appointment)
        $0.taxCode = taxCode
      }
    }
    return [
      Deed(
        hand(.cashier), .cashier, receive,
        "receives a deposit of 50.00 from \(practice.personas[persona].name), on the web page"
      ) { life, state in
        let payment = PaymentID(UInt64(state.billing.payments.count))
        life.practice.personas[persona].deposit = payment
        life.noteBankPayment(state, isCard: true)
        life.plan(after: 60) { life, state in
          let issue = IssueInvoice.with {
            $0.customer = life.customer(persona, state)
            $0.deposits = [payment]
          }
          return [
            Deed(
              life.hand(.reception), .reception, issue,
              "confirms the deposit of \(life.practice.personas[persona].name) by an invoice")
          ]
        }
      }
    ]
  }
}
