public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// A log in memory for one decision state: commands are decided, numbered and taken in.
///
/// What an engine does, without files: positions and versions are dense, an expected version is
/// held, and the state takes in only what was decided. It keeps no references, so every command is
/// new.
public struct DecidedHistory<State: DecisionState> {
  /// The state as it stands.
  public private(set) var state = State()
  /// The position of the last event.
  public private(set) var lastPosition = Position.start
  /// What the last decision found in recorded history.
  public private(set) var findings: [Finding] = []

  private var numbers = StreamNumbers()
  private var versions: [StreamID: UInt64] = [:]

  /// A history of nothing.
  public init() {}

  /// Decides `command` and takes its events in.
  ///
  /// - Returns: The events, in order; none where nothing had to happen.
  /// - Throws: The refusal; nothing is taken in then.
  public mutating func perform<C: Command>(
    _ command: C, _ context: DecisionContext
  ) throws -> [DecidedEvent] where C.State == State {
    findings = []
    let (events, found) = try Self.decide(command, state, context, numbers)
    for event in events {
      let version = versions[event.stream] ?? 0
      switch event.expected {
      case .any: break
      case .noStream where version == 0: break
      case .exactly(let expected) where version == expected: break
      case .noStream, .exactly:
        throw Refusal(
          GeneralRefusal.streamMoved(
            stream: event.stream, expected: event.expected, found: version), field: "stream")
      }
      versions[event.stream] = version + 1
    }
    for event in events { try take(event, context) }
    findings = found
    return events
  }

  /// Takes an event in as if it had been decided before.
  ///
  /// - Parameters:
  ///   - event: The event.
  ///   - number: Which stream of the event's kind.
  ///   - context: Who acted, where and when.
  public mutating func take<E: EventPayload>(
    _ event: E, on number: UInt64, _ context: DecisionContext
  ) throws {
    var decision = Decision(context, numbers: numbers)
    try decision.append(event, to: number)
    for event in DecidedEvent.events(of: decision) {
      versions[event.stream, default: 0] += 1
      try take(event, context)
    }
  }

  private static func decide<C: Command>(
    _ command: C, _ state: State, _ context: DecisionContext, _ numbers: StreamNumbers
  ) throws(Refusal) -> ([DecidedEvent], [Finding]) where C.State == State {
    var decision = Decision(context, numbers: numbers)
    try command.decide(given: state, in: context, into: &decision)
    return (DecidedEvent.events(of: decision), decision.findings)
  }

  private mutating func take(_ event: DecidedEvent, _ context: DecisionContext) throws(WireError) {
    lastPosition = lastPosition.next
    numbers.note(event.stream)
    var header = RecordHeader()
    header.position = lastPosition
    header.stream = event.stream
    header.version = versions[event.stream] ?? 1
    header.family = event.family
    header.tag = event.tag
    header.clinic = event.clinic
    header.recorded = context.recorded
    header.effective = event.effective
    header.actor = context.actor
    header.role = context.role
    header.correlation = event.correlation
    try withReader(of: event.payload) { (payload) throws(WireError) in
      try state.evolve(Event(RecordView(header: header, payload: payload), EventDecoder()))
    }
  }
}

/// An event as a decider made it.
public struct DecidedEvent: Hashable, Sendable {
  /// The stream that it lives in.
  public let stream: StreamID
  /// What the stream must hold before it.
  public let expected: ExpectedVersion
  /// Its family.
  public let family: FamilyNumber
  /// Its tag.
  public let tag: UInt16
  /// When it takes effect.
  public let effective: Moment
  /// The clinic's number.
  public let clinic: UInt64
  /// The visit that it belongs to.
  public let correlation: UInt64
  /// What led to it.
  public let cause: Cause
  /// The payload's bytes.
  public let payload: [UInt8]

  static func events(of decision: borrowing Decision) -> [DecidedEvent] {
    let bytes = decision.payloadBytes
    var start = 0
    var events: [DecidedEvent] = []
    for proposal in decision.proposals {
      events.append(
        DecidedEvent(
          stream: proposal.stream, expected: proposal.expected, family: proposal.family,
          tag: proposal.tag, effective: proposal.effective, clinic: proposal.clinic,
          correlation: decision.correlation, cause: proposal.cause,
          payload: Array(bytes[start..<proposal.payloadEnd])))
      start = proposal.payloadEnd
    }
    return events
  }

  /// Whether it is the event `E`.
  public func isEvent<E: EventPayload>(_ type: E.Type) -> Bool {
    family == E.Tag.family && tag == E.tag.rawValue
  }

  /// The payload as `E`; amounts have no currency, which means the clinic's.
  ///
  /// - Throws: `.wrongType` where it is another event.
  public func decoded<E: EventPayload>(as type: E.Type = E.self) throws(WireError) -> E {
    guard isEvent(type) else { throw WireError(.wrongType, at: 0, field: E.typeName) }
    return try E(decoding: payload, base: effective.instant)
  }
}
