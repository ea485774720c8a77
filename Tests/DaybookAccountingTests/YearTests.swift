import DaybookAccounting
import DaybookBytes
import DaybookClinicEvents
import DaybookEvents
import DaybookReporting
import DaybookValues
import Testing

@Suite struct `Closing a year in the books` {
  var books = Books()

  init() throws {
    try books.clinic(writeOff: 500)
    try books.clinic(2)
    // 2025 at clinic 1: 1,000.00 charged with 100.00 off, 300.00 lost; clinic 2 has 50.00 of its own.
    try books.charge(1, to: patient(1), 100_000, discount: 10_000, day: "2025-05-02")
    try books.take(
      AdjustmentPosted.with {
        $0.charge = ChargeID(1)
        $0.debtor = patient(1)
        $0.type = .badDebt
        $0.amount = money(30_000)
      }, on: 1, day: "2025-12-31")
    try books.charge(2, to: patient(1), 5_000, day: "2025-06-01", clinic: 2)
    // And what is of the next year.
    try books.charge(3, to: patient(1), 7_700, day: "2026-01-01")
  }

  private let end = Day(daysSince1970: 20_453)

  private mutating func close() throws -> UInt64 {
    let totals = books.model.totals(
      ofClinic: 1, through: end, at: Position(books.position))
    let end = end
    return try books.take(
      YearClosed.with {
        $0.clinic = ClinicID(1)
        $0.yearEnd = end
        $0.totals = totals
      }, onStream: StreamID(.period, 1), day: "2025-12-31")
  }

  // 4000 credit 1,000.00, 4090 debit 100.00, 6300 debit 300.00: a profit of 600.00 is retained.
  @Test mutating func `brings income and expense to zero against what is retained`() throws {
    #expect(end.description == "2025-12-31")
    let at = try close()
    #expect(
      books.lines(at: at) == [
        "4000 - PD1 1000.00", "4090 - PD1 -100.00", "6300 - PD1 -300.00", "3900 - PD1 400.00",
        "3900 - PD1 -1000.00", "3900 - PD1 600.00", "3100 - PD1 -600.00",
      ])
    let trial = AccountingReports.trialBalance(
      books.view, AccountingQuery(on: end, clinic: 1))
    let balances = trial.rows.map { "\($0[0]) \($0[5])" }
    #expect(balances.count == 6)
    for check in AccountingChecks.run(books.model) {
      #expect(check.passed, "\(check.name): \(check.detail)")
    }
  }

  @Test mutating func `undone and done again comes to the same`() throws {
    let first = try close()
    let before = books.model.totals(ofClinic: 1, through: end, at: Position(first - 1))
    let year = YearClosed.with { $0.clinic = ClinicID(1) }
    let reversed = try Reversed.with { (reversed) throws(WireError) in
      reversed.of = Position(first)
      reversed.reason = "late"
      reversed.family = UInt32(FamilyNumber.accounting.rawValue)
      reversed.tag = UInt32(YearClosed.tag.rawValue)
      reversed.payload = try year.encoded()
    }
    let undone = try books.take(
      reversed, onStream: StreamID(.period, 1), day: "2025-12-31")
    #expect(books.lines(at: undone).count == 7)
    // An invoice of 2025 that came late.
    try books.charge(4, to: patient(1), 1_100, day: "2025-12-30")
    let again = try close()
    #expect(books.lines(at: again).last == "3100 - PD1 -611.00")
    for check in AccountingChecks.run(books.model) {
      #expect(check.passed, "\(check.name): \(check.detail)")
    }
    // As known when it was closed first, it is what was stated then.
    #expect(
      books.model.totals(ofClinic: 1, through: end, at: Position(first - 1)) == before)
  }

  @Test mutating func `that was stated otherwise fails the proof`() throws {
    var totals = books.model.totals(ofClinic: 1, through: end, at: Position(books.position))
    totals.figure = money(1)
    let end = end
    let stated = totals
    try books.take(
      PeriodClosed.with {
        $0.clinic = ClinicID(1)
        $0.area = .accounting
        $0.closing = .soft
        $0.to = end
        $0.totals = stated
      }, onStream: StreamID(.period, 1), day: "2026-01-05")
    let failed = AccountingChecks.run(books.model).filter { !$0.passed }
    #expect(failed.map(\.name) == ["closed periods are what was stated of them"])
  }
}

extension `Closing a year in the books` {
  private func sheet(_ step: StatementStep, _ clinic: UInt64? = nil) throws -> Report {
    var form = StatementForm()
    form.step = step
    form.hasAverage = true
    return try AccountingReports.balanceSheet(
      form, books.view,
      AccountingQuery(
        from: try Day(parsing: "2025-11-01"), to: try Day(parsing: "2026-01-31"), clinic: clinic))
  }

  // Earned by November 900.00, by the end of December 300.00 less: 600.00, which is retained. January has
  // 77.00 of its own. Receivables: 900.00, 600.00, 677.00, of which the average is 725.67.
  @Test mutating func `has a column of its own in a balance sheet of months`() throws {
    let before = try sheet(.monthly, 1)
    #expect(before.columns.suffix(4).map(\.name) == ["2025-11", "2025-12", "2026-01", "average"])
    _ = try close()
    let report = try sheet(.monthly, 1)
    let names = ["2025-11", "2025-12", "2025-12-closed", "2026-01", "average"]
    #expect(report.columns.suffix(5).map(\.name) == names)
    #expect(
      report.texts("account", "2025-11", "2025-12", "2025-12-closed", "2026-01", "average") == [
        "1200 900.00 600.00 600.00 677.00 725.67", "3100 0.00 0.00 600.00 600.00 200.00",
        "- 900.00 600.00 0.00 77.00 525.67",
      ])
    #expect(
      report.notes == [
        "The year that ends on 2025-12-31 is closed; its closing entries count from 2025-12-closed on."
      ])
    // A year's column likewise; the other clinic, whose year is open, has none.
    #expect(
      try sheet(.yearly, 1).texts("account", "2025", "2025-closed", "2026").suffix(2) == [
        "3100 0.00 600.00 600.00", "- 600.00 0.00 77.00",
      ])
    #expect(
      try sheet(.quarterly, 2).columns.suffix(3).map(\.name) == ["2025Q4", "2026Q1", "average"])
    // An income statement is what happened: the thirteenth period is no part of it.
    var form = StatementForm()
    form.step = .yearly
    let income = try AccountingReports.incomeStatement(
      form, books.view, AccountingQuery(to: try Day(parsing: "2026-01-31"), clinic: 1))
    #expect(
      income.texts("account", "2025", "2026", "total") == [
        "4000 1000.00 77.00 1077.00", "4090 -100.00 0.00 -100.00", "6300 300.00 0.00 300.00",
      ])
  }

  // By clinic, from postings: clinic 1 has 600.00 retained, clinic 2 has 50.00 not closed.
  @Test mutating func `has that column by dimension, too`() throws {
    _ = try close()
    var form = StatementForm()
    form.step = .yearly
    form.by = .clinic
    let report = try AccountingReports.balanceSheet(
      form, books.view, AccountingQuery(on: try Day(parsing: "2025-12-31")))
    #expect(
      report.texts("clinic", "account", "2025", "2025-closed") == [
        "L1 1200 600.00 600.00", "L1 3100 0.00 600.00", "L1 - 600.00 0.00",
        "L2 1200 50.00 50.00", "L2 - 50.00 50.00",
      ])
  }
}
