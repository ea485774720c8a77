import DaybookBytes
import DaybookClinicEvents
import DaybookEvents
import DaybookValues

// What rests on receipts and issues, and the state without them.
extension StockState {
  /// What rests on a receipt: that some of a lot was taken since, at a cost that it made, or that less
  /// than came in is on hand at some time from the reversal's on.
  func dependents(
    of event: GoodsReceived, _ position: Position, _ header: RecordHeader
  ) -> String? {
    for (key, lines) in lots(of: event) {
      for (lot, sum) in lines {
        guard let record = self[key], let index = record.index(of: lot) else { continue }
        let known = record.lots[index]
        let name = lot.isEmpty ? "\(key.item)" : "lot \(lot) of \(key.item)"
        if let taking = movements.taking(known.takings), taking.position > position {
          return "some of \(name) was taken at position \(taking.position)"
        }
        let lowest = lowest(of: known, from: header.effective.instant)
        let isWorth =
          known.onHand == sum.quantity ? known.value == sum.value : known.value >= sum.value
        if lowest < sum.quantity || !isWorth { return "less of \(name) is left than came in" }
      }
    }
    return nil
  }

  mutating func undo(_ event: GoodsReceived, _ header: RecordHeader) throws(WireError) {
    for line in event.lines {
      let place = place(of: StockKey(clinic: event.clinic, item: line.item))
      let index = try index(of: line.lot, at: place)
      try records[place].move(
        index, 0 &- line.quantity.thousandths, worth: 0 &- line.value.minorUnits,
        at: header.effective.instant, in: &movements)
    }
  }

  mutating func undo(
    _ event: StockIssued, _ header: RecordHeader, _ corrections: CorrectionState
  ) throws(WireError) {
    let place = place(of: StockKey(clinic: event.clinic, item: event.item))
    for line in event.lines {
      let index = try index(of: line.lot, at: place)
      try records[place].move(
        index, line.quantity.thousandths, worth: line.value.minorUnits,
        at: header.effective.instant, in: &movements)
      records[place].settleTakings(of: index, in: movements, corrections)
    }
  }

  private func index(of lot: String, at place: Int) throws(WireError) -> Int {
    guard let index = records[place].index(of: lot) else {
      throw WireError(.outOfRange, at: 0, field: "lot")
    }
    return index
  }

  /// What came in of each lot, in the order of the lines.
  private func lots(
    of event: GoodsReceived
  ) -> [(key: StockKey, lots: [(lot: String, sum: (quantity: Int64, value: Int64))])] {
    var keys: [(key: StockKey, lots: [(lot: String, sum: (quantity: Int64, value: Int64))])] = []
    for line in event.lines {
      let key = StockKey(clinic: event.clinic, item: line.item)
      let sum = (quantity: line.quantity.thousandths, value: line.value.minorUnits)
      let place = keys.firstIndex { $0.key == key } ?? keys.count
      if place == keys.count { keys.append((key, [])) }
      if let known = keys[place].lots.firstIndex(where: { $0.lot == line.lot }) {
        keys[place].lots[known].sum.quantity &+= sum.quantity
        keys[place].lots[known].sum.value &+= sum.value
      } else {
        keys[place].lots.append((line.lot, sum))
      }
    }
    return keys
  }
}
