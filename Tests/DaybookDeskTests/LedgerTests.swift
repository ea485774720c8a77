import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

private func usd(_ minor: Int64) -> Amount { Amount(minorUnits: minor, .usd) }

private func pay(_ amount: Int64, _ method: PaymentMethod, tip: Int64? = nil) -> ReceivePayment {
  .with {
    $0.from = .party(.patient(Clinic.patient))
    $0.amount = cents(amount)
    $0.method = method
    $0.tip = tip.map(cents)
  }
}

/// A card payment of 100 with a tip of 5 as M1, a transfer of 40 as M2; the accountant acts.
private var banked: Spec {
  Clinic.open.by(.staff(4), .accountant)
    .given(pay(100, .card(CardTender()), tip: 5))
    .given(pay(40, .transfer(BankTender())))
}

private func reconcile(
  _ line: String, _ amount: Int64, _ matches: StatementMatch...,
  change: (inout ReconcileBankLine) -> Void = { _ in }
) -> ReconcileBankLine {
  .with {
    $0.line = line
    $0.amount = cents(amount)
    $0.matches = Few(matches)
    change(&$0)
  }
}

private func payment(_ number: UInt64, _ amount: Int64? = nil) -> StatementMatch {
  StatementMatch(.payment(PaymentID(number)), amount.map(cents))
}

private func account(_ code: String, _ amount: Int64?) -> StatementMatch {
  StatementMatch(.account(code), amount.map(cents))
}

@Suite struct `Reconciling a bank line` {
  @Test func `clears card payments, and posts the fee`() throws {
    let spec = banked.when(reconcile("1", 103, payment(1), account("6200", -2)))
    let event = try spec.events[0].decoded(as: BankLineReconciled.self)
    #expect(event.bankAccount == BankAccountID(1) && event.date == Clinic.today)
    #expect(event.matches.count == 2)
    guard case .cardClearing = event.matches[0].with else {
      Issue.record("not cleared: \(event.matches[0])")
      return
    }
    #expect(event.matches[0].amount == cents(105))
    #expect(event.matches[1] == BankMatch(.account("6200"), cents(-2)))
    #expect(event.unbooked == cents(103))
  }

  @Test func `finds an event by its position, and a payment on the bank by its number`() throws {
    let position = banked.history.lastPosition
    let spec = banked.when(reconcile("1", 40, StatementMatch(.position(position))))
    let event = try spec.events[0].decoded(as: BankLineReconciled.self)
    #expect(event.matches[0] == BankMatch(.booked(position), cents(40)))
    #expect(event.unbooked == .zero)
    banked.when(reconcile("1", 40, payment(2, 40))).thenEvents(BankLineReconciled.self)
  }

  @Test func `adds up`() {
    banked.when(reconcile("1", 41, payment(2)))
      .thenRefused(LedgerRefusal.matches(sum: usd(40), amount: usd(41)))
    banked.when(reconcile("1", 40)).thenRefused(.fieldRequired, .unbalanced)
    banked.when(reconcile("1", 0, account("6210", 0))).thenRefused(.outOfRange, .outOfRange)
  }

  @Test func `shows each side once`() {
    let spec = banked.given(reconcile("1", 40, payment(2)))
    spec.when(reconcile("1", -3, account("6210", -3)))
      .thenRefused(LedgerRefusal.lineTaken("1"), field: "line")
    spec.when(reconcile("2", 40, payment(2))).thenRefused(LedgerRefusal.matched("M2"))
    banked.when(reconcile("1", 80, payment(2), payment(2))).thenRefused(.invalidState)
    spec.when(reconcile("1", -3, account("6210", -3)) { $0.bankAccount = BankAccountID(2) })
      .thenEvents(BankLineReconciled.self)
  }

  @Test func `matches an event whole, and only what a bank shows`() {
    banked.when(reconcile("1", 39, payment(2, 39)))
      .thenRefused(LedgerRefusal.otherAmount("M2", amount: usd(40)))
    banked.when(reconcile("1", 1, payment(9)))
      .thenRefused(LedgerRefusal.notBanked("M9"))
    banked.when(reconcile("1", 1, StatementMatch(.position(Position(1)))))
      .thenRefused(.unknownReference)
  }

  @Test func `posts to accounts that are not kept item by item`() {
    banked.when(reconcile("1", 1, account("1200", 1)))
      .thenRefused(LedgerRefusal.controlled("1200"))
    banked.when(reconcile("1", 1, account("1", 1))).thenRefused(.unknownReference)
    banked.when(reconcile("1", 1, account("1980", nil))).thenRefused(.fieldRequired, .unbalanced)
    banked.when(reconcile("1", 1, account("1980", 1))).thenEvents(BankLineReconciled.self)
    banked.when(reconcile("1", 1, account("1990", 1)))
      .thenRefused(LedgerRefusal.betweenClinics("1990"), field: "matches.with")
  }

