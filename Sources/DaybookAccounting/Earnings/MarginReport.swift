import DaybookClinicEvents
import DaybookEvents
public import DaybookReporting
public import DaybookValues

/// What margins are told by.
public enum MarginDimension: String, CaseIterable, Hashable, Sendable {
  /// What was done.
  case service
  /// Who did it.
  case practitioner

  fileprivate var revenue: RevenueDimension { self == .service ? .service : .practitioner }
}

extension AccountingReports {
  /// What services, or practitioners, earned from `from` to D as known at S, less what was used on
  /// patients and the commission that it led to.
  ///
  /// `materials` is what left the shelf, at the cost that the events fixed. `recipe` is what the recipes
  /// of the treatments would have used, at the cost of the same issue, else at what the item last cost
  /// there. Goods that were used in an encounter as a whole are its practitioner's and of no service.
  /// Commission counts when it is accrued, by the charge that it is of. The footer counts the events behind
  /// it.
  ///
  /// - Throws: `.overflow` where a sum does not fit.
  /// - Complexity: O(charges, treatments, goods used, and postings up to D).
  public static func margin(
    by dimension: MarginDimension, _ earnings: EarningsView, _ view: AccountingView,
    _ query: AccountingQuery
  ) throws(ValueError) -> Report {
    let scope = Scope(view, query)
    var report = scope.report(
      "margin", "Margin by \(dimension.rawValue)",
      (dimension == .service
        ? [Column("service", .identifier), Column("code", .text), Column("name", .text)]
        : [Column("practitioner", .identifier), Column("ref", .text)])
        + [
          Column("units", .count), Column("net", .amount), Column("recipe", .amount),
          Column("materials", .amount), Column("commission", .amount),
          Column("contribution", .amount),
        ])
    var sums = MarginSums()
    var events = EventTally(through: scope.position)
    RevenueParts(scope, dimension.revenue).walk { part in
      // What was collected is no part of a margin.
      guard part.units != 0 || part.gross != 0 || part.discount != 0 else { return }
      events.note(part.position)
      sums.change(part.key, part.currency) {
        $0.units += part.units
        $0.net.add(part.gross - part.discount)
      }
    }
    let treatments = TreatmentKeys(scope, earnings.model, dimension)
    let used = try MaterialSums(scope, earnings.model) { row in
      if row.occasion.day >= scope.from { events.note(row.position) }
    }
    for part in used.parts where part.day >= scope.from {
      sums.change(treatments.key(part.line), part.currency) {
        $0.recipe.add(part.recipe)
        $0.materials.add(part.value)
      }
    }
    scope.forEach(earnings.model.commissions) { row in
      guard row.occasion.day >= scope.from else { return }
      events.note(row.position)
      sums.change(scope.key(row, dimension), scope.currency(row.occasion)) {
        $0.commission.add(row.amount)
      }
    }
    for line in sums.sorted() where !line.isNothing {
      var contribution = line.net
      contribution.total -= line.materials.total + line.commission.total
      report.append(
        scope.cells(dimension.revenue, line.key) + [.count(line.units)]
          + (try cells(
            [line.net, line.recipe, line.materials, line.commission, contribution],
            line.currency)))
    }
    report.total("units", "net", "recipe", "materials", "commission", "contribution")
    report.footer = scope.footer(entries: events.count, debits: CurrencySum())
    return report
  }

  private static func cells(
    _ sums: [MinorSum], _ currency: Currency
  ) throws(ValueError) -> [Cell] {
    var cells: [Cell] = []
    for sum in sums { cells.append(.amount(Amount(minorUnits: try sum.narrowed(), currency))) }
    return cells
  }
}

extension Scope {
  /// The service or the practitioner of the charge that a commission is of; 0 for none.
  fileprivate func key(_ row: CommissionRow, _ dimension: MarginDimension) -> Int64 {
    guard let number = UInt32(exactly: row.charge),
      let index = model.charges.index(ofCharge: number)
    else { return 0 }
    let charge = model.charges[index]
    return Int64(dimension == .service ? charge.service : charge.practitioner)
  }
}

/// The service or practitioner of each line of an encounter.
private struct TreatmentKeys {
  private var table = LineTable()
  private var keys: [Int64] = []

  init(_ scope: Scope, _ model: EarningsModel, _ dimension: MarginDimension) {
    scope.forEach(model.treatments) { row in
      let key = Int64(clamping: dimension == .service ? row.service : row.practitioner)
      note(key, row.line)
      // What is used in an encounter as a whole is of whoever did the first treatment.
      if dimension == .practitioner { note(key, LineKey(row.line.encounter, 0)) }
    }
  }

  private mutating func note(_ key: Int64, _ line: LineKey) {
    if table.place(line) == keys.count { keys.append(key) }
  }

  func key(_ line: LineKey) -> Int64 { table[line].map { keys[$0] } ?? 0 }
}

private struct MarginSums {
  struct Line {
    let key: Int64
    let currency: Currency
    var units: Int64 = 0
    var net = MinorSum()
    var recipe = MinorSum()
    var materials = MinorSum()
    var commission = MinorSum()

    var isNothing: Bool {
      units == 0 && [net, recipe, materials, commission].allSatisfy { $0.total == 0 }
    }
  }

  private var lines: [Line] = []
  /// The last line of each key, and of each line the one before it of the same key, and one.
  private var places = DenseIndex()
  private var others: [Int] = []

  mutating func change(_ key: Int64, _ currency: Currency, _ body: (inout Line) -> Void) {
    body(&lines[place(key, currency)])
  }

  private mutating func place(_ key: Int64, _ currency: Currency) -> Int {
    let last = places[UInt64(clamping: key)].map { $0 + 1 } ?? 0
    var next = last
    while next > 0 {
      if lines[next - 1].currency == currency { return next - 1 }
      next = others[next - 1]
    }
    places[UInt64(clamping: key)] = lines.count
    others.append(last)
    lines.append(Line(key: key, currency: currency))
    return lines.count - 1
  }

  func sorted() -> [Line] { lines.sorted { ($0.key, $0.currency) < ($1.key, $1.currency) } }
}
