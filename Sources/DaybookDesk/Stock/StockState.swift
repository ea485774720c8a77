package import DaybookBytes
package import DaybookClinicEvents
package import DaybookEvents
package import DaybookValues

/// Items, lots and what is on hand; orders, receipts, transfers and counts.
package struct StockState: Sendable {
  package internal(set) var items = Dense<ItemKind, ItemRecord>()
  package internal(set) var receipts = Dense<ReceiptKind, GoodsRecord>()
  package internal(set) var orders = Dense<OrderKind, OrderRecord>()
  package internal(set) var transfers = Dense<TransferKind, TransferRecord>()
  package internal(set) var counts = Dense<CountKind, CountRecord>()
  /// The lots of all items, wherever they are.
  private(set) var itemLots = PagedArray<ItemLotRecord>(pageCount: 512)
  /// The lots at each clinic.
  private(set) var lots = PagedArray<LotRecord>(pageCount: 512)
  private var records = PagedArray<StockRecord>(pageCount: 512)
  private var places: [StockKey: Int] = [:]
  private var names = TextIndex()
  private var shelves = LotShelves()
  private var movements = LotMovements()
  private var lotCounts = LotCounts()
  private var shorts = OpenShorts()

  // MARK: - Questions

  /// The stock of an item at a clinic; nil where none came in.
  package subscript(key: StockKey) -> StockRecord? { places[key].map { records[$0] } }

  /// A lot of an item, wherever it is; nil where nobody has named it yet.
  package func itemLot(_ lot: String, of item: ItemID) -> ItemLotRecord? {
    index(of: lot, item).map { itemLots[Int($0)] }
  }

  /// Which lot of an item, wherever it is, a lot at a clinic is of.
  package func itemLot(of lot: LotRecord) -> ItemLotRecord { itemLots[Int(lot.itemLot)] }

  /// The names of the lots at a clinic of which there is anything, and how many thousandths of each.
  package func shelf(of key: StockKey) -> [(lot: String, onHand: Int64)] {
    (self[key]?.onShelf ?? []).map {
      let record = lots[Int($0)]
      return (itemLot(of: record).lot, record.onHand)
    }
  }

  /// A lot at a clinic; nil where it never came there.
  package func lot(_ lot: String, at key: StockKey) -> LotRecord? {
    index(of: lot, at: key).map { lots[Int($0)] }
  }

  /// Where a lot at a clinic stands; nil where it never came there.
  func index(of lot: String, at key: StockKey) -> Int32? {
    guard let record = self[key], let itemLot = index(of: lot, key.item) else { return nil }
    return shelves.find(itemLot, in: record.lots)
  }

  private func index(of lot: String, _ item: ItemID) -> Int32? {
    let found = names.first(Self.name(lot, of: item)) {
      itemLots[Int($0)].item == item && itemLots[Int($0)].lot == lot
    }
    return found.map { Int32(truncatingIfNeeded: $0) }
  }

  private static func name(_ lot: String, of item: ItemID) -> String { "\(item.number)/\(lot)" }

  /// The expiry under which a lot came in; nil where it never did, nil within for a lot without.
  package func expiry(of lot: String, _ item: ItemID) -> Day?? {
    itemLot(lot, of: item).flatMap { $0.hasCome ? .some($0.expiry) : nil }
  }

  /// The least that was on hand of a lot from `time` until now, or until before `end`: what may still
  /// be taken at that time.
  ///
  /// - Complexity: O(log n) of its movements.
  package func lowest(
    of lot: LotRecord, from time: Instant, before end: Instant? = nil
  ) -> Int64 {
    movements.lowest(from: time, before: end, of: lot.movements)
  }

  /// What was on hand of a lot at `time`.
  ///
  /// - Complexity: O(log n) of its movements.
  package func balance(of lot: LotRecord, at time: Instant) -> Int64 {
    movements.balance(at: time, of: lot.movements)
  }

  /// The first count of a lot at a clinic after `time`: what was recorded before it is not moved by
  /// what is recorded now; nil where it was not counted since.
  func firstCount(after time: Instant, of lot: String, at key: StockKey) -> LotCounts.Count? {
    self.lot(lot, at: key).flatMap { lotCounts.first(after: time, of: $0.counts) }
  }

  /// What was used beyond what was on hand after `time`, and is not settled.
  func openShorts(of key: StockKey, after time: Instant) -> [OpenShorts.Short] {
    self[key].map { shorts.after(time, in: $0.shorts) } ?? []
  }

  /// How much was used beyond what was on hand up to `time`, and is not settled.
  package func short(of key: StockKey, through time: Instant) -> Int64 {
    self[key].map { shorts.quantity(through: time, in: $0.shorts) } ?? 0
  }

  // MARK: - Changes

  /// The place of the stock of an item at a clinic, made if it is the first time.
  private mutating func place(of key: StockKey) -> Int {
    if let place = places[key] { return place }
    places[key] = records.count
    records.append(StockRecord())
    return records.count - 1
  }

  /// The index of a lot of an item, made if it is the first time.
  private mutating func itemLotIndex(
    _ lot: String, of item: ItemID
  ) throws(WireError) -> Int32 {
    if let known = index(of: lot, item) { return known }
    guard items.contains(item), let index = Int32(exactly: itemLots.count) else {
      throw WireError(.outOfRange, at: 0, field: "lot")
    }
    itemLots.append(ItemLotRecord(item: item, lot: lot))
    try names.insert(Self.name(lot, of: item), UInt64(index))
    return index
  }

  /// The index of a lot at a clinic, made if it is the first time.
  private mutating func lotIndex(
    _ lot: String, at key: StockKey
  ) throws(WireError) -> Int32 {
    let itemLot = try itemLotIndex(lot, of: key.item)
    let place = place(of: key)
    if let known = shelves.find(itemLot, in: records[place].lots) { return known }
    guard let index = Int32(exactly: lots.count) else {
      throw WireError(.outOfRange, at: 0, field: "lot")
    }
    lots.append(LotRecord(itemLot: itemLot))
    var root = records[place].lots
    try shelves.add(index, of: itemLot, to: &root)
    records[place].lots = root
    return index
  }

  mutating func update(
    _ lot: String, of item: ItemID, _ change: (inout ItemLotRecord) -> Void
  ) throws(WireError) {
    let index = Int(try itemLotIndex(lot, of: item))
    change(&itemLots[index])
  }

  mutating func update(_ key: StockKey, _ change: (inout StockRecord) -> Void) {
    let place = place(of: key)
    change(&records[place])
  }

  /// A lot came in, with what it says of itself.
  mutating func come(_ lot: String, expiry: Day?, at key: StockKey) throws(WireError) {
    try update(lot, of: key.item) {
      $0.expiry = expiry
      $0.hasCome = true
    }
    _ = try lotIndex(lot, at: key)
  }

  /// Adds a movement of a lot that came to the clinic before.
  ///
  /// - Parameters:
  ///   - quantity: Thousandths; below zero for what goes out.
  ///   - value: Minor units of the same sign.
  ///   - undoing: Whether it is the reversal of an earlier movement, on which nothing rests.
  mutating func move(
    _ lot: String, at key: StockKey, _ quantity: Int64, worth value: Int64,
    _ header: RecordHeader, undoing: Bool = false
  ) throws(WireError) {
    guard let index = index(of: lot, at: key) else {
      throw WireError(.outOfRange, at: 0, field: "lot")
    }
    try items.update(key.item) { $0.hasMoved = true }
    var record = lots[Int(index)]
    if quantity < 0, !undoing { movements.take(at: header.position, from: &record.takings) }
    if undoing {
      try movements.undo(quantity, at: header.effective.instant, to: &record.movements)
    } else {
      try movements.add(quantity, at: header.effective.instant, to: &record.movements)
    }
    try record.onHand.increase(by: quantity, "quantity")
    try record.value.increase(by: value, "value")
    lots[Int(index)] = record
    let hasSome = record.onHand > 0
    update(key) { stock in
      let place = stock.onShelf.firstIndex { $0 >= index } ?? stock.onShelf.endIndex
      let isListed = place < stock.onShelf.endIndex && stock.onShelf[place] == index
      if isListed, !hasSome { stock.onShelf.remove(at: place) }
      if !isListed, hasSome { stock.onShelf.insert(index, at: place) }
    }
  }

  /// Notes what one of a lot costs when nothing is left of it.
  mutating func noteCost(
    _ lot: String, at key: StockKey, _ quantity: Int64, worth value: Int64
  ) {
    guard let index = index(of: lot, at: key) else { return }
    lots[Int(index)].lastQuantity = quantity
    lots[Int(index)].lastValue = value
  }

  /// A lot was counted at a clinic.
  mutating func note(
    _ count: LotCounts.Count, of lot: String, at key: StockKey
  ) throws(WireError) {
    let index = Int(try lotIndex(lot, at: key))
    var root = lots[index].counts
    try lotCounts.add(count, to: &root)
    lots[index].counts = root
  }

  /// A count of a lot stands no more.
  ///
  /// - Returns: What it had settled.
  mutating func strike(
    _ count: CountID, at time: Instant, of lot: String, at key: StockKey
  ) -> Int32 {
    guard let root = self.lot(lot, at: key)?.counts else { return OpenShorts.none }
    return lotCounts.strike(count, at: time, of: root)
  }

  /// How much of what was used at `time` beyond what was on hand is not settled.
  func openShort(of key: StockKey, where isIt: (OpenShorts.Short) -> Bool) -> Int64 {
    self[key].map { shorts.quantity(in: $0.shorts, where: isIt) } ?? 0
  }

  /// More was used than was on hand.
  mutating func fallShort(_ short: OpenShorts.Short, at key: StockKey) throws(WireError) {
    var chain = self[key]?.shorts ?? OpenShorts.none
    try shorts.add(short, to: &chain)
    update(key) { $0.shorts = chain }
  }

  /// Something turned up for what was used beyond what was on hand.
  mutating func settle(
    _ quantity: Int64, at key: StockKey, where isIt: (OpenShorts.Short) -> Bool
  ) {
    guard var chain = self[key]?.shorts else { return }
    shorts.settle(quantity, in: &chain, where: isIt)
    update(key) { $0.shorts = chain }
  }

  /// A count has told what there is, whatever was used before it.
  ///
  /// - Returns: What it settles, to be opened again where the count is reversed.
  @discardableResult
  mutating func settleShorts(through time: Instant, at key: StockKey) -> Int32 {
    guard var chain = self[key]?.shorts, chain != OpenShorts.none else { return OpenShorts.none }
    let settled = shorts.settle(through: time, in: &chain)
    update(key) { $0.shorts = chain }
    return settled
  }

  /// What a count had settled is open again.
  mutating func reopenShorts(_ settled: Int32, at key: StockKey) {
    guard settled != OpenShorts.none else { return }
    var chain = self[key]?.shorts ?? OpenShorts.none
    shorts.append(settled, to: &chain)
    update(key) { $0.shorts = chain }
  }

  // MARK: - What rests on what came in

  /// The last event that took some of a lot and is not reversed; nil for none.
  func lastTaking(from lot: LotRecord) -> Position? { movements.taking(lot.takings)?.position }

  /// Forgets what was taken from a lot by events that are reversed by now.
  mutating func settleTakings(
    of lot: String, at key: StockKey, _ corrections: CorrectionState
  ) {
    guard let index = index(of: lot, at: key) else { return }
    while let taking = movements.taking(lots[Int(index)].takings),
      corrections.isReversed(taking.position)
    {
      lots[Int(index)].takings = taking.previous
    }
  }
}

extension StockState: Checkpointed {
  package mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("items", &items)
    try parts.visit("receipts", &receipts)
    try parts.visit("orders", &orders)
    try parts.visit("transfers", &transfers)
    try parts.visit("counts", &counts)
    try parts.visit("itemLots", &itemLots)
    try parts.visit("lots", &lots)
    try parts.visit("records", &records)
    try parts.visit("places", &places)
    try parts.visit("names", &names)
    try parts.visit("shelves", &shelves)
    try parts.visit("movements", &movements)
    try parts.visit("lotCounts", &lotCounts)
    try parts.visit("shorts", &shorts)
  }
}
