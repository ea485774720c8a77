import DaybookEngine
import DaybookReporting
import DaybookValues

/// An account's part in one currency.
struct TiePlace: Hashable, Comparable {
  let account: String
  let currency: Currency

  static func < (left: TiePlace, right: TiePlace) -> Bool {
    (left.account, left.currency) < (right.account, right.currency)
  }
}

/// The trial balance as it is printed: what other reports are held to.
struct TrialFigures {
  /// What stands in a row: minor units, a debit above zero.
  struct Row {
    var opening: Int64 = 0
    /// Without the entries that close a year.
    var debit: Int64 = 0
    var credit: Int64 = 0
    /// The entries that close a year.
    var closing: Int64 = 0
    var balance: Int64 = 0

    /// What happened in the days that are asked for.
    var moved: Int64 { debit - credit }
  }

  // Its places are sorted before they are gone through.
  private(set) var rows: [TiePlace: Row] = [:]

  init(_ view: Snapshot<AccountingModel>, _ query: AccountingQuery) {
    let report = AccountingReports.trialBalance(view, query, closing: .apart)
    for row in report.rows {
      guard let place = report.place(row) else { continue }
      rows[place] = Row(
        opening: report.minor(row, "opening"), debit: report.minor(row, "debit"),
        credit: report.minor(row, "credit"), closing: report.minor(row, "closing"),
        balance: report.minor(row, "balance"))
    }
  }

  /// What the rows of some accounts come to, by currency.
  func sum(_ isMeant: (String) -> Bool, _ figure: (Row) -> Int64) -> MoneySums {
    var sums = MoneySums()
    for (place, row) in rows.sorted(by: { $0.key < $1.key }) where isMeant(place.account) {
      sums.add(figure(row), place.currency)
    }
    return sums
  }
}

extension Report {
  private func cell(_ row: [Cell], _ name: String) -> Cell {
    columns.firstIndex { $0.name == name }.map { row[$0] } ?? .empty
  }

  /// The words of a cell; empty where it has none.
  func words(_ row: [Cell], _ name: String) -> String {
    switch cell(row, name) {
    case .text(let text), .identifier(let text): text
    default: ""
    }
  }

  /// The minor units of a cell; 0 where it has none.
  func minor(_ row: [Cell], _ name: String) -> Int64 {
    if case .amount(let amount) = cell(row, name) { amount.minorUnits } else { 0 }
  }

  /// The account that a row names, in the currency of its amounts.
  func place(_ row: [Cell]) -> TiePlace? {
    let account = words(row, "account")
    guard !account.isEmpty, let currency = currency(row) else { return nil }
    return TiePlace(account: account, currency: currency)
  }

  private func currency(_ row: [Cell]) -> Currency? {
    for case .amount(let amount) in row { return amount.currency }
    return nil
  }

  /// What the rows have under a column, by currency.
  func sums(_ name: String, where isMeant: ([Cell]) -> Bool = { _ in true }) -> MoneySums {
    var sums = MoneySums()
    for row in rows where isMeant(row) {
      if let currency = currency(row) { sums.add(minor(row, name), currency) }
    }
    return sums
  }
}
