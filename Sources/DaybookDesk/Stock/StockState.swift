import DaybookBytes
package import DaybookClinicEvents
import DaybookEvents
package import DaybookValues

/// What the Desk knows of an item.
package struct ItemRecord: Sendable {
  package var baseUnit: String
  package var lotTracked: Bool
  package var expiryTracked: Bool
  package var implant: Bool
  package var controlled: Bool
  /// Whether base unit and tracking are fixed.
  package var hasMoved = false

  /// Whether its use is refused without stock on hand.
  package var isStrict: Bool { lotTracked || implant || controlled }
}

/// The stock of one item at one clinic, lot by lot.
package struct StockRecord: Sendable {
  /// The number of the pair; nil until something is issued.
  package var pair: StockID?
  package var lots: [LotRecord] = []

  /// The index of `lot`; nil where none came in.
  package func index(of lot: String) -> Int? { lots.firstIndex { $0.lot == lot } }
}

/// A lot at one clinic.
package struct LotRecord: Sendable {
  package var lot: String
  package var expiry: Day?
  package var history = LotHistory()
  /// Minor units, by what came in less what was taken.
  package var value: Int64 = 0
}

/// Items, lots and what is on hand.
package struct StockState: Sendable {
  package private(set) var items = Dense<ItemKind, ItemRecord>()
  private var records: [StockRecord] = []
  private var places: [StockKey: Int] = [:]
  private var expiries: [ItemLot: Day?] = [:]

  private struct ItemLot: Hashable {
    var item: ItemID
    var lot: String
  }

  /// The stock of an item at a clinic; nil where none came in.
  package subscript(key: StockKey) -> StockRecord? { places[key].map { records[$0] } }

  /// The expiry under which a lot came in; nil where it never did, nil within for a lot without.
  package func expiry(of lot: String, _ item: ItemID) -> Day?? {
    expiries[ItemLot(item: item, lot: lot)]
  }

  // MARK: - Events

  mutating func define(_ event: ItemDefined) throws(WireError) {
    var record = ItemRecord(
      baseUnit: event.baseUnit, lotTracked: event.lotTracked,
      expiryTracked: event.expiryTracked, implant: event.implant, controlled: event.controlled)
    guard let known = items[event.item] else {
      try items.append(record, as: event.item)
      return
    }
    record.hasMoved = known.hasMoved
    try items.update(event.item) { $0 = record }
  }

  mutating func receive(_ event: GoodsReceived, _ header: RecordHeader) throws(WireError) {
    for line in event.lines {
      try items.update(line.item) { $0.hasMoved = true }
      expiries[ItemLot(item: line.item, lot: line.lot)] = .some(line.expiry)
      let place = place(of: StockKey(clinic: event.clinic, item: line.item))
      let lot = records[place].index(of: line.lot) ?? records[place].lots.count
      if lot == records[place].lots.count {
        records[place].lots.append(LotRecord(lot: line.lot, expiry: line.expiry))
      }
      try records[place].lots[lot].history.add(
        line.quantity.thousandths, at: header.effective.instant)
      try records[place].lots[lot].value.increase(by: line.value.minorUnits, "value")
    }
  }

  mutating func issue(_ event: StockIssued, _ header: RecordHeader) throws(WireError) {
    try items.update(event.item) { $0.hasMoved = true }
    let place = place(of: StockKey(clinic: event.clinic, item: event.item))
    records[place].pair = StockID(header.stream.number)
    for line in event.lines {
      guard let lot = records[place].index(of: line.lot) else {
        throw WireError(.outOfRange, at: 0, field: "lot")
      }
      try records[place].lots[lot].history.add(
        0 &- line.quantity.thousandths, at: header.effective.instant)
      try records[place].lots[lot].value.increase(by: 0 &- line.value.minorUnits, "value")
    }
  }

  private mutating func place(of key: StockKey) -> Int {
    if let place = places[key] { return place }
    places[key] = records.count
    records.append(StockRecord())
    return records.count - 1
  }
}

/// A clinic and an item.
package struct StockKey: Hashable, Sendable {
  package var clinic: ClinicID
  package var item: ItemID

  package init(clinic: ClinicID, item: ItemID) {
    self.clinic = clinic
    self.item = item
  }
}

/// What was on hand after each movement, in order of effective time and then of the log.
package struct LotHistory: Sendable {
  private var entries: [(time: Int64, after: Int64)] = []

  /// Thousandths on hand when all is counted.
  package var onHand: Int64 { entries.last?.after ?? 0 }

  /// The least that was on hand from `time` until now: what may still be taken at that time.
  ///
  /// - Complexity: O(log n) and the movements dated later.
  package func lowest(from time: Instant) -> Int64 {
    var index = index(after: time.milliseconds)
    var lowest = index > 0 ? entries[index - 1].after : 0
    while index < entries.count {
      lowest = min(lowest, entries[index].after)
      index += 1
    }
    return lowest
  }

  /// Adds a movement; every balance after its time moves along.
  mutating func add(_ quantity: Int64, at time: Instant) throws(WireError) {
    let index = index(after: time.milliseconds)
    entries.insert((time.milliseconds, index > 0 ? entries[index - 1].after : 0), at: index)
    for later in index..<entries.count {
      try entries[later].after.increase(by: quantity, "quantity")
    }
  }

  /// Where a movement of `time` stands: behind all of the same time.
  private func index(after time: Int64) -> Int {
    if let last = entries.last, last.time <= time { return entries.count }
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].time > time { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
