import DaybookAccounting
import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookReporting
import DaybookTesting
import DaybookValues
import Testing

extension DecidedBooks {
  /// What has happened up to here is asked about.
  func query(
    _ on: String, known: UInt64? = nil, from: String? = nil, clinic: UInt64? = nil
  ) throws -> AccountingQuery {
    AccountingQuery(
      book: "North", on: try Day(parsing: on), from: try from.map { try Day(parsing: $0) },
      knownAt: known.map { Position($0) }, clinic: clinic)
  }

  fileprivate mutating func claim(
    _ charges: [UInt64], _ cents: Int64? = nil, replaces: UInt64? = nil
  ) throws {
    try perform(
      as: .accountant,
      SubmitClaim.with {
        $0.payer = PartyID(1)
        $0.charges = Few(
          charges.map { ClaimRequest(ChargeID($0), cents.map { money($0) }) })
        $0.replaces = replaces.map { ClaimID($0) }
      })
  }

  /// One charge, and what is said of it: paid, contractual, the patient's, other.
  fileprivate mutating func answer(
    _ claim: UInt64, _ outcome: ClaimOutcome, charge: UInt64 = 1,
    _ parts: (paid: Int64, contractual: Int64, patient: Int64, other: Int64)? = nil,
    by method: PaymentMethod? = nil
  ) throws {
    try perform(
      as: .accountant,
      AdjudicateClaim.with {
        $0.claim = ClaimID(claim)
        $0.outcome = outcome
        $0.payment = method
        $0.remittance = method == nil ? "" : "RA-0"
        guard let parts else { return }
        $0.lines = [
          .with {
            $0.charge = ChargeID(charge)
            $0.billed = money(parts.paid + parts.contractual + parts.patient + parts.other)
            $0.paid = money(parts.paid)
            $0.contractual = money(parts.contractual)
            $0.patientDue = money(parts.patient)
            $0.other = money(parts.other)
            $0.codes = ["CO-50"]
          }
        ]
      })
  }

  fileprivate mutating func remit(
    _ reference: String, _ lines: [(claim: UInt64, charge: UInt64, cents: Int64)],
    _ others: Few<ProviderAdjustment> = []
  ) throws {
    try perform(
      as: .accountant,
      ReceiveRemittance.with {
        $0.payer = PartyID(1)
        $0.reference = reference
        $0.lines = Few(
          lines.map { RemittedCharge(ClaimID($0.claim), ChargeID($0.charge), money($0.cents)) })
        $0.providerAdjustments = others
      })
  }

  fileprivate mutating func undo(_ position: UInt64) throws {
    try perform(
      as: .accountant,
      ReverseEvent.with {
        $0.of = Position(position)
        $0.reason = "a mistake"
      })
  }

  fileprivate func claims(_ query: AccountingQuery, _ filter: ClaimFilter = ClaimFilter()) -> Report
  {
    AccountingReports.claims(books.clearingView, books.view, query, filter)
  }

  /// `K1 total paid contractual patientDue other open owed days status`
  fileprivate func lines(_ on: String, known: UInt64? = nil, _ filter: ClaimFilter = ClaimFilter())
    throws -> [String]
  {
    claims(try query(on, known: known), filter).texts(
      "claim", "total", "paid", "contractual", "patientDue", "other", "open", "owed", "days",
      "status")
  }
}

/// Worked by hand. On 2 March a treatment of 100.00, of which the patient owes a co-pay of 20.00 and pays
/// it, so that the insurer owes 80.00; and one of 50.00, which the insurer owes whole.
@Suite struct `The claims of a payer` {
  private var desk: DecidedBooks

  init() throws {
    desk = try DecidedBooks()
    try desk.perform(
      as: .reception,
      SetCoverage.with {
        $0.patient = PatientID(1)
        $0.payer = PartyID(1)
        $0.priority = .primary
        $0.from = Day(daysSince1970: 20_454)
        $0.copay = .fixed(money(2_000))
      })
    try desk.see()
    try desk.treat(10_000)
    try desk.pay(1, 2_000)
    try desk.treat(5_000) { $0.responsible = .payer(PartyID(1), .primary) }
    try desk.perform(
      as: .accountant,
      TransferResponsibility.with {
        $0.charge = ChargeID(2)
        $0.from = .patient(PatientID(1))
        $0.to = .payer(PartyID(1), .primary)
        $0.amount = money(2_000)
        $0.reason = .covered
      })
  }

