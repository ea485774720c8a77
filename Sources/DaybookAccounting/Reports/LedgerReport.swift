public import DaybookEngine
import DaybookEvents
public import DaybookReporting
import DaybookValues

extension AccountingReports {
  /// The general ledger from `from` to D as known at S: account by account what it opens with, every
  /// line with the balance that it leaves, and turnover and closing.
  ///
  /// Lines are in order of their day, then as recorded. The rows whose event is `opening` and `closing`
  /// hold what the account had before the first day, and its turnover and last balance. Without
  /// `from`, it opens with nothing. Where clinics keep several currencies, an account has a part for
  /// each.
  ///
  /// - Throws: `UnknownAccount` for an account that the chart does not have.
  public static func ledger(
    _ filter: JournalFilter, _ view: Snapshot<AccountingModel>, _ query: AccountingQuery
  ) throws(UnknownAccount) -> Report {
    try ledger(Scope(view, query), filter, "ledger", "General ledger")
  }

  /// The cash book or the bank book: the ledger of the accounts where money lies, each with the balance
  /// that every line leaves.
  ///
  /// - Parameter form: What lines are summed up by in the place of a page for each account: a dimension
  ///   of `GroupedReport.moneyBook`.
  /// - Throws: `UnknownAccount` for an account that is not of the book.
  public static func moneyBook(
    _ book: MoneyBook, _ view: Snapshot<AccountingModel>, _ query: AccountingQuery,
    filter: JournalFilter = JournalFilter(), form: RowForm = RowForm()
  ) throws(UnknownAccount) -> Report {
    let scope = Scope(view, query)
    let codes = scope.model.accounts(of: book.slots).map {
      scope.model.chart.accounts[$0].code
    }
    if let other = filter.accounts.first(where: { !codes.contains($0) }) {
      throw UnknownAccount(code: other, others: codes)
    }
    var filter = filter
    if filter.accounts.isEmpty { filter.accounts = codes }
    guard form.by == nil else {
      return try sums(of: filter, form, book.rawValue, book.title, figure: "balance", scope)
    }
    return try ledger(scope, filter, book.rawValue, book.title, isBook: true)
  }

  private static func ledger(
    _ scope: Scope, _ filter: JournalFilter, _ name: String, _ title: String,
    isBook: Bool = false
  ) throws(UnknownAccount) -> Report {
    let sieve = try PostingSieve(filter, scope)
    var sections = LedgerSections(scope)
    sections.open(filter, sieve)
    var debits = CurrencySum()
    var entries = EntryCounter()
    for line in scope.lines({ sieve.takes($0) }) {
      entries.count(line.row)
      if line.row.amount > 0 { debits.add(line.row.amount, scope.currency(line.row.clinic)) }
      sections.add(line.row)
    }
    var report = scope.report(
      name, title,
      [
        Column("account", .identifier), Column("name", .text), Column("date", .day),
        Column("entry", .identifier), Column("position", .position), Column("event", .text),
        Column("document", .identifier), Column("party", .identifier), Column("text", .text),
        Column("debit", .amount), Column("credit", .amount), Column("running", .amount),
      ])
    // A book of accounts where nothing ever was has nothing to report, and no rows of nothing.
    let named = isBook && sections.isEmpty ? [] : filter.accounts
    sections.print(into: &report, named: named)
    report.footer = scope.footer(entries: entries.total, debits: debits)
    return report
  }
}

/// Where money lies.
public enum MoneyBook: String, CaseIterable, Hashable, Sendable {
  /// Tills, safes, and cash on its way.
  case cash
  /// Bank accounts, and card receipts on their way.
  case bank

  var title: String { self == .cash ? "Cash book" : "Bank book" }

  var slots: [Slot] {
    switch self {
    case .cash: [.till, .safe, .cashInTransit]
    case .bank: [.bank, .cardClearing]
    }
  }
}

/// The lines of a ledger by account and currency.
private struct LedgerSections {
  private let scope: Scope
  private let currencies: [Currency]
  private var openings: [Int64]
  private var lines: [[Posting]]

