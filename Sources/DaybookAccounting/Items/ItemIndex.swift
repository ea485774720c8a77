import DaybookBytes
import DaybookEvents
import DaybookValues

/// The open items of the books up to some posting, and how each came to what it is.
///
/// It is made from the postings when items are first asked for, so that no event waits for it, and
/// goes on from there: one pass over what is new. As it keeps of every item the first and the last
/// day and position, and its movements, it answers for any day as known at any position before.
struct ItemIndex: Sendable {
  var items = PagedArray<OpenItem>(pageCount: 2048)
  private(set) var blocks: [ItemBlock] = []
  private(set) var movements = PagedArray<ItemMovement>(pageCount: 16_384)
  private(set) var places = ItemPlaces()
  /// How many entries concern the accounts of items, a full chunk each.
  private(set) var touches = PagedArray<ChunkTurnover>(pageCount: 16)
  /// How many postings were taken, and the position of the last one.
  private(set) var rowCount = 0
  private(set) var lastPosition = Position.start

  /// The position of the last posting on an account of items: before it, nothing is left to be taken.
  private(set) var position = Position.start
  private var cursor = SettledCursor()
  private var heldCount = 0
  /// Receivables of that position that are of no charge: what a sale owes and pays at once is no item.
  private var pending: [UInt32] = []

  /// No items.
  init() {}

  /// Takes the postings that the books have behind those taken, up to `end`.
  ///
  /// - Complexity: O(new postings).
  mutating func take(_ books: AccountingModel, through end: Int) {
    let accounts = ItemAccounts(books)
    let postings = books.ledger.postings
    while rowCount < end {
      let chunk = rowCount / postings.chunkRows
      let rows = postings.chunk(chunk)
      let start = rowCount - chunk * postings.chunkRows
      let last = min(end - chunk * postings.chunkRows, rows.count)
      for index in start..<last {
        guard let ledger = accounts[rows[index].account] else { continue }
        take(rows[index], ledger, chunk * postings.chunkRows + index, books)
      }
      if last > 0 { lastPosition = rows[last - 1].position }
      rowCount = chunk * postings.chunkRows + last
      if last == postings.chunkRows {
        touches.append(ItemTouches.sums(ofChunk: chunk, postings, accounts))
      }
    }
  }

  /// Takes what is said behind the last posting; the books have no more.
  mutating func finish(_ books: AccountingModel) {
    takePending(books)
    takeHeld(before: .end, books)
  }

  private mutating func take(
    _ row: Posting, _ ledger: ItemLedger, _ index: Int, _ books: AccountingModel
  ) {
    if row.position != position {
      takePending(books)
      takeHeld(before: row.position, books)
      position = row.position
      cursor.go(to: position, books.reversals)
    }
    if ledger == .receivable, row.charge == 0 {
      pending.append(UInt32(truncatingIfNeeded: index))
      return
    }
    var key = ItemKey(ledger: ledger, document: row.document, party: row.party)
    if ledger == .receivable {
      key.document = DocumentKey(charge: row.charge)
    } else if let settled = cursor.settled(by: row, among: books.notes.settled) {
      (key.document, key.line) = (settled.document, settled.itemLine)
    }
    take(row, index, key, isUndoing: cursor.undone != nil, books)
  }

  private mutating func take(
    _ row: Posting, _ index: Int, _ key: ItemKey, isUndoing: Bool,
    _ books: AccountingModel
  ) {
    let clinic = UInt16(truncatingIfNeeded: row.clinic)
    var place = find(key, clinic) ?? -1
    if place < 0 { place = make(key, clinic, row, books) }
    var item = items[place]
    let wasOpen = item.state.open != 0
    item.state.take(row, key.ledger, isUndoing: isUndoing)
    movements.append(ItemMovement(posting: index, isUndoing: isUndoing, after: item.movement))
    note(&item, row.day, row.position)
    items[place] = item
    let isOpen = item.state.open != 0
    if wasOpen != isOpen { blocks[place / ItemBlock.size].openCount += isOpen ? 1 : -1 }
    blocks[place / ItemBlock.size].take(row.day, row.position)
  }

  private mutating func note(_ item: inout OpenItem, _ day: Int32, _ position: Position) {
    if item.movement == 0 { item.firstPosition = position }
    item.movement = UInt32(truncatingIfNeeded: movements.count)
    item.lastPosition = position
    item.firstDay = min(item.firstDay, day)
    item.lastDay = max(item.lastDay, day)
  }

