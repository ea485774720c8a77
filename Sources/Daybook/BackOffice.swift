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
public actor BackOffice: ActionSubmitter {
  /// What the book is about.
  public nonisolated let catalogue: Catalogue
  /// The thread that writes; it tells how far the log is synced.
  public nonisolated let log: LogThread

  private let engine: Engine
  private let host: ProjectionHost
  private var reader: LogReader

  private init(_ engine: sending Engine, _ reader: consuming sending LogReader) {
    catalogue = engine.catalogue
    log = engine.log
    host = ProjectionHost(engine.catalogue)
    self.reader = reader
    self.engine = engine
  }

  /// Opens the book in `directory` for writing.
  ///
  /// - Parameters:
  ///   - directory: The book's directory on a local disk.
  ///   - catalogue: What the book is about; the clinic's by default.
  ///   - world: Files, clock and randomness.
  ///   - options: Sizes, durability, and whether a missing book is made.
  /// - Throws: `LogError` where the book is missing, locked, damaged or newer; `ProjectionError`
  ///   where a decision state of the catalogue cannot take in an event.
  /// - Complexity: O(events in the log).
  public static func open(
    _ directory: String, catalogue: Catalogue = .clinic, world: World = .live,
    options: LogOptions = LogOptions()
  ) throws -> BackOffice {
    let engine = try Engine(directory, catalogue: catalogue, world: world, options: options)
    do {
      return BackOffice(engine, try LogReader(directory, in: world))
    } catch {
      engine.close()
      throw error
    }
  }

  /// Decides `command`, applies its events and queues them, without waiting for the disk.
  ///
  /// For importers and others with many commands: submit a batch, then `settle`. The result must
  /// not leave the process before that.
  ///
  /// - Throws: `LogError` once the log can no longer be written; `ProjectionError` once a decision
  ///   state could not take in an event.
  public func submit<C: Command>(_ command: C, _ envelope: Envelope) throws -> Submission {
    try engine.submit(command, envelope)
  }

  /// Carries out `command` and returns once its events are synced.
  ///
  /// After queueing, cancelling the task abandons nothing.
  ///
  /// - Returns: What the action made; for a repeat of an earlier one, what that one made.
  /// - Throws: `Refusal` where a rule forbids it, once what the refusal rests on is synced;
  ///   `LogError` and `ProjectionError` as `submit`.
  public func perform<C: Command>(
    _ command: C, _ envelope: Envelope
  ) async throws -> ActionReceipt {
    let submission = try submit(command, envelope)
    try await log.wait(for: submission.restsOn)
    return try submission.result.get()
  }

  /// Returns once everything submitted is synced.
  ///
  /// - Throws: the `LogError` that closed the writer before it was.
  public func settle() async throws {
    try await log.wait(for: engine.lastPosition)
  }

  /// The read model of type `M` with everything synced so far in it.
  ///
  /// The model must be one of the catalogue's; another is a bug, and traps.
  ///
  /// - Returns: A value of its own with the position that it stands at.
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
  public func follow(from first: Position = Position(1)) -> FollowedEvents {
    engine.follow(from: first)
  }

  /// The position of the last event decided on, synced or not.
  public var lastPosition: Position { engine.lastPosition }

  /// The decision state of type `S` as it stands, synced or not: for choosing what to submit next.
  ///
  /// The state must be one of the catalogue's; another is a bug, and traps.
  public func state<S: DecisionState>(of type: S.Type = S.self) -> S { engine.state(of: type) }

  /// Writes what is queued, releases the book and stops the thread.
  public func close() { engine.close() }
}