  init(_ scope: Scope) {
    self.scope = scope
    currencies = scope.currencies
    let count = scope.model.chart.accounts.count * currencies.count
    openings = Array(repeating: 0, count: count)
    lines = Array(repeating: [], count: count)
  }

  private func place(_ account: Int, _ clinic: UInt16) -> Int {
    let currency = currencies.firstIndex(of: scope.currency(clinic)) ?? 0
    return account * currencies.count + currency
  }

  /// What was there before the first day: from the running sums where nothing but accounts is chosen.
  mutating func open(_ filter: JournalFilter, _ sieve: PostingSieve) {
    guard scope.from > .min else { return }
    let before = min(scope.from - 1, scope.through)
    guard filter.isOfAccountsAlone else {
      scope.forEachPosting(in: .min...before) { line in
        guard sieve.takes(line.row) else { return }
        openings[place(Int(line.row.account), line.row.clinic)] += line.row.amount
      }
      return
    }
    let sums = scope.model.turnovers(through: before, at: scope.position)
    for account in scope.model.chart.accounts.indices {
      let code = scope.model.chart.accounts[account].code
      guard filter.accounts.isEmpty || filter.accounts.contains(code) else { continue }
      for clinic in 0..<scope.model.slots.count where scope.includes(clinic: UInt16(clinic)) {
        openings[place(account, UInt16(clinic))] += sums[account, clinic].balance
      }
    }
  }

  /// Whether there was nothing before and nothing moved.
  var isEmpty: Bool { openings.allSatisfy { $0 == 0 } && lines.allSatisfy(\.isEmpty) }

  mutating func add(_ row: Posting) { lines[place(Int(row.account), row.clinic)].append(row) }

  /// - Parameter named: The accounts that were asked for: they are printed even if nothing is there.
  func print(into report: inout Report, named: [String]) {
    var sums: [Currency: (debit: Int64, credit: Int64)] = [:]
    for account in scope.model.chart.listing {
      let first = account * currencies.count
      var used = currencies.indices.filter {
        openings[first + $0] != 0 || !lines[first + $0].isEmpty
      }
      if used.isEmpty, !currencies.isEmpty,
        named.contains(scope.model.chart.accounts[account].code)
      {
        used = [0]
      }
      for index in used {
        let currency = currencies[index]
        let turnover = print(account, first + index, currency, into: &report)
        sums[currency, default: (0, 0)].debit += turnover.debit
        sums[currency, default: (0, 0)].credit += turnover.credit
      }
    }
    guard sums.count == 1, let (currency, sum) = sums.first else { return }
    report.setTotal("debit", .amount(Amount(minorUnits: sum.debit, currency)))
    report.setTotal("credit", .amount(Amount(minorUnits: sum.credit, currency)))
  }

  private func print(
    _ account: Int, _ place: Int, _ currency: Currency, into report: inout Report
  ) -> Turnover {
    let listed = scope.model.chart.accounts[account]
    let head: [Cell] = [.identifier(listed.code), .text(listed.name)]
    func amount(_ minorUnits: Int64) -> Cell {
      .amount(Amount(minorUnits: minorUnits, currency))
    }
    var running = openings[place]
    var turnover = Turnover()
    let blank = Cell.empty
    let opening: [Cell] = [
      .day(scope.query.from), blank, blank, .text("opening"), blank, blank, blank, blank, blank,
      amount(running),
    ]
    report.append(head + opening)
    let sorted = lines[place].sorted {
      ($0.day, $0.position, $0.line) < ($1.day, $1.position, $1.line)
    }
    for row in sorted {
      let posting = scope.model.booked(row)
      running += row.amount
      turnover.add(row.amount)
      let event = scope.model.eventName(row)
      let line: [Cell] = [
        .day(posting.day), .identifier(posting.entry.description), .position(posting.position),
        .text(event), .identifier(posting.document), posting.partyCell,
        .text(EventWords.words(for: event)), posting.debitCell, posting.creditCell,
        amount(running),
      ]
      report.append(head + line)
    }
    let closing: [Cell] = [
      .day(scope.day), blank, blank, .text("closing"), blank, blank, blank,
      amount(turnover.debit), amount(turnover.credit), amount(running),
    ]
    report.append(head + closing)
    return turnover
  }
}
