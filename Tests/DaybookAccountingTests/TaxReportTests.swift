import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookReporting
import DaybookValues
import Testing

@testable import DaybookAccounting

@Suite struct `The tax return` {
  private var books = Books()

  init() throws {
    try books.clinic()
    try books.patientRegistered(1)
    try books.partyRegistered(9, .supplier)
    try books.take(
      TaxCodeSet.with {
        $0.taxCode = TaxCodeID(1)
        $0.code = "S"
        $0.taxClass = .standard
        $0.rate = Rate(basisPoints: 2_100)
        $0.from = Day(daysSince1970: 0)
      }, on: 1, day: "2026-01-01", reference: "S21")
  }

  private mutating func buy(_ net: Int64, tax: Int64, deductible: Int64, day: String) throws {
    try books.take(
      SupplierInvoiceRecorded.with {
        $0.invoice = SupplierInvoiceID(1)
        $0.supplier = PartyID(9)
        $0.number = "A1"
        $0.lines = [
          SupplierInvoiceLine.with {
            $0.account = "6110"
            $0.net = money(net)
            $0.taxCode = TaxCodeID(1)
            $0.tax = money(tax)
            $0.deductible = money(deductible)
          }
        ]
        $0.total = money(net + tax)
      }, on: 1, day: day)
  }

