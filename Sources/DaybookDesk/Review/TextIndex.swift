import DaybookBytes
import DaybookEvents

/// Which numbers stand for a text, among any number of texts: found in O(log n), and kept in pages.
///
/// It keeps a fingerprint of each text, not the text: whoever asks compares what it finds.
struct TextIndex: Sendable {
  /// A text's fingerprint, and what stands for it.
  struct Entry: Sendable {
    /// The fingerprint, which takes the place of a time.
    var time: Int64 = 0
    var number: UInt64 = 0
  }

  private var entries = TimeForest<Entry>()
  private var root = TimeForest<Entry>.empty

  /// The first number for `text` that `isMeant`; nil where there is none.
  ///
  /// - Complexity: O(log n), and each number whose text has the same fingerprint.
  func first(_ text: String, where isMeant: (UInt64) -> Bool) -> UInt64? {
    search(Self.fingerprint(text), under: root, where: isMeant)
  }

  private func search(
    _ fingerprint: Int64, under index: Int32, where isMeant: (UInt64) -> Bool
  ) -> UInt64? {
    guard let node = entries[index] else { return nil }
    if node.element.time == fingerprint, isMeant(node.element.number) {
      return node.element.number
    }
    // Equal ones may stand on both sides.
    if fingerprint <= node.element.time,
      let found = search(fingerprint, under: node.before, where: isMeant)
    {
      return found
    }
    return fingerprint >= node.element.time
      ? search(fingerprint, under: node.after, where: isMeant) : nil
  }

  /// Notes that `number` stands for `text`.
  mutating func insert(_ text: String, _ number: UInt64) throws(WireError) {
    try entries.insert(Entry(time: Self.fingerprint(text), number: number), into: &root)
  }

  /// Good enough to tell texts apart, and the same on every machine. Source: FNV-1a, 64 bits.
  private static func fingerprint(_ text: String) -> Int64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    return Int64(bitPattern: hash)
  }
}

extension TextIndex: Checkpointed {
  mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("entries", &entries)
    try parts.visit("root", &root)
  }
}

extension TextIndex.Entry: TimedElement {
  static func summary(_ before: Bool?, _ element: Self, _ after: Bool?) -> Bool { true }
}

extension TextIndex.Entry: StoredRecord {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&time)
    try fields.visit(&number)
  }
}
