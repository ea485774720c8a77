import DaybookValues

/// References that no file holds yet, in the order of their positions, found by fingerprint.
///
/// A reference takes 12 bytes and, in the table of open addressing beside it, 4 bytes a slot.
struct ReferenceTable: Sendable {
  /// In the order in which they were noted, which is that of their positions.
  private(set) var entries: [ReferenceEntry] = []
  /// The index of an entry and one; 0 is free. A power of two, at most three quarters full.
  private var slots: [UInt32] = []
  private var shift: UInt64 = 0
  /// How many of the entries have slots: none of those given at once, until it is worth it.
  private var placed = 0
  /// How often those without were looked through.
  private var looks = 0

  init() {}

  /// A table of `entries`, whose positions ascend.
  init(_ entries: some Collection<ReferenceEntry>) {
    self.entries = Array(entries)
    assert(zip(self.entries, self.entries.dropFirst()).allSatisfy { $0.position < $1.position })
  }

  /// Bytes taken, with the room kept for more.
  var bytes: Int {
    entries.capacity * MemoryLayout<ReferenceEntry>.stride + slots.capacity * 4
  }

  mutating func note(_ entry: ReferenceEntry) {
    precondition(
      entries.last.map { $0.position < entry.position } ?? true, "references out of order")
    entries.append(entry)
    if placed < entries.count - 1 { return }
    if entries.count * 4 > slots.count * 3 { placeAll() } else { place(entries.count - 1) }
    placed = entries.count
  }

  private mutating func placeAll() {
    var count = max(slots.count, 64)
    while entries.count * 4 > count * 3 { count *= 2 }
    slots = [UInt32](repeating: 0, count: count)
    // Fingerprints are spread evenly: their upper bits are as good as any.
    shift = UInt64(ReferenceHash.bitsMax - count.trailingZeroBitCount)
    for index in entries.indices { place(index) }
    placed = entries.count
  }

  private mutating func place(_ index: Int) {
    let mask = slots.count - 1
    var slot = Int(entries[index].fingerprint >> shift)
    while slots[slot] != 0 { slot = (slot + 1) & mask }
    slots[slot] = UInt32(index + 1)
  }

  /// So many questions are answered by looking through all entries: that takes no longer than to
  /// give them slots, and a process that records one action asks one.
  private static let looksMax = 16

  /// Calls `body` with the position of every entry of that fingerprint, the first noted first.
  ///
  /// - Complexity: O(1); of a table that was made of many entries, the first answers O(entries).
  mutating func forEach(_ fingerprint: UInt64, _ body: (Position) -> Void) {
    if placed < entries.count {
      guard looks == Self.looksMax else {
        looks += 1
        for entry in entries where entry.fingerprint == fingerprint { body(entry.position) }
        return
      }
      placeAll()
    }
    if slots.isEmpty { return }
    let mask = slots.count - 1
    var slot = Int(fingerprint >> shift)
    while slots[slot] != 0 {
      let entry = entries[Int(slots[slot]) - 1]
      if entry.fingerprint == fingerprint { body(entry.position) }
      slot = (slot + 1) & mask
    }
  }

  /// The entries from `position` on.
  func suffix(from position: Position) -> ArraySlice<ReferenceEntry> {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].position < position { low = middle + 1 } else { high = middle }
    }
    return entries[low...]
  }
}
