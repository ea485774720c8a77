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
    by dimension: LedgerDimension, _ view: AccountingView, _ query: AccountingQuery,
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

  /// The totals of the general ledger, each account by clinic, practitioner, service, payer or tax code.
  ///
  /// - Throws: `UnknownAccount` for an account that the chart does not have.
  public static func ledgerTotals(
    by dimension: LedgerDimension, _ filter: JournalFilter, _ view: AccountingView,
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

  func finish(_ report: inout Report) -> Report {
    report.total("opening", "debit", "credit", "balance")
    report.footer = scope.footer(entries: entries.total, debits: debits)
    return report
  }
}