  @Test func `says no more of an amount that it cannot take`() {
    let euro = Amount(minorUnits: 40, .eur)
    banked.when(reconcile("1", 40, StatementMatch(.payment(PaymentID(2)), euro)))
      .thenRefused(DeskRefusal.currency(found: .eur, expected: .usd), field: "matches.amount")
    banked.when(reconcile("1", 40, StatementMatch(.account("1980"), euro)))
      .thenRefused(.currencyMismatch)
  }

  @Test func `names its account, its line and a day that has come`() {
    banked.when(reconcile("1", 40, payment(2)) { $0.bankAccount = BankAccountID(2) })
      .thenRefused(.unknownReference)
    banked.when(reconcile(" ", 40, payment(2))).thenRefused(.fieldRequired)
    banked.when(reconcile("1", 40, payment(2)) { $0.date = Clinic.day("2026-03-03") })
      .thenRefused(.outOfRange)
    banked.by(.staff(3), .cashier).when(reconcile("1", 40, payment(2))).thenRefused(.notPermitted)
  }

  @Test func `matches what an entry made by hand has on the bank, but no opening`() throws {
    let rent = banked.given(post(line("6100", debit: 25), line("1100", credit: 25)))
    let position = rent.history.lastPosition
    let match = StatementMatch(.position(position))
    let made = try #require(rent.when(reconcile("1", -25, match)).events.first)
    let event = try made.decoded(as: BankLineReconciled.self)
    #expect(event.matches[0] == BankMatch(.booked(position), cents(-25)))
    #expect(event.unbooked == .zero)
    let shown = rent.given(reconcile("1", -25, match))
    shown.when(reconcile("2", -25, match))
      .thenRefused(LedgerRefusal.matched("the event at \(position)"))
    let undo = ReverseEvent.with {
      $0.of = position
      $0.reason = "a slip"
    }
    shown.when(undo).thenRefused(.hasDependents)
    rent.given(undo).when(reconcile("1", -25, match)).thenRefused(.unknownReference)
    let opened = banked.given(
      post(line("1100", debit: 25), line("3000", credit: 25), opening: true))
    opened.when(reconcile("1", 25, StatementMatch(.position(opened.history.lastPosition))))
      .thenRefused(.unknownReference)
    let none = banked.given(post(line("6100", debit: 25), line("2050", credit: 25)))
    none.when(reconcile("1", -25, StatementMatch(.position(none.history.lastPosition))))
      .thenRefused(.unknownReference)
  }

  @Test func `changes no payment`() {
    let spec = banked.given(reconcile("1", 40, payment(2)))
    #expect(spec.state.billing.payments[PaymentID(2)]?.unapplied == 40)
  }
}

private func line(
  _ account: String, debit: Int64 = 0, credit: Int64 = 0,
  _ change: (inout JournalLine) -> Void = { _ in }
) -> JournalLine {
  .with {
    $0.account = account
    $0.debit = cents(debit)
    $0.credit = cents(credit)
    change(&$0)
  }
}

private func open(
  _ account: String, _ party: Counterparty, debit: Int64 = 0, credit: Int64 = 0,
  _ change: (inout JournalLine) -> Void = { _ in }
) -> JournalLine {
  line(account, debit: debit, credit: credit) {
    $0.party = party
    $0.document = "old"
    $0.due = Clinic.today
    change(&$0)
  }
}

private func post(
  _ lines: JournalLine..., opening: Bool = false,
  change: (inout PostJournal) -> Void = { _ in }
) -> PostJournal {
  .with {
    $0.lines = Few(lines)
    $0.memo = "rent accrued"
    $0.opening = opening
    change(&$0)
  }
}

private var books: Spec { Clinic.open.by(.staff(4), .accountant) }

@Suite struct `An entry made by hand` {
  @Test func `debits and credits the same`() {
    books.when(post(line("6100", debit: 5), line("2050", credit: 5))).then(
      JournalPosted.with {
        $0.entry = JournalID(1)
        $0.lines = [line("6100", debit: 5), line("2050", credit: 5)]
        $0.memo = "rent accrued"
      })
    books.when(post(line("6100", debit: 5), line("2050", credit: 4))).thenRefused(
      LedgerRefusal.unbalanced(Clinic.id, debits: usd(5), credits: usd(4)), field: "lines")
  }