  // Sold: 110.00 less 10.00, 21.00 of tax. Bought: 200.00 with 42.00, a quarter of it deducted: 10.50.
  // To be paid: 21.00 - 10.50 = 10.50.
  @Test mutating func `has bases and tax by code, and what of input tax is deducted`() throws {
    try books.charge(
      1, to: patient(1), 11_000, discount: 1_000, tax: 2_100, taxCode: 1, day: "2026-01-10")
    try books.charge(2, to: patient(1), 5_000, day: "2026-01-10")
    try buy(20_000, tax: 4_200, deductible: 1_050, day: "2026-02-01")
    let report = try AccountingReports.tax(books.view, AccountingQuery())
    #expect(
      report.texts("side", "kind", "base", "tax", "notDeductible") == [
        "output supplies 100.00 21.00 -", "input purchases 200.00 10.50 31.50",
      ])
    #expect(report.rows.allSatisfy { $0[3] == .rate(Rate(basisPoints: 2_100)) })
    // No tax on sales could be deducted, so none is not.
    let lost = report.sections.map { $0.totals[7] }
    #expect(lost == [.empty, .amount(Amount(minorUnits: 3_150, .eur))])
    #expect(report.totals[6] == .amount(Amount(minorUnits: 1_050, .eur)))
    #expect(report.notes == ["Deducted of input tax: 10.50 of 42.00 EUR, 25%"])
  }

  /// 121.00 in advance, of which 21.00 is tax.
  private mutating func payDeposit() throws {
    try books.pay(1, from: .patient(PatientID(1)), 12_100, day: "2026-01-15") {
      $0.deposit = Deposit.with {
        $0.taxCode = TaxCodeID(1)
        $0.tax = money(2_100)
      }
    }
  }

  /// The deposit settles the first charge.
  private mutating func settleByDeposit() throws {
    try books.take(
      PaymentAllocated.with {
        $0.payment = PaymentID(1)
        $0.from = .patient(PatientID(1))
        $0.allocation = Allocation(ChargeID(1), owedBy: patient(1), money(12_100))
        $0.ofDeposit = true
        $0.tax = money(2_100)
      }, on: 1, day: "2026-02-10")
  }

  // 121.00 paid in advance: 100.00 and 21.00 are due then. When it settles the charge of the same, the
  // deposit is deducted and the supply stands in its place: nothing more is due.
  @Test mutating func `has a deposit when it is received, and deducts it from what it settles`()
    throws
  {
    try payDeposit()
    func lines(_ from: String, _ to: String) throws -> [String] {
      try AccountingReports.tax(
        books.view, AccountingQuery(from: try Day(parsing: from), to: try Day(parsing: to))
      ).texts("kind", "base", "tax")
    }
    #expect(
      try lines("2026-01-01", "2026-01-31") == ["deposits, less those deducted 100.00 21.00"])
    try books.charge(1, to: patient(1), 10_000, tax: 2_100, taxCode: 1, day: "2026-02-10")
    try settleByDeposit()
    #expect(
      try lines("2026-02-01", "2026-02-28") == [
        "supplies 100.00 21.00", "deposits, less those deducted -100.00 -21.00",
      ])
    #expect(
      try AccountingReports.salesTax(books.view, AccountingQuery()).texts(
        "date", "net", "tax", "gross")
        == ["2026-01-15 100.00 21.00 121.00"])
  }

  // As before, but from 1 February the rate is 22 %: the charge has 22.00, of which the deposit has 21.00,
  // at its own rate.
  @Test mutating func `deducts a deposit at the rate at which it was taxed`() throws {
    try payDeposit()
    let february = try Day(parsing: "2026-02-01")
    try books.take(
      TaxCodeSet.with {
        $0.taxCode = TaxCodeID(1)
        $0.code = "S"
        $0.taxClass = .standard
        $0.rate = Rate(basisPoints: 2_200)
        $0.from = february
      }, on: 1, day: "2026-02-01")
    try books.charge(1, to: patient(1), 10_000, tax: 2_200, taxCode: 1, day: "2026-02-10")
    try settleByDeposit()
    let report = try AccountingReports.tax(
      books.view, AccountingQuery(from: february, to: try Day(parsing: "2026-02-28")))
    #expect(
      report.texts("kind", "base", "tax") == [
        "deposits, less those deducted -100.00 -21.00", "supplies 100.00 22.00",
      ])
    #expect(
      report.rows.map { $0[3] }
        == [2_100, 2_200].map { .rate(Rate(basisPoints: $0)) })
  }

  @Test(arguments: [21, 22, 23] as [UInt64])
  func `is all that moved the accounts of taxes, on any days as known at any position`(
    _ seed: UInt64
  ) throws {
    var random = try RandomBooks(seed: seed, chunkRows: 16)
    try random.steps(200)
    for _ in 0..<20 {
      var query = AccountingQuery(on: random.someDay(), knownAt: random.somePosition())
      query.clinic = UInt64(random.oneOf([1, 2, 3]))
      let scope = Scope(random.books.view, query)
      let sums = try TaxSums(scope, JournalFilter())
      for (side, code) in [(TaxSide.output, "2200"), (.input, "1450")] {
        let said =
          sums.lines.filter { $0.key.side == side }.reduce(0) { $0 + $1.tax }
          + sums.settled.filter { $0.side == side }.reduce(0) { $0 + $1.amount }
        var moved: Int64 = 0
        random.books.model.forEachPosting { posting in
          if posting.account.code == code, posting.day <= query.on ?? posting.day,
            posting.position <= scope.position, posting.clinic == query.clinic
          {
            moved += side == .output ? -posting.amount.minorUnits : posting.amount.minorUnits
          }
        }
        #expect(said == moved, "seed \(seed), \(code), \(query)")
      }
    }
  }
}

