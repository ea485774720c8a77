import DaybookBytes
public import DaybookEvents
public import DaybookLog
public import DaybookValues
public import DaybookWorld

/// Log and events joined: it decides, numbers and queues actions, and knows how far they are safe.
///
/// Everything it does is synchronous and belongs to one owner; the log's own thread writes and
/// syncs. What a caller is told must wait until `log.watermark` covers what it rests on.
public final class Engine {
  /// What the book is about.
  public let catalogue: Catalogue
  /// The thread that writes.
  public let log: LogThread

  private let world: World
  /// Reads back what repeats are answered with.
  private var past: LogReader
  private var states: [any HostedState]
  private var heads = StreamHeads()
  private var sources = SourceIndex()
  private let decoder = EventDecoder()
  private var lastRecorded: Instant
  /// Actions that may not be in the file yet, for repeats that follow close behind.
  private var recent: [Position: ActionReceipt] = [:]
  private var recentCountMax = 4_096
  /// Why the decision states are not what the log says; nothing is decided on them any more.
  private var failure: ProjectionError?

  /// The position of the last event decided on.
  public private(set) var lastPosition: Position
  /// How many events the decision states lack, since they were lost before a salvage.
  public private(set) var lost = 0

  /// Opens the book in `directory` for writing and rebuilds the decision states from its log.
  ///
  /// - Parameters:
  ///   - directory: The book's directory; made if `options` say so.
  ///   - catalogue: What the book is about.
  ///   - world: Files and clock.
  ///   - options: Sizes and durability.
  ///   - progress: Called now and then with the events read so far.
  /// - Throws: `LogError` where the log is locked, damaged or newer; `ProjectionError` where an
  ///   event cannot be understood.
  /// - Complexity: O(events in the log).
  public init(
    _ directory: String, catalogue: Catalogue, world: World, options: LogOptions = LogOptions(),
    progress: (Position) -> Void = { _ in }
  ) throws {
    self.catalogue = catalogue
    self.world = world
    let log = try LogThread(directory, world: world, options: options)
    do {
      past = try LogReader(directory, in: world)
    } catch {
      log.close()
      throw error
    }
    self.log = log
    lastPosition = .start
    lastRecorded = log.opened.lastRecorded
    states = catalogue.states.map { $0() }
    do {
      // A reader of its own: the one kept answers single questions.
      var reader = try LogReader(directory, in: world)
      try reader.scan(from: Position(1), through: log.opened.lastPosition) { record in
        try take(record)
        if record.header.position.number % 65_536 == 0 { progress(record.header.position) }
      }
    } catch {
      log.close()
      throw error
    }
  }

  /// Decides `command`, applies its events to the decision states and queues them, in one step.
  ///
  /// - Throws: `LogError` where the log can no longer be written; `ProjectionError` where a decision
  ///   state could not take in an event, then and ever after.
  public func submit<C: Command>(_ command: C, _ envelope: Envelope) throws -> Submission {
    if let failure { throw failure }
    var source: ActionSource?
    if let reference = envelope.reference {
      switch try check(reference, of: command, envelope) {
      case .new(let fresh): source = fresh
      case .answered(let outcome): return outcome
      }
    }
    let recorded = recordedNow()
    var context = DecisionContext()
    context.clinic = envelope.clinic
    context.actor = envelope.actor
    context.role = envelope.role
    context.effective = envelope.effective ?? Moment(recorded, .utc)
    context.recorded = recorded
    context.correlation = envelope.correlation
    context.cause = envelope.cause
    var decision = Decision(context, numbers: heads.numbers)
    do {
      try command.decide(given: state(of: C.State.self), in: context, into: &decision)
      let action = try numbered(decision, context, source)
      guard LogLimits.admits(action) else {
        throw Refusal(GeneralRefusal.actionTooLarge(records: action.headers.count), field: "action")
      }
      return try carryOut(action, recorded, findings: decision.findings)
    } catch let refusal as Refusal {
      return Submission(result: .failure(refusal), restsOn: lastPosition)
    }
  }

