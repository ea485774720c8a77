public import DaybookEvents

/// How many records of each type there are.
public struct TypeCounts: Hashable, Sendable {
  /// One type of record and how many there are.
  public struct Entry: Hashable, Sendable {
    /// The records' family.
    public var family: FamilyNumber
    /// Their tag in it.
    public var tag: UInt16
    /// How many.
    public var count: UInt64

    var key: UInt32 { UInt32(family.rawValue) << 16 | UInt32(tag) }
  }

  // Sorted by key. A log has a few dozen types, and the last one seen is often seen again.
  private var keys: [UInt32] = []
  private var counts: [UInt64] = []
  private var last = 0

  /// No records.
  public init() {}

  /// The types that occur, by family, then by tag.
  public var entries: [Entry] {
    zip(keys, counts).map { key, count in
      Entry(
        family: FamilyNumber(UInt16(key >> 16)), tag: UInt16(truncatingIfNeeded: key), count: count)
    }
  }

  /// How many types occur.
  public var typeCount: Int { keys.count }

  /// Counts `count` more records of a type.
  public mutating func add(_ family: FamilyNumber, _ tag: UInt16, _ count: UInt64 = 1) {
    let key = UInt32(family.rawValue) << 16 | UInt32(tag)
    if last >= keys.count || keys[last] != key {
      var low = 0
      var high = keys.count
      while low < high {
        let middle = (low + high) / 2
        if keys[middle] < key { low = middle + 1 } else { high = middle }
      }
      last = low
      if low == keys.count || keys[low] != key {
        keys.insert(key, at: low)
        counts.insert(0, at: low)
      }
    }
    counts[last] &+= count
  }

  /// Counts those of `other` too.
  public mutating func add(_ other: TypeCounts) {
    for entry in other.entries { add(entry.family, entry.tag, entry.count) }
  }

  /// Equal when the same types occur as often.
  public static func == (a: TypeCounts, b: TypeCounts) -> Bool {
    a.keys == b.keys && a.counts == b.counts
  }

  /// Hashes types and counts.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(keys)
    hasher.combine(counts)
  }
}
