public import DaybookEvents
public import DaybookValues

/// What an action made: its positions, and the streams that it began or carried on.
public struct ActionReceipt: Hashable, Sendable {
  /// One event that the action appended.
  public struct Appended: Hashable, Sendable {
    /// The event's position.
    public var position: Position
    /// The stream that it lives in.
    public var stream: StreamID
    /// Its ordinal there.
    public var version: UInt64
    /// Its family.
    public var family: FamilyNumber
    /// Its tag.
    public var tag: UInt16

    /// What a header says of the event.
    public init(_ header: RecordHeader) {
      position = header.position
      stream = header.stream
      version = header.version
      family = header.family
      tag = header.tag
    }
  }

  /// The events, in order.
  public var events: [Appended]
  /// Rules that recorded history broke; empty for a repeat, since they are not stored.
  public var findings: [Finding]
  /// Whether the same command was carried out before and nothing was appended now.
  public var isRepeat: Bool

  /// Names what an action made.
  public init(events: [Appended], findings: [Finding] = [], isRepeat: Bool) {
    self.events = events
    self.findings = findings
    self.isRepeat = isRepeat
  }

  /// The position of the last event.
  public var last: Position { events.last?.position ?? .start }

  /// The number of the first stream of `kind` in the action; nil if there is none.
  public func first(_ kind: StreamKind) -> UInt64? {
    events.first { $0.stream.kind == kind }?.stream.number
  }

  /// The numbers of the streams of `kind` that the action began, in order.
  public func begun(_ kind: StreamKind) -> [UInt64] {
    events.filter { $0.stream.kind == kind && $0.version == 1 }.map(\.stream.number)
  }
}

/// Who acts, where and when, and what the action is made from: all that comes with a command.
public struct Envelope: Hashable, Sendable {
  /// The clinic's number; 0 for what belongs to the whole book.
  public var clinic: UInt64 = 0
  /// Who acts.
  public var actor = Actor.system
  /// The role used.
  public var role = Role.none
  /// When the action takes effect; nil for when it is recorded.
  public var effective: Moment?
  /// The visit that it belongs to; 0 for none, or for the one that the action makes.
  public var correlation: UInt64 = 0
  /// The event that led to it.
  public var cause = Position.start
  /// A reference from outside that makes the action idempotent.
  public var reference: String?
  /// Where a stream must stand for the action to be decided at all; nil for wherever it does.
  public var expecting: StreamVersion?

  /// An envelope in which nothing is said yet.
  public init() {}
}

/// A stream and how many events it holds.
public struct StreamVersion: Hashable, Sendable {
  /// The stream.
  public var stream: StreamID
  /// How many events it holds.
  public var version: UInt64

  /// `stream` with `version` events.
  public init(_ stream: StreamID, version: UInt64) {
    self.stream = stream
    self.version = version
  }
}

extension DecisionContext {
  /// What a decider is told of an envelope that is decided on at `recorded`.
  init(_ envelope: Envelope, _ recorded: Instant) {
    self.init()
    clinic = envelope.clinic
    actor = envelope.actor
    role = envelope.role
    effective = envelope.effective ?? Moment(recorded, .utc)
    self.recorded = recorded
    correlation = envelope.correlation
    cause = envelope.cause
  }
}