  // The claim asks for the whole 100.00, of which the books have 80.00 on the insurer. It allows 85.00 and
  // leaves 20.00 to the patient: 15.00 are off, 65.00 are to come, and come. 25.00 are taken back, and then
  // taken off for good: 100.00 = 40.00 + 15.00 + 20.00 + 25.00.
  @Test mutating func `stand as asked, answered, paid, taken back and written off`() throws {
    try desk.on("2026-03-10")
    try desk.claim([1], 10_000)
    try desk.on("2026-03-12")
    try desk.answer(1, .adjudicated, (6_500, 1_500, 2_000, 0))
    let answered = desk.books.position
    try desk.on("2026-03-20")
    try desk.remit("RA-1", [(1, 1, 6_500)])
    try desk.on("2026-04-20")
    try desk.remit("RA-2", [(1, 1, -2_500)], [ProviderAdjustment(.balance, "WO", money(2_500))])
    try desk.on("2026-04-21")
    try desk.perform(
      as: .accountant,
      PostAdjustment.with {
        $0.charge = ChargeID(1)
        $0.debtor = .payer(PartyID(1), .primary)
        $0.type = .denied
        $0.amount = money(2_500)
        $0.reasonCode = "CO-97"
        $0.approver = StaffID(1)
      })
    #expect(try desk.lines("2026-03-09") == [])
    #expect(
      try desk.lines("2026-03-11") == ["K1 100.00 0.00 0.00 0.00 0.00 100.00 80.00 1 open"])
    #expect(
      try desk.lines("2026-03-12")
        == ["K1 100.00 0.00 15.00 20.00 0.00 65.00 65.00 2 adjudicated"])
    #expect(
      try desk.lines("2026-03-20") == ["K1 100.00 65.00 15.00 20.00 0.00 0.00 0.00 10 closed"])
    #expect(
      try desk.lines("2026-04-20")
        == ["K1 100.00 40.00 15.00 20.00 0.00 25.00 25.00 41 adjudicated"])
    #expect(
      try desk.lines("2026-04-30") == ["K1 100.00 40.00 15.00 20.00 25.00 0.00 0.00 51 closed"])
    // As it was known when the answer had come, whatever has come since.
    #expect(
      try desk.lines("2026-04-30", known: answered)
        == ["K1 100.00 0.00 15.00 20.00 0.00 65.00 65.00 51 adjudicated"])
    #expect(
      try desk.lines("2026-04-30", known: answered - 2)
        == ["K1 100.00 0.00 0.00 0.00 0.00 100.00 80.00 51 open"])
    // C2 was never claimed: the insurer owes 50.00 of it beside.
    let debts = AccountingReports.payersDebts(
      desk.books.clearingView, desk.books.view, try desk.query("2026-04-20"))
    #expect(debts.claimed == [Amount(minorUnits: 2_500, .eur)])
    #expect(debts.beside == [Amount(minorUnits: 5_000, .eur)])
    let page = desk.claims(try desk.query("2026-04-20"))
    #expect(
      page.notes == ["Payers owe 25.00 of charges on claims and 50.00 of others, on account 1210."])
    try Golden.expect(render(page, as: .text), is: "accounting/claims.txt")
    try Golden.expect(render(page, as: .csv), is: "accounting/claims.csv")
  }

  // An imported answer leaves 50.00 of the second charge out, and no row takes it off: nothing is to come,
  // and the books have the insurer owe it. Of the first the patient owes 20.00 of the 100.00 that are asked.
  @Test mutating func `say why what is open is not what is owed`() throws {
    try desk.on("2026-03-10")
    try desk.claim([1], 10_000)
    try desk.claim([2])
    var books = desk.books
    try books.take(
      ClaimAdjudicated.with {
        $0.claim = ClaimID(2)
        $0.outcome = .adjudicated
        $0.lines = [
          .with {
            $0.charge = ChargeID(2)
            $0.billed = money(5_000)
            $0.other = money(5_000)
          }
        ]
      }, on: 2, day: "2026-03-12")
    let report = AccountingReports.claims(
      books.clearingView, books.view, try desk.query("2026-03-12"))
    #expect(
      report.texts("claim", "open", "owed", "status") == [
        "K1 100.00 80.00 open", "K2 0.00 50.00 closed",
      ])
    #expect(
      report.notes == [
        "Payers owe 130.00 of charges on claims and nothing of others, on account 1210.",
        "Open 100.00 + owed although nothing is to come 50.00 - open although not owed 20.00 = owed "
          + "130.00 EUR.",
      ])
  }

  // Of the 50.00 a first claim is rejected, a second takes its place and is denied.
  @Test mutating func `give way to the claim in their place`() throws {
    try desk.on("2026-03-10")
    try desk.claim([2])
    try desk.on("2026-03-12")
    try desk.answer(1, .rejected)
    let rejected = desk.books.position
    try desk.on("2026-03-13")
    try desk.claim([2], replaces: 1)
    try desk.on("2026-03-20")
    try desk.answer(2, .denied, charge: 2, (0, 0, 0, 5_000))
    #expect(
      try desk.lines("2026-03-12") == ["K1 50.00 0.00 0.00 0.00 0.00 50.00 50.00 2 rejected"])
    #expect(
      try desk.lines("2026-03-31") == ["K2 50.00 0.00 0.00 0.00 50.00 0.00 0.00 18 denied"])
    #expect(
      try desk.lines("2026-03-31", ClaimFilter(status: .replaced))
        == ["K1 50.00 0.00 0.00 0.00 50.00 0.00 0.00 21 replaced"])
    #expect(
      try desk.lines("2026-03-31", known: rejected)
        == ["K1 50.00 0.00 0.00 0.00 0.00 50.00 50.00 21 rejected"])
  }

  // The answer brings 30.00 of 50.00 with it and takes 20.00 off; then the money is undone, and then the
  // answer cannot be: the claim waits for 30.00.
  @Test mutating func `count the money that comes with the answer, until it is undone`() throws {
    try desk.on("2026-03-10")
    try desk.claim([2])
    try desk.answer(1, .adjudicated, charge: 2, (3_000, 2_000, 0, 0), by: .transfer(BankTender()))
    let money = desk.books.position
    #expect(
      try desk.lines("2026-03-31") == ["K1 50.00 30.00 20.00 0.00 0.00 0.00 0.00 21 closed"])
    try desk.undo(money)
    #expect(
      try desk.lines("2026-03-31")
        == ["K1 50.00 0.00 20.00 0.00 0.00 30.00 30.00 21 adjudicated"])
  }

  // What the insurer pays without a word of the claim settles it all the same; what the patient pays of the
  // insurer's share does not count as the insurer's.
  @Test mutating func `count what else the payer pays, and nobody else's money`() throws {
    try desk.on("2026-03-10")
    try desk.claim([2])
    try desk.perform(
      as: .accountant,
      ReceivePayment.with {
        $0.from = .party(.payer(PartyID(1)))
        $0.amount = money(4_000)
        $0.method = .transfer(BankTender())
        $0.settling = [ChargeID(2)]
      })
    #expect(try desk.lines("2026-03-31") == ["K1 50.00 40.00 0.00 0.00 0.00 10.00 10.00 21 open"])
    try desk.pay(2, 1_000)
    #expect(try desk.lines("2026-03-31") == ["K1 50.00 40.00 0.00 0.00 0.00 10.00 0.00 21 open"])
    try desk.answer(1, .adjudicated, charge: 2, (4_000, 0, 1_000, 0))
    #expect(
      try desk.lines("2026-03-31") == ["K1 50.00 40.00 0.00 10.00 0.00 0.00 0.00 21 closed"])
  }

  // Undone on the day: listed where it is asked for, and the charge is claimed by nobody.
  @Test mutating func `that were undone ask for nothing`() throws {
    try desk.on("2026-03-10")
    try desk.claim([2])
    try desk.undo(desk.books.position)
    #expect(try desk.lines("2026-03-31") == [])
    #expect(
      try desk.lines("2026-03-31", ClaimFilter(status: .reversed))
        == ["K1 50.00 0.00 0.00 0.00 50.00 0.00 0.00 21 reversed"])
    #expect(
      try desk.lines("2026-03-31", known: desk.books.position - 1)
        == ["K1 50.00 0.00 0.00 0.00 0.00 50.00 50.00 21 open"])
  }

  @Test mutating func `are of one payer, one clinic and some days where that is asked`() throws {
    try desk.on("2026-03-10")
    try desk.claim([2])
    let all = try desk.query("2026-03-31")
    #expect(desk.claims(all, ClaimFilter(payer: PartyID(1))).rows.count == 1)
    #expect(desk.claims(all, ClaimFilter(payer: PartyID(2))).rows.isEmpty)
    #expect(desk.claims(all, ClaimFilter(status: .denied)).rows.isEmpty)
    #expect(desk.claims(try desk.query("2026-03-31", clinic: 1)).rows.count == 1)
    #expect(desk.claims(try desk.query("2026-03-31", clinic: 2)).rows.isEmpty)
    #expect(desk.claims(try desk.query("2026-03-31", from: "2026-03-10")).rows.count == 1)
    #expect(desk.claims(try desk.query("2026-03-31", from: "2026-03-11")).rows.isEmpty)
  }

  // A remittance pays 65.00 and 50.00, takes 5.00 back of the second later, adds 0.40 of interest, keeps
  // 1.50, and carries 6.10 from it: 115.00 + 0.40 - 1.50 - 6.10 would be 107.80 without the first carry.
  @Test mutating func `are paid by remittances that the bank shows, or not yet`() throws {
    try desk.on("2026-03-10")
    try desk.claim([1], 10_000)
    try desk.claim([2])
    try desk.answer(1, .adjudicated, (6_500, 1_500, 2_000, 0))
    try desk.on("2026-03-20")
    try desk.remit("RA-1", [(1, 1, 6_500), (2, 2, 5_000)])
    let first = PaymentID(desk.spec.state.billing.payments.count == 0 ? 0 : 2)
    try desk.on("2026-04-20")
    try desk.remit(
      "RA-2", [(2, 2, -500)],
      [
        ProviderAdjustment(.interest, "L6", money(40)),
        ProviderAdjustment(.fee, "FEE", money(-150)),
        ProviderAdjustment(.balance, "FB", money(610)),
      ])
    try desk.on("2026-04-22")
    try desk.perform(
      as: .accountant,
      ReconcileBankLine.with {
        $0.line = "2026-03-21/7"
        $0.date = Day(daysSince1970: 20_533)
        $0.amount = money(11_450)
        $0.matches = [
          StatementMatch(.payment(first)), StatementMatch(.account("6210"), money(-50)),
        ]
      })
    let report = AccountingReports.remittances(
      desk.books.clearingView, desk.books.view, try desk.query("2026-04-30"))
    #expect(
      report.texts(
        "remittance", "trace", "lines", "takenBack", "interest", "fees", "carried", "total",
        "bankLine", "bankDate", "bankAmount", "difference", "state") == [
          "M2 RA-1 115.00 0.00 0.00 0.00 0.00 115.00 2026-03-21/7 2026-03-21 115.00 0.00 in the bank",
          "M3 RA-2 0.00 -5.00 0.40 -1.50 6.10 0.00 - - - 0.00 nothing due",
        ])
    #expect(report.notes == [])
    // The bank has dated its line 21 March, whenever it was explained: not in the bank the day before.
    let before = AccountingReports.remittances(
      desk.books.clearingView, desk.books.view, try desk.query("2026-03-20"))
    #expect(before.texts("remittance", "difference", "state") == ["M2 115.00 not in the bank"])
    #expect(before.notes == ["Not in the bank: 115.00."])
    let later = AccountingReports.remittances(
      desk.books.clearingView, desk.books.view, try desk.query("2026-03-21"))
    #expect(later.texts("remittance", "state") == ["M2 in the bank"])
    let unknown = AccountingReports.remittances(
      desk.books.clearingView, desk.books.view,
      try desk.query("2026-04-30", known: desk.books.position - 1))
    #expect(unknown.texts("remittance", "state") == ["M2 not in the bank", "M3 nothing due"])
    let none = AccountingReports.remittances(
      desk.books.clearingView, desk.books.view, try desk.query("2026-04-30"), payer: PartyID(2))
    #expect(none.rows.isEmpty)
    try Golden.expect(render(report, as: .text), is: "accounting/remittances.txt")
  }
}
