import DaybookAccounting
import DaybookBytes
import DaybookClinicEvents
import DaybookEngine
import DaybookEvents
import DaybookReporting
import DaybookTesting
import DaybookValues
import Testing

/// The statements of `SmallClinic`, worked out from its trial balance by hand.
@Suite struct `A statement of the small clinic` {
  private let clinic: SmallClinic
  private var view: Snapshot<AccountingModel> { clinic.books.view }

  init() throws { clinic = try SmallClinic() }

  // 4000 490 and 4010 100 less 4090 10 and 4096 30: 550. 5010 12 and 6910 4: 16. 550 - 16 = 534.
  @Test func `says what was earned and what that cost`() throws {
    let report = try AccountingReports.incomeStatement(
      StatementForm(), view, try clinic.query())
    #expect(
      report.texts("group", "account", "amount") == [
        "income 4000 490.00", "income 4010 100.00", "income 4090 -10.00", "income 4096 -30.00",
        "expenses 5010 12.00", "expenses 6910 4.00",
      ])
    #expect(report.totals.last == .amount(Amount(minorUnits: 53_400, .eur)))
    #expect(report.sections.map(\.label) == ["total income", "total expenses"])
    try Golden.expect(render(report, as: .text, width: 80), is: "accounting/income-statement.txt")
    try Golden.expect(render(report, as: .csv), is: "accounting/income-statement.csv")
  }

  // 160 + 140 + 60 + 242 + 10 + 78 + 0 = 690. 90 + 40 + 5 + 21 = 156, and 534 earned: 690.
  @Test func `says what there is and whose it is, to the cent`() throws {
    let report = try AccountingReports.balanceSheet(StatementForm(), view, try clinic.query())
    #expect(
      report.texts("group", "account", "amount") == [
        "assets 1020 160.00", "assets 1100 140.00", "assets 1150 60.00", "assets 1200 242.00",
        "assets 1210 10.00", "assets 1400 78.00", "liabilities 2010 90.00",
        "liabilities 2100 40.00", "liabilities 2150 5.00", "liabilities 2200 21.00",
        "equity - 534.00",
      ])
    #expect(report.totals.last == .amount(Amount(minorUnits: 69_000, .eur)))
    #expect(report.notes.isEmpty)
    try Golden.expect(render(report, as: .text, width: 80), is: "accounting/balance-sheet.txt")
  }

  // 160 + 140 + 60 = 360 came in: of patients, payers and deposits; nothing was there before.
  @Test func `says where cash came from`() throws {
    let report = try AccountingReports.cashFlow(StatementForm(), view, try clinic.query())
    #expect(report.totals.last == .amount(Amount(minorUnits: 36_000, .eur)))
    #expect(
      report.texts("group", "name", "amount").suffix(2) == [
        "cash before 0.00", "cash after 360.00",
      ]
    )
    try Golden.expect(render(report, as: .text, width: 80), is: "accounting/cash-flow.txt")
  }

  @Test func `has a column for each month, and prints them in parts where they do not fit`() throws
  {
    var form = StatementForm()
    form.step = .monthly
    (form.hasAverage, form.hasPercent) = (true, true)
    let report = try AccountingReports.incomeStatement(form, view, try clinic.query())
    #expect(
      report.columns.map(\.name) == [
        "group", "account", "name", "2026-01", "2026-02", "2026-03", "total", "average", "percent",
      ])
    let text = render(report, as: .text, width: 80)
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    try Golden.expect(text, is: "accounting/income-statement-monthly.txt")
  }

  // Of one month, of three, and of none: the question has the same last column.
  @Test func `has a total of its periods, however many the books have`() throws {
    var form = StatementForm()
    form.step = .monthly
    func columns(_ from: String, _ to: String, _ view: Snapshot<AccountingModel>) throws -> [String]
    {
      try AccountingReports.incomeStatement(
        form, view,
        try clinic.query(on: nil) {
          ($0.from, $0.to) = (try Day(parsing: from), try Day(parsing: to))
        }
      ).columns.map { $0.each ?? $0.name }
    }
    #expect(
      try columns("2026-01-01", "2026-01-31", view) == [
        "group", "account", "name", "period", "total",
      ])
    let all = try AccountingReports.incomeStatement(form, view, try clinic.query())
    #expect(all.columns.suffix(2).map { $0.each ?? $0.name } == ["period", "total"])
    let none = try AccountingReports.incomeStatement(
      form, Snapshot(AccountingModel()), AccountingQuery())
    #expect(
      none.columns.map { $0.each ?? $0.name } == ["group", "account", "name", "period", "total"])
    form.step = nil
    for comparison in [StatementComparison.yearBefore, .knownAt(.start)] {
      form.comparison = comparison
      let empty = try AccountingReports.balanceSheet(
        form, Snapshot(AccountingModel()), AccountingQuery())
      #expect(
        empty.columns.map(\.name) == ["group", "account", "name", "amount", "prior", "change"])
    }
  }

  @Test func `is compared with what was known before`() throws {
    var form = StatementForm()
    form.comparison = .knownAt(SmallClinic.beforeLate)
    let report = try AccountingReports.incomeStatement(
      form, view, try clinic.query(on: "2026-01-31"))
    #expect(
      report.texts("account", "amount", "prior", "change") == ["4000 410.00 350.00 60.00"])
  }

  @Test
  func `is compared with the months before its own, and with nothing where it has no first day`()
    throws
  {
    var form = StatementForm()
    form.comparison = .previous
    let march = try clinic.query(on: nil) {
      $0.from = try Day(parsing: "2026-03-01")
      $0.to = try Day(parsing: "2026-03-31")
    }
    let income = try AccountingReports.incomeStatement(form, view, march)
    #expect(
      income.texts("account", "amount", "prior").prefix(2) == [
        "4000 0.00 80.00", "4010 100.00 0.00",
      ])
    let sheet = try AccountingReports.balanceSheet(form, view, march)
    let february = try AccountingReports.balanceSheet(
      StatementForm(), view, try clinic.query(on: "2026-02-28"))
    let prior = sheet.texts("account", "prior").filter { !$0.hasSuffix(" 0.00") }
    #expect(prior == february.texts("account", "amount"))
    #expect(sheet.on?.description == "2026-03-31" && sheet.from == nil)
    let all = try AccountingReports.incomeStatement(form, view, try clinic.query())
    #expect(all.columns.map(\.name) == ["group", "account", "name", "amount"])
    let nothing = try AccountingReports.incomeStatement(
      form, view,
      AccountingQuery(from: try Day(parsing: "2026-01-01"), knownAt: .start))
    #expect(nothing.rows.isEmpty)
  }

  @Test func `of an account that the chart does not have is refused`() throws {
    var form = StatementForm()
    form.filter.accounts = ["9999"]
    #expect(throws: UnknownAccount.self) {
      try AccountingReports.balanceSheet(form, view, try clinic.query())
    }
  }

  @Test func `of days on which nothing happened says so`() throws {
    let report = try AccountingReports.incomeStatement(
      StatementForm(), view,
      try clinic.query(on: nil) {
        $0.from = try Day(parsing: "2020-01-01")
        $0.to = try Day(parsing: "2020-12-31")
      })
    #expect(report.rows.isEmpty)
    #expect(render(report, as: .text).contains("Nothing to report."))
  }
}

