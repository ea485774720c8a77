import DaybookAccounting
import DaybookClinicEvents
import DaybookEvents
import DaybookReporting
import DaybookValues
import Testing

/// A clinic that keeps accounts of its own under built-in ones, and entries made by hand on them.
@Suite struct `An account of the clinic's own` {
  private var books = Books()

  init() throws {
    try books.clinic()
    try books.patientRegistered(1)
    for (number, code, type) in [
      (1, "22001", .liability), (2, "14501", .asset), (3, "12001", .asset),
      (4, "23201", .liability), (5, "15001", .asset), (6, "11001", .asset),
    ] as [(UInt64, String, LedgerAccountType)] {
      try books.take(
        AccountDefined.with {
          $0.account = LedgerAccountID(number)
          $0.code = code
          $0.name = "Own \(code)"
          $0.type = type
        }, on: number, day: "2026-01-01")
    }
    try books.take(
      TaxCodeSet.with {
        $0.taxCode = TaxCodeID(1)
        $0.taxClass = .standard
        $0.rate = Rate(basisPoints: 2_100)
        $0.from = Day(daysSince1970: 0)
      }, on: 1, day: "2026-01-01")
  }

  /// Debits are above zero.
  private mutating func post(
    _ number: UInt64, _ lines: [(account: String, cents: Int64, isTaxed: Bool)], day: String
  ) throws {
    try books.take(
      JournalPosted.with {
        $0.entry = JournalID(number)
        $0.memo = "by hand"
        $0.lines = Few(
          lines.map { line in
            JournalLine.with {
              $0.account = line.account
              $0.debit = money(max(0, line.cents))
              $0.credit = money(max(0, -line.cents))
              $0.taxCode = line.isTaxed ? TaxCodeID(1) : nil
              $0.party = line.account == "12001" ? .patient(PatientID(1)) : nil
            }
          })
      }, on: number, day: day)
  }

  // Sold: 100.00 and 21.00. Bought: 50.00 and 10.50, all of it deducted. To be paid: 10.50.
  @Test mutating func `under those of taxes holds tax, and no base`() throws {
    try post(
      1, [("1100", 12_100, false), ("4010", -10_000, true), ("22001", -2_100, true)],
      day: "2026-01-10")
    try post(
      2, [("6110", 5_000, true), ("14501", 1_050, true), ("1100", -6_050, false)],
      day: "2026-01-11")
    let report = try AccountingReports.tax(books.view, AccountingQuery())
    #expect(
      report.texts("side", "kind", "base", "tax", "notDeductible") == [
        "output supplies 100.00 21.00 -", "input purchases 50.00 10.50 0.00",
      ])
    #expect(report.totals[6] == .amount(Amount(minorUnits: 1_050, .eur)))
    // The return takes both away.
    try post(
      3, [("22001", 2_100, false), ("14501", -1_050, false), ("2210", -1_050, false)],
      day: "2026-02-01")
    #expect(
      try AccountingReports.tax(books.view, AccountingQuery()).notes == [
        "Posted without a tax code to the account of output tax, as a return is: -21.00 EUR",
        "Posted without a tax code to the account of input tax, as a return is: -10.50 EUR",
      ])
  }

  private func paid(_ day: String) throws -> [String] {
    var form = StatementForm()
    form.basis = .cash
    return try AccountingReports.incomeStatement(
      form, books.view, AccountingQuery(on: try Day(parsing: day))
    ).texts("group", "account", "amount")
  }

  // 100.00 and 50.00 are earned. 40.00 of the first is paid; then 80.00, of which 60.00 is the rest of it
  // and 20.00 of the second; a charge of 2.00 that the bank takes counts at once.
  @Test mutating func `under receivables counts in cash when it is paid, the oldest first`() throws
  {
    try post(1, [("12001", 10_000, false), ("4000", -10_000, false)], day: "2026-01-10")
    try post(2, [("12001", 5_000, false), ("4010", -5_000, false)], day: "2026-01-11")
    #expect(try paid("2026-01-31").isEmpty)
    try post(3, [("1100", 4_000, false), ("12001", -4_000, false)], day: "2026-02-01")
    #expect(try paid("2026-02-28") == ["income 4000 40.00"])
    try post(
      4, [("1100", 7_800, false), ("6210", 200, false), ("12001", -8_000, false)],
      day: "2026-03-01")
    #expect(
      try paid("2026-03-31") == ["income 4000 100.00", "income 4010 20.00", "expenses 6210 2.00"])
    #expect(try paid("2026-02-28") == ["income 4000 40.00"])
  }

  // What is given up is never paid: of 100.00, 70.00 is written off and 30.00 comes.
  @Test mutating func `under receivables does not count what is written off`() throws {
    try post(1, [("12001", 10_000, false), ("4000", -10_000, false)], day: "2026-01-10")
    try post(2, [("6300", 7_000, false), ("12001", -7_000, false)], day: "2026-01-20")
    #expect(try paid("2026-01-31").isEmpty)
    try post(3, [("1100", 3_000, false), ("12001", -3_000, false)], day: "2026-02-01")
    #expect(try paid("2026-02-28") == ["income 4000 30.00"])
  }

  @Test mutating func `under wages counts in cash when it is paid`() throws {
    try post(1, [("6010", 3_000, false), ("23201", -3_000, false)], day: "2026-01-31")
    #expect(try paid("2026-01-31").isEmpty)
    try post(2, [("23201", 3_000, false), ("1100", -3_000, false)], day: "2026-02-10")
    #expect(try paid("2026-02-28") == ["expenses 23201 30.00"])
  }

  // 500.00 of equipment, paid from the clinic's own account at the bank.
  @Test mutating func `under the bank is cash, and under equipment an investment`() throws {
    try post(1, [("15001", 50_000, false), ("11001", -50_000, false)], day: "2026-01-10")
    let report = try AccountingReports.cashFlow(StatementForm(), books.view, AccountingQuery())
    #expect(
      report.texts("group", "account", "amount") == [
        "investing 15001 -500.00", "cash - 0.00", "cash - -500.00",
      ])
  }
}
