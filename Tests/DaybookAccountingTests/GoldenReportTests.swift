import DaybookAccounting
import DaybookClinicEvents
import DaybookEngine
import DaybookEvents
import DaybookReporting
import DaybookTesting
import DaybookValues
import Testing

/// The reports of `SmallClinic`, each figure worked out by hand beside its expectation, and all of
/// the page compared with what a person last read.
@Suite struct `A report of the small clinic` {
  private let clinic: SmallClinic
  private var view: Snapshot<AccountingModel> { clinic.books.view }

  init() throws { clinic = try SmallClinic() }

  private func expect(
    _ report: Report, is name: String, _ formats: [ReportFormat] = [.text]
  ) throws {
    for format in formats {
      let end = format == .text ? "txt" : format.rawValue
      try Golden.expect(render(report, as: format), is: "accounting/\(name).\(end)")
    }
  }

  // 1200: 100 + 50 + 80 + 121 + 60 + 20 = 431 against 10 + 100 + 60 + 4 + 15 = 189.
  // 1210: 250 against 50 + 140 + 30 + 20 = 240. 4000: 100 + 250 + 80 + 60 = 490.
  // Either side: 1262.00.
  @Test func `gives the trial balance`() throws {
    let report = AccountingReports.trialBalance(view, try clinic.query())
    #expect(
      report.columns.map(\.name) == ["account", "name", "opening", "debit", "credit", "balance"])
    #expect(
      report.texts("account", "opening", "debit", "credit", "balance") == [
        "1020 0.00 160.00 0.00 160.00", "1100 0.00 140.00 0.00 140.00",
        "1150 0.00 60.00 0.00 60.00", "1200 0.00 431.00 189.00 242.00",
        "1210 0.00 250.00 240.00 10.00", "1400 0.00 90.00 12.00 78.00",
        "1990 0.00 60.00 60.00 0.00", "2010 0.00 0.00 90.00 -90.00",
        "2100 0.00 0.00 40.00 -40.00", "2150 0.00 15.00 20.00 -5.00",
        "2200 0.00 0.00 21.00 -21.00", "4000 0.00 0.00 490.00 -490.00",
        "4010 0.00 0.00 100.00 -100.00", "4090 0.00 10.00 0.00 10.00",
        "4096 0.00 30.00 0.00 30.00", "5010 0.00 12.00 0.00 12.00",
        "6910 0.00 4.00 0.00 4.00",
      ])
    #expect(report.footer.debits == Amount(minorUnits: 126_200, .eur))
    #expect(report.footer.entries == 16)
    #expect(report.footer.ruleVersion == 1)
    try expect(report, is: "trial-balance", [.text, .csv, .json])
  }

  // Up to 31 January: 100 + 50 = 150 of P1, 250 - 50 = 200 of Y1; the late charge adds 60.
  @Test func `tells what was known before the late charge from what is known since`() throws {
    let then = AccountingReports.trialBalance(
      view, try clinic.query(on: "2026-01-31") { $0.knownAt = SmallClinic.beforeLate })
    #expect(
      then.texts("account", "balance") == ["1200 150.00", "1210 200.00", "4000 -350.00"])
    let now = AccountingReports.trialBalance(view, try clinic.query(on: "2026-01-31"))
    #expect(now.texts("account", "balance") == ["1200 210.00", "1210 200.00", "4000 -410.00"])
    try expect(then, is: "trial-balance-known-before")
  }

  // Openings of March: 1200 P1 100 + 50 + 60 - 100, P2 80 - 10: 180. Closing 180 + 141 - 79 = 242.
  @Test func `gives a month with its openings`() throws {
    let report = AccountingReports.trialBalance(
      view,
      try clinic.query(on: nil) {
        $0.from = try Day(parsing: "2026-03-01")
        $0.to = try Day(parsing: "2026-03-31")
      })
    let rows = report.texts("account", "opening", "debit", "credit", "balance")
    #expect(rows.contains("1020 120.00 40.00 0.00 160.00"))
    #expect(rows.contains("1200 180.00 141.00 79.00 242.00"))
    #expect(rows.contains("1210 200.00 0.00 190.00 10.00"))
    #expect(rows.contains("4000 -490.00 0.00 0.00 -490.00"))
    try expect(report, is: "trial-balance-march")
  }

  // L1 holds 60.00 that L2 was owed.
  @Test(arguments: [(1, "1990 0.00 60.00 -60.00"), (2, "1990 60.00 0.00 60.00")])
  func `balances each clinic by itself`(_ number: UInt64, _ between: String) throws {
    let report = AccountingReports.trialBalance(
      view, try clinic.query { $0.clinic = number })
    #expect(report.texts("account", "debit", "credit", "balance").contains(between))
    #expect(report.totals.last == .amount(Amount(minorUnits: 0, .eur)))
    try expect(report, is: "trial-balance-clinic-\(number)")
  }

  @Test func `gives the journal, one row a posting, in the order of the log`() throws {
    let report = AccountingReports.journal(view, try clinic.query())
    #expect(
      report.columns.map(\.name) == [
        "entry", "position", "date", "recordedAt", "journal", "document", "account", "name",
        "party", "text", "debit", "credit", "reverses",
      ])
    #expect(
      report.texts("entry", "date", "document", "account", "party", "debit", "credit")
        .filter { $0.hasPrefix("17.") } == [
          "17.4.1.1 2026-03-02 M3 1150 P2 60.00 -", "17.4.1.2 2026-03-02 M3 1200 P2 - 60.00",
          "17.4.1.3 2026-03-02 M3 1990 - - 60.00", "17.4.1.4 2026-03-02 M3 1990 - 60.00 -",
        ])
    try expect(report, is: "journal", [.text, .csv, .json])
  }

  // On 31 March: C2 fell to P1 on 20 March, 11 days; C5 is of 15 January, 75 days; C3 54; C4 27;
  // Y1's part of C2 was due 30 days after 20 January, on 19 February: 40 days.
  @Test func `ages receivables from the due day, and keeps credit apart`() throws {
    let report = AccountingReports.receivables(view, try clinic.query())
    #expect(
      report.columns.map(\.name) == [
        "party", "ref", "kind", "current", "d30", "d60", "d90", "over90", "total", "credit",
      ])
    #expect(
      rows(report) == [
        "P1 patient-1 patient 0.00 70.00 0.00 41.00 0.00 111.00 5.00",
        "P2 patient-2 patient 0.00 121.00 10.00 0.00 0.00 131.00 40.00",
        "Y1 party-1 payer 0.00 0.00 10.00 0.00 0.00 10.00 0.00",
      ])
    try expect(report, is: "receivables", [.text, .csv, .json])
  }

  // C2 was charged to Y1, of which 50 and 20 fell to P1; C3 is 80 less 10. Of M1 15 of 20 are used.
  @Test func `lists what is open by document, with the day on which it is due`() throws {
    let report = AccountingReports.openReceivables(view, try clinic.query())
    #expect(
      report.texts("party", "document", "date", "due", "amount", "open", "age", "credit") == [
        "P1 C5 2026-01-15 2026-01-15 60.00 41.00 61-90 -",
        "P1 C2 2026-01-20 2026-03-20 70.00 70.00 1-30 -",
        "P1 M1 2026-02-10 - 20.00 - - 5.00",
        "P2 C3 2026-02-05 2026-02-05 70.00 10.00 31-60 -",
        "P2 C4 2026-03-04 2026-03-04 121.00 121.00 1-30 -",
        "P2 M4 2026-03-03 - 40.00 - - 40.00",
        "Y1 C2 2026-01-20 2026-02-19 250.00 10.00 31-60 -",
      ])
    try expect(report, is: "receivables-items", [.text, .csv])
  }

  // Y1 was charged 250, of which 50 and 20 moved to P1; it paid 140, and 30 were taken off.
  @Test func `gives a payer's statement`() throws {
    let report = AccountingReports.statement(ofParty: PartyID(1), view, try clinic.query())
    #expect(
      report.texts("position", "document", "charge", "paid", "adjusted", "balance") == [
        "11 C2 250.00 0.00 0.00 250.00", "12 C2 -50.00 0.00 0.00 200.00",
        "15 M2 0.00 140.00 0.00 60.00", "16 C2 0.00 0.00 30.00 30.00",
        "23 C2 -20.00 0.00 0.00 10.00",
      ])
    try expect(report, is: "statement-payer")
  }

  // On 10 February nothing had been transferred since, and Y1 had nine days left.
  @Test func `ages receivables on an earlier day`() throws {
    let report = AccountingReports.receivables(view, try clinic.query(on: "2026-02-10"))
    #expect(
      rows(report) == [
        "P1 patient-1 patient 0.00 110.00 0.00 0.00 0.00 110.00 20.00",
        "P2 patient-2 patient 0.00 70.00 0.00 0.00 0.00 70.00 0.00",
        "Y1 party-1 payer 200.00 0.00 0.00 0.00 0.00 200.00 0.00",
      ])
    // On 15 May: 56 days since the transfer, 120, 99, 72 and 85.
    let later = AccountingReports.receivables(view, try clinic.query(on: "2026-05-15"))
    #expect(
      rows(later) == [
        "P1 patient-1 patient 0.00 0.00 70.00 0.00 41.00 111.00 5.00",
        "P2 patient-2 patient 0.00 0.00 0.00 121.00 10.00 131.00 40.00",
        "Y1 party-1 payer 0.00 0.00 0.00 10.00 0.00 10.00 0.00",
      ])
  }

  private func rows(_ report: Report) -> [String] {
    report.texts(
      "party", "ref", "kind", "current", "d30", "d60", "d90", "over90", "total", "credit")
  }

  // P1 owes 70 + 41 less 5 of credit; the allocation of M1's credit moves nothing.
  @Test func `gives a patient's statement`() throws {
    let report = AccountingReports.statement(of: PatientID(1), view, try clinic.query())
    #expect(
      report.texts(
        "date", "position", "charge", "payerPaid", "patientPaid", "adjusted", "balance",
        "payerOpen") == [
          "2026-01-10 10 100.00 0.00 0.00 0.00 100.00 0.00",
          "2026-01-15 22 60.00 0.00 0.00 0.00 160.00 0.00",
          "2026-01-20 11 250.00 0.00 0.00 0.00 160.00 250.00",
          "2026-01-20 12 0.00 0.00 0.00 0.00 210.00 200.00",
          "2026-02-10 14 0.00 0.00 120.00 0.00 90.00 200.00",
          "2026-03-01 15 0.00 140.00 0.00 0.00 90.00 60.00",
          "2026-03-01 16 0.00 0.00 0.00 30.00 90.00 30.00",
          "2026-03-20 23 0.00 0.00 0.00 0.00 110.00 10.00",
          "2026-03-21 24 0.00 0.00 0.00 4.00 106.00 10.00",
        ])
    try expect(report, is: "statement")
  }

  @Test func `gives a patient's statement of a month with its opening`() throws {
    let report = AccountingReports.statement(
      of: PatientID(1), view,
      try clinic.query(on: nil) {
        $0.from = try Day(parsing: "2026-03-01")
        $0.to = try Day(parsing: "2026-03-31")
      })
    #expect(
      report.texts("position", "event", "balance", "payerOpen") == [
        "- opening 90.00 200.00", "15 PaymentReceived 90.00 60.00",
        "16 AdjustmentPosted 90.00 30.00", "23 ResponsibilityTransferred 110.00 10.00",
        "24 AdjustmentPosted 106.00 10.00",
      ])
    try expect(report, is: "statement-march")
  }

  // Collected: 100 of C1, 140 of C2, 15 of C5; 60 of C3. Received: M1; M2, M3 and the deposit M4.
  @Test(arguments: [
    (
      RevenueDimension.month,
      [
        "2026-01 - 3 410.00 0.00 410.00 255.00 0.00",
        "2026-02 - 1 80.00 10.00 70.00 60.00 120.00",
        "2026-03 - 1 100.00 0.00 100.00 0.00 240.00",
      ]
    ),
    (
      .practitioner,
      [
        "D1 provider-1 3 410.00 0.00 410.00 255.00", "D2 provider-2 2 180.00 10.00 170.00 60.00",
      ]
    ),
    (
      .clinic,
      [
        "L1 clinic-1 4 510.00 0.00 510.00 255.00 320.00",
        "L2 clinic-2 1 80.00 10.00 70.00 60.00 40.00",
      ]
    ),
    (
      .payer,
      [
        "self-pay - 4 340.00 10.00 330.00 175.00", "Y1 party-1 1 250.00 0.00 250.00 140.00",
      ]
    ),
    (.service, ["X1 97110 5 590.00 10.00 580.00 315.00"]),
  ])
  func `gives revenue`(_ dimension: RevenueDimension, _ rows: [String]) throws {
    let report = AccountingReports.revenue(by: dimension, view, try clinic.query())
    let second = report.columns[1].name
    let key = report.texts(report.columns[0].name, second == "units" ? "" : second)
    let figures = report.texts("units", "gross", "discount", "net", "collected", "received")
    let found = zip(key, figures).map { key, figures in
      key + (second == "units" ? " - " : " ") + figures
    }
    #expect(found == rows)
    try expect(report, is: "revenue-by-\(dimension.rawValue)")
  }

  @Test func `explains an account, a party in it, an entry and a position`() throws {
    let query = try clinic.query()
    let account = try AccountingReports.explain(.account("1210"), view, query)
    #expect(
      account.texts("entry", "party", "debit", "credit", "running") == [
        "11.1.1.1 Y1 250.00 - 250.00", "12.2.1.2 Y1 - 50.00 200.00", "15.4.1.2 Y1 - 140.00 60.00",
        "16.3.1.2 Y1 - 30.00 30.00", "23.2.1.2 Y1 - 20.00 10.00",
      ])
    try expect(account, is: "explain-account")
    let party = try AccountingReports.explain(
      .account("1200", party: PartyKey(PatientID(2))), view, query)
    #expect(
      party.texts("position", "debit", "credit", "running") == [
        "13 80.00 - 80.00", "13 - 10.00 70.00", "17 - 60.00 10.00", "19 121.00 - 131.00",
      ])
    try expect(party, is: "explain-party")
    let entry = try #require(EntryID("14.4.1"))
    let lines = try AccountingReports.explain(.entry(entry), view, query)
    #expect(lines.texts("account", "running") == ["1020 120.00", "1200 20.00", "2150 0.00"])
    try expect(lines, is: "explain-entry")
    let position = try AccountingReports.explain(.position(Position(24)), view, query)
    #expect(position.texts("entry", "account") == ["24.3.1.1 6910", "24.3.1.2 1200"])
    try expect(position, is: "explain-position")
  }

  // Of the ten entries of 1200 the first two, and the two behind them: 100, 50; 80 less 10, -100.
  @Test func `explains an account page by page, with what was brought forward`() throws {
    let query = try clinic.query()
    let first = try AccountingReports.explain(
      .account("1200"), view, query, page: ExplainPage(limit: 2))
    #expect(first.texts("position", "running") == ["10 100.00", "12 150.00"])
    #expect(first.footer.entries == 10)
    try expect(first, is: "explain-page-1")
    let second = try AccountingReports.explain(
      .account("1200"), view, query, page: ExplainPage(limit: 2, after: Position(12)))
    #expect(
      second.texts("position", "running") == ["13 230.00", "13 220.00", "14 120.00"])
    try expect(second, is: "explain-page-2")
  }

  // C3 alone has that age: 80.00 less 10.00 and 60.00 paid. P1 has 20.00 less 15.00, P2 40.00.
  @Test func `explains a cell of the receivables, and what is to the credit`() throws {
    let query = try clinic.query()
    let aged = try AccountingReports.explain(
      .receivables(party: PartyKey(PatientID(2)), age: .d60), view, query)
    #expect(aged.texts("document", "running") == ["C3 80.00", "C3 70.00", "M3 10.00"])
    try expect(aged, is: "explain-age")
    let credit = try AccountingReports.explain(.credit(), view, query)
    #expect(credit.texts("party", "running") == ["P1 -20.00", "P2 -60.00", "P1 -45.00"])
    try expect(credit, is: "explain-credit")
    let party = try AccountingReports.explain(
      .party(try #require(PartyKey(PatientID(1)))), view, query)
    #expect(party.texts("running").last == "111.00")
    try expect(party, is: "explain-who")
  }

  // Of C2 P1 owes 70.00 and Y1 10.00; of M1 5.00 are not applied.
  @Test func `explains a charge, a payment and a row of revenue`() throws {
    let query = try clinic.query()
    let charge = try AccountingReports.explain(.thing(ChargeID(2).stream), view, query)
    #expect(charge.texts("running").last == "80.00")
    try expect(charge, is: "explain-charge")
    let payment = try AccountingReports.explain(.thing(PaymentID(1).stream), view, query)
    #expect(payment.texts("running").filter { $0 != "-" } == ["-20.00", "-5.00"])
    try expect(payment, is: "explain-payment")
    let revenue = AccountingReports.explain(
      revenue: .net, in: "D2", by: .practitioner, view, query)
    #expect(
      revenue.texts("document", "amount", "running") == ["C3 70.00 70.00", "C4 100.00 170.00"])
    try expect(revenue, is: "explain-revenue")
  }

  @Test func `explains from a day on, with what was before in the running sum`() throws {
    let report = try AccountingReports.explain(
      .account("1210"), view, try clinic.query { $0.from = try Day(parsing: "2026-03-01") })
    #expect(
      report.texts("position", "running") == ["15 60.00", "16 30.00", "23 10.00"])
  }

  @Test func `says what cannot be explained`() throws {
    let query = try clinic.query()
    #expect(throws: UnknownAccount.self) {
      try AccountingReports.explain(.account("1234"), view, query)
    }
    let none = try AccountingReports.explain(.position(Position(3)), view, query)
    #expect(none.notes == ["The event at position 3 makes no entry."])
    let late = try AccountingReports.explain(.position(Position(99)), view, query)
    #expect(late.notes == ["Position 99 is not known at position 25."])
  }

  @Test func `names nobody`() throws {
    let query = try clinic.query()
    var reports = [
      AccountingReports.trialBalance(view, query), AccountingReports.journal(view, query),
      AccountingReports.receivables(view, query),
      AccountingReports.statement(of: PatientID(1), view, query),
      try AccountingReports.explain(.account("1200"), view, query),
    ]
    reports += RevenueDimension.allCases.map { AccountingReports.revenue(by: $0, view, query) }
    for report in reports {
      for format in ReportFormat.allCases {
        #expect(!render(report, as: format).contains("Garcia"), "\(report.name)")
      }
    }
  }

  @Test func `of empty books is empty`() throws {
    let empty = Snapshot(AccountingModel())
    let query = AccountingQuery()
    #expect(AccountingReports.trialBalance(empty, query).rows.isEmpty)
    #expect(AccountingReports.journal(empty, query).rows.isEmpty)
    #expect(AccountingReports.receivables(empty, query).rows.isEmpty)
    #expect(AccountingReports.statement(of: PatientID(1), empty, query).rows.isEmpty)
    #expect(AccountingReports.revenue(by: .month, empty, query).rows.isEmpty)
    let explained = try AccountingReports.explain(.account("1200"), empty, query)
    #expect(explained.rows.isEmpty)
    #expect(AccountingChecks.run(empty.model).filter { !$0.passed } == [])
  }
}