@Suite struct `The tax return after a change of rate` {
  // At 21 % until 14 March, at 22 % since. On 20 March 12.10 less is asked for of A-1, and T-3 of the 12th
  // comes back: 10.00 and 2.10 each, as they were taxed, and not 22 %.
  @Test func `has credit notes and returns at the rates of what they take back`() throws {
    var month = try DocumentMonth()
    try month.sell(1)
    try month.desk.on("2026-03-20")
    let changed = try Day(parsing: "2026-03-15")
    try month.desk.perform(
      as: .admin,
      SetTaxCode.with {
        $0.taxCode = TaxCodeID(1)
        $0.code = "S21"
        $0.rate = Rate(basisPoints: 2_200)
        $0.taxClass = .standard
        $0.from = changed
      })
    try month.desk.perform(
      as: .accountant,
      RectifyInvoice.with {
        $0.invoice = InvoiceID(1)
        $0.lines = [RectifiedShare(1, money(1_210))]
        $0.reason = "agreed less again"
      })
    try month.desk.perform(
      as: .cashier,
      ReturnSale.with {
        $0.sale = SaleID(3)
        $0.lines = [ReturnedItem.with { $0.line = 1 }]
        $0.tenders = [TicketTender(.cash(CashTender()))]
        $0.reason = "not wanted"
      })
    let (view, registers) = (month.desk.books.view, try month.registers())
    #expect(AccountingReports.hasChangedRates(view))
    let query = AccountingQuery(from: changed, to: try Day(parsing: "2026-03-31"))
    let report = try AccountingReports.tax(view, query, documents: registers.view)
    #expect(
      report.texts("side", "kind", "base", "tax") == [
        "output credit notes and returns -20.00 -4.20"
      ])
    #expect(report.rows[0][3] == .rate(Rate(basisPoints: 2_100)))
    let daily = try AccountingReports.salesTax(view, query, documents: registers.view)
    #expect(daily.texts("date", "net", "tax") == ["2026-03-20 -20.00 -4.20"])
    #expect(daily.rows[0][3] == .rate(Rate(basisPoints: 2_100)))
    // The register, and the documents themselves, say the same.
    let notes = registers.register([.creditNote, .saleReturn]) { $0.from = changed }
    #expect(notes.texts("base", "tax") == ["-10.00 -2.10", "-10.00 -2.10"])
    #expect(notes.notes.first == "21%: base -20.00, tax -4.20, total -24.20 EUR")
  }
}

@Suite struct `Overrides` {
  @Test func `are told by person and kind, once for each time`() throws {
    var books = Books()
    try books.clinic(writeOff: 500)
    try books.patientRegistered(1)
    books.actor = .staff(3)
    try books.charge(1, to: patient(1), 10_000, discount: 1_500)
    try books.charge(2, to: patient(1), 5_000, discount: 500)
    books.actor = .staff(4)
    try books.adjust(1, of: patient(1), .badDebt, 4_000)
    try books.adjust(2, of: patient(1), .writeOff, 300)
    let report = try AccountingReports.overrides(books.view, AccountingQuery())
    #expect(
      report.texts("actor", "kind", "count", "amount") == [
        "D3 discount 2 20.00", "D4 write-off 1 3.00", "D4 bad debt 1 40.00",
      ])
    var filter = JournalFilter()
    filter.actor = .staff(3)
    #expect(
      try AccountingReports.overrides(books.view, AccountingQuery(), filter: filter)
        .texts("actor", "kind") == ["D3 discount"])
  }
}

@Suite struct `The cash book and the bank book` {
  @Test func `hold the accounts where money lies, with what each line leaves`() throws {
    let clinic = try SmallClinic()
    let query = try clinic.query()
    let cash = try AccountingReports.moneyBook(.cash, clinic.books.view, query)
    let bank = try AccountingReports.moneyBook(.bank, clinic.books.view, query)
    // 1010, 1020 and 1030; 1100 and 1150.
    let closing = (cash.rows + bank.rows).filter { $0[5] == .text("closing") }.map { $0[11] }
    #expect(
      closing == [0, 16_000, 0, 14_000, 6_000].map { .amount(Amount(minorUnits: $0, .eur)) })
  }

  @Test func `hold no account where no money lies, and say which do`() throws {
    var filter = JournalFilter()
    filter.accounts = ["1200"]
    let clinic = try SmallClinic()
    let error = #expect(throws: UnknownAccount.self) {
      try AccountingReports.moneyBook(
        .cash, clinic.books.view, try clinic.query(), filter: filter)
    }
    #expect(
      error?.description
        == "there is no account 1200 in this report; give one of 1010, 1020, 1030")
  }
}
