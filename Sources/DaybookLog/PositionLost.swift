public import DaybookBytes
public import DaybookEvents
import DaybookValues

/// A record of the log itself that stands where a lost one stood, in a copy made by salvage.
///
/// Source: Format, section "The log's own records".
public struct PositionLost: Payload, Hashable {
  /// Why the record could not be copied.
  public enum Reason: UInt32, Sendable {
    /// Its frame is damaged, or one before it in its chain.
    case damagedFrame = 1
    /// Its segment is missing, or has no header that can be believed.
    case missingSegment = 2
    /// The log ends before it, though it was acknowledged.
    case missingEnd = 3
  }

  /// The number of a `Reason`.
  public var reason: UInt32 = 0
  /// The number of the damaged segment in the log that was salvaged; 0 where it is not known.
  public var segment: UInt64 = 0
  /// Where in that segment the damage begins, in bytes.
  public var offset: UInt64 = 0

  /// A record that says nothing yet.
  public init() {}

  /// A record of what was lost where.
  public init(_ reason: Reason, segment: UInt64, offset: UInt64) {
    self.reason = reason.rawValue
    self.segment = segment
    self.offset = offset
  }

  /// Visits the three fields.
  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "reason", &reason)
    try fields.visit(2, "segment", &segment)
    try fields.visit(3, "offset", &offset)
  }

  /// The log's own family.
  public static let family = FamilyNumber(0)
  /// The tag of these records in it.
  public static let tag: UInt16 = 2
  /// The stream that all of them stand on.
  public static let stream = StreamID(StreamKind(0), UInt64(tag))

  /// Whether a record of that header stands in place of a lost one.
  public static func isOne(_ header: RecordHeader) -> Bool {
    header.family == family && header.tag == tag
  }

  /// The header of the record for a lost position.
  ///
  /// - Parameter last: The record of this kind before it, if there is one.
  static func header(
    at position: Position, recorded: Instant, after last: (version: UInt64, position: Position)?
  ) -> RecordHeader {
    var header = RecordHeader()
    header.position = position
    header.stream = stream
    header.version = (last?.version ?? 0) + 1
    header.previous = last?.position ?? .start
    header.family = family
    header.tag = tag
    header.recorded = recorded
    header.effective = Moment(recorded, .utc)
    return header
  }
}