/// Charges, invoices and payments of one clinic, for what counts when it is paid.
@Suite struct `An income statement on a cash basis` {
  private var books = Books()
  private var form: StatementForm {
    var form = StatementForm()
    form.basis = .cash
    return form
  }

  init() throws {
    try books.clinic()
    try books.patientRegistered(1)
  }

  private func rows(to day: String = "2026-12-31") throws -> [String] {
    try AccountingReports.incomeStatement(
      form, books.view, AccountingQuery(on: try Day(parsing: day))
    ).texts("group", "account", "amount")
  }

  // 121.00 with 21.00 of tax and 10.00 taken off the list of 110.00: a third of it is paid, then all.
  @Test mutating func `counts a charge as far as it is paid, and the rest with the last payment`()
    throws
  {
    try books.charge(
      1, to: patient(1), 11_000, discount: 1_000, tax: 2_100, taxCode: 1, day: "2026-01-10")
    #expect(try rows().isEmpty)
    try books.pay(
      1, from: .patient(PatientID(1)), 4_033, [(1, patient(1), 4_033)], day: "2026-02-01")
    // 110.00 x 40.33 / 121.00 = 36.6636; 10.00 x 40.33 / 121.00 = 3.3331.
    #expect(
      try rows() == ["income 4010 36.66", "income 4090 -3.33"])
    try books.pay(
      2, from: .patient(PatientID(1)), 8_067, [(1, patient(1), 8_067)], day: "2026-03-01")
    #expect(try rows() == ["income 4010 110.00", "income 4090 -10.00"])
    #expect(try rows(to: "2026-02-28") == ["income 4010 36.66", "income 4090 -3.33"])
  }

  @Test mutating func `never counts what is written off, and counts a deposit when it settles`()
    throws
  {
    try books.charge(1, to: patient(1), 10_000, day: "2026-01-10")
    try books.adjust(1, of: patient(1), .badDebt, 4_000, day: "2026-01-11")
    try books.pay(1, from: .patient(PatientID(1)), 6_000, day: "2026-01-12")
    #expect(try rows().isEmpty)
    try books.allocate(
      1, of: .patient(PatientID(1)), to: 1, owedBy: patient(1), 6_000, day: "2026-02-01")
    #expect(try rows() == ["income 4000 60.00"])
  }
}

