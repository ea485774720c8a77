public import DaybookEngine
import DaybookEvents
public import DaybookReporting
import DaybookValues

extension AccountingReports {
  /// The trial balance of each clinic, practitioner, service, payer or tax code in one report: all
  /// together are the trial balance.
  ///
  /// What is of none of them comes last. The part of a clinic sums to zero; those of others need not,
  /// since an entry's lines may be of several.
  ///
  /// - Throws: `UnknownAccount` for an account that the chart does not have.
  public static func trialBalance(
    by dimension: LedgerDimension, _ view: Snapshot<AccountingModel>, _ query: AccountingQuery,
    filter: JournalFilter = JournalFilter()
  ) throws(UnknownAccount) -> Report {
    let scope = Scope(view, query)
    let balances = try GroupedBalances(by: dimension, filter, scope)
    var report = scope.report(
      "trial-balance", "Trial balance by \(dimension.rawValue)",
      [Column(dimension.column, .identifier), Column("ref", .text)]
        + GroupedBalances.accountColumns + GroupedBalances.sumColumns)
    for group in balances.order {
      for account in scope.model.chart.listing {
        for cells in balances.rows(group, account) {
          report.append(balances.cells(group) + balances.accountCells(account) + cells)
        }
      }
    }
    return balances.finish(&report)
  }

  /// The balances of the trial balance with a column for each clinic, practitioner, service, payer or tax
  /// code: what is of none of them stands in the last before the total.
  ///
  /// By clinic, the account between clinics shows who owes whom: its total is zero.
  ///
  /// - Throws: `UnknownAccount` for an account that the chart does not have; `ValueError` where a total
  ///   does not fit.
  public static func trialBalance(
    pivot dimension: LedgerDimension, _ view: Snapshot<AccountingModel>, _ query: AccountingQuery,
    filter: JournalFilter = JournalFilter()
  ) throws -> Report {
    let scope = Scope(view, query)
    let balances = try GroupedBalances(by: dimension, filter, scope)
    let order = balances.order
    var report = scope.report(
      "trial-balance", "Trial balance by \(dimension.rawValue)",
      GroupedBalances.accountColumns
        + order.map {
          Column(balances.name($0), .amount, title: balances.name($0), each: dimension.rawValue)
        } + [
          Column("total", .amount)
        ])
    for account in scope.model.chart.listing {
      for cells in try balances.balances(order, account) {
        report.append(balances.accountCells(account) + cells)
      }
    }
    for group in order { report.total(balances.name(group)) }
    report.total("total")
    return balances.finish(&report, totals: [])
  }

  /// The totals of the general ledger, each account by clinic, practitioner, service, payer or tax code.
  ///
  /// - Throws: `UnknownAccount` for an account that the chart does not have.
  public static func ledgerTotals(
    by dimension: LedgerDimension, _ filter: JournalFilter, _ view: Snapshot<AccountingModel>,
    _ query: AccountingQuery
  ) throws(UnknownAccount) -> Report {
    let scope = Scope(view, query)
    let balances = try GroupedBalances(by: dimension, filter, scope)
    var report = scope.report(
      "ledger", "General ledger by \(dimension.rawValue)",
      GroupedBalances.accountColumns
        + [Column(dimension.column, .identifier), Column("ref", .text)]
        + GroupedBalances.sumColumns)
    for account in scope.model.chart.listing {
      for group in balances.order {
        for cells in balances.rows(group, account) {
          report.append(balances.accountCells(account) + balances.cells(group) + cells)
        }
      }
    }
    return balances.finish(&report)
  }
}

/// Openings and turnovers by the value of a dimension, account and currency.
private struct GroupedBalances {
  static let accountColumns = [Column("account", .identifier), Column("name", .text)]
  static let sumColumns = [
    Column("opening", .amount), Column("debit", .amount), Column("credit", .amount),
    Column("balance", .amount),
  ]

  private let dimension: LedgerDimension
  private let scope: Scope
  private let dimensions: PostingDimensions
  private let currencies: [Currency]
  private let currencyOfClinic: [Int]
  /// The values met, and where each stands among them.
  private var values: [UInt64] = []
  private var places = DenseIndex()
  // For each value all accounts, and for each account all currencies.
  private var openings: [Turnover] = []
  private var turnovers: [Turnover] = []
  private var debits = CurrencySum()
  private var entries = EntryCounter()
  private var hasClosings = false

