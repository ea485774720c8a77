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
  package private(set) var lots: [LotRecord] = []
  private var places: [String: Int] = [:]
  /// The lots of which there is anything, ascending: all that can be chosen from, however many came
  /// in and are used up.
  package private(set) var onShelf: [Int] = []

  /// The index of `lot`; nil where none came in.
  package func index(of lot: String) -> Int? { places[lot] }

  /// Adds a movement of a lot, which came in before or comes in now.
  mutating func move(
    _ lot: String, expiry: Day?, _ quantity: Int64, worth value: Int64, at time: Instant
  ) throws(WireError) {
    let index = places[lot] ?? lots.count
    if index == lots.count {
      places[lot] = index
      lots.append(LotRecord(lot: lot, expiry: expiry))
    }
    try lots[index].history.add(quantity, at: time)
    try lots[index].value.increase(by: value, "value")
    let place = onShelf.firstIndex { $0 >= index } ?? onShelf.endIndex
    let isListed = place < onShelf.endIndex && onShelf[place] == index
    if isListed != (lots[index].history.onHand > 0) {
      if isListed { onShelf.remove(at: place) } else { onShelf.insert(index, at: place) }
    }
  }
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
      try records[place].move(
        line.lot, expiry: line.expiry, line.quantity.thousandths, worth: line.value.minorUnits,
        at: header.effective.instant)
    }
  }

  mutating func issue(_ event: StockIssued, _ header: RecordHeader) throws(WireError) {
    try items.update(event.item) { $0.hasMoved = true }
    let place = place(of: StockKey(clinic: event.clinic, item: event.item))
    records[place].pair = StockID(header.stream.number)
    for line in event.lines {
      guard records[place].index(of: line.lot) != nil else {
        throw WireError(.outOfRange, at: 0, field: "lot")
      }
      try records[place].move(
        line.lot, expiry: nil, 0 &- line.quantity.thousandths,
        worth: 0 &- line.value.minorUnits, at: header.effective.instant)
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