extension `An income statement on a cash basis` {
  // A charge of a cent: 2^61 less 2^61 - 1. No Desk lets 1.00 of it be paid; of a log that says so a hundred
  // times 2^61 would count, which no figure holds.
  @Test mutating func `is refused where what counts does not fit`() throws {
    let list: Int64 = 1 << 61
    try books.charge(1, to: patient(1), list, discount: list - 1, day: "2026-01-10")
    try books.pay(1, from: .patient(PatientID(1)), 1, [(1, patient(1), 1)], day: "2026-01-11")
    #expect(
      try rows() == ["income 4000 23058430092136939.52", "income 4090 -23058430092136939.51"])
    try books.pay(2, from: .patient(PatientID(1)), 99, [(1, patient(1), 99)], day: "2026-01-12")
    let error = #expect(throws: ValueError.self) { try rows() }
    #expect(error?.kind == .overflow)
  }

  private func invoice(
    _ number: UInt64, _ lines: [(account: String, net: Int64)], withheld: Int64 = 0
  ) -> SupplierInvoiceRecorded {
    .with {
      $0.invoice = SupplierInvoiceID(number)
      $0.supplier = PartyID(9)
      $0.number = "A\(number)"
      for line in lines {
        $0.lines.append(
          SupplierInvoiceLine.with {
            $0.account = line.account
            $0.net = money(line.net)
          })
      }
      $0.total = money(lines.reduce(0) { $0 + $1.net })
      if withheld != 0 { $0.withheld = Withholding(money(withheld), "IRPF 15%") }
    }
  }

  private func payment(_ number: UInt64, of invoice: UInt64, _ cents: Int64) -> PaymentMade {
    .with {
      $0.payment = PaymentID(number)
      $0.to = .party(PartyID(9))
      $0.amount = money(cents)
      $0.method = .transfer(BankTender())
      $0.settles = [
        PaidItem.with {
          $0.item = .invoice(SupplierInvoiceID(invoice))
          $0.amount = money(cents)
        }
      ]
    }
  }

  // Of 500.00 the supplier gets 425.00; 75.00 is withheld, and counts when the authority is paid.
  @Test mutating func `counts an invoice less what is withheld, and once however often it is paid`()
    throws
  {
    try books.partyRegistered(9, .supplier)
    try books.take(invoice(1, [("6140", 50_000)], withheld: 7_500), on: 1, day: "2026-01-10")
    #expect(try rows().isEmpty)
    let paid = payment(1, of: 1, 42_500)
    let at = try books.take(paid, on: 1, day: "2026-02-01")
    #expect(try rows() == ["expenses 6140 425.00"])
    try books.take(
      try Reversed.with { (reversed) throws(WireError) in
        reversed.of = Position(at)
        reversed.reason = "twice"
        reversed.family = UInt32(FamilyNumber.accounting.rawValue)
        reversed.tag = UInt32(PaymentMade.tag.rawValue)
        reversed.payload = try paid.encoded()
      }, onStream: StreamID(.payment, 1), day: "2026-02-01")
    #expect(try rows().isEmpty)
    try books.take(payment(2, of: 1, 42_500), on: 2, day: "2026-02-03")
    #expect(try rows() == ["expenses 6140 425.00"])
  }

  @Test mutating func `counts a contractor's commission when the invoice is paid`() throws {
    try books.partyRegistered(9, .supplier)
    try books.take(invoice(1, [("2330", 41_100)]), on: 1, day: "2026-01-10")
    try books.take(payment(1, of: 1, 41_100), on: 1, day: "2026-02-01")
    #expect(try rows() == ["expenses 2330 411.00"])
  }

  @Test mutating func `of one clinic has what another took for it`() throws {
    try books.clinic(2)
    try books.charge(1, to: patient(1), 8_000, day: "2026-01-10", clinic: 2)
    try books.pay(
      1, from: .patient(PatientID(1)), 8_000, [(1, patient(1), 8_000)], day: "2026-01-12")
    for (clinic, wanted) in [(1, []), (2, ["income 4000 80.00"])] as [(UInt64, [String])] {
      let report = try AccountingReports.incomeStatement(
        form, books.view, AccountingQuery(clinic: clinic))
      #expect(report.texts("group", "account", "amount") == wanted, "clinic \(clinic)")
    }
  }
}

