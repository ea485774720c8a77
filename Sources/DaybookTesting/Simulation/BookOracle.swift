import DaybookBytes
import DaybookEngine
import DaybookEvents
import DaybookValues

/// A record as it must stand in a book.
struct ExpectedRecord: Equatable {
  var header: RecordHeader
  var payload: [UInt8]
  var source: ActionSource?

  init(header: RecordHeader, payload: [UInt8], source: ActionSource?) {
    self.header = header
    self.payload = payload
    self.source = source
  }

  /// A record as a reader found it.
  init(_ view: RecordView) {
    header = view.header
    payload = view.payload.copyRemaining()
    source = view.source.map {
      ActionSource(reference: $0.reference.text() ?? "", digest: $0.digest)
    }
  }

  /// Lends it as a reader would.
  func withView(_ body: (RecordView) throws -> Void) throws {
    try withReader(of: payload) { payload in
      guard let source else { return try body(RecordView(header: header, payload: payload)) }
      try withReader(of: Array(source.reference.utf8)) { reference in
        let view = SourceView(reference: reference, digest: source.digest)
        try body(RecordView(header: header, payload: payload, source: view))
      }
    }
  }
}

/// What a book must answer and hold, kept in the simplest way there is: everything in memory.
///
/// It decides each command beside the engine, on a state of its own that no log ever made, and
/// numbers the events itself. It knows how much was promised, because it was answered or because
/// another process saw it; a crash may take what was not, whole actions from the end.
struct BookOracle<State: DecisionState> {
  /// The answer that a command must get.
  enum Answer {
    case accepted(ActionReceipt)
    case refused(Refusal)
    /// A reference that names an earlier action: its receipt, and whether the content is the same.
    case earlier(ActionReceipt, isSame: Bool)
  }

  /// What stood in the book at one position, as far as later actions depend on it.
  private struct Past {
    var history = DecidedHistory<State>()
    var heads: [StreamID: (version: UInt64, last: Position)] = [:]
    var sources: [Source: (content: [UInt8], receipt: ActionReceipt)] = [:]
    var lastRecorded = Instant()
    var count: Int { Int(history.lastPosition.number) }
  }

  private struct Source: Hashable {
    var clinic: UInt64
    var reference: String
  }

  private var now = Past()
  /// The book as it stood at the promise, and behind each action since.
  private var pasts = [Past()]
  private(set) var records: [ExpectedRecord] = []
  /// The positions that bear times which are not the clock's.
  private(set) var timedBehind: Set<UInt64> = []
  /// Receipts of all actions in the book.
  private(set) var receipts: [ActionReceipt] = []
  /// Everything up to here must be found from now on.
  private(set) var promised = 0

  var lastPosition: Position { now.history.lastPosition }
  var lastRecorded: Instant { now.lastRecorded }

  /// Whether an action with this reference stands in the book.
  func knows(_ envelope: Envelope) -> Bool {
    guard let reference = envelope.reference else { return false }
    return now.sources[Source(clinic: envelope.clinic, reference: reference)] != nil
  }

  /// Carries out an action by a clock that stands at `clock`.
  mutating func take(_ action: SimulatedAction<State>, at clock: Instant) throws -> Answer {
    try take(action.command, action.envelope, at: clock)
  }

  private mutating func take<C: Command<State>>(
    _ command: C, _ envelope: Envelope, at clock: Instant
  ) throws -> Answer {
    let content = Array(C.typeName.utf8) + [0] + (try command.encoded())
    let source = envelope.reference.map { Source(clinic: envelope.clinic, reference: $0) }
    if let source, let known = now.sources[source] {
      return .earlier(known.receipt, isSame: known.content == content)
    }
    let context = context(envelope, at: clock)
    let events: [DecidedEvent]
    do {
      events = try now.history.perform(command, context)
    } catch let refusal as Refusal {
      return .refused(refusal)
    }
    let digest = try envelope.reference.map {
      ActionSource(reference: $0, digest: try CommandDigest(of: command))
    }
    let made = number(events, context, digest)
    let receipt = ActionReceipt(
      events: made.map { ActionReceipt.Appended($0.header) }, findings: now.history.findings,
      isRepeat: false)
    guard !made.isEmpty else { return .accepted(receipt) }
    if let source {
      now.sources[source] = (content, ActionReceipt(events: receipt.events, isRepeat: true))
    }
    if isBehind(clock) { timedBehind.formUnion(made.map(\.header.position.number)) }
    now.lastRecorded = context.recorded
    records += made
    receipts.append(receipt)
    pasts.append(now)
    return .accepted(receipt)
  }

  private func isBehind(_ clock: Instant) -> Bool {
    lastRecorded.milliseconds - clock.milliseconds > 300_000
  }

  private func context(_ envelope: Envelope, at clock: Instant) -> DecisionContext {
    var context = DecisionContext()
    context.clinic = envelope.clinic
    context.actor = envelope.actor
    context.role = envelope.role
    context.recorded = max(clock, lastRecorded)
    if isBehind(clock) {
      context.recorded = Instant(milliseconds: lastRecorded.milliseconds + 1)
    }
    context.effective = envelope.effective ?? Moment(context.recorded, .utc)
    context.correlation = envelope.correlation
    context.cause = envelope.cause
    return context
  }

  private mutating func number(
    _ events: [DecidedEvent], _ context: DecisionContext, _ source: ActionSource?
  ) -> [ExpectedRecord] {
    var made: [ExpectedRecord] = []
    let first = records.count + 1
    for (index, event) in events.enumerated() {
      let head = now.heads[event.stream] ?? (0, .start)
      var header = RecordHeader()
      header.position = Position(UInt64(first + index))
      header.actionCount = UInt32(events.count)
      header.actionIndex = UInt32(index)
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
      header.cause =
        switch event.cause {
        case .command: context.cause
        case .event(let earlier): Position(UInt64(first + earlier))
        case .position(let position): position
        }
      now.heads[event.stream] = (header.version, header.position)
      made.append(
        ExpectedRecord(header: header, payload: event.payload, source: index == 0 ? source : nil))
    }
    return made
  }

  // MARK: Promises

  /// Holds the book to everything up to a position.
  mutating func promise(_ count: Int) {
    promised = max(promised, count)
    pasts.removeAll { $0.count < promised }
  }

  /// Whether an action ends at a position that the book may stand at.
  func canStand(at count: Int) -> Bool { pasts.contains { $0.count == count } }

  /// Goes on from where the book was found to end, which it may.
  ///
  /// - Returns: Whether anything was lost by that.
  mutating func resume(at count: Int) -> Bool {
    guard let found = pasts.first(where: { $0.count == count }) else { return false }
    let isLess = count < records.count
    now = found
    pasts = [found]
    records.removeLast(records.count - count)
    timedBehind = timedBehind.filter { $0 <= UInt64(count) }
    while let last = receipts.last, last.last.number > UInt64(count) { receipts.removeLast() }
    promise(count)
    return isLess
  }
}
