package import DaybookBytes
package import DaybookEvents
package import DaybookValues

/// Records of things that are numbered 1, 2, 3 ... without gaps: a number is an array's index.
///
/// They stand in pages: after a checkpoint those that nobody asks for are not read.
package struct Dense<Kind: IdentifierKind, Record: StoredValue>: Sendable {
  private var records = PagedArray<Record>(pageCount: 1024)

  init() {}

  /// How many there are, which is the last number given.
  package var count: Int { records.count }

  /// The record of `id`; nil where there is none.
  package subscript(id: Identifier<Kind>) -> Record? {
    guard contains(id) else { return nil }
    return records[Int(id.number) - 1]
  }

  package func contains(_ id: Identifier<Kind>) -> Bool {
    id.number > 0 && id.number <= UInt64(records.count)
  }

  /// Adds the record of the next number.
  ///
  /// - Throws: `.outOfRange` where `id` is not the next one, so that no event of a foreign log can
  ///   ask for more memory than it has events.
  mutating func append(_ record: Record, as id: Identifier<Kind>) throws(WireError) {
    guard id.number == UInt64(records.count) + 1 else {
      throw WireError(.outOfRange, at: 0, field: Kind.name)
    }
    records.append(record)
  }

  /// Changes the record of `id` where it stands.
  mutating func update(
    _ id: Identifier<Kind>, _ change: (inout Record) throws(WireError) -> Void
  ) throws(WireError) {
    guard contains(id) else { throw WireError(.outOfRange, at: 0, field: Kind.name) }
    try change(&records[Int(id.number) - 1])
  }
}

extension Dense: Checkpointed {
  package mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try records.describe(&parts)
  }
}

/// What was said of a thing, from when on.
package struct Versions<Record: StoredValue>: Sendable {
  fileprivate struct Version: Sendable {
    var from = Instant()
    var record: Record = .blank
  }

  private var versions: [Version]

  init(_ record: Record, from: Instant) { versions = [Version(from: from, record: record)] }

  /// What held at `time`; before the first version, the first.
  ///
  /// - Complexity: O(log n).
  package func at(_ time: Instant) -> Record {
    versions[max(0, firstIndex(after: time) - 1)].record
  }

  /// When the first one began.
  package var first: Instant { versions[0].from }

  /// Adds a version; of two from the same time the later one said holds.
  mutating func add(_ record: Record, from: Instant) {
    versions.insert(Version(from: from, record: record), at: firstIndex(after: from))
  }

  private func firstIndex(after time: Instant) -> Int {
    var low = 0
    var high = versions.count
    while low < high {
      let middle = (low + high) / 2
      if versions[middle].from > time { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension Versions: StoredRecord {
  package static var blank: Versions<Record> { Versions(.blank, from: .blank) }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&versions)
  }

  /// There is always a first one.
  package var isSound: Bool { !versions.isEmpty }
}

extension Versions.Version: StoredRecord {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&from)
    try fields.visit(&record)
  }
}

extension Int64 {
  /// Adds `other` to what the state keeps; a sum that no decider can have allowed is an error.
  mutating func increase(by other: Int64, _ field: StaticString) throws(WireError) {
    let (sum, tooLarge) = addingReportingOverflow(other)
    if tooLarge { throw WireError(.outOfRange, at: 0, field: "\(field)") }
    self = sum
  }
}

extension String {
  /// The text without white space around it, as texts are compared.
  package var trimmed: String {
    let scalars = unicodeScalars
    guard
      let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(scalars[first...last])
  }
}
