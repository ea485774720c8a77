import DaybookAccounting
import DaybookClinicEvents
import DaybookEngine
import DaybookEvents
import DaybookReporting
import DaybookTesting
import DaybookValues
import Testing

/// The ledger, the journal of an audit, and what was recorded late, of `SmallClinic`.
@Suite struct `A ledger of the small clinic` {
  private let clinic: SmallClinic
  private var view: Snapshot<AccountingModel> { clinic.books.view }

  init() throws { clinic = try SmallClinic() }

  private func march() throws -> AccountingQuery {
    try clinic.query(on: nil) {
      $0.from = try Day(parsing: "2026-03-01")
      $0.to = try Day(parsing: "2026-03-31")
    }
  }

  private func expect(
    _ report: Report, is name: String, _ formats: [ReportFormat] = [.text]
  ) throws {
    for format in formats {
      let end = format == .text ? "txt" : format.rawValue
      try Golden.expect(render(report, as: format), is: "accounting/\(name).\(end)")
    }
  }

  // 180.00 were owed at the end of February: 110 by P1 with C5, 70 by P2. March: 60.00 paid by P2 on
  // the 2nd, 121.00 charged on the 4th, 20.00 transferred on the 20th, 4.00 and 15.00 taken off.
  @Test func `runs from the opening of March to its closing, by day`() throws {
    var filter = JournalFilter()
    filter.accounts = ["1200", "4000"]
    let report = try AccountingReports.ledger(filter, view, try march())
    #expect(
      report.columns.map(\.name) == [
        "account", "name", "date", "entry", "position", "event", "document", "party", "text",
        "debit", "credit", "running",
      ])
    #expect(
      report.texts("account", "date", "event", "document", "debit", "credit", "running") == [
        "1200 2026-03-01 opening - - - 180.00",
        "1200 2026-03-02 PaymentReceived M3 - 60.00 120.00",
        "1200 2026-03-04 ChargePosted C4 121.00 - 241.00",
        "1200 2026-03-20 ResponsibilityTransferred C2 20.00 - 261.00",
        "1200 2026-03-21 AdjustmentPosted C5 - 4.00 257.00",
        "1200 2026-03-22 PaymentAllocated M1 - 15.00 242.00",
        "1200 2026-03-31 closing - 141.00 79.00 242.00",
        "4000 2026-03-01 opening - - - -490.00",
        "4000 2026-03-31 closing - 0.00 0.00 -490.00",
      ])
    #expect(report.footer.entries == 5)
    try expect(report, is: "ledger-march", [.text, .csv, .json])
    try expect(
      try AccountingReports.ledger(JournalFilter(), view, try clinic.query()), is: "ledger")
  }

  @Test func `has totals by clinic, and a trial balance of each`() throws {
    let report = try AccountingReports.trialBalance(by: .clinic, view, try clinic.query())
    #expect(
      report.texts("clinic", "ref", "account", "balance").filter { $0.contains(" 1990 ") }
        == ["L1 clinic-1 1990 -60.00", "L2 clinic-2 1990 60.00"])
    try expect(report, is: "trial-balance-by-clinic", [.text, .csv])
    var filter = JournalFilter()
    filter.accounts = ["4000", "4010"]
    // C1, C2 and C5 are by D1: 410.00; C3 by D2: 80.00; C4 by D2: 100.00 taxable.
    let totals = try AccountingReports.ledgerTotals(
      by: .practitioner, filter, view, try clinic.query())
    #expect(
      totals.texts("account", "practitioner", "ref", "credit") == [
        "4000 D1 provider-1 410.00", "4000 D2 provider-2 80.00", "4010 D2 provider-2 100.00",
      ])
    try expect(totals, is: "ledger-by-practitioner")
  }

  // C1 was charged 100.00 and paid on 10 February; C3 of P2 is open by 10.00.
  @Test func `has a journal for audit files`() throws {
    let report = try AccountingReports.auditJournal(
      JournalFilter(), view, try clinic.query()
    ) { _ in clinic.books.details }
    let lines = report.texts("number", "position", "account", "match", "matchedOn", "service")
    #expect(lines.contains("1 10 1200 C1 2026-02-10 X1"))
    #expect(lines.contains("4 13 1200 - - X1"))
    #expect(report.texts("number").last == "16")
    try expect(report, is: "journal-audit", [.csv, .json])
  }

  // After position 21: C5 of 15 January, the transfer of 20 March, and what follows it.
  @Test func `says what was recorded late`() throws {
    let report = try AccountingReports.late(
      since: SmallClinic.beforeLate, view, try clinic.query(on: "2026-01-31")
    ) { _ in clinic.books.details }
    #expect(
      report.texts("entry", "date", "event", "document", "amount", "actor")
        == ["22.1.1 2026-01-15 ChargePosted C5 60.00 system"])
    try expect(report, is: "late", [.text, .csv])
  }
}
