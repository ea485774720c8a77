public import DaybookValues

/// What the rows of a report come to in one of several currencies, of columns that no total adds up.
public struct CurrencyTotals: Hashable, Sendable {
  /// A sum and the name of its column.
  public struct Figure: Hashable, Sendable {
    /// The column.
    public var column: String
    /// What it comes to.
    public var amount: Amount
  }

  /// The currency of all the figures.
  public let currency: Currency
  /// The sums, in the order in which they were set.
  public private(set) var figures: [Figure] = []

  init(_ currency: Currency) { self.currency = currency }

  fileprivate mutating func set(_ column: String, _ amount: Amount) {
    figures.removeAll { $0.column == column }
    figures.append(Figure(column: column, amount: amount))
  }
}

// What tells amounts of several currencies from each other: a person sees the currency in every amount, a
// program a column of it and the sums of each.
extension Report {
  /// Sets what the column `name` comes to in one of several currencies.
  public mutating func setTotal(_ name: String, inOneOfSeveral amount: Amount) {
    precondition(
      columns.contains { $0.name == name }, "\(self.name) has no column \(name) to total")
    let place =
      currencyTotals.firstIndex { $0.currency == amount.currency } ?? currencyTotals.count
    if place == currencyTotals.count { currencyTotals.append(CurrencyTotals(amount.currency)) }
    currencyTotals[place].set(name, amount)
  }

  /// The column that CSV and JSON have behind all others, of the currency of each row's amounts; nil
  /// where there is but one, which the book's clinics tell.
  var currencyColumn: Column? {
    guard columns.contains(where: { $0.kind == .amount }),
      mayHaveSeveralCurrencies || currencies.count > 1
    else { return nil }
    var column = Column.currency
    // A column that the question makes may be called so.
    while columns.contains(where: { $0.name == column.name }) { column.name += "'" }
    return column
  }

  /// The currency of a row's amounts; empty where it has none, or they are not of one.
  func currency(of row: [Cell]) -> Cell {
    var found = Currency.unspecified
    for case .amount(let amount) in row where amount.currency != .unspecified {
      if found != .unspecified, found != amount.currency { return .empty }
      found = amount.currency
    }
    return found == .unspecified ? .empty : .identifier(found.code)
  }
}

extension Column {
  /// The currency of a row's amounts.
  public static var currency: Column { Column("currency", .identifier) }
}
