import DaybookBytes
import DaybookEvents

/// Which events a catalogue knows, for a question asked of every record: a bit an event.
struct EventTable: Sendable {
  /// By family, a bit for each tag below 64.
  private var small: [UInt64] = []
  /// The rest, which a catalogue hardly has.
  private var others: Set<Key> = []

  private struct Key: Hashable, Comparable {
    var family: UInt16
    var tag: UInt16

    static func < (left: Key, right: Key) -> Bool {
      (left.family, left.tag) < (right.family, right.tag)
    }
  }

  /// A number that is another for nearly every other set of events.
  let mark: UInt32

  init(_ catalogue: Catalogue) {
    var events: Set<Key> = []
    for family in catalogue.families {
      for event in family.events {
        events.insert(Key(family: event.family.rawValue, tag: event.tag))
      }
    }
    var checksum = CRC32C()
    for event in events.sorted() {
      checksum.update(littleEndian: UInt64(event.family) << 16 | UInt64(event.tag))
    }
    mark = checksum.value
    for event in events { insert(event.family, event.tag) }
  }

  private mutating func insert(_ family: UInt16, _ tag: UInt16) {
    if family < 1000, tag < 64 {
      while small.count <= Int(family) { small.append(0) }
      small[Int(family)] |= 1 << UInt64(tag)
    } else {
      others.insert(Key(family: family, tag: tag))
    }
  }

  @inline(always)
  func contains(_ family: FamilyNumber, _ tag: UInt16) -> Bool {
    if Int(family.rawValue) < small.count, tag < 64 {
      return small[Int(family.rawValue)] >> UInt64(tag) & 1 == 1
    }
    return !others.isEmpty && others.contains(Key(family: family.rawValue, tag: tag))
  }
}
