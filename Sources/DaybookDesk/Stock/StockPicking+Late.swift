import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// What an event does to one lot at a clinic.
struct StockMove {
  var key: StockKey
  var lot: String
  /// Thousandths; below zero for what goes out.
  var quantity: Int64 = 0
  /// Minor units of the same sign.
  var value: Int64 = 0
  /// Thousandths that were used beyond what was on hand.
  var short: Int64 = 0
}

// What is recorded after a count, or after something was used up, and dated before it.
extension StockPicking {
  /// How many earlier issues one receipt settles at most; a count settles all.
  private static let settledMax = 256

  /// Appends what movements make of the counts after them: what was counted stays, so the first count
  /// after a movement takes the opposite variance, at the movement's own time and value.
  mutating func keepCounts(
    _ moves: [StockMove], at moment: Moment, cause: Int, into decision: inout Decision
  ) throws(Refusal) {
    var late: [StockCounted] = []
    for move in moves {
      guard
        let count = stock.firstCount(after: moment.instant, of: move.lot, at: move.key)
      else { continue }
      let line = CountLine.with {
        $0.item = move.key.item
        $0.lot = move.lot
        $0.expiry = stock.itemLot(move.lot, of: move.key.item)?.expiry
        $0.counted = Quantity(thousandths: count.counted)
        $0.variance = Quantity(thousandths: 0 - move.quantity)
        $0.value = Amount(minorUnits: 0 - move.value)
        $0.settled = Quantity(thousandths: move.short)
      }
      let known = late.firstIndex { $0.count == count.count }
      if let known {
        late[known].lines.append(line)
      } else {
        late.append(
          StockCounted.with {
            $0.count = count.count
            $0.clinic = move.key.clinic
            $0.countedAt = Instant(milliseconds: count.time)
            $0.lines = [line]
            $0.late = true
          })
      }
    }
    for counted in late {
      try decision.append(
        counted, to: counted.count.number, effective: moment, clinic: counted.clinic.number,
        cause: .event(cause))
    }
  }

  /// Appends what comes in at `moment` makes of what was used after it: where more was used than was
  /// on hand, it was this that was used.
  ///
  /// Where the lot was counted since, the count has settled that.
  mutating func settleShorts(
    by moves: [StockMove], at moment: Moment, cause: Int, into decision: inout Decision
  ) throws(Refusal) {
    for move in moves where move.quantity > 0 {
      let place = LotPlace(key: move.key, lot: move.lot)
      taken[place, default: Taken()].quantity -= move.quantity
      taken[place, default: Taken()].value -= move.value
      guard let item = stock.items[move.key.item], !item.isStrict,
        stock.firstCount(after: moment.instant, of: move.lot, at: move.key) == nil
      else { continue }
      var open = shorts[move.key] ?? stock.openShorts(of: move.key, after: moment.instant)
      var left = move.quantity
      var settled = 0
      while left > 0, settled < Self.settledMax, let short = open.first {
        let quantity = min(left, short.quantity)
        left -= quantity
        settled += 1
        if quantity == short.quantity {
          open.removeFirst()
        } else {
          open[0].quantity -= quantity
        }
        let issued = StockIssued.with {
          $0.clinic = move.key.clinic
          $0.item = move.key.item
          $0.lines = [
            IssueLine(
              lot: move.lot, quantity: Quantity(thousandths: quantity),
              value: Amount(minorUnits: remove(quantity, of: move.lot, move.key)))
          ]
          $0.purpose = short.purpose
          $0.encounterLine = short.encounterLine
          $0.patient = short.patient
          $0.soldLine = short.soldLine
          $0.late = true
        }
        _ = try append(issued, effective: short.at, cause: cause, into: &decision)
      }
      shorts[move.key] = open
    }
  }
}
