package import DaybookBytes
package import DaybookClinicEvents
package import DaybookEvents
package import DaybookValues

/// What the Desk knows of an item.
package struct ItemRecord: Sendable {
  package var baseUnit = ""
  package var lotTracked = false
  package var expiryTracked = false
  package var implant = false
  package var controlled = false
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
    _ lot: String, expiry: Day?, _ quantity: Int64, worth value: Int64, _ header: RecordHeader,
    in movements: inout LotMovements
  ) throws(WireError) {
    let index = places[lot] ?? lots.count
    if index == lots.count {
      places[lot] = index
      lots.append(LotRecord(lot: lot, expiry: expiry))
    }
    if quantity < 0 { movements.take(at: header.position, from: &lots[index].takings) }
    try move(index, quantity, worth: value, at: header.effective.instant, in: &movements)
  }

  /// Forgets what was taken from the lot at `index` by events that are reversed by now.
  mutating func settleTakings(
    of index: Int, in movements: LotMovements, _ corrections: CorrectionState
  ) {
    while let taking = movements.taking(lots[index].takings),
      corrections.isReversed(taking.position)
    {
      lots[index].takings = taking.previous
    }
  }

  /// Adds a movement of the lot at `index`, which nothing that came in rests on.
  mutating func move(
    _ index: Int, _ quantity: Int64, worth value: Int64, at time: Instant,
    in movements: inout LotMovements
  ) throws(WireError) {
    try movements.add(quantity, at: time, to: &lots[index].movements)
    try lots[index].onHand.increase(by: quantity, "quantity")
    try lots[index].value.increase(by: value, "value")
    let place = onShelf.firstIndex { $0 >= index } ?? onShelf.endIndex
    let isListed = place < onShelf.endIndex && onShelf[place] == index
    if isListed != (lots[index].onHand > 0) {
      if isListed { onShelf.remove(at: place) } else { onShelf.insert(index, at: place) }
    }
  }
}

/// A lot at one clinic.
package struct LotRecord: Sendable {
  package var lot = ""
  package var expiry: Day?
  /// Thousandths on hand when all is counted.
  package var onHand: Int64 = 0
  /// Minor units, by what came in less what was taken.
  package var value: Int64 = 0
  /// Its movements, as `LotMovements` knows them.
  fileprivate(set) var movements = LotMovements.none
  /// The last event that took some of it and is not reversed, as `LotMovements` knows it.
  fileprivate(set) var takings = LotMovements.none
}

/// Items, lots and what is on hand.
package struct StockState: Sendable {
  package private(set) var items = Dense<ItemKind, ItemRecord>()
  var records = PagedArray<StockRecord>(pageCount: 64)
  private var places: [StockKey: Int] = [:]
  private var expiries: [ItemLot: Day?] = [:]
  var movements = LotMovements()

  fileprivate struct ItemLot: Hashable {
    var item = ItemID()
    var lot = ""
  }

  /// The stock of an item at a clinic; nil where none came in.
  package subscript(key: StockKey) -> StockRecord? { places[key].map { records[$0] } }

  /// The expiry under which a lot came in; nil where it never did, nil within for a lot without.
  package func expiry(of lot: String, _ item: ItemID) -> Day?? {
    expiries[ItemLot(item: item, lot: lot)]
  }

  /// The least that was on hand of a lot from `time` until now: what may still be taken at that time.
  ///
  /// - Complexity: O(log n) of its movements.
  package func lowest(of lot: LotRecord, from time: Instant) -> Int64 {
    movements.lowest(from: time, of: lot.movements)
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
        header, in: &movements)
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
        worth: 0 &- line.value.minorUnits, header, in: &movements)
    }
  }

  mutating func place(of key: StockKey) -> Int {
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

  package init(clinic: ClinicID = .blank, item: ItemID = .blank) {
    self.clinic = clinic
    self.item = item
  }
}

extension StockState: Checkpointed {
  package mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("items", &items)
    try parts.visit("records", &records)
    try parts.visit("places", &places)
    try parts.visit("expiries", &expiries)
    try parts.visit("movements", &movements)
  }
}

extension StockState.ItemLot: Comparable {
  static func < (a: Self, b: Self) -> Bool { (a.item, a.lot) < (b.item, b.lot) }
}

extension StockState.ItemLot: StoredRecord {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&item)
    try fields.visit(&lot)
  }
}

extension StockKey: Comparable {
  package static func < (a: Self, b: Self) -> Bool { (a.clinic, a.item) < (b.clinic, b.item) }
}

extension StockKey: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&clinic)
    try fields.visit(&item)
  }
}

extension ItemRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&baseUnit)
    try fields.visit(&lotTracked)
    try fields.visit(&expiryTracked)
    try fields.visit(&implant)
    try fields.visit(&controlled)
    try fields.visit(&hasMoved)
  }
}

extension LotRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&lot)
    try fields.visit(&expiry)
    try fields.visit(&onHand)
    try fields.visit(&value)
    try fields.visit(&movements)
    try fields.visit(&takings)
  }
}

extension StockRecord: StoredValue {
  package static var blank: StockRecord { StockRecord() }

  package init(reading reader: inout ByteReader) throws(WireError) {
    pair = try StockID?(reading: &reader)
    lots = try [LotRecord](reading: &reader)
    onShelf = try [Int](reading: &reader)
    guard onShelf.allSatisfy({ $0 >= 0 && $0 < lots.count }) else {
      throw WireError(.outOfRange, at: reader.offset, field: "onShelf")
    }
    for (index, lot) in lots.enumerated() { places[lot.lot] = index }
  }

  package func store(to writer: inout ByteWriter) {
    pair.store(to: &writer)
    lots.store(to: &writer)
    onShelf.store(to: &writer)
  }
}
