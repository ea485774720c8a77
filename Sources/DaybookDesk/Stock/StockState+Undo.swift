import DaybookBytes
import DaybookClinicEvents
import DaybookEvents
import DaybookValues

// What rests on receipts, issues and counts, and the state without them.
extension StockState {
  // MARK: - Questions

  /// What rests on a receipt: that some of a lot was taken since, at a cost that it made, or that less
  /// than came in is on hand at some time from the reversal's on.
  func dependents(
    of event: GoodsReceived, _ position: Position, _ header: RecordHeader
  ) -> String? {
    if receipts[event.receipt]?.lines.contains(where: { $0.returned > 0 }) == true {
      return "some of \(event.receipt) went back"
    }
    let moves = event.lines.map {
      StockMove(
        key: StockKey(clinic: event.clinic, item: $0.item), lot: $0.lot,
        quantity: $0.quantity.thousandths, value: $0.value.minorUnits)
    }
    return dependents(of: moves, position, header)
  }

  /// What rests on an issue: that what it was short of was found in a receipt that came in late.
  func dependents(of event: StockIssued, _ original: Instant) -> String? {
    let key = StockKey(clinic: event.clinic, item: event.item)
    guard let short = event.short, short.isPositive,
      firstCount(after: original, of: "", at: key) == nil
    else { return nil }
    let open = openShort(of: key) { $0.isOf(event, original) }
    return open < short.thousandths ? "what it was short of has come in since" : nil
  }

  /// What rests on a count: a movement that was recorded late, or what it found and was taken since.
  func dependents(
    of event: StockCounted, _ position: Position, _ header: RecordHeader
  ) -> String? {
    if !event.late, let late = counts[event.count]?.lateCount, late > 0 {
      return "\(late) movements dated before it were recorded after it"
    }
    let moves = event.lines.filter { $0.variance.isPositive }.map {
      StockMove(
        key: StockKey(clinic: event.clinic, item: $0.item), lot: $0.lot,
        quantity: $0.variance.thousandths, value: $0.value.minorUnits)
    }
    return dependents(of: moves, position, header)
  }

  /// What rests on what came in.
  private func dependents(
    of moves: [StockMove], _ position: Position, _ header: RecordHeader
  ) -> String? {
    for sum in StockMove.sums(of: moves) {
      guard let known = lot(sum.lot, at: sum.key) else { continue }
      let name = sum.lot.isEmpty ? "\(sum.key.item)" : "lot \(sum.lot) of \(sum.key.item)"
      if let taking = lastTaking(from: known), taking > position {
        return "some of \(name) was taken at position \(taking)"
      }
      let lowest = lowest(of: known, from: header.effective.instant)
      let isWorth =
        known.onHand == sum.quantity ? known.value == sum.value : known.value >= sum.value
      if lowest < sum.quantity || !isWorth { return "less of \(name) is left than came in" }
    }
    return nil
  }

  // MARK: - The state without

  mutating func undo(_ event: GoodsReceived, _ header: RecordHeader) throws(WireError) {
    for line in event.lines {
      try move(
        line.lot, at: StockKey(clinic: event.clinic, item: line.item),
        0 &- line.quantity.thousandths, worth: 0 &- line.value.minorUnits, header, undoing: true)
    }
    if let order = event.order { try note(event.lines, on: order, sign: -1) }
    // Nothing of it can go back any more.
    try receipts.update(event.receipt) { $0.lines = [] }
  }

  mutating func undo(
    _ event: GoodsReturned, _ header: RecordHeader, _ corrections: CorrectionState
  ) throws(WireError) {
    for line in event.lines {
      let key = StockKey(clinic: event.clinic, item: line.item)
      try move(
        line.lot, at: key, line.quantity.thousandths, worth: line.value.minorUnits, header,
        undoing: true)
      settleTakings(of: line.lot, at: key, corrections)
      try noteReturned(line, of: event.receipt, sign: -1)
    }
  }

