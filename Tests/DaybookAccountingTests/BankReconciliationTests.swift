import DaybookAccounting
import DaybookClinicEvents
import DaybookDesk
import DaybookEngine
import DaybookEvents
import DaybookReporting
import DaybookTesting
import DaybookValues
import Testing

/// Worked by hand. The books begin on 1 March with 1,000.00 in the bank. On 2 March a patient pays 100.00
/// by transfer and the clinic pays 40.00 of rent. The bank dates the 100.00 and a fee of 12.00 on 3 and 4
/// March; both lines are explained on 10 March, with 7.00 of 9 March that nobody knows.
@Suite struct `A bank's statement` {
  private var desk: DecidedBooks

  init() throws {
    desk = try DecidedBooks()
    try desk.on("2026-03-01")
    try desk.perform(
      as: .accountant,
      PostJournal.with {
        $0.opening = true
        $0.memo = "what was there"
        $0.lines = [
          .with {
            $0.account = "1100"
            $0.debit = money(100_000)
          },
          .with {
            $0.account = "3000"
            $0.credit = money(100_000)
          },
        ]
      })
    try desk.on("2026-03-02")
    try desk.see()
    try desk.treat(10_000)
    try desk.payByBank()
    try desk.on("2026-03-10")
    try desk.reconcile("2026-03-03/1", day: "2026-03-03", 10_000, .payment(PaymentID(1)))
    try desk.reconcile("2026-03-04/1", day: "2026-03-04", -1_200, .account("6210"))
    try desk.reconcile("2026-03-09/1", day: "2026-03-09", 700, .account("1980"))
  }

  // On 2 March: 1,000.00 + 100.00 - 40.00 = 1,060.00. On 4 March the statement has 1,000.00 + 100.00 -
  // 12.00 = 1,088.00; less 40.00 that it has not shown, and with 12.00 that the books have on the 10th only:
  // 1,060.00. On the 10th 1,095.00 less 40.00 are the 1,055.00 of the books.
  @Test(arguments: [
    ("2026-03-01", "1000.00", ["opening 1000.00"], "1000.00"),
    (
      "2026-03-02", "1000.00",
      ["opening 1000.00", "outstanding receipt 100.00", "outstanding payment -40.00"], "1060.00"
    ),
    (
      "2026-03-03", "1100.00",
      ["opening 1000.00", "bank line 100.00", "outstanding payment -40.00"], "1060.00"
    ),
    (
      "2026-03-04", "1088.00",
      [
        "opening 1000.00", "bank line 100.00", "bank line -12.00", "outstanding payment -40.00",
        "not in the books 12.00",
      ], "1060.00"
    ),
    (
      "2026-03-10", "1095.00",
      [
        "opening 1000.00", "bank line 100.00", "bank line -12.00", "bank line 7.00",
        "outstanding payment -40.00", "unidentified 7.00",
      ], "1055.00"
    ),
  ])
  func `and what is outstanding come to the books`(
    _ on: String, _ statement: String, _ items: [String], _ book: String
  ) throws {
    let report = try desk.reconciliation(try desk.query(on), isDetailed: true)
    var rows = report.texts("part", "amount")
    #expect(rows.contains("statement balance \(statement)"))
    #expect(rows.contains("book balance \(book)"))
    #expect(rows.contains("difference 0.00"))
    rows.removeAll {
      $0.hasPrefix("statement") || $0.hasPrefix("book") || $0.hasPrefix("difference")
    }
    #expect(rows == items)
  }

