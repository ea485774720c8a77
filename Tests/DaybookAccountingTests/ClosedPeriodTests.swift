import DaybookBytes
import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookReporting
import DaybookTesting
import DaybookValues
import Testing

@testable import DaybookAccounting

extension Books {
  /// The same events in another build of the books.
  static func replayed(_ events: [DecidedEvent], into model: AccountingModel) throws -> Books {
    var books = Books()
    books.model = model
    for event in events { try books.take(event) }
    return books
  }
}

extension AccountingModel {
  /// What verify says of closed periods.
  fileprivate var closedPeriods: Check {
    AccountingChecks.run(self).first { $0.name == "closed periods are what was stated of them" }
      ?? Check("", passed: false, detail: "")
  }
}

@Suite struct `A closed period of the books` {
  private var desk: DecidedBooks

  init() throws {
    desk = try DecidedBooks()
    try desk.see()
    try desk.treat(18_000)
    try desk.pay(1, 4_000)
    try desk.on("2026-04-05")
    try desk.close(through: "2026-03-31")
  }

  @Test func `holds after a replay, and by another build's rules does not, account by account`()
    throws
  {
    let again = try Books.replayed(desk.taken, into: AccountingModel(chunkRows: 8))
    #expect(again.model.closedPeriods.passed, "\(again.model.closedPeriods.detail)")
    #expect(again.model.closedPeriods.detail == "1 statements")
    // A build in which treatment income is another account, and card money goes to the bank.
    let other = try Books.replayed(
      desk.taken,
      into: AccountingModel(
        chunkRows: 8, builtIn: ["exemptIncome": "4100", "cardClearing": "1100"]))
    let check = other.model.closedPeriods
    #expect(!check.passed)
    try Golden.expect(check.detail + "\n", is: "accounting/restated-period.txt")
    // Every replay proves it, not `verify` alone.
    #expect(again.model.restatedPeriods.isEmpty)
    let restated = try #require(other.model.restatedPeriods.first)
    #expect(other.model.restatedPeriods.count == 1)
    #expect(
      "\(restated)"
        == "accounting of L1 through 2026-03-31 is not what was stated when it was closed at position "
        + "\(restated.position); `daybook verify` tells which accounts are others")
    // Nothing else is wrong with such books: they balance, by their own rules.
    let failed = AccountingChecks.run(other.model).filter { !$0.passed }.map(\.name)
    #expect(failed == ["closed periods are what was stated of them"])
  }

  @Test func `that names no accounts is told by its debits`() throws {
    var books = desk.books
    var totals = desk.totals(through: try Day(parsing: "2026-03-31"))
    totals.accounts = []
    totals.figure = money(totals.figure.minorUnits + 500)
    let stated = totals
    let to = try Day(parsing: "2026-03-31")
    try books.take(
      PeriodClosed.with {
        $0.clinic = ClinicID(1)
        $0.area = .tax
        $0.closing = .soft
        $0.to = to
        $0.totals = stated
      }, onStream: StreamID(.period, 2), day: "2026-04-05")
    let detail = books.model.closedPeriods.detail
    #expect(
      detail.hasSuffix(
        "debits of 225.00 EUR were stated, now 220.00 EUR; no accounts were stated"), "\(detail)")
  }

  @Test func `is listed with its state, figures and who, and what became of it`() throws {
    var desk = desk
    try desk.perform(
      as: .accountant,
      ReopenPeriod.with {
        $0.area = .accounting
        $0.reason = "an invoice came late"
      })
    try desk.close(through: "2026-03-31")
    let hard = desk.totals(through: try Day(parsing: "2026-02-28"))
    let to = try Day(parsing: "2026-02-28")
    try desk.perform(
      as: .accountant,
      ClosePeriod.with {
        $0.area = .accounting
        $0.closing = .hard
        $0.to = to
        $0.totals = hard
      })
    let report = AccountingReports.periods(desk.books.view, AccountingQuery())
    #expect(
      report.texts(
        "clinic", "area", "kind", "to", "state", "debits", "by", "reopenedBy", "reason") == [
          "L1 accounting period 2026-03-31 open again 220.00 system system an invoice came late",
          "L1 accounting period 2026-03-31 closed 220.00 system - -",
          "L1 accounting period 2026-02-28 closed for good 0.00 system - -",
        ])
    #expect(report.notes == ["accounting of L1 is open from 2026-04-01 on."])
    // As it was known before it was opened again.
    let first = try #require(report.rows.first)
    guard case .position(let position) = first[7] else { return }
    let before = AccountingReports.periods(
      desk.books.view, AccountingQuery(knownAt: position))
    #expect(before.texts("state") == ["closed"])
    #expect(desk.faults.isEmpty, "\(desk.faults)")
  }

  @Test func `is listed where one of its days is asked for`() throws {
    var desk = desk
    try desk.on("2026-05-05")
    try desk.close(through: "2026-04-30")
    func listed(_ from: String?, _ to: String) throws -> [String] {
      let report = AccountingReports.periods(
        desk.books.view,
        AccountingQuery(from: try from.map { try Day(parsing: $0) }, to: try Day(parsing: to)))
      #expect(report.footer.entries == report.rows.count)
      #expect(report.notes == ["accounting of L1 is open from 2026-05-01 on."])
      return report.texts("to")
    }
    // The first that was closed has all days before it.
    #expect(try listed("1999-01-01", "1999-12-31") == ["2026-03-31"])
    #expect(try listed("2026-03-31", "2026-04-01") == ["2026-03-31", "2026-04-30"])
    #expect(try listed("2026-04-01", "2026-04-30") == ["2026-04-30"])
    #expect(try listed("2026-05-01", "2026-05-31").isEmpty)
    #expect(try listed(nil, "2026-04-29") == ["2026-03-31", "2026-04-30"])
    let then = AccountingReports.periods(
      desk.books.view, AccountingQuery(on: try Day(parsing: "2026-03-31")))
    #expect(then.texts("to") == ["2026-03-31"])
  }

  @Test mutating func `takes no posting, and verify would find one`() throws {
    try desk.on("2026-03-31", recorded: "2026-04-05")
    let isTaken = try desk.attempt(as: .accountant, Self.rent())
    #expect(!isTaken)
    var books = desk.books
    try books.take(
      JournalPosted.with {
        $0.entry = JournalID(1)
        $0.memo = "rent"
        $0.lines = Self.rent().lines
      }, on: 1, day: "2026-03-31")
    let failed = AccountingChecks.run(books.model).filter { !$0.passed }
    #expect(failed.map(\.name) == ["nothing was posted to a day that was closed"])
    #expect(
      failed.first?.detail == "position \(books.position) on 2026-03-31 at clinic L1")
  }

  private static func rent() -> PostJournal {
    .with {
      $0.memo = "rent"
      $0.lines = [
        .with {
          $0.account = "6100"
          $0.debit = money(500)
        },
        .with {
          $0.account = "1100"
          $0.credit = money(500)
        },
      ]
    }
  }
}