  /// - Parameter original: When the event had taken effect.
  mutating func undo(
    _ event: StockIssued, _ header: RecordHeader, _ original: Moment,
    _ corrections: CorrectionState
  ) throws(WireError) {
    let key = StockKey(clinic: event.clinic, item: event.item)
    for line in event.lines {
      try move(
        line.lot, at: key, line.quantity.thousandths, worth: line.value.minorUnits, header,
        undoing: true)
      settleTakings(of: line.lot, at: key, corrections)
      // What had turned up for it has not.
      if event.late {
        try fallShort(
          OpenShorts.Short(event, line.quantity.thousandths, at: original), at: key)
      }
    }
    if let short = event.short, short.isPositive {
      settle(short.thousandths, at: key) { $0.isOf(event, original.instant) }
    }
  }

  mutating func undo(
    _ event: StockCounted, _ header: RecordHeader, _ corrections: CorrectionState
  ) throws(WireError) {
    if event.late {
      try counts.update(event.count) { $0.lateCount = $0.lateCount > 0 ? $0.lateCount - 1 : 0 }
    }
    for line in event.lines {
      let key = StockKey(clinic: event.clinic, item: line.item)
      if !line.variance.isZero {
        try move(
          line.lot, at: key, 0 &- line.variance.thousandths, worth: 0 &- line.value.minorUnits,
          header, undoing: true)
        settleTakings(of: line.lot, at: key, corrections)
      }
      if !event.late {
        let settled = strike(event.count, at: event.countedAt, of: line.lot, at: key)
        reopenShorts(settled, at: key)
      }
    }
  }
}

extension OpenShorts.Short {
  /// What `event` was short of, or had settled.
  init(_ event: StockIssued, _ quantity: Int64, at moment: Moment) {
    self.init(
      at: moment, quantity: quantity, purpose: event.purpose, encounterLine: event.encounterLine,
      patient: event.patient, soldLine: event.soldLine)
  }
}

extension StockMove {
  /// Moves of one lot together, in their order; those that come to nothing are left out.
  static func sums(of moves: [StockMove]) -> [StockMove] {
    var sums: [StockMove] = []
    for move in moves {
      if let place = sums.firstIndex(where: { $0.key == move.key && $0.lot == move.lot }) {
        sums[place].quantity &+= move.quantity
        sums[place].value &+= move.value
        sums[place].short &+= move.short
      } else {
        sums.append(move)
      }
    }
    return sums.filter { $0.quantity != 0 || $0.value != 0 || $0.short != 0 }
  }

  /// What the reversal of an event moves; nothing where it is not about stock.
  static func undoing(_ reversed: Reversed) throws(WireError) -> [StockMove] {
    if reversed.isOf(GoodsReceived.self) {
      let event = try reversed.original(GoodsReceived.self)
      return event.lines.map {
        StockMove(event.clinic, $0.item, $0.lot, $0.quantity, $0.value, sign: -1)
      }
    }
    if reversed.isOf(GoodsReturned.self) {
      let event = try reversed.original(GoodsReturned.self)
      return event.lines.map {
        StockMove(event.clinic, $0.item, $0.lot, $0.quantity, $0.value, sign: 1)
      }
    }
    if reversed.isOf(StockIssued.self) {
      let event = try reversed.original(StockIssued.self)
      return event.lines.map {
        StockMove(event.clinic, event.item, $0.lot, $0.quantity, $0.value, sign: 1)
      }
    }
    if reversed.isOf(SaleReturned.self) {
      return moves(of: try reversed.original(SaleReturned.self)).map {
        StockMove(key: $0.key, lot: $0.lot, quantity: 0 &- $0.quantity, value: 0 &- $0.value)
      }
    }
    if reversed.isOf(StockCounted.self) {
      let event = try reversed.original(StockCounted.self)
      return event.lines.map {
        StockMove(event.clinic, $0.item, $0.lot, $0.variance, $0.value, sign: -1)
      }
    }
    return []
  }

  private init(
    _ clinic: ClinicID, _ item: ItemID, _ lot: String, _ quantity: Quantity, _ value: Amount,
    sign: Int64
  ) {
    self.init(
      key: StockKey(clinic: clinic, item: item), lot: lot,
      quantity: sign &* quantity.thousandths, value: sign &* value.minorUnits)
  }
}
