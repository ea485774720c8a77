public import DaybookEngine
public import DaybookEvents
public import DaybookLog
public import DaybookValues
public import DaybookWorld

/// A book opened for writing: submits and performs actions, and answers from its read models.
///
/// ```swift
/// let office = try BackOffice.open("clinic.daybook")
/// let receipt = try await office.perform(command, envelope)
/// ```
///
/// Acknowledged means synced: what `perform` returns or throws rests on synced events only.
public actor BackOffice: DecidedActionSubmitter {
  /// What the book is about.
  public nonisolated let catalogue: Catalogue
  /// The thread that writes; it tells how far the log is synced.
  public nonisolated let log: LogThread

  /// The book's checkpoints: what was wrong with them, and whether an answer may leave the process.
  public nonisolated let checkpoints: Checkpoints

  /// What was known of the log when the book was opened, for readers of it.
  package nonisolated let outline: LogOutline

  private let engine: Engine
  private var turns = Turns()
  private nonisolated let line = WaitingCommands()
  private let host: ProjectionHost
  private var reader: LogReader
  private let habit: CheckpointHabit
  /// The checkpoint that is being written; one at a time.
  private var writing: Task<[WrittenCheckpoint], any Error>?
  /// The position from which on the next one is due while the book is open.
  private var nextCheckpoint: UInt64
  /// Whether one is due that nobody has begun to write.
  private var isCheckpointDue = false

  private init(
    _ engine: sending Engine, _ habit: CheckpointHabit
  ) throws {
    let host = ProjectionHost(engine.catalogue)
    let checkpoints = engine.checkpoints
    let outline = engine.outline
    self.outline = outline
    do {
      var reader = LogReader(outline)
      try host.load(checkpoints, from: &reader)
      self.reader = reader
    } catch {
      engine.close()
      throw error
    }
    catalogue = engine.catalogue
    log = engine.log
    self.host = host
    self.checkpoints = checkpoints
    self.habit = habit
    nextCheckpoint = habit.dueBehind(host.position)
    self.engine = engine
  }

  /// Opens the book in `directory` for writing.
  ///
  /// - Parameters:
  ///   - directory: The book's directory on a local disk.
  ///   - catalogue: What the book is about; the clinic's by default.
  ///   - world: Files, clock and randomness.
  ///   - options: Sizes, durability, and whether a missing book is made.
  ///   - checkpoints: When checkpoints are written without being asked for.
  /// - Throws: `LogError` where the book is missing, locked, damaged or newer, or ends before a
  ///   checkpoint of it; `ProjectionError` where a decision state of the catalogue cannot take in an
  ///   event.
  /// - Complexity: O(events behind the checkpoints, and bytes of the last segment); O(events in the
  ///   log) without checkpoints. The first source reference takes O(events of the last segment).
  public static func open(
    _ directory: String, catalogue: Catalogue = .clinic, world: World = .live,
    options: LogOptions = LogOptions(), checkpoints habit: CheckpointHabit = CheckpointHabit()
  ) throws -> BackOffice {
    let engine = try Engine(directory, catalogue: catalogue, world: world, options: options)
    return try BackOffice(engine, habit)
  }

  /// Decides `command`, applies its events and queues them, without waiting for the disk; only
  /// where the disk has no room ready, or too much waits for it, everyone waits for that in the order
  /// in which they came, and nothing is decided before.
  ///
  /// For importers and others with many commands: submit a batch, then `settle`. The result must
  /// not leave the process before that.
  ///
  /// - Throws: `LogError`: `.diskFull` with nothing decided, and the next command tries again; any
  ///   other once the log can no longer be written. `ProjectionError` once a decision state could
  ///   not take in an event.
  public func submit<C: Command>(_ command: C, _ envelope: Envelope) async throws -> Submission {
    try await submit { try $0.offer(command, envelope) }
  }

  /// Decides several commands as one action, each on what those before it have done: all or none.
  ///
  /// A refusal names the step in front of the field: `3.amount`.
  ///
  /// - Throws: as `submit`.
  public func submit(together steps: [ActionStep]) async throws -> Submission {
    try await submit { try $0.offer(together: steps) }
  }

  /// Appends an action that was decided in another book, as it was; only its recorded time is new.
  ///
  /// It must have been taken by an `ActionTrial` that has taken everything that this book holds.
  ///
  /// - Throws: as `submit`.
  public func append(decided action: EncodedAction) async throws -> Submission {
    let submission = try await decide { try $0.offer(decided: action) }
    keepHabit()
    return submission
  }

  private func submit(_ offer: (Engine) throws -> Engine.Offer) async throws -> Submission {
    let submission = try await decide(offer)
    if habit.behindClosings, case .success(let receipt) = submission.result, receipt.closesPeriod {
      nextCheckpoint = engine.lastPosition.number
    }
    keepHabit()
    return submission
  }

  private func decide(_ offer: (Engine) throws -> Engine.Offer) async throws -> Submission {
    if turns.isFree, case .decided(let submission) = try offer(engine) {
      return submission
    }
    await withCheckedContinuation { turns.take($0) }
    defer { turns.pass() }
    while true {
      switch try offer(engine) {
      case .decided(let submission): return submission
      case .mustWait(let bytes): try await log.waitForRoom(bytes)
      }
    }
  }

  /// Carries out `command` and returns once its events are synced.
  ///
  /// Whoever performs at the same time is decided for in one go, in the order in which they came.
  /// After queueing, cancelling the task abandons nothing.
  ///
  /// - Returns: What the action made; for a repeat of an earlier one, what that one made.
  /// - Throws: `Refusal` where a rule forbids it, once what the refusal rests on is synced;
  ///   `LogError` and `ProjectionError` as `submit`.
  public nonisolated func perform<C: Command>(
    _ command: C, _ envelope: Envelope
  ) async throws -> ActionReceipt {
    if line.open() { return try await performFirst(command, envelope) }
    let outcome = await Suspension.wait { caller in
      let waiting = WaitingCommand(caller) { try $0.offer(command, envelope) }
      if line.join(waiting) { Task { await decideWaiting() } }
    }
    return try outcome.get().result.get()
  }

  /// Performs for somebody who found nobody in the line, and has those decided for who came meanwhile.
  private func performFirst<C: Command>(
    _ command: C, _ envelope: Envelope
  ) async throws -> ActionReceipt {
    let submission: Submission
    do {
      defer { if line.close() { Task { await decideWaiting() } } }
      submission = try await submit(command, envelope)
    }
    try await log.wait(for: submission.restsOn)
    return try submission.result.get()
  }

  /// Decides for everyone in the line, until nobody is left.
  private func decideWaiting() async {
    var some: [WaitingCommand] = []
    while line.take(into: &some) {
      log.expectMore(true)
      for waiting in some {
        do {
          let submission = try await submit(waiting.offer)
          log.whenSynced(submission.restsOn) { error in
            waiting.caller.resume(error.map { .failure($0) } ?? .success(submission))
          }
        } catch {
          waiting.caller.resume(.failure(error))
        }
      }
      log.expectMore(false)
      some.removeAll(keepingCapacity: true)
      // Whoever wants something else of the book has a turn.
      await Task.yield()
    }
  }

  /// What commands that are one action would come to; nothing is appended.
  ///
  /// - Throws: as `submit`.
  public func rehearse(_ steps: [ActionStep]) throws -> Engine.Rehearsal {
    try engine.rehearse(steps)
  }

  /// What the action made, synced or not, that bears `reference` at a clinic; nil where none does.
  public func receipt(named reference: String, clinic: UInt64) throws -> ActionReceipt? {
    try engine.receipt(named: reference, clinic: clinic)
  }

  /// Returns once everything submitted is synced.
  ///
  /// - Throws: the `LogError` that closed the writer before it was.
  public func settle() async throws {
    try await log.wait(for: engine.lastPosition)
  }

  /// Returns once everything submitted is on the disk, with durability `none` too: read models and
  /// readers of the log have it then.
  ///
  /// - Throws: as `settle`.
  public func sync() async throws { try await log.sync(through: engine.lastPosition) }

  /// The read model of type `M` with everything synced so far in it.
  ///
  /// The model must be one of the catalogue's; another is a bug, and traps.
  ///
  /// - Returns: A value of its own with the position that it stands at. What is computed from it may
  ///   leave the process once its `check` has not thrown.
  /// - Throws: `LogError` where the log cannot be read; `ProjectionError` where a model cannot take in
  ///   an event.
  /// - Complexity: O(events since the last snapshot).
  public func snapshot<M: ReadModel>(of type: M.Type = M.self) throws -> Snapshot<M> {
    try reader.refresh()
    try host.catchUp(&reader)
    return host.snapshot()
  }

  /// Every synced event from `first` on, and then those that come.
  ///
  /// Nobody polls: the thread that writes tells when more is synced. Whoever takes the events slowly
  /// holds up no one. The sequence ends when the book is closed or the task is cancelled; an error
  /// is thrown. `progress` of what is returned says how far behind it is.
  ///
  /// - Parameter first: The position of the first event wanted, as after a restart the one behind
  ///   the last that was dealt with.
  public nonisolated func follow(from first: Position = Position(1)) -> FollowedEvents {
    log.follow(from: first)
  }

  /// What a person should hear of derived files, each as a sentence: they were not to be believed and
  /// were made again, or could not be written. No answer depends on it.
  public var notices: [String] { engine.notices }

  /// The position of the last event decided on, synced or not.
  public var lastPosition: Position { engine.lastPosition }

  /// The decision state of type `S` as it stands, synced or not: for choosing what to submit next.
  ///
  /// The state must be one of the catalogue's; another is a bug, and traps.
  public func state<S: DecisionState>(of type: S.Type = S.self) -> S { engine.state(of: type) }

  /// Writes what is queued and, where it is worth it, a checkpoint; releases the book and stops the
  /// thread.
  public func close() async {
    if isCheckpointDue || checkpointAge >= habit.onClose {
      // What was not synced is in no checkpoint, and what goes wrong stands among the notices.
      if (try? await settle()) != nil { _ = try? await checkpoint() }
    }
    isCheckpointDue = false
    while let writing { _ = await writing.result }
    tellCheckpointAge()
    engine.close()
  }

  // MARK: Checkpoints

  /// Writes a checkpoint of every read model that has gone on since its last one, and of the
  /// decision states.
  ///
  /// Only synced events are in it. What models and states hold is taken on the actor, sharing their
  /// pages; it is written off the actor.
  ///
  /// - Returns: What was written, a model each.
  /// - Throws: `FileError` where one cannot be written, with the checkpoint before it still standing;
  ///   `LogError`, `ProjectionError` as `snapshot`; `CheckpointFailure` where a page of the one before
  ///   is damaged and the log cannot be read.
  @discardableResult
  public func checkpoint() async throws -> [WrittenCheckpoint] {
    while let writing { _ = await writing.result }
    let task = Task { try await self.writeCheckpoints() }
    writing = task
    isCheckpointDue = false
    return try await task.value
  }

  /// Sees to a checkpoint where one is due, without waiting for it.
  private func keepHabit() {
    guard engine.lastPosition.number >= nextCheckpoint else { return }
    nextCheckpoint = habit.dueBehind(engine.lastPosition)
    if isCheckpointDue { return }
    isCheckpointDue = true
    Task { await self.writeDueCheckpoint() }
  }

  /// Writes the checkpoint that is due, unless somebody else has: who closes the book does not wait
  /// for its turn.
  private func writeDueCheckpoint() async {
    while let writing { _ = await writing.result }
    // What goes wrong stands among the notices; the book goes on without a checkpoint.
    if isCheckpointDue { _ = try? await checkpoint() }
  }

  private func writeCheckpoints() async throws -> [WrittenCheckpoint] {
    defer { writing = nil }
    let decisions = try engine.pendingCheckpoint()
    if let decisions { try await log.sync(through: decisions.position) }
    try reader.refresh()
    // In slices, so that others have their turn in between.
    while host.position < reader.durable {
      let end = min(Position(host.position.number + Self.sliceEvents), reader.durable)
      try host.catchUp(&reader, through: end)
      await Task.yield()
    }
    let pending = try host.pendingCheckpoints(behind: 1, &reader)
    // Where some of them could not be written, too: the oldest counts.
    defer { tellCheckpointAge() }
    return try await Self.write(decisions, pending)
  }

  /// How many events the oldest checkpoint is behind, that of the decision states included.
  private var checkpointAge: UInt64 {
    max(host.checkpointAge(at: engine.lastPosition), engine.checkpointAge)
  }

  private func tellCheckpointAge() {
    reader.outside.instruments.set(
      Instruments.Name.checkpointAge, to: Int64(clamping: checkpointAge))
  }

  private static let sliceEvents: UInt64 = 32_768

  @concurrent
  private static func write(
    _ decisions: PendingDecisions?, _ pending: [PendingCheckpoint]
  ) async throws -> [WrittenCheckpoint] {
    var written: [WrittenCheckpoint] = []
    var failure: (any Error)?
    func attempt(_ write: () throws -> WrittenCheckpoint) {
      do {
        written.append(try write())
      } catch {
        failure = failure ?? error
      }
    }
    if let decisions { attempt(decisions.write) }
    for checkpoint in pending { attempt(checkpoint.write) }
    if let failure { throw failure }
    return written.sorted { $0.model < $1.model }
  }
}