  /// The clock's time, or where it stands behind the log, the earliest that may follow.
  private func recordedNow() -> Instant {
    let now = world.clock.now()
    if now >= lastRecorded { return now }
    // So far behind, it was accepted by who opened the book: each action then has its own time.
    return LogOptions.isBehind(now, lastRecorded)
      ? Instant(milliseconds: lastRecorded.milliseconds + 1) : lastRecorded
  }

  /// The decision state of type `S`.
  public func state<S: DecisionState>(of type: S.Type) -> S {
    for hosted in states {
      if let box = hosted as? StateBox<S> { return box.state }
    }
    preconditionFailure("the catalogue has no decision state \(S.self); add it with add(state:)")
  }

  /// Stops the log's thread after what is queued and releases the book.
  public func close() { log.close() }
}

// MARK: - One action

extension Engine {
  private enum Checked {
    case new(ActionSource)
    case answered(Submission)
  }

  /// Whether `reference` is new, a repeat, or taken by other content.
  private func check<C: Command>(
    _ reference: String, of command: C, _ envelope: Envelope
  ) throws -> Checked {
    let bytes = reference.utf8.count
    if bytes == 0 || bytes > ActionSource.referenceBytesMax {
      return .answered(
        Submission(
          result: .failure(
            Refusal(GeneralRefusal.referenceTooLong(bytes: bytes), field: "reference")),
          restsOn: lastPosition))
    }
    let digest: CommandDigest
    do {
      digest = try CommandDigest(of: command)
    } catch {
      let refusal = Refusal(GeneralRefusal.notWritable(error), field: error.field)
      return .answered(Submission(result: .failure(refusal), restsOn: lastPosition))
    }
    guard let entry = sources[envelope.clinic, reference] else {
      return .new(ActionSource(reference: reference, digest: digest))
    }
    let receipt = try receipt(ofActionAt: entry.first)
    guard entry.digest == digest else {
      let refusal = Refusal(
        GeneralRefusal.referenceUsed(reference: reference, at: entry.first.number),
        field: "reference")
      return .answered(
        Submission(result: .failure(refusal), restsOn: receipt.last, standing: receipt))
    }
    return .answered(Submission(result: .success(receipt), restsOn: receipt.last))
  }

  /// The receipt of an action of the past, read back from its records.
  private func receipt(ofActionAt first: Position) throws -> ActionReceipt {
    if let receipt = recent[first] { return receipt }
    let count = try past.record(at: first) { $0.header.actionCount }
    var events: [ActionReceipt.Appended] = []
    for index in 0..<UInt64(count) {
      let position = Position(first.number + index)
      events.append(try past.record(at: position) { ActionReceipt.Appended($0.header) })
    }
    return ActionReceipt(events: events, isRepeat: true)
  }

  /// Gives the proposals positions, versions and times.
  private func numbered(
    _ decision: borrowing Decision, _ context: DecisionContext, _ source: ActionSource?
  ) throws(Refusal) -> EncodedAction {
    var headers: [RecordHeader] = []
    headers.reserveCapacity(decision.proposals.count)
    // Where streams stand within this action, which may append to one several times.
    var moved: [StreamID: StreamHeads.Head] = [:]
    for (index, proposal) in decision.proposals.enumerated() {
      var head = moved[proposal.stream] ?? heads[proposal.stream]
      switch proposal.expected {
      case .any: break
      case .noStream where head.version == 0: break
      case .exactly(let version) where head.version == version: break
      case .noStream, .exactly:
        throw Refusal(
          GeneralRefusal.streamMoved(
            stream: proposal.stream, expected: proposal.expected, found: head.version),
          field: "stream")
      }
      var header = RecordHeader()
      header.position = Position(lastPosition.number + 1 + UInt64(index))
      header.actionCount = UInt32(decision.proposals.count)
      header.actionIndex = UInt32(index)
      header.stream = proposal.stream
      header.version = head.version + 1
      header.previous = head.last
      header.family = proposal.family
      header.tag = proposal.tag
      header.clinic = proposal.clinic
      header.recorded = context.recorded
      header.effective = proposal.effective
      header.actor = context.actor
      header.role = context.role
      header.correlation = decision.correlation
      try check(proposal, index: index, context, hasSource: source != nil)
      header.cause =
        switch proposal.cause {
        case .command: context.cause
        case .event(let earlier): Position(lastPosition.number + 1 + UInt64(earlier))
        case .position(let position): position
        }
      headers.append(header)
      head.version = header.version
      head.last = header.position
      moved[proposal.stream] = head
    }
    return EncodedAction(
      headers: headers, payloads: decision.payloadBytes,
      payloadEnds: decision.proposals.map(\.payloadEnd), source: source)
  }

