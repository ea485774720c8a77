import DaybookBytes
import DaybookClinicEvents
import DaybookEvents
import DaybookValues

// Goods of a sale that come back to their shelf.
extension StockState {
  /// Goods of a sale come back to their lots, at what they had cost.
  mutating func restock(_ event: SaleReturned, _ header: RecordHeader) throws(WireError) {
    for move in StockMove.moves(of: event) {
      if lot(move.lot, at: move.key) == nil {
        // It was sold elsewhere, and keeps the expiry under which it came in there.
        let expiry = itemLot(move.lot, of: move.key.item)?.expiry
        try come(move.lot, expiry: expiry, at: move.key)
      }
      try self.move(move.lot, at: move.key, move.quantity, worth: move.value, header)
    }
  }

  /// What rests on a return: that less than went back is on hand at some time from the reversal's on.
  func dependents(of event: SaleReturned, _ header: RecordHeader) -> String? {
    for move in StockMove.moves(of: event) {
      guard let known = lot(move.lot, at: move.key) else { continue }
      let lowest = lowest(of: known, from: header.effective.instant)
      if lowest < move.quantity || known.value < move.value {
        return "less of \(move.key.item) is left than went back to the shelf"
      }
    }
    return nil
  }

  mutating func undo(_ event: SaleReturned, _ header: RecordHeader) throws(WireError) {
    for move in StockMove.moves(of: event) {
      try self.move(
        move.lot, at: move.key, 0 &- move.quantity, worth: 0 &- move.value, header,
        undoing: true)
    }
  }
}

extension StockMove {
  /// What a return brings back, line by line and lot by lot.
  static func moves(of event: SaleReturned) -> [StockMove] {
    var moves: [StockMove] = []
    for line in event.lines {
      guard let item = line.item else { continue }
      let key = StockKey(clinic: event.clinic, item: item)
      for part in line.restocked {
        moves.append(
          StockMove(
            key: key, lot: part.lot, quantity: part.quantity.thousandths,
            value: part.value.minorUnits))
      }
    }
    return moves
  }
}
