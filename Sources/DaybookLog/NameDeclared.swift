public import DaybookBytes
public import DaybookEvents
import DaybookValues

/// A record of the log itself: from here on a number that is not Daybook's own has a name.
///
/// It stands before the first record that uses the number, so that whoever does not know the events
/// can still say whose they are. Source: Format, section "The log's own records".
public struct NameDeclared: Payload, Hashable {
  /// What the number is of.
  public enum Kind: UInt32, Sendable {
    /// A family of events.
    case family = 1
    /// A kind of streams.
    case streamKind = 2
    /// A kind of identifiers.
    case identifierKind = 3
  }

  /// The number of a `Kind`.
  public var kind: UInt32 = 0
  /// The number that the records bear.
  public var number: UInt32 = 0
  /// What it is called.
  public var name = ""
  /// SHA-256 of the schema that the writer had; empty where there is none.
  public var schema: [UInt8] = []

  /// A record that says nothing yet.
  public init() {}

  /// Gives `number` a name.
  public init(_ kind: Kind, _ number: UInt16, _ name: String, schema: [UInt8] = []) {
    self.kind = kind.rawValue
    self.number = UInt32(number)
    self.name = name
    self.schema = schema
  }

  /// Visits the four fields.
  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "kind", &kind)
    try fields.visit(2, "number", &number)
    try fields.visit(3, "name", &name)
    try fields.visit(4, "schema", &schema)
  }

  /// The least number that is not Daybook's own.
  public static let firstNumber: UInt16 = 1000
  /// The log's own family.
  public static let family = FamilyNumber(0)
  /// The tag of these records in it.
  public static let tag: UInt16 = 1
  /// The stream that all of them stand on.
  public static let stream = StreamID(StreamKind(0), UInt64(tag))

  /// Whether a record of that header gives a name.
  public static func isOne(_ header: RecordHeader) -> Bool {
    header.family == family && header.tag == tag
  }

  /// Whether `other` speaks of the same number.
  public func isOfSameNumber(as other: NameDeclared) -> Bool {
    kind == other.kind && number == other.number
  }
}

extension LogReader {
  /// The names that the log gives to numbers which are not Daybook's own, in order.
  ///
  /// - Throws: As `scan`; `.damaged` where a record of them cannot be read.
  /// - Complexity: O(records of the last segment, and of those whose footers count such records).
  public mutating func declaredNames() throws(LogError) -> [NameDeclared] {
    var names: [NameDeclared] = []
    for facts in segments where facts.firstPosition <= durable.number && facts.mayHoldNames {
      let end = facts.footer.map { Position($0.tally.lastPosition) } ?? durable
      do {
        try scan(from: Position(facts.firstPosition), through: end) { record in
          guard NameDeclared.isOne(record.header) else { return }
          guard let name = try? NameDeclared(decoding: record.payload.copyRemaining()) else {
            throw LogError(
              .damaged, segment: "\(facts.name)", intactThrough: record.header.position.previous,
              detail: "position \(record.header.position) gives no number a name")
          }
          names.append(name)
        }
      } catch let error as LogError {
        throw error
      } catch {
        preconditionFailure("reading names threw \(error)")
      }
    }
    return names
  }
}

extension SegmentFacts {
  /// Whether a name may stand in it: its footer counts one, or there is no footer yet.
  fileprivate var mayHoldNames: Bool {
    guard let footer else { return true }
    return footer.tally.types.entries.contains {
      $0.family == NameDeclared.family && $0.tag == NameDeclared.tag
    }
  }
}