  @Test func `has two lines, each a debit or a credit`() {
    books.when(post(line("6100", debit: 5))).thenRefused(.unbalanced, .unbalanced)
    books.when(post(line("6100", debit: 5, credit: 5), line("2050")))
      .thenRefused(LedgerRefusal.oneSide(line: 1).code, .unbalanced)
    books.when(post(line("6100", debit: -5), line("2050", credit: -5)))
      .thenRefused(.amountNegative, .amountNegative)
    books.when(
      post(line("6100", debit: 5), line("2050", credit: 5)) { $0.memo = "" }
    ).thenRefused(.fieldRequired)
  }

  @Test func `names accounts, parties, tax and clinics that exist`() {
    books.when(post(line("9", debit: 5), line("2050", credit: 5)))
      .thenRefused(.unknownReference)
    books.when(
      post(line("6100", debit: 5) { $0.party = .staff(StaffID(9)) }, line("2050", credit: 5))
    ).thenRefused(.unknownReference)
    books.when(
      post(line("6100", debit: 5) { $0.taxCode = TaxCodeID(99) }, line("2050", credit: 5))
    ).thenRefused(.unknownReference)
    books.when(
      post(line("6100", debit: 5) { $0.clinic = ClinicID(9) }, line("2050", credit: 5))
    ).thenRefused(.unknownReference)
  }

  @Test func `crosses clinics, where its maker keeps books too`() {
    var second = Clinic.defineClinic
    second.name = "South"
    let two = books.by(.staff(1), .admin).given(second)
    func crossing(_ credit: Int64) -> PostJournal {
      post(line("6100", debit: 5) { $0.clinic = ClinicID(2) }, line("1100", credit: credit))
    }
    two.by(.staff(4), .accountant).when(crossing(5)).thenRefused(.notPermitted)
    let known = two.at(clinic: 2)
      .given(
        SetRoles.with {
          $0.staff = Clinic.accountant
          $0.clinic = ClinicID(2)
          $0.roles = [.accountant]
        }
      ).at(clinic: Clinic.here).by(.staff(4), .accountant)
    known.when(crossing(5)).thenEvents(JournalPosted.self)
    known.when(crossing(4)).thenRefused(
      LedgerRefusal.unbalanced(nil, debits: usd(5), credits: usd(4)), field: "lines")
  }

  @Test(arguments: [false, true])
  func `leaves the pairs between clinics to the books`(_ opening: Bool) {
    let pair = post(line("1990", debit: 5), line("1100", credit: 5), opening: opening)
    books.when(pair)
      .thenRefused(LedgerRefusal.betweenClinics("1990"), field: "lines[1].account")
  }

  @Test func `says no more of an amount that it cannot take`() {
    let foreign = line("6100") { $0.debit = Amount(minorUnits: 5, .eur) }
    books.when(post(foreign, line("2050", credit: 5)))
      .thenRefused(DeskRefusal.currency(found: .eur, expected: .usd), field: "lines[1].debit")
    books.when(post(line("6100", debit: .max), line("2050", credit: 5))).thenRefused(.tooLarge)
    // What is wrong with another line is still told.
    books.when(post(foreign, line("2050"))).thenRefused(
      .currencyMismatch, LedgerRefusal.oneSide(line: 2).code)
  }

  @Test(arguments: ["1200", "1210", "2000", "2100", "2150", "2300", "2330", "1400", "2010", "2110"])
  func `leaves accounts alone that are kept item by item`(_ account: String) {
    books.when(post(line(account, debit: 5), line("3000", credit: 5)))
      .thenRefused(LedgerRefusal.controlled(account), field: "lines[1].account")
  }

  @Test(arguments: ["1400", "1410", "2010", "2110"])
  func `opens neither stock nor packages`(_ account: String) {
    books.when(
      post(open(account, .party(Clinic.supplier), debit: 5), line("3000", credit: 5), opening: true)
    ).thenRefused(LedgerRefusal.controlled(account))
  }
}