  /// Refuses what the log could not keep, or could not find again.
  private func check(
    _ proposal: Decision.Proposal, index: Int, _ context: DecisionContext, hasSource: Bool
  ) throws(Refusal) {
    guard proposal.effective.instant.isInRange, proposal.effective.offset.isInRange else {
      throw Refusal(GeneralRefusal.timeOutOfRange(proposal.effective), field: "effective")
    }
    let next = Position(lastPosition.number + 1 + UInt64(index))
    let causeIsEarlier =
      switch proposal.cause {
      case .command: context.cause < next
      case .event(let earlier): earlier >= 0 && earlier < index
      case .position(let position): position < next
      }
    guard causeIsEarlier else { throw Refusal(GeneralRefusal.causeNotEarlier, field: "cause") }
    // A reference is found again by the clinic of the action's first event.
    if hasSource, index == 0, proposal.clinic != context.clinic {
      throw Refusal(
        GeneralRefusal.otherClinic(proposal.clinic, given: context.clinic), field: "clinic")
    }
  }

  /// Queues `action` and applies it to the decision states.
  private func carryOut(
    _ action: EncodedAction, _ recorded: Instant, findings: [Finding]
  ) throws -> Submission {
    guard let first = action.headers.first else {
      // A decider may find that nothing has to happen.
      let receipt = ActionReceipt(events: [], findings: findings, isRepeat: false)
      return Submission(result: .success(receipt), restsOn: lastPosition)
    }
    try log.submit(action)
    lastRecorded = recorded
    try withReader(of: action.payloads) { payloads in
      var payloads = payloads
      var start = 0
      for (header, end) in zip(action.headers, action.payloadEnds) {
        let payload = try payloads.readBytes(end - start)
        start = end
        do {
          try evolve(RecordView(header: header, payload: payload))
        } catch let error as ProjectionError {
          // The action is on its way to the disk; the states do not show what it did.
          failure = error
          throw error
        }
      }
    }
    let receipt = ActionReceipt(
      events: action.headers.map(ActionReceipt.Appended.init), findings: findings,
      isRepeat: false)
    if let source = action.source {
      sources.note(clinic: first.clinic, source, at: first.position)
      remember(receipt)
    }
    return Submission(result: .success(receipt), restsOn: receipt.last)
  }

  /// Keeps what is not synced yet, since it cannot be read back from the file.
  private func remember(_ receipt: ActionReceipt) {
    if recent.count > recentCountMax {
      let watermark = log.watermark
      recent = recent.filter { $0.value.last > watermark }
      // Looked through again only when it has doubled, however many wait.
      recentCountMax = max(4_096, recent.count * 2)
    }
    var again = receipt
    again.isRepeat = true
    again.findings = []
    if let first = receipt.events.first { recent[first.position] = again }
  }

  private func take(_ record: RecordView) throws {
    if let source = record.source, let reference = source.reference.text() {
      sources.note(
        clinic: record.header.clinic, ActionSource(reference: reference, digest: source.digest),
        at: record.header.position)
    }
    try evolve(record)
  }

  private func evolve(_ record: RecordView) throws {
    heads.take(record.header)
    lastPosition = record.header.position
    if PositionLost.isOne(record.header) { lost += 1 }
    let event = Event(record, decoder)
    for state in states {
      do {
        try state.evolve(event)
      } catch {
        throw ProjectionError(
          model: "the decision state", position: record.header.position, underlying: error)
      }
    }
  }
}
