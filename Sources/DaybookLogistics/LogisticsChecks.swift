import DaybookClinicEvents
public import DaybookEvents
import DaybookReporting
public import DaybookValues

/// The proofs that `verify` prints for stock.
public enum LogisticsChecks {
  /// Proves the stock as it was known at `position`; all that the model holds if nil.
  ///
  /// - Returns: One check a claim, always the same ones in the same order.
  /// - Complexity: O(movements), sorted by lot and time.
  public static func run(_ model: LogisticsModel, at position: Position? = nil) -> [Check] {
    let position = position ?? Position(.max)
    return [
      neverBelowZero(model, position), onHandAgrees(model, position),
      worthNothingWhenEmpty(model, position),
      model.statements.check("closed periods are what was stated of them", through: position) {
        clinic, day, known in model.totals(ofClinic: clinic, through: day, at: known)
      },
    ]
  }

  /// At no time, in the order of effective time, was less than nothing of a lot on hand.
  private static func neverBelowZero(_ model: LogisticsModel, _ position: Position) -> Check {
    var shelves = [[Movement]](repeating: [], count: model.shelves.count)
    let rows = model.movements.rows(through: position)
    let undone = undoneAtOnce(model, position)
    for row in rows where !undone.contains(row.position) { shelves[row.shelf].append(row) }
    var found: String?
    for (number, movements) in shelves.enumerated() where found == nil {
      var onHand: Int128 = 0
      // By the instant: what another clinic told, whose clock may show another day, has that day. What
      // is of one instant is in the order of the log, in which it stands here.
      let sorted = movements.enumerated().sorted {
        ($0.element.occasion.at, $0.offset) < ($1.element.occasion.at, $1.offset)
      }
      for (_, row) in sorted where found == nil {
        onHand += Int128(row.quantity)
        if onHand < 0 {
          found = "\(name(number, model)) at position \(row.position): \(onHand) thousandths"
        }
      }
    }
    return Check(
      "no lot was ever below zero", found: found,
      over: "\(rows.count) movements of \(model.shelves.count) lots at clinics")
  }

  /// The events that were undone at the time at which they had taken effect, and what undid them: not
  /// even for an instant did they move anything.
  private static func undoneAtOnce(
    _ model: LogisticsModel, _ position: Position
  ) -> Set<Position> {
    var reversals: [Position: ReversalRow] = [:]
    for row in model.reversals.rows(through: position) { reversals[row.of] = row }
    var found: Set<Position> = []
    if reversals.isEmpty { return found }
    for row in model.movements.rows(through: position) {
      guard let reversal = reversals[row.position], reversal.occasion.at == row.occasion.at else {
        continue
      }
      found.insert(row.position)
      found.insert(reversal.position)
    }
    return found
  }

  /// Where nothing of a lot is left, nothing of its value is.
  private static func worthNothingWhenEmpty(
    _ model: LogisticsModel, _ position: Position
  ) -> Check {
    var sums = [(quantity: Int128, value: Int128)](repeating: (0, 0), count: model.shelves.count)
    for row in model.movements.rows(through: position) {
      sums[row.shelf].quantity += Int128(row.quantity)
      sums[row.shelf].value += Int128(row.value)
    }
    let off = sums.indices.first { sums[$0].quantity == 0 && sums[$0].value != 0 }
    return Check(
      "a lot of which nothing is left is worth nothing",
      found: off.map { "\(name($0, model)): \(sums[$0].value) minor units" },
      over: "\(sums.count { $0.quantity == 0 }) of \(sums.count) lots")
  }

  /// What the report of stock on hand lists is what came in less what went out.
  private static func onHandAgrees(_ model: LogisticsModel, _ position: Position) -> Check {
    let name = "stock on hand equals the sum of movements"
    var query = StockQuery()
    query.knownAt = position
    query.on = model.movements.rows(through: position).map(\.occasion.day).max()
    do throws(ValueError) {
      let onHand = try StockOnHandReport.report(from: model, asOf: position, query)
      let movements = try StockMovementsReport.report(from: model, asOf: position, query)
      let listed = quantities(onHand, "item", "onHand")
      var moved = quantities(movements, "item", "in")
      for (item, out) in quantities(movements, "item", "out") { moved[item, default: 0] -= out }
      let items = Set(listed.keys).union(moved.keys).sorted()
      let off = items.first { listed[$0, default: 0] != moved[$0, default: 0] }
      return Check(
        name,
        found: off.map {
          "item \($0): \(listed[$0, default: 0]) thousandths listed, "
            + "\(moved[$0, default: 0]) moved"
        },
        over: "\(items.count) items, \(movements.rows.count) movements")
    } catch {
      return Check(name, passed: false, detail: "\(error)")
    }
  }

  private static func quantities(
    _ report: Report, _ key: String, _ column: String
  ) -> [String: Int128] {
    guard let key = report.columns.firstIndex(where: { $0.name == key }),
      let index = report.columns.firstIndex(where: { $0.name == column })
    else { return [:] }
    var sums: [String: Int128] = [:]
    for row in report.rows {
      if case .identifier(let name) = row[key], case .quantity(let quantity) = row[index] {
        sums[name, default: 0] += Int128(quantity.thousandths)
      }
    }
    return sums
  }

  private static func name(_ shelf: Int, _ model: LogisticsModel) -> String {
    let shelf = model.shelves[shelf]
    let lot = model.lots[shelf.lot]
    let text = lot.text.isEmpty ? "" : " lot \(lot.text)"
    return "item \(lot.item)\(text) at clinic \(shelf.clinic)"
  }
}