  @Test func `is printed as it is proved`() throws {
    let report = try desk.reconciliation(try desk.query("2026-03-04"))
    #expect(
      report.notes.first
        == "1100: statement balance 1088.00 + outstanding receipts 0.00 - outstanding payments 40.00"
        + " + not in the books 12.00 = 1060.00; book balance 1060.00, difference 0.00")
    try Golden.expect(render(report, as: .text), is: "accounting/bank-reconciliation.txt")
    try Golden.expect(render(report, as: .csv), is: "accounting/bank-reconciliation.csv")
  }

  // As it was known before the lines were: nothing is shown.
  @Test func `has no line before one is known`() throws {
    let report = try desk.reconciliation(
      try desk.query("2026-03-10", known: desk.books.position - 3))
    #expect(
      report.texts("part", "amount") == [
        "opening 1000.00", "statement balance 1000.00", "outstanding receipts 100.00",
        "outstanding payments -40.00", "book balance 1060.00", "difference 0.00",
      ])
  }

  // In April 40.00 of rent are paid and 100.00 received, in May 50.00; the first line of a
  // statement is of 4 May. What April has outstanding is added up.
  @Test func `has months before its first line in sums`() throws {
    var desk = try DecidedBooks()
    try desk.on("2026-04-10")
    try desk.see()
    try desk.treat(15_000)
    try desk.payByBank()
    try desk.on("2026-05-05")
    try desk.pay(1, 5_000, .transfer(BankTender()))
    try desk.reconcile("2026-05-04/1", day: "2026-05-04", -1_200, .account("6210"))
    let query = try desk.query("2026-05-31")
    #expect(
      try desk.reconciliation(query).texts("part", "text", "amount") == [
        "bank lines 1 line -12.00", "statement balance  -12.00",
        "outstanding receipts 2026-04, 1 receipt 100.00",
        "outstanding receipt PaymentReceived 50.00",
        "outstanding payments 2026-04, 1 payment -40.00", "book balance  98.00",
        "difference  0.00",
      ])
    let detailed = try desk.reconciliation(query, isDetailed: true).texts("part", "amount")
    #expect(detailed.contains("outstanding receipt 100.00"))
    #expect(detailed.contains("outstanding payment -40.00"))
  }

  // The first line is undone on the 12th: the 100.00 are outstanding, and the line may be explained anew.
  @Test mutating func `shows again what a line that was undone had shown`() throws {
    let line = desk.books.position - 2
    try desk.on("2026-03-12")
    try desk.perform(
      as: .accountant,
      ReverseEvent.with {
        $0.of = Position(line)
        $0.reason = "not that payment"
      })
    let report = try desk.reconciliation(try desk.query("2026-03-12"))
    #expect(report.texts("part", "amount").contains("outstanding receipt 100.00"))
    #expect(report.texts("part", "amount").contains("statement balance 995.00"))
    try desk.reconcile("2026-03-03/1", day: "2026-03-03", 10_000, .payment(PaymentID(1)))
    let again = try desk.reconciliation(try desk.query("2026-03-12"))
    #expect(!again.texts("part").contains("outstanding receipt"))
    #expect(again.texts("part", "amount").contains("difference 0.00"))
  }

  // On the 11th 30.00 of rent is posted by hand against the bank; the bank's line of the 12th is matched with
  // it, and nothing is posted twice: 1,055.00 - 30.00.
  @Test mutating func `shows what was posted by hand`() throws {
    try desk.on("2026-03-11")
    try desk.perform(
      as: .accountant,
      PostJournal.with {
        $0.memo = "rent"
        $0.lines = [
          .with {
            $0.account = "6100"
            $0.debit = money(3_000)
          },
          .with {
            $0.account = "1100"
            $0.credit = money(3_000)
          },
        ]
      })
    let entry = Position(desk.books.position)
    let outstanding = try desk.reconciliation(try desk.query("2026-03-11"))
    #expect(outstanding.texts("part", "amount").contains("outstanding payment -30.00"))
    try desk.on("2026-03-12")
    try desk.reconcile("2026-03-12/1", day: "2026-03-12", -3_000, .position(entry))
    let shown = try desk.reconciliation(try desk.query("2026-03-12")).texts("part", "amount")
    #expect(!shown.contains("outstanding payment -30.00"))
    #expect(shown.contains("statement balance 1065.00") && shown.contains("book balance 1025.00"))
    #expect(shown.contains("difference 0.00"))
  }

  // What was put down to nobody is found out: 1980 is empty, and nothing is unidentified any more.
  @Test mutating func `has nothing unidentified once the account is empty`() throws {
    try desk.perform(
      as: .accountant,
      PostJournal.with {
        $0.memo = "a rebate"
        $0.lines = [
          .with {
            $0.account = "1980"
            $0.debit = money(700)
          },
          .with {
            $0.account = "4100"
            $0.credit = money(700)
          },
        ]
      })
    #expect(
      !(try desk.reconciliation(try desk.query("2026-03-10"))).texts("part")
        .contains("unidentified"))
  }

  @Test func `is asked of an account of the bank, or refused`() throws {
    let one = try desk.reconciliation(try desk.query("2026-03-10"), account: "1100")
    #expect(one.rows.count == 7)
    #expect(throws: NoBankAccount(code: "4000", known: ["1100"])) {
      try desk.reconciliation(try desk.query("2026-03-10"), account: "4000")
    }
    let none = try desk.reconciliation(try desk.query("2026-02-01"))
    #expect(none.rows.isEmpty && none.notes.isEmpty)
    let empty = try AccountingReports.bankReconciliation(
      Snapshot(ClearingModel(), asOf: .start), Snapshot(AccountingModel()),
      AccountingQuery())
    #expect(empty.rows.isEmpty)
  }
}

extension DecidedBooks {
  fileprivate mutating func reconcile(
    _ line: String, day: String, _ cents: Int64, _ with: StatementCounterpart
  ) throws {
    let date = try Day(parsing: day)
    var match = StatementMatch(with)
    if case .account = with { match.amount = money(cents) }
    try perform(
      as: .accountant,
      ReconcileBankLine.with {
        $0.line = line
        $0.date = date
        $0.amount = money(cents)
        $0.matches = [match]
      })
  }

  /// The patient pays 100.00 of the first charge by transfer, and the clinic 40.00 of rent.
  fileprivate mutating func payByBank() throws {
    try pay(1, 10_000, .transfer(BankTender()))
    try perform(
      as: .accountant,
      MakePayment.with {
        $0.to = .party(PartyID(2))
        $0.amount = money(4_000)
        $0.settles = [PaidItem(.account("6100"), money(4_000))]
      })
  }

  fileprivate func reconciliation(
    _ query: AccountingQuery, account: String? = nil, isDetailed: Bool = false
  ) throws -> Report {
    try AccountingReports.bankReconciliation(
      books.clearingView, books.view, query, account: account, isDetailed: isDetailed)
  }
}