@Suite struct `Balances with which the books begin` {
  @Test func `become charges that their debtors pay`() throws {
    let spec = books.when(
      post(
        open("1200", .patient(Clinic.patient), debit: 30),
        open("1210", .party(Clinic.insurer), debit: 70) { $0.patient = Clinic.patient },
        line("3000", credit: 100), opening: true))
    spec.thenEvents(ChargePosted.self, ChargePosted.self, JournalPosted.self)
    let posted = try spec.events[2].decoded(as: JournalPosted.self)
    #expect(posted.lines.map(\.charge) == [ChargeID(1), ChargeID(2), nil])
    let charges = spec.state.billing.charges
    #expect(charges[ChargeID(1)]?.owed(by: .patient(Clinic.patient)) == 30)
    #expect(charges[ChargeID(2)]?.owed(by: .payer(Clinic.insurer, .primary)) == 70)
    spec.when(
      ReceivePayment.with {
        $0.from = .party(.patient(Clinic.patient))
        $0.amount = cents(30)
        $0.method = .transfer(BankTender())
        $0.allocations = [ChargeAmount(ChargeID(1), cents(30))]
      }
    ).thenEvents(PaymentReceived.self)
  }

  @Test func `become credit and deposits that settle charges`() throws {
    let spec = books.when(
      post(
        line("3000", debit: 50), open("2150", .patient(Clinic.patient), credit: 20),
        open("2100", .party(Clinic.insurer), credit: 30), opening: true))
    spec.thenEvents(PaymentReceived.self, PaymentReceived.self, JournalPosted.self)
    let payments = spec.state.billing.payments
    #expect(payments[PaymentID(1)]?.unapplied == 20 && payments[PaymentID(1)]?.isDeposit == false)
    #expect(payments[PaymentID(2)]?.unapplied == 30 && payments[PaymentID(2)]?.isDeposit == true)
    #expect(payments[PaymentID(2)]?.from == .payer(Clinic.insurer))
  }

  @Test func `become items that payments settle`() {
    let spec = books.given(
      post(
        line("3000", debit: 100), open("2000", .party(Clinic.supplier), credit: 60),
        open("2300", .staff(Clinic.doctor), credit: 40), opening: true))
    let item = OpeningItem(JournalID(1), line: 2)
    func pay(_ amount: Int64, _ to: Counterparty, _ item: OpeningItem) -> MakePayment {
      .with {
        $0.to = to
        $0.amount = cents(amount)
        $0.settles = [PaidItem(.opening(item), cents(amount))]
      }
    }
    let part = spec.when(pay(50, .party(Clinic.supplier), item))
    part.thenEvents(PaymentMade.self)
    part.when(pay(11, .party(Clinic.supplier), item)).thenRefused(.overAllocated)
    part.when(pay(10, .party(Clinic.supplier), item)).thenEvents(PaymentMade.self)
    spec.when(pay(10, .party(Clinic.insurer), item)).thenRefused(.invalidState)
    let wage = OpeningItem(JournalID(1), line: 3)
    spec.when(pay(40, .staff(Clinic.doctor), wage)).then(
      PaymentMade.with {
        $0.payment = PaymentID(1)
        $0.to = .staff(Clinic.doctor)
        $0.amount = cents(40)
        $0.method = .transfer(BankTender())
        var paid = wage
        paid.account = "2300"
        $0.settles = [PaidItem(.opening(paid), cents(40))]
      })
    spec.when(pay(1, .party(Clinic.supplier), OpeningItem(JournalID(1), line: 1)))
      .thenRefused(.unknownReference)
  }

  @Test func `have party, document and due date, on the side of their account`() {
    let owner = Counterparty.patient(Clinic.patient)
    func opening(_ line: JournalLine) -> PostJournal {
      let other = balancing(line)
      return post(line, other, opening: true)
    }
    books.when(opening(open("1200", owner, debit: 5) { $0.document = "" }))
      .thenRefused(.fieldRequired)
    books.when(opening(open("1200", owner, debit: 5) { $0.due = nil })).thenRefused(.fieldRequired)
    books.when(opening(open("1200", owner, debit: 5) { $0.party = nil }))
      .thenRefused(.fieldRequired)
    books.when(opening(open("1200", owner, credit: 5)))
      .thenRefused(LedgerRefusal.otherSide(line: 1))
    books.when(opening(open("2150", owner, debit: 5)))
      .thenRefused(LedgerRefusal.otherSide(line: 1))
    books.when(opening(open("1200", .party(Clinic.insurer), debit: 5)))
      .thenRefused(LedgerRefusal.wrongParty(line: 1, account: "1200"))
    books.when(opening(open("1210", .party(Clinic.insurer), debit: 5))).thenRefused(.fieldRequired)
    books.when(opening(open("2000", .party(Clinic.supplier), debit: 5)))
      .thenEvents(JournalPosted.self)
  }
}

/// The line that balances another against capital.
private func balancing(_ other: JournalLine) -> JournalLine {
  line("3000", debit: other.credit.minorUnits, credit: other.debit.minorUnits)
}