@Suite struct `A year in the trial balance` {
  // A profit of 600.00 at clinic 1: 1,000.00 of income, 100.00 of discount, 300.00 lost.
  private func closed(_ books: inout Books) throws -> UInt64 {
    let end = try Day(parsing: "2025-12-31")
    let totals = books.model.totals(ofClinic: 1, through: end, at: Position(books.position))
    return try books.take(
      YearClosed.with {
        $0.clinic = ClinicID(1)
        $0.yearEnd = end
        $0.totals = totals
      }, onStream: StreamID(.period, 1), day: "2025-12-31")
  }

  private func charged() throws -> Books {
    var books = Books()
    try books.clinic(writeOff: 500)
    try books.charge(1, to: patient(1), 100_000, discount: 10_000, day: "2025-05-02")
    try books.adjust(1, of: patient(1), .badDebt, 30_000, day: "2025-12-31")
    return books
  }

  private func query(_ day: String, from: String? = nil) throws -> AccountingQuery {
    AccountingQuery(
      book: "Clinic 1", on: from == nil ? try Day(parsing: day) : nil,
      from: try from.map { try Day(parsing: $0) },
      to: from == nil ? nil : try Day(parsing: day))
  }

  @Test func `has its closing entries apart, or in the turnover of its last day`() throws {
    var books = try charged()
    _ = try closed(&books)
    let apart = AccountingReports.trialBalance(
      books.view, try query("2025-12-31"), closing: .apart)
    #expect(
      apart.texts("account", "debit", "credit", "closing", "balance") == [
        "1200 1000.00 400.00 0.00 600.00", "3100 0.00 0.00 -600.00 -600.00",
        "3900 0.00 0.00 0.00 0.00", "4000 0.00 1000.00 1000.00 0.00",
        "4090 100.00 0.00 -100.00 0.00", "6300 300.00 0.00 -300.00 0.00",
      ])
    try Golden.expect(render(apart, as: .text), is: "accounting/trial-balance-closed-year.txt")
    let included = AccountingReports.trialBalance(books.view, try query("2025-12-31"))
    #expect(
      included.columns.map(\.name) == [
        "account", "name", "opening", "debit", "credit", "balance",
      ])
    #expect(
      included.texts("account", "balance")
        == apart.texts("account", "balance"))
    #expect(included.footer == apart.footer)
    #expect(AccountingReports.hasClosingEntries(books.view, try query("2025-12-31")))
    #expect(
      !AccountingReports.hasClosingEntries(
        books.view, try query("2026-01-31", from: "2026-01-01")))
    // The new year's turnover has none of it.
    let january = AccountingReports.trialBalance(
      books.view, try query("2026-01-31", from: "2026-01-01"), closing: .apart)
    #expect(
      january.texts("account", "opening", "closing").filter { !$0.hasSuffix(" 0.00 0.00") }
        == ["1200 600.00 0.00", "3100 -600.00 0.00"])
  }

  @Test func `closed, opened and closed again shows what stands`() throws {
    var books = try charged()
    let first = try closed(&books)
    let year = YearClosed.with { $0.clinic = ClinicID(1) }
    let reversed = try Reversed.with { (reversed) throws(WireError) in
      reversed.of = Position(first)
      reversed.reason = "late"
      reversed.family = UInt32(FamilyNumber.accounting.rawValue)
      reversed.tag = UInt32(YearClosed.tag.rawValue)
      reversed.payload = try year.encoded()
    }
    let undone = try books.take(reversed, onStream: StreamID(.period, 1), day: "2025-12-31")
    // Nothing stands closed, and the turnover of that day has what closed the year and what undid it.
    #expect(AccountingReports.hasClosingEntries(books.view, try query("2025-12-31")))
    let open = AccountingReports.trialBalance(
      books.view, try query("2025-12-31"), closing: .apart)
    #expect(open.texts("account", "debit", "credit", "closing").contains("6300 300.00 0.00 0.00"))
    #expect(
      open.notes == [
        "The year that ends on 2025-12-31 was closed and opened again; the entries of both stand apart.",
        "The line below counts what stands apart, too: 2 entries, debits 4000.00.",
      ])
    let byClinic = try AccountingReports.trialBalance(
      by: .clinic, books.view, try query("2025-12-31"))
    #expect(
      byClinic.notes == [
        "Entries that close a year, or undid that, are in the turnover of its last day."
      ])
    try books.charge(2, to: patient(1), 1_100, day: "2025-12-30")
    _ = try closed(&books)
    let apart = AccountingReports.trialBalance(
      books.view, try query("2025-12-31"), closing: .apart)
    #expect(apart.texts("account", "closing").contains("3100 -611.00"))
    #expect(apart.texts("account", "credit", "closing").contains("4000 1011.00 1011.00"))
    let periods = AccountingReports.periods(books.view, AccountingQuery())
    #expect(
      periods.texts("kind", "to", "state", "reopened", "reason") == [
        "year 2025-12-31 open again \(undone) late", "year 2025-12-31 closed - -",
      ])
    for check in AccountingChecks.run(books.model) {
      #expect(check.passed, "\(check.name): \(check.detail)")
    }
  }
}