  init(
    by dimension: LedgerDimension, _ filter: JournalFilter, _ scope: Scope
  ) throws(UnknownAccount) {
    self.dimension = dimension
    self.scope = scope
    dimensions = PostingDimensions(scope)
    let currencies = scope.currencies
    self.currencies = currencies
    currencyOfClinic = scope.model.slots.currencies.map { currencies.firstIndex(of: $0) ?? 0 }
    let sieve = try PostingSieve(filter, scope)
    guard scope.through > .min else { return }
    scope.forEachPosting(in: .min...scope.through) { line in
      if sieve.takes(line.row) { add(line.row) }
    }
  }

  private mutating func add(_ row: Posting) {
    let value = dimensions.value(dimension, of: row)
    let group = places[value] ?? addGroup(value)
    let place = cell(group, Int(row.account)) + currencyOfClinic[Int(row.clinic)]
    guard row.day >= scope.from else { return openings[place].add(row.amount) }
    turnovers[place].add(row.amount)
    entries.count(row)
    if row.isOfThirteenthPeriod { hasClosings = true }
    if row.amount > 0 { debits.add(row.amount, scope.currency(row.clinic)) }
  }

  private mutating func addGroup(_ value: UInt64) -> Int {
    let group = values.count
    places[value] = group
    values.append(value)
    let count = scope.model.chart.accounts.count * currencies.count
    openings.append(contentsOf: repeatElement(Turnover(), count: count))
    turnovers.append(contentsOf: repeatElement(Turnover(), count: count))
    return group
  }

  private func cell(_ group: Int, _ account: Int) -> Int {
    (group * scope.model.chart.accounts.count + account) * currencies.count
  }

  /// The groups by their values; what is of none, 0, comes last.
  var order: [Int] { values.indices.sorted { values[$0] &- 1 < values[$1] &- 1 } }

  /// Opening, debit, credit and balance of an account in a group, for each currency that it has.
  func rows(_ group: Int, _ account: Int) -> [[Cell]] {
    currencies.indices.compactMap { index in
      let place = cell(group, account) + index
      let (opening, turnover) = (openings[place], turnovers[place])
      guard opening != Turnover() || turnover != Turnover() else { return nil }
      let balance = opening.balance + turnover.balance
      return [opening.balance, turnover.debit, turnover.credit, balance].map {
        .amount(Amount(minorUnits: $0, currencies[index]))
      }
    }
  }

  func cells(_ group: Int) -> [Cell] { dimensions.cells(dimension, values[group]) }

  func accountCells(_ account: Int) -> [Cell] {
    let listed = scope.model.chart.accounts[account]
    return [.identifier(listed.code), .text(listed.name)]
  }

  /// The identifier of a group, as a column is called.
  func name(_ group: Int) -> String {
    values[group] == 0 ? "none" : dimensions.name(dimension, values[group])
  }

  /// What an account comes to in each group, and in all, for each currency that it has.
  func balances(_ order: [Int], _ account: Int) throws(ValueError) -> [[Cell]] {
    var rows: [[Cell]] = []
    for index in currencies.indices {
      var (cells, total, isEmpty) = ([Cell](), MinorSum(), true)
      for group in order {
        let place = cell(group, account) + index
        guard openings[place] != Turnover() || turnovers[place] != Turnover() else {
          cells.append(.empty)
          continue
        }
        let balance = openings[place].balance + turnovers[place].balance
        (isEmpty, cells) = (
          false, cells + [.amount(Amount(minorUnits: balance, currencies[index]))]
        )
        total.add(balance)
      }
      if isEmpty { continue }
      rows.append(cells + [.amount(Amount(minorUnits: try total.narrowed(), currencies[index]))])
    }
    return rows
  }

  func finish(
    _ report: inout Report, totals: [String] = ["opening", "debit", "credit", "balance"]
  ) -> Report {
    for name in totals { report.total(name) }
    if hasClosings { report.notes.append(Scope.closingsIncluded) }
    report.footer = scope.footer(entries: entries.total, debits: debits)
    return report
  }
}
