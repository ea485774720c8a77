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

  init() {}

  /// A table of `entries`, whose positions ascend.
  init(_ entries: some Collection<ReferenceEntry>) {
    for entry in entries { note(entry) }
  }

  /// Bytes taken, with the room kept for more.
  var bytes: Int {
    entries.capacity * MemoryLayout<ReferenceEntry>.stride + slots.capacity * 4
  }

  mutating func note(_ entry: ReferenceEntry) {
    precondition(
      entries.last.map { $0.position < entry.position } ?? true, "references out of order")
    entries.append(entry)
    if entries.count * 4 > slots.count * 3 { grow() } else { place(entries.count - 1) }
  }

  private mutating func grow() {
    let count = max(slots.count * 2, 64)
    slots = [UInt32](repeating: 0, count: count)
    // Fingerprints are spread evenly: their upper bits are as good as any.
    shift = UInt64(ReferenceHash.bitsMax - count.trailingZeroBitCount)
    for index in entries.indices { place(index) }
  }

  private mutating func place(_ index: Int) {
    let mask = slots.count - 1
    var slot = Int(entries[index].fingerprint >> shift)
    while slots[slot] != 0 { slot = (slot + 1) & mask }
    slots[slot] = UInt32(index + 1)
  }

  /// Calls `body` with the position of every entry of that fingerprint, the first noted first.
  func forEach(_ fingerprint: UInt64, _ body: (Position) -> Void) {
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
