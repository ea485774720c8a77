public import DaybookBytes
public import DaybookValues

/// What a decider is told beside the command: who acts, where, when, and for which visit.
public struct DecisionContext: Hashable, Sendable {
  /// The clinic's number; 0 for what belongs to the whole book.
  public var clinic: UInt64 = 0
  /// Who acts.
  public var actor = Actor.system
  /// The role used.
  public var role = Role.none
  /// When the action takes effect.
  public var effective = Moment()
  /// The writer's clock when the decision is made; never decreasing.
  public var recorded = Instant()
  /// The visit that the action belongs to; 0 for none.
  public var correlation: UInt64 = 0
  /// The event that led to the command; `.start` for none.
  public var cause = Position.start
  /// The actions that the command asked to see, in the order in which it named them.
  public var recalled: [RecalledAction] = []

  /// A context in which nothing is said yet.
  public init() {}

  /// The event at `position`, with its action; nil where the command did not ask for it, or nothing
  /// stands there.
  public func recalled(at position: Position) -> (event: RecalledEvent, action: RecalledAction)? {
    for action in recalled {
      if let event = action.event(at: position) { return (event, action) }
    }
    return nil
  }
}

/// What led to an event.
public enum Cause: Hashable, Sendable {
  /// What led to the command, if anything did.
  case command
  /// An event of the same decision, by its index.
  case event(Int)
  /// An event of the log.
  case position(Position)
}

/// The last number given in each kind of stream.
public struct StreamNumbers: Hashable, Sendable {
  private var last: [UInt64] = []

  /// No stream exists.
  public init() {}

  /// The last number given in `kind`; 0 if none was.
  public subscript(kind: StreamKind) -> UInt64 {
    Int(kind.number) < last.count ? last[Int(kind.number)] : 0
  }

  /// Notes that `stream` exists.
  public mutating func note(_ stream: StreamID) {
    let index = Int(stream.kind.number)
    while last.count <= index { last.append(0) }
    last[index] = max(last[index], stream.number)
  }

  /// Reads the last number of each kind.
  public init(reading reader: inout ByteReader) throws(WireError) {
    last = try [UInt64](reading: &reader)
    guard last.count <= Int(UInt16.max) + 1 else {
      throw WireError(.outOfRange, at: reader.offset, field: "numbers")
    }
  }

  /// Appends the last number of each kind.
  public func store(to writer: inout ByteWriter) { last.store(to: &writer) }
}

/// The events that a decider answers with: encoded as they are appended, all or none of them kept.
public struct Decision: ~Copyable {
  /// An event that was decided and not yet numbered.
  public struct Proposal: Hashable, Sendable {
    /// The stream that it lives in.
    public var stream: StreamID
    /// What the stream must hold before it.
    public var expected: ExpectedVersion
    /// Its family.
    public var family: FamilyNumber
    /// Its tag.
    public var tag: UInt16
    /// When it takes effect.
    public var effective: Moment
    /// The clinic's number.
    public var clinic: UInt64
    /// Other clinics whose figures it changes.
    public var otherClinics: [UInt64]
    /// The areas whose periods must be open for it.
    public var areas: Areas
    /// What led to it.
    public var cause: Cause
    /// Where its payload ends.
    public var payloadEnd: Int
  }

  /// The events so far.
  public private(set) var proposals: [Proposal] = []
  /// The visit that the events belong to.
  public var correlation: UInt64
  /// The clinic's currency; amounts in it do not name it.
  public var currency = Currency.unspecified
  /// What recorded history breaks without being refused; told to who submitted, not stored.
  public var findings: [Finding] = []

  private let context: DecisionContext
  private var numbers: StreamNumbers
  private var fields: Fields
  private var payloads: ByteWriter

  /// Begins an empty decision.
  ///
  /// - Parameters:
  ///   - context: Who acts, where and when: the defaults of every event.
  ///   - numbers: The last number given in each kind of stream.
  public init(_ context: DecisionContext, numbers: StreamNumbers) {
    self.context = context
    self.numbers = numbers
    correlation = context.correlation
    fields = Fields()
    payloads = ByteWriter(capacity: 256)
  }

  /// Gives the next number in `kind` away.
  public mutating func nextNumber(_ kind: StreamKind) -> UInt64 {
    let number = numbers[kind] + 1
    numbers.note(StreamID(kind, number))
    return number
  }

  /// Appends `event` to the stream of `number`.
  ///
  /// - Parameters:
  ///   - event: The event, whole.
  ///   - number: Which stream of the event's kind.
  ///   - expected: What the stream must hold before it.
  ///   - effective: When it takes effect; the context's time if nil.
  ///   - clinic: The clinic; the context's if nil.
  ///   - otherClinics: Clinics beside that whose figures it changes.
  ///   - areas: The areas whose periods must be open for it; those that the event feeds if nil.
  ///   - cause: What led to it.
  /// - Returns: The event's index in the decision, for `Cause.event`.
  /// - Throws: `tooLarge` where a text, list or the whole is over its limit, `currencyMismatch`
  ///   where amounts have two currencies.
  @discardableResult
  public mutating func append<E: EventPayload>(
    _ event: E, to number: UInt64, expecting expected: ExpectedVersion = .any,
    effective: Moment? = nil, clinic: UInt64? = nil, otherClinics: [UInt64] = [],
    areas: Areas? = nil, cause: Cause = .command
  ) throws(Refusal) -> Int {
    precondition(E.streamKind != .ofTarget, "\(E.typeName) stands on the stream of another event")
    return try append(
      event, on: StreamID(E.streamKind, number), expecting: expected, effective: effective,
      clinic: clinic, otherClinics: otherClinics, areas: areas, cause: cause)
  }

  /// Appends `event` to `stream`, whatever that is of: for events that stand on their target's.
  ///
  /// Parameters, result and errors are those of the other.
  @discardableResult
  public mutating func append<E: EventPayload>(
    _ event: E, on stream: StreamID, expecting expected: ExpectedVersion = .any,
    effective: Moment? = nil, clinic: UInt64? = nil, otherClinics: [UInt64] = [],
    areas: Areas? = nil, cause: Cause = .command
  ) throws(Refusal) -> Int {
    let effective = effective ?? context.effective
    do {
      try fields.encode(event, into: &payloads, base: effective.instant, currency: currency)
    } catch {
      throw Refusal(GeneralRefusal.notWritable(error), field: error.field)
    }
    numbers.note(stream)
    proposals.append(
      Proposal(
        stream: stream, expected: expected, family: E.Tag.family, tag: E.tag.rawValue,
        effective: effective, clinic: clinic ?? context.clinic, otherClinics: otherClinics,
        areas: areas ?? E.areas, cause: cause, payloadEnd: payloads.count))
    return proposals.count - 1
  }

  /// The payloads' bytes, one behind the other.
  public var payloadBytes: [UInt8] { payloads.bytes }
}
