public import DaybookBytes
public import DaybookValues

/// Everything that is known of an event but its payload.
@frozen
public struct RecordHeader: Hashable, Sendable {
  /// The record's ordinal in the log: dense from 1.
  public var position = Position.start
  /// How many records the action has.
  public var actionCount: UInt32 = 1
  /// Which of them this is; 0 begins the action.
  public var actionIndex: UInt32 = 0
  /// The thing that the event is about.
  public var stream = StreamID(StreamKind(0), 0)
  /// The event's ordinal in its stream: dense from 1.
  public var version: UInt64 = 1
  /// The stream's record before this one; `.start` for its first.
  public var previous = Position.start
  /// The event's family.
  public var family = FamilyNumber(0)
  /// The event's tag within its family.
  public var tag: UInt16 = 0
  /// The clinic's number; 0 for what belongs to the whole book.
  public var clinic: UInt64 = 0
  /// When it was written: the writer's clock, never decreasing.
  public var recorded = Instant()
  /// When it took effect: business time, with its offset, so that the civil day needs no table.
  public var effective = Moment()
  /// Who acted.
  public var actor = Actor.system
  /// The role that the actor used.
  public var role = Role.none
  /// The visit that the event belongs to; 0 for none.
  public var correlation: UInt64 = 0
  /// The event that led to this one; `.start` for none.
  public var cause = Position.start

  /// A header in which nothing is said yet.
  @inlinable
  public init() {}

  /// Whether the record is the first of its action.
  @inlinable
  public var beginsAction: Bool { actionIndex == 0 }

  /// Whether the record is the last of its action.
  @inlinable
  public var endsAction: Bool { actionIndex + 1 == actionCount }
}

/// A digest of a command as it was given: the first 16 bytes of SHA-256.
@frozen
public struct CommandDigest: Hashable, Sendable {
  /// Bytes 0 to 7, lowest first.
  public var low: UInt64
  /// Bytes 8 to 15, lowest first.
  public var high: UInt64

  /// Creates a digest from its two halves.
  @inlinable
  public init(low: UInt64, high: UInt64) {
    self.low = low
    self.high = high
  }
}

/// What an action was made from, as its first record keeps it.
///
/// The reference is unique for a clinic over the life of the log; the digest alone decides whether
/// a second command with the same reference is a repeat.
public struct ActionSource: Hashable, Sendable {
  /// The reference given from outside: at most 200 bytes of UTF-8, never a name or official number.
  public var reference: String
  /// The digest of the command's canonical bytes.
  public var digest: CommandDigest

  /// Bytes of the longest reference.
  public static let referenceBytesMax = 200

  /// Names what an action was made from.
  public init(reference: String, digest: CommandDigest) {
    self.reference = reference
    self.digest = digest
  }
}

/// One whole action, encoded and numbered, ready for the log.
public struct EncodedAction: Sendable {
  /// The records' headers, in order; positions dense.
  public var headers: [RecordHeader]
  /// The records' payloads, one behind the other.
  public var payloads: [UInt8]
  /// Where each payload ends in `payloads`.
  public var payloadEnds: [Int]
  /// What the action was made from.
  public var source: ActionSource?
  /// What the clock said where the records bear other times, since it stood behind; nil where the times
  /// are the clock's.
  public var clock: Instant?

  /// Puts an action together.
  public init(
    headers: [RecordHeader], payloads: [UInt8], payloadEnds: [Int], source: ActionSource? = nil
  ) {
    self.headers = headers
    self.payloads = payloads
    self.payloadEnds = payloadEnds
    self.source = source
    clock = nil
  }
}

/// A record as a log lends it: valid for the length of the closure that receives it.
@frozen
public struct RecordView {
  /// All that is known but the payload.
  public var header: RecordHeader
  /// The payload's bytes.
  public var payload: ByteReader
  /// What the action was made from; only in an action's first record, and only when given.
  public var source: SourceView?

  /// Lends a record.
  @inlinable
  public init(header: RecordHeader, payload: ByteReader, source: SourceView? = nil) {
    self.header = header
    self.payload = payload
    self.source = source
  }
}

extension RecordView {
  /// No record yet: for a loop that fills one view again and again.
  package static var none: RecordView { RecordView(header: RecordHeader(), payload: emptyReader) }
}

/// An action's source as a log lends it; the reference becomes text only when asked.
@frozen
public struct SourceView {
  /// The reference's UTF-8 bytes.
  public var reference: ByteReader
  /// The command's digest.
  public var digest: CommandDigest

  /// Lends a source.
  @inlinable
  public init(reference: ByteReader, digest: CommandDigest) {
    self.reference = reference
    self.digest = digest
  }
}