/// Every statement of random books ties to their trial balance.
@Suite struct `The statements of random books` {
  private static let seeds: [UInt64] = [11, 12, 13, 14]

  private func amount(_ cell: Cell) -> Int64 {
    if case .amount(let amount) = cell { amount.minorUnits } else { 0 }
  }

  /// The figures of a report by account, without those that have none.
  private func figures(_ report: Report, _ name: String = "amount") -> [String: Int64] {
    let column = report.columns.firstIndex { $0.name == name } ?? 0
    let code = report.columns.firstIndex { $0.name == "account" } ?? 0
    var figures: [String: Int64] = [:]
    for row in report.rows where row[code] != .empty {
      if case .identifier(let text) = row[code] { figures[text, default: 0] += amount(row[column]) }
    }
    return figures.filter { $0.value != 0 }
  }

  @Test(arguments: seeds)
  func `tie to the trial balance, clinic by clinic, on any days as known at any position`(
    _ seed: UInt64
  ) throws {
    var random = try RandomBooks(seed: seed, chunkRows: 16)
    try random.steps(150)
    let view = random.books.view
    for _ in 0..<25 {
      var query = AccountingQuery(
        on: random.someDay(), knownAt: random.somePosition(),
        clinic: UInt64(random.oneOf([1, 2, 3])))
      if random.oneOf([true, false]) {
        let day = random.someDay()
        (query.from, query.on) = (min(day, query.on ?? day), max(day, query.on ?? day))
      }
      for check in try ReportTies.run(view, query) {
        #expect(check.passed, "seed \(seed), \(query): \(check.name): \(check.detail)")
      }
    }
  }

