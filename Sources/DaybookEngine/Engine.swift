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
  /// The checkpoints of what is decided on: what was wrong with them.
  public let checkpoints: Checkpoints

  private let world: World
  /// Reads back what repeats are answered with.
  var past: LogReader
  /// Where the streams stand, and the decision states.
  var content: DecisionContent
  var sources: SourceIndex
  var names: LogNames
  var digester = CommandDigester()
  let store: CheckpointStore
  /// Whether all decision states describe themselves, so that checkpoints can keep them.
  let isKept: Bool
  var lastRecorded: Instant
  /// Actions that may not be in the file yet, for repeats that follow close behind and for commands
  /// that must be shown them.
  var unsynced = UnsyncedActions()
  /// Why the decision states are not what the log says; nothing is decided on them any more.
  var failure: ProjectionError?

  /// The position of the last event decided on.
  public private(set) var lastPosition: Position
  /// Derived files that were not to be believed and were made again, or could not be written, each
  /// as a sentence.
  public var notices: [String] {
    checkpoints.notices.map(\.description) + sources.events.rebuilt + sources.events.unwritten
  }

  /// Opens the book in `directory` for writing: the decision states are those of the newest
  /// checkpoint, and what stands behind it in the log.
  ///
  /// - Parameters:
  ///   - directory: The book's directory; made if `options` say so.
  ///   - catalogue: What the book is about.
  ///   - world: Files and clock.
  ///   - options: Sizes and durability.
  ///   - driver: Who writes: the log's own thread, unless told otherwise.
  ///   - progress: Called now and then with the events read so far.
  /// - Throws: `LogError` where the log is locked, damaged or newer, or was salvaged and lacks events;
  ///   `ProjectionError` where an event cannot be understood; `NameConflict` where the log gives a number of the catalogue
  ///   another name.
  /// - Complexity: O(events behind the checkpoint, and bytes of the last segment); O(events in the
  ///   log) without a checkpoint. With one, the first source reference is looked for in O(events of
  ///   the last segment): about 80 ns each.
  public convenience init(
    _ directory: String, catalogue: Catalogue, world: World, options: LogOptions = LogOptions(),
    driver: LogDriver = .thread, progress: (Position) -> Void = { _ in }
  ) throws {
    try self.init(
      directory, catalogue, world, options, driver, fingerprintBits: ReferenceHash.bitsMax,
      progress)
  }

  /// The same with fingerprints so short that references share them, as a test wants it.
  init(
    _ directory: String, _ catalogue: Catalogue, _ world: World, _ options: LogOptions,
    _ driver: LogDriver, fingerprintBits: Int, _ progress: (Position) -> Void = { _ in }
  ) throws {
    self.catalogue = catalogue
    self.world = world
    let log = try Checkpoints.openLog(directory, world, options, driver)
    do {
      let outline = try LogReader(directory, in: world).outline
      past = LogReader(outline.with(log.opened.chains))
      sources = try SourceIndex(
        directory, world, ReferenceHash(past.logID, bits: fingerprintBits), past.sealedSegments,
        driver: driver)
    } catch {
      log.close()
      throw error
    }
    self.log = log
    let checkpoints = Checkpoints(directory, in: world)
    store = Engine.store(checkpoints, catalogue)
    checkpoints.add(store)
    self.checkpoints = checkpoints
    names = LogNames(catalogue.ownNames)
    lastPosition = .start
    lastRecorded = log.opened.lastRecorded
    content = DecisionContent(catalogue)
    isKept = (try? CheckpointDraft(of: &content)) != nil
    do {
      if !names.isEmpty { for declared in try past.declaredNames() { try names.take(declared) } }
      // A reader of its own: the one kept answers single questions.
      var reader = LogReader(past.outline)
      let header = try store.load(
        &content, mark: DecisionContent.mark(catalogue), from: &reader)
      if let header {
        lastPosition = header.position
      } else {
        content = DecisionContent(catalogue)
      }
      // Where all of the open segment is read anyway, its references are noted on the way.
      let notes = lastPosition < sources.notedFrom
      if !notes { sources.leave(through: log.opened.lastPosition) }
      try reader.scan(from: lastPosition.next, through: log.opened.lastPosition) { record in
        if notes { sources.note(record) }
        try take(record)
        if record.header.position.number % 65_536 == 0 { progress(record.header.position) }
      }
      try checkPages()
    } catch {
      log.close()
      // An event is not taken in, either, where a page could not be read that it concerns.
      try checkPages()
      throw error
    }
  }

  /// What came of an offer.
  public enum Offer: Sendable {
    /// It was decided.
    case decided(Submission)
    /// Nothing was: the disk has no room ready for so many bytes, or does not keep up. To be
    /// offered again after `log.waitForRoom`.
    case mustWait(bytes: UInt64)
  }

  /// Decides `command`, applies its events to the decision states and queues them, in one step;
  /// blocks the calling thread before that while the disk has no room or does not keep up.
  ///
  /// - Throws: `LogError`: `.diskFull` with nothing decided, and the next call tries again; what
  ///   closed the log for good. `ProjectionError` where a decision state could not take in an event,
  ///   then and ever after.
  public func submit<C: Command>(_ command: C, _ envelope: Envelope) throws -> Submission {
    while true {
      switch try offer(command, envelope) {
      case .decided(let submission): return submission
      case .mustWait(let bytes): try log.waitForRoomBlocking(bytes)
      }
    }
  }

  /// The same without blocking: where the log has no room ready, nothing is decided.
  public func offer<C: Command>(_ command: C, _ envelope: Envelope) throws -> Offer {
    counted(try decide(command, envelope))
  }

  /// Tells the instruments what came of an offer.
  func counted(_ offer: Offer) -> Offer {
    switch offer {
    case .mustWait: world.instruments.count(Instruments.Name.waits)
    case .decided(let submission):
      switch submission.result {
      case .failure: world.instruments.count(Instruments.Name.refusals)
      case .success(let receipt):
        if receipt.isRepeat { world.instruments.count(Instruments.Name.repeats) }
      }
    }
    return offer
  }

  private func decide<C: Command>(_ command: C, _ envelope: Envelope) throws -> Offer {
    if let failure { throw failure }
    var source: ActionSource?
    if let reference = envelope.reference {
      switch try check(reference, of: command, envelope) {
      case .new(let fresh): source = fresh
      case .answered(let outcome): return .decided(outcome)
      }
    }
    if let moved = moved(envelope) { return .decided(moved) }
    let recorded = recordedNow()
    var context = DecisionContext(envelope, recorded.time)
    let box = content.box(of: C.State.self)
    context.recalled = try recall(box.recalls(command, in: context))
    var decision = Decision(context, numbers: content.heads.numbers)
    do {
      try box.decide(command, in: context, into: &decision)
      // Neither an action nor a refusal may rest on what could not be read.
      try checkPages()
      if let bytes = try declareNames(for: decision, recorded) { return .mustWait(bytes: bytes) }
      let action = try numbered(
        decision, context, source, content.heads, behind: lastPosition)
      guard LogLimits.admits(action) else {
        throw Refusal(GeneralRefusal.actionTooLarge(records: action.headers.count), field: "action")
      }
      try checkPages()
      return try carryOut(action, recorded, findings: decision.findings)
    } catch let refusal as Refusal {
      try checkPages()
      return .decided(Submission(result: .failure(refusal), restsOn: lastPosition))
    }
  }

  /// The time that an action bears.
  struct RecordedTime {
    var time: Instant
    /// What the clock said, where that is another time.
    var clock: Instant?
  }

  /// The clock's time, or where it stands behind the log, the earliest that may follow.
  func recordedNow() -> RecordedTime {
    let now = world.clock.now()
    if now >= lastRecorded { return RecordedTime(time: now) }
    guard LogOptions.isBehind(now, lastRecorded) else { return RecordedTime(time: lastRecorded) }
    // So far behind, it was accepted by who opened the book: each action then has its own time.
    return RecordedTime(time: Instant(milliseconds: lastRecorded.milliseconds + 1), clock: now)
  }

  /// The refusal where a stream has moved on from where the envelope expects it.
  func moved(_ envelope: Envelope) -> Submission? {
    guard let expected = envelope.expecting else { return nil }
    let found = content.heads[expected.stream].version
    if found == expected.version { return nil }
    let reason = GeneralRefusal.streamMoved(
      stream: expected.stream, expected: .exactly(expected.version), found: found)
    return Submission(
      result: .failure(Refusal(reason, field: "stream")), restsOn: lastPosition)
  }

  /// The decision state of type `S`.
  public func state<S: DecisionState>(of type: S.Type) -> S { content.box(of: type).state }

  /// What is known of the log, for readers of it.
  package var outline: LogOutline { past.outline }

  /// Who listens to what the engine does.
  public var instruments: Instruments { world.instruments }

  /// Stops the log's thread after what is queued and releases the book.
  public func close() {
    log.close()
    sources.close()
  }
}

// MARK: - One event

extension Engine {
  private func take(_ record: RecordView) throws {
    if PositionLost.isOne(record.header) {
      let lost = try LogInfo(past.book, in: world).lostCount
      throw LogError(.salvaged(lost: Int(clamping: lost)))
    }
    try evolve(record)
  }

  func evolve(_ record: RecordView) throws {
    lastPosition = record.header.position
    try content.evolve(record)
  }
}