  /// The item of that key at a clinic; nil where there is none.
  func find(_ key: ItemKey, _ clinic: UInt16) -> Int? {
    var next = places.item(of: key.document)
    while let place = next {
      let item = items[place]
      if item.key == key, item.clinic == clinic { return place }
      next = item.sibling == 0 ? nil : Int(item.sibling) - 1
    }
    return nil
  }

  private mutating func make(
    _ key: ItemKey, _ clinic: UInt16, _ row: Posting, _ books: AccountingModel
  ) -> Int {
    let place = items.count
    precondition(place < Int(UInt32.max), "more items than can be linked")
    var item = OpenItem()
    item.key = key
    item.clinic = clinic
    if let other = places.item(of: key.document) {
      item.sibling = UInt32(other + 1)
      item.hasSiblings = true
      if !items[other].hasSiblings { items[other].hasSiblings = true }
    }
    places.set(place, of: key.document)
    item.ofParty = places.item(ofParty: key.party).map { UInt32($0 + 1) } ?? 0
    places.set(place, ofParty: key.party)
    if key.ledger == .receivable, let patient = books.patient(ofCharge: row.charge),
      key.party != patient | 1 << 30
    {
      item.ofPatient = places.item(ofPatient: patient).map { UInt32($0 + 1) } ?? 0
      places.set(place, ofPatient: patient)
    }
    items.append(item)
    if place % ItemBlock.size == 0 { blocks.append(ItemBlock()) }
    return place
  }

  /// What stands in receivables without a charge is an item of its document, unless the entry itself
  /// brings it to nothing.
  private mutating func takePending(_ books: AccountingModel) {
    guard !pending.isEmpty else { return }
    let rows = pending.map { (index: Int($0), row: books.ledger.postings[Int($0)]) }
    pending.removeAll(keepingCapacity: true)
    for (index, row) in rows {
      let sum = rows.reduce(Int128(0)) { sum, other in
        other.row.party == row.party && other.row.clinic == row.clinic
          ? sum + Int128(other.row.amount) : sum
      }
      guard sum != 0 else { continue }
      let key = ItemKey(ledger: .receivable, document: row.document, party: row.party)
      take(row, index, key, isUndoing: cursor.undone != nil, books)
    }
  }

  private mutating func takeHeld(before end: Position, _ books: AccountingModel) {
    let held = books.notes.held
    while heldCount < held.count, held[heldCount].position < end {
      let one = held[heldCount]
      var next = places.item(of: one.key.document)
      while let place = next {
        var item = items[place]
        next = item.sibling == 0 ? nil : Int(item.sibling) - 1
        guard item.key == one.key else { continue }
        item.state.take(one, books.notes.papers[Int(one.paper)])
        movements.append(ItemMovement(held: heldCount, after: item.movement))
        note(&item, one.day, one.position)
        items[place] = item
        blocks[place / ItemBlock.size].take(one.day, one.position)
      }
      heldCount += 1
    }
  }
}

extension ItemIndex: Checkpointed {
  mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("items", &items)
    try parts.visit("blocks", &blocks)
    try parts.visit("movements", &movements)
    try parts.visit("places", &places)
    try parts.visit("touches", &touches)
    try parts.visit("rowCount", &rowCount)
    try parts.visit("lastPosition", &lastPosition)
    try parts.visit("position", &position)
    try parts.visit("undone", &cursor.undone)
    try parts.visit("heldCount", &heldCount)
    try parts.visit("settledCount", &cursor.settledCount)
    try parts.visit("reversalCount", &cursor.reversalCount)
    try parts.visit("pending", &pending)
    guard rowCount >= 0, heldCount >= 0, cursor.settledCount >= 0, cursor.reversalCount >= 0,
      blocks.count == (items.count + ItemBlock.size - 1) / ItemBlock.size,
      pending.allSatisfy({ Int($0) < rowCount })
    else { throw WireError(.outOfRange, at: 0, field: "items") }
  }
}

extension AccountingModel {
  /// The number of the patient whom a charge is of; nil for one that was never posted.
  func patient(ofCharge charge: UInt32) -> UInt32? {
    charges.row(ofCharge: charge)?.patient
  }

  /// How many items there are of all that is known, and the bytes of what is kept of them.
  public func openItemMemory() -> (items: Int, bytes: Int) {
    let index = items(at: .end)
    let places = 2 * MemoryLayout<Int>.stride
    let bytes =
      index.items.count * (MemoryLayout<OpenItem>.stride + places)
      + index.movements.count * MemoryLayout<ItemMovement>.stride
      + index.blocks.count * MemoryLayout<ItemBlock>.stride
    return (index.items.count, bytes)
  }
}