  @Test(arguments: seeds)
  func `by month, by dimension and through a filter come to the same`(_ seed: UInt64) throws {
    var random = try RandomBooks(seed: seed, chunkRows: 16)
    try random.steps(150)
    let view = random.books.view
    for clinic in [1, 2, 3] as [UInt64] {
      let query = AccountingQuery(on: random.someDay(), clinic: clinic)
      for name in ["income-statement", "cash-flow", "balance-sheet"] {
        func make(_ form: StatementForm) throws -> Report {
          switch name {
          case "income-statement": try AccountingReports.incomeStatement(form, view, query)
          case "cash-flow": try AccountingReports.cashFlow(form, view, query)
          default: try AccountingReports.balanceSheet(form, view, query)
          }
        }
        let whole = figures(try make(StatementForm()))
        var form = StatementForm()
        for dimension in LedgerDimension.allCases {
          form.by = dimension
          #expect(figures(try make(form)) == whole, "by \(dimension)")
          (form.by, form.pivot) = (nil, dimension)
          #expect(figures(try make(form), "total") == whole, "pivot \(dimension)")
          form.pivot = nil
        }
        for step in StatementStep.allCases {
          form.step = step
          form.yearStart = 4
          let report = try make(form)
          let last = report.name == "balance-sheet" ? nil : "total"
          if report.columns.contains(where: { $0.name == "total" }), let last {
            #expect(figures(report, last) == whole, "\(step)")
          } else if let end = report.columns.last {
            #expect(figures(report, end.name) == whole, "\(step)")
          }
        }
      }
    }
  }
}

/// Clinics that keep their books in two currencies.
@Suite struct `Books in two currencies` {
  private var books = Books()

  // 100.00 EUR at clinic 1, 50.00 and 20.00 USD at clinic 2.
  init() throws {
    try books.clinic(1)
    try books.clinic(2, try Currency("USD"))
    try books.patientRegistered(1)
    try books.charge(1, to: patient(1), 10_000, day: "2026-01-10")
    try books.charge(2, to: patient(1), 5_000, day: "2026-01-10", clinic: 2)
    try books.charge(3, to: patient(1), 2_000, day: "2026-01-11", clinic: 2)
  }

  @Test func `have sums and a result of each in a statement, and no sum of both`() throws {
    let report = try AccountingReports.incomeStatement(
      StatementForm(), books.view, AccountingQuery())
    #expect(report.totals.isEmpty)
    #expect(
      report.sections.map(\.label) == [
        "total income, EUR", "total income, USD", "result, EUR", "result, USD",
      ])
    func units(_ cell: Cell?) -> Int64 {
      if case .amount(let amount)? = cell { amount.minorUnits } else { 0 }
    }
    #expect(report.sections.map { units($0.totals.last) } == [10_000, 7_000, 10_000, 7_000])
    for check in try ReportTies.run(books.view, AccountingQuery()) {
      #expect(check.passed, "\(check.name): \(check.detail)")
    }
  }

  @Test func `have a total of each in a note where a column holds both`() throws {
    let trial = AccountingReports.trialBalance(books.view, AccountingQuery())
    #expect(trial.totals.isEmpty)
    #expect(
      trial.notes == [
        "Total in EUR: opening 0.00, debit 100.00, credit 100.00, balance 0.00",
        "Total in USD: opening 0.00, debit 70.00, credit 70.00, balance 0.00",
      ])
    #expect(
      render(trial, as: .csv).hasPrefix("account,name,opening,debit,credit,balance,currency\r\n"))
    let json = render(trial, as: .json)
    #expect(json.contains("\"balance\":\"100.00\",\"currency\":\"EUR\"}"))
    #expect(
      json.contains(
        "\"totalsByCurrency\":{\"EUR\":{\"opening\":\"0.00\",\"debit\":\"100.00\",\"credit\":"
          + "\"100.00\",\"balance\":\"0.00\"},\"USD\":{"))
    // One clinic has one currency, and no column for it.
    let one = AccountingReports.trialBalance(books.view, AccountingQuery(clinic: 2))
    #expect(render(one, as: .csv).hasPrefix("account,name,opening,debit,credit,balance\r\n"))
    let income = try AccountingReports.incomeStatement(
      StatementForm(), books.view, AccountingQuery())
    #expect(
      render(income, as: .json).contains(
        "\"totalsByCurrency\":{\"EUR\":{\"amount\":\"100.00\"},\"USD\":{\"amount\":\"70.00\"}}"))
  }
}
