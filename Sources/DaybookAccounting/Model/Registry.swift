import DaybookBytes
import DaybookValues

/// What is known of one thing from a position on: a patient, a party, a service, a clinic.
struct Registration<Facts: RegisteredFacts>: HistoryRow {
  /// The thing's number, or whatever tells it from the others of its registry.
  var key: UInt64
  var position: UInt64
  /// The source reference of the event that registered it; empty where it had none.
  var reference: String
  var facts: Facts
  /// The index of what was known before; -1 for the first.
  var previous: Int

  func digest(into writer: inout ByteWriter) {
    writer.appendLittleEndian(key)
    writer.appendLittleEndian(position)
    writer.appendText(reference)
    facts.digest(into: &writer)
  }
}

/// What a registry keeps of a thing beside its reference.
protocol RegisteredFacts: Sendable {
  func digest(into writer: inout ByteWriter)
}

/// Nothing but the reference.
struct NoFacts: RegisteredFacts {
  func digest(into writer: inout ByteWriter) {}
}

/// Things in the order in which they became known, with every version of what is known.
struct Registry<Facts: RegisteredFacts>: Sendable {
  private(set) var rows = History<Registration<Facts>>(chunkRows: 4096)
  // Only asked for a key; never iterated, since its order is not the same twice.
  private var latest: [UInt64: Int] = [:]

  /// Notes what is known of `key` from `position` on; a later version keeps the first reference.
  mutating func note(_ key: UInt64, at position: Position, reference: String?, _ facts: Facts) {
    let previous = latest[key] ?? -1
    let reference = previous >= 0 ? rows[previous].reference : reference ?? ""
    latest[key] = rows.count
    rows.append(
      Registration(
        key: key, position: position.number, reference: reference, facts: facts,
        previous: previous))
    rows.commit()
  }

  /// What is known of `key` at `position`; nil if nothing is.
  func find(_ key: UInt64, at position: UInt64 = .max) -> Registration<Facts>? {
    var index = latest[key] ?? -1
    while index >= 0 {
      let row = rows[index]
      if row.position <= position { return row }
      index = row.previous
    }
    return nil
  }

  /// The things known at `position`, each once, in the order in which they became known.
  func list(at position: UInt64) -> [Registration<Facts>] {
    (0..<rows.count(through: position)).compactMap { index in
      rows[index].previous < 0 ? find(rows[index].key, at: position) : nil
    }
  }
}

extension ByteWriter {
  /// Appends a text with its length before it.
  mutating func appendText(_ text: String) {
    appendLittleEndian(UInt32(text.utf8.count))
    append(utf8: text)
  }
}
