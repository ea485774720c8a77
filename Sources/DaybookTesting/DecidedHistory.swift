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

  /// The actions, in order.
  public private(set) var actions: [RecalledAction] = []

  private var numbers = StreamNumbers()
  private var heads: [StreamID: (version: UInt64, last: Position)] = [:]

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
    var context = context
    context.recalled = recall(command.recalls(given: state, in: context))
    let (events, found) = try Self.decide(command, state, context, numbers)
    var versions: [StreamID: UInt64] = [:]
    for event in events {
      let version = versions[event.stream] ?? heads[event.stream]?.version ?? 0
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
    try take(events, context)
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
    try take(event, on: StreamID(E.streamKind, number), context)
  }

  /// Takes an event in as if it had been decided before, on whatever stream.
  public mutating func take<E: EventPayload>(
    _ event: E, on stream: StreamID, _ context: DecisionContext
  ) throws {
    var decision = Decision(context, numbers: numbers)
    try decision.append(event, on: stream)
    try take(DecidedEvent.events(of: decision), context)
  }

  /// The actions that hold `positions`, each once; what is not there is passed over.
  private func recall(_ positions: [Position]) -> [RecalledAction] {
    var recalled: [RecalledAction] = []
    for position in positions where position > .start && position <= lastPosition {
      if recalled.contains(where: { $0.event(at: position) != nil }) { continue }
      recalled += actions.filter { $0.event(at: position) != nil }
    }
    return recalled
  }

  private static func decide<C: Command>(
    _ command: C, _ state: State, _ context: DecisionContext, _ numbers: StreamNumbers
  ) throws(Refusal) -> ([DecidedEvent], [Finding]) where C.State == State {
    var decision = Decision(context, numbers: numbers)
    try command.decide(given: state, in: context, into: &decision)
    try state.supplement(&decision, in: context)
    try state.admit(decision, in: context)
    return (DecidedEvent.events(of: decision), decision.findings)
  }

  private mutating func take(
    _ events: [DecidedEvent], _ context: DecisionContext
  ) throws(WireError) {
    guard !events.isEmpty else { return }
    let first = lastPosition.number + 1
    var made: [RecalledEvent] = []
    for (index, event) in events.enumerated() {
      var header = header(event, context)
      header.actionCount = UInt32(events.count)
      header.actionIndex = UInt32(index)
      header.cause =
        switch event.cause {
        case .command: context.cause
        case .event(let earlier): Position(first + UInt64(earlier))
        case .position(let position): position
        }
      made.append(RecalledEvent(header, payload: event.payload))
      lastPosition = header.position
      numbers.note(event.stream)
      heads[event.stream] = (header.version, header.position)
      try withReader(of: event.payload) { (payload) throws(WireError) in
        try state.evolve(Event(RecordView(header: header, payload: payload), EventDecoder()))
      }
    }
    actions.append(RecalledAction(made))
  }

  private func header(_ event: DecidedEvent, _ context: DecisionContext) -> RecordHeader {
    let head = heads[event.stream] ?? (0, .start)
    var header = RecordHeader()
    header.position = lastPosition.next
    header.stream = event.stream
    header.version = head.version + 1
    header.previous = head.last
    header.family = event.family
    header.tag = event.tag
    header.clinic = event.clinic
    header.recorded = context.recorded
    header.effective = event.effective
    header.actor = context.actor
    header.role = context.role
    header.correlation = event.correlation
    return header
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
  /// Other clinics whose figures it changes.
  public let otherClinics: [UInt64]
  /// The areas whose periods must be open for it.
  public let areas: Areas
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
          otherClinics: proposal.otherClinics, areas: proposal.areas,
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
