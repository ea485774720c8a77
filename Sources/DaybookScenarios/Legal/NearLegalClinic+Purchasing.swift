import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

extension NearLegalClinic {
  /// Suppliers' invoices and what is paid.
  static let purchasing: [Maker] = [
    { near, state, now in near.invoicedAgain(state, now) },
    { near, state, now in near.totalOff(state, now) },
    { near, state, now in near.priceOff(state, now) },
    { near, state, now in near.withheldTooMuch(state, now) },
    { near, state, _ in near.paidTooMuchOf(state) },
    { near, state, _ in near.settledOffByOne(state) },
    { near, state, _ in near.paidAlone(state) },
  ]

  /// The bank and entries made by hand.
  static let ledger: [Maker] = [
    { near, _, _ in near.entryOffByOne() },
    { near, _, _ in near.controlAccount() },
    { near, _, _ in near.accountBetweenClinics() },
    { near, _, _ in near.endlessEntry() },
    { near, _, _ in near.unknownAccount() },
    { near, state, now in near.lineOffByOne(state, now) },
    { near, state, now in near.matchedTwice(state, now) },
  ]

  private func invoice(
    _ now: Instant, _ change: (inout RecordSupplierInvoice) -> Void
  ) -> LegalCommand {
    let record = RecordSupplierInvoice.with {
      $0.supplier = LegalClinic.suppliers[0]
      $0.number = "new"
      $0.date = Moment(now).day.advanced(by: -1)
      $0.lines = [
        .with {
          $0.account = "6120"
          $0.net = legal.dollars(1_000)
        }
      ]
      change(&$0)
    }
    return LegalCommand(record, .accountant)
  }

  private mutating func invoicedAgain(_ state: DeskState, _ now: Instant) -> Nearly? {
    guard let (_, known) = legal.find(in: state.purchasing.invoices, { !$0.isReversed }) else {
      return nil
    }
    let made = invoice(now) {
      $0.supplier = known.supplier
      $0.number = known.number
    }
    return (made, .duplicateSource)
  }

  private func totalOff(_ state: DeskState, _ now: Instant) -> Nearly? {
    (invoice(now) { $0.total = legal.dollars(1_001) }, .unbalanced)
  }

  private func withheldTooMuch(_ state: DeskState, _ now: Instant) -> Nearly? {
    (
      invoice(now) { $0.withheld = Withholding(legal.dollars(1_001), "professional") },
      .overAllocated
    )
  }

  /// Half as much again as what came in, and nobody approves it.
  private mutating func priceOff(_ state: DeskState, _ now: Instant) -> Nearly? {
    let purchasing = state.purchasing
    let found = legal.find(purchasing.receipts.count, ReceiptKind.self) { id in
      let line = purchasing.line(1, of: id)
      return purchasing.receipts[id]?.supplier != nil
        && line.map { $0.openQuantity > 0 && $0.openValue > 10 } == true
    }
    guard let found, let receipt = purchasing.receipts[found],
      let line = purchasing.line(1, of: found), !receipt.isOpening
    else { return nil }
    var made = invoice(now) {
      $0.supplier = receipt.supplier ?? PartyID()
      $0.number = legal.word("INV-")
      $0.lines = [
        .with {
          $0.receipt = found
          $0.net = legal.dollars(line.openValue * 3 / 2)
        }
      ]
      $0.approver = legal.dice.chance(50) ? nil : legal.who
    }
    made.clinic = receipt.clinic
    return (made, .needsSecondPerson)
  }

  private func pay(
    _ id: SupplierInvoiceID, _ record: SupplierInvoiceRecord, _ amount: Int64, of settled: Int64
  ) -> LegalCommand {
    let pay = MakePayment.with {
      $0.to = .party(record.supplier)
      $0.amount = legal.dollars(amount)
      $0.settles = [PaidItem(.invoice(id), legal.dollars(settled))]
      $0.approver = legal.other
    }
    return LegalCommand(pay, .accountant, at: record.clinic)
  }

  private mutating func paidTooMuchOf(_ state: DeskState) -> Nearly? {
    guard let (id, known) = legal.find(in: state.purchasing.invoices, { $0.open >= 0 }) else {
      return nil
    }
    return (pay(id, known, known.open + 1, of: known.open + 1), .overAllocated)
  }

  private mutating func settledOffByOne(_ state: DeskState) -> Nearly? {
    guard let (id, known) = legal.find(in: state.purchasing.invoices, { $0.open > 0 }) else {
      return nil
    }
    return (pay(id, known, known.open + 1, of: known.open), .unbalanced)
  }

  private mutating func paidAlone(_ state: DeskState) -> Nearly? {
    let clinic = legal.here
    guard let limit = state.administration.clinics[clinic]?.limits.payment else { return nil }
    let amount = legal.dollars(limit.minorUnits + 1)
    let pay = MakePayment.with {
      $0.to = .party(LegalClinic.guarantor)
      $0.amount = amount
      $0.settles = [PaidItem(.account("6110"), amount)]
      $0.approver = legal.dice.chance(50) ? nil : legal.who
    }
    return (LegalCommand(pay, .accountant, at: clinic), .needsSecondPerson)
  }

  // MARK: - The ledger

  private func entry(_ change: (inout PostJournal) -> Void) -> LegalCommand {
    let post = PostJournal.with {
      $0.memo = "entry"
      $0.lines = [
        .with {
          $0.account = "6100"
          $0.debit = legal.dollars(500)
        },
        .with {
          $0.account = "1100"
          $0.credit = legal.dollars(500)
        },
      ]
      change(&$0)
    }
    return LegalCommand(post, .accountant)
  }

  private func entryOffByOne() -> Nearly? {
    (entry { $0.lines[0].debit = legal.dollars(501) }, .unbalanced)
  }

  private func controlAccount() -> Nearly? {
    (entry { $0.lines[0].account = "1200" }, .invalidState)
  }

  private func accountBetweenClinics() -> Nearly? {
    (entry { $0.lines[0].account = "1990" }, .invalidState)
  }

  private func unknownAccount() -> Nearly? {
    (entry { $0.lines[0].account = "9999" }, .unknownReference)
  }

  private func endlessEntry() -> Nearly? {
    let made = entry {
      $0.lines[0].debit = legal.dollars(.max)
      $0.lines.append($0.lines[0])
    }
    return (made, .tooLarge)
  }

  private mutating func line(
    _ state: DeskState, _ now: Instant, matched: Bool, off: Int64
  ) -> LegalCommand? {
    let ledger = state.ledger
    let payment = legal.find(state.billing.payments.count, PaymentKind.self) {
      ledger.bankItem(of: $0)?.isMatched == matched
    }
    guard let payment, let item = ledger.bankItem(of: payment) else { return nil }
    let line = ReconcileBankLine.with {
      $0.bankAccount = legal.bankAccount(state, of: item.clinic)
      $0.line = legal.word("line ")
      $0.amount = legal.dollars(item.amount + off)
      $0.matches = [StatementMatch(.payment(payment))]
    }
    return LegalCommand(line, .accountant, at: item.clinic)
  }

  private mutating func lineOffByOne(_ state: DeskState, _ now: Instant) -> Nearly? {
    line(state, now, matched: false, off: 1).map { ($0, .unbalanced) }
  }

  private mutating func matchedTwice(_ state: DeskState, _ now: Instant) -> Nearly? {
    line(state, now, matched: true, off: 0).map { ($0, .invalidState) }
  }
}
