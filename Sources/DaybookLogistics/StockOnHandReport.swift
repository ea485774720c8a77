import DaybookClinicEvents
import DaybookEvents
public import DaybookReporting
public import DaybookValues

/// What is in stock on a day, by clinic, item and lot: `stock on-hand`.
///
/// | column | what it holds |
/// |---|---|
/// | `clinic`, `clinicRef` | the clinic and its source reference |
/// | `item`, `ref`, `code`, `name` | the item, its source reference, code and name |
/// | `lot`, `expiry` | the lot and its last day |
/// | `onHand` | the quantity, in the item's base unit |
/// | `held` | how much of it may not be used: its lot is held or recalled |
/// | `inTransit` | what is on its way from here to another clinic; not on hand, nor in `value` |
/// | `short` | what was used beyond what was on hand, and is not settled |
/// | `unitCost`, `value` | cost of a unit and of all, by the events' own values |
public enum StockOnHandReport {
  /// The report.
  ///
  /// - Parameters:
  ///   - model: The department's read model.
  ///   - asOf: The position that it stands at.
  ///   - skipped: Records that were skipped on the way there.
  ///   - query: What is asked; a range stands for its last day.
  /// - Throws: `.overflow` where a sum does not fit 64 bits.
  /// - Complexity: O(movements up to the position).
  public static func report(
    from model: LogisticsModel, asOf: Position, skipped: Int = 0, _ query: StockQuery
  ) throws(ValueError) -> Report {
    let scope = Scope(query, model, asOf: asOf)
    let asked = scope.shelves
    var balances = [Balance](repeating: Balance(), count: asked.count)
    var entries = 0
    for row in model.movements.rows(through: scope.known)
    where asked[row.shelf] && scope.reaches(row.occasion.day) {
      balances[row.shelf].add(row)
      entries += 1
    }
    var report = Report(
      name: "stock-on-hand", title: "Stock on hand", book: query.book, on: scope.last,
      knownAt: scope.known, columns: columns,
      footer: scope.footer(entries: entries, skipped: skipped))
    report.mayHaveSeveralCurrencies =
      query.clinic == nil && Set(model.currencies.values).count > 1
    let expiries = scope.expiries()
    let blocked = scope.blockedLots()
    for number in sorted(balances.indices.filter { balances[$0].count > 0 }, scope) {
      let stock = try balances[number].narrowed()
      if stock.isEmpty, !query.includesEmpty { continue }
      let shelf = model.shelves[number]
      let lot = model.lots[shelf.lot]
      let item = scope.item(lot.item)
      let value = Amount(
        minorUnits: stock.value, model.currencies[shelf.clinic] ?? .unspecified)
      report.append([
        .identifier(shelf.clinic), scope.reference(shelf.clinic),
        .identifier(lot.item), scope.reference(lot.item),
        .text(item?.code), .text(item?.name), .text(lot.text),
        .day(expiries[shelf.lot]), .quantity(stock.onHand),
        .quantity(blocked[shelf.lot] ? stock.onHand : .zero), .quantity(stock.inTransit),
        .quantity(stock.short),
        stock.onHand.isZero ? .empty : .unitPrice(try UnitPrice(value, per: stock.onHand)),
        .amount(value),
      ])
    }
    try report.sumIfOneCurrency("value")
    return report
  }

  private static func sorted(_ shelves: [Int], _ scope: Scope) -> [Int] {
    let keyed = shelves.map { number in
      let shelf = scope.model.shelves[number]
      let lot = scope.model.lots[shelf.lot]
      let (code, item) = scope.order(lot.item)
      return (key: (code, item, lot.text, shelf.clinic.number), number: number)
    }
    return keyed.sorted { $0.key < $1.key }.map(\.number)
  }

  private static let columns = [
    Column("clinic", .identifier), Column("clinicRef", .text),
    Column("item", .identifier), Column("ref", .text), Column("code", .identifier),
    Column("name", .text), Column("lot", .identifier), Column("expiry", .day),
    Column("onHand", .quantity), Column("held", .quantity), Column("inTransit", .quantity),
    Column("short", .quantity), Column("unitCost", .unitPrice), Column("value", .amount),
  ]
}

/// What a shelf holds, while it is being added up.
private struct Balance {
  var count = 0
  var onHand = MinorSum()
  var inTransit = MinorSum()
  var short = MinorSum()
  var value = MinorSum()

  mutating func add(_ row: Movement) {
    count += 1
    onHand.add(row.quantity)
    inTransit.add(row.transit)
    short.add(row.short)
    value.add(row.value)
  }

  struct Stock {
    var onHand: Quantity
    var inTransit: Quantity
    var short: Quantity
    var value: Int64

    var isEmpty: Bool { onHand.isZero && inTransit.isZero && short.isZero && value == 0 }
  }

  func narrowed() throws(ValueError) -> Stock {
    Stock(
      onHand: Quantity(thousandths: try onHand.narrowed()),
      inTransit: Quantity(thousandths: try inTransit.narrowed()),
      short: Quantity(thousandths: try short.narrowed()), value: try value.narrowed())
  }
}

extension Report {
  /// Adds up an amount, unless its rows are in several currencies: such a column has no total.
  mutating func sumIfOneCurrency(_ column: String) throws(ValueError) {
    do {
      try sumTotals(column)
    } catch  where error.kind == .currencyMismatch {
    }
  }
}
