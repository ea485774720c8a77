import DaybookEvents
import DaybookValues

/// Every source reference with the action that it named, exact for the life of the log.
struct SourceIndex {
  // By bytes: two texts that read the same and are written differently are two references.
  private struct Key: Hashable {
    var clinic: UInt64
    var reference: String

    static func == (a: Key, b: Key) -> Bool {
      a.clinic == b.clinic && a.reference.utf8.elementsEqual(b.reference.utf8)
    }

    func hash(into hasher: inout Hasher) {
      hasher.combine(clinic)
      hasher.combine(reference)
    }
  }

  struct Entry {
    var first: Position
    var digest: CommandDigest
  }

  private var entries: [Key: Entry] = [:]

  subscript(clinic: UInt64, reference: String) -> Entry? {
    entries[Key(clinic: clinic, reference: reference)]
  }

  mutating func note(clinic: UInt64, _ source: ActionSource, at position: Position) {
    entries[Key(clinic: clinic, reference: source.reference)] =
      Entry(first: position, digest: source.digest)
  }
}
