import DaybookBytes
import DaybookEvents
import DaybookValues

/// What is known of one thing from a position on: a patient, a party, a service, a clinic.
struct Registration<Facts: RegisteredFacts>: HistoryRow {
  /// The thing's number, or whatever tells it from the others of its registry.
  var key: UInt64
  var position: Position
  var facts: Facts
  /// The index of what was known before; -1 for the first.
  var previous: Int

  func append(to writer: inout ByteWriter) {
    writer.appendLittleEndian(key)
    writer.appendLittleEndian(position.number)
    facts.append(to: &writer)
  }
}

extension Registration {
  static var blank: Self { Self(key: 0, position: .blank, facts: .blank, previous: -1) }

  init(reading reader: inout ByteReader) throws(WireError) {
    key = try UInt64(reading: &reader)
    position = try Position(reading: &reader)
    facts = try Facts(reading: &reader)
    previous = try Int(reading: &reader)
  }

  func store(to writer: inout ByteWriter) {
    key.store(to: &writer)
    position.store(to: &writer)
    facts.store(to: &writer)
    previous.store(to: &writer)
  }
}

/// What a registry keeps of a thing.
protocol RegisteredFacts: StoredValue {
  /// Appends all that the facts say; the model's digest is made of it.
  func append(to writer: inout ByteWriter)
}

/// Things in the order in which they became known, with every version of what is known.
struct Registry<Facts: RegisteredFacts>: Sendable {
  private(set) var rows = History<Registration<Facts>>(chunkRows: 4096)
  private var latest = DenseIndex()

  /// Notes what is known of `key` from `position` on.
  mutating func note(_ key: UInt64, at position: Position, _ facts: Facts) {
    let previous = latest[key] ?? -1
    latest[key] = rows.count
    rows.append(Registration(key: key, position: position, facts: facts, previous: previous))
  }

  /// What is known of `key` at `position`; nil if nothing is.
  func find(_ key: UInt64, at position: Position = Position(.max)) -> Registration<Facts>? {
    var index = latest[key] ?? -1
    while index >= 0 {
      let row = rows[index]
      if row.position <= position { return row }
      index = row.previous
    }
    return nil
  }

  /// The things known at `position`, each once, in the order in which they became known.
  func list(at position: Position) -> [Registration<Facts>] {
    rows.rows(through: position).compactMap { row in
      row.previous < 0 ? find(row.key, at: position) : nil
    }
  }
}

extension Registry: Checkpointed {
  mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("rows", &rows)
    try parts.visit("latest", &latest)
  }
}

extension ByteWriter {
  /// Appends a text with its length before it.
  mutating func appendText(_ text: String) {
    appendLittleEndian(UInt32(text.utf8.count))
    append(utf8: text)
  }
}
