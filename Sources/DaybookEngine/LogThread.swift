public import DaybookEvents
public import DaybookLog
public import DaybookValues
public import DaybookWorld

/// The thread around the log's writer: it takes what waits, writes one frame, syncs once, and
/// releases everyone that the watermark now covers.
///
/// A batch grows by itself while the disk is busy; only durability `grouped` waits for more. The
/// writer never leaves its thread, or stays with the callers where they drive it. Room on the disk is
/// taken ahead: whoever decides is told that there is none before anything is decided, and can try
/// again.
public final class LogThread: Sendable {
  /// Where the log stood when it was opened.
  public struct Opened: Sendable {
    /// The last position.
    public var lastPosition: Position
    /// The last recorded time.
    public var lastRecorded: Instant
    /// What opening found and repaired.
    public var recovery: LogRecovery
    /// Where the chains of the open segment begin.
    package var chains: OpenChains

    init(_ writer: borrowing LogWriter) {
      lastPosition = writer.lastPosition
      lastRecorded = writer.lastRecorded
      recovery = writer.recovery
      chains = writer.openChains
    }
  }

  private let directory: String
  private let world: World
  private let queue: Locked<LogQueue>
  private let work: Signal
  private let thread: WorkerThread?
  /// The writer, where callers drive it; empty while one of them does, and when it has ended.
  private let idle: Locked<LogServer?>
  /// Where the log stood when it was opened.
  public let opened: Opened
  /// When callers are answered.
  public let durability: Durability

  /// Opens the log in `directory`, on a thread of its own unless its callers are to drive it.
  ///
  /// - Throws: what `LogWriter.open` throws: locked, damaged, newer, or no such book.
  public init(
    _ directory: String, world: World, options: LogOptions, driver: LogDriver = .thread
  ) throws {
    let queue = Locked(LogQueue(backlogMax: options.queueBytesMax))
    let work = Signal()
    self.directory = directory
    self.world = world
    self.queue = queue
    self.work = work
    durability = options.durability
    if driver == .caller {
      let writer = try LogWriter.open(directory, in: world, options: options)
      opened = Opened(writer)
      thread = nil
      idle = Locked(LogServer(writer, options, queue, nil, world.instruments))
      return
    }
    idle = Locked(nil)
    let ready = Signal()
    let outcome = Locked<Result<Opened, LogError>?>(nil)
    let helper = try RoomAhead(world.files)
    let thread = try WorkerThread(name: "daybook-log") {
      do throws(LogError) {
        var writer = try LogWriter.open(directory, in: world, options: options)
        writer.roomAhead = helper
        let opened = Opened(writer)
        var server = LogServer(writer, options, queue, work, world.instruments)
        outcome.withLock { $0 = .success(opened) }
        ready.signal()
        server.serve()
      } catch {
        outcome.withLock { $0 = .failure(error) }
        ready.signal()
      }
      helper.stop()
    }
    ready.wait()
    self.thread = thread
    switch outcome.withLock({ $0 }) {
    case .success(let opened): self.opened = opened
    case .failure(let error):
      thread.join()
      throw error
    case nil: preconditionFailure("the log's thread signalled before it opened the log")
    }
  }

  /// The last position that is synced.
  public var watermark: Position { queue.withLock { $0.watermark } }

  /// The first position of the segment that is being written; those before it are sealed.
  public var openSegment: Position { queue.withLock { $0.openSegment } }

  /// Every synced event from `first` on, and then those that come: followers are told when more is
  /// synced, and need not look again and again.
  ///
  /// - Parameter first: The position of the first event wanted.
  public func follow(from first: Position = Position(1)) -> FollowedEvents {
    FollowedEvents(directory, in: world, from: first, bell: queue.withLock { $0.bell })
  }

  /// What ended the writer, if it was not closed: a write or a sync that failed.
  public var failure: LogError? {
    queue.withLock { $0.failure == LogServer.closed ? nil : $0.failure }
  }

  // MARK: Queueing

  /// Queues `action` if the disk has room for it and keeps up; it is written with everything else
  /// that waits.
  ///
  /// - Returns: False, with nothing changed, where it must wait: `waitForRoom`, and decide again.
  /// - Throws: the error that closed the writer, if one did; `.closed` after `close`.
  public func offer(_ action: EncodedAction) throws(LogError) -> Bool {
    let bytes = LogWriter.room(for: action)
    let (isTaken, wakes) = try queue.withLock { (queue) throws(LogError) in
      if let failure = queue.failure { throw failure }
      if queue.isClosing { throw LogServer.closed }
      let isTaken = queue.take(action, bytes)
      return (isTaken, isTaken && queue.wakes())
    }
    if wakes, thread != nil { work.signal() }
    return isTaken
  }

  /// Says whether more actions follow at once: the writer waits for some of them then, so that they
  /// share a sync, until it is told that none do.
  public func expectMore(_ more: Bool) {
    let wakes = queue.withLock { queue in
      queue.expectsMore = more
      return queue.wakes()
    }
    if wakes, thread != nil { work.signal() }
  }

  /// Queues `action`, blocking the calling thread while the disk has no room or does not keep up.
  ///
  /// For one thread at a time, since positions go up.
  ///
  /// - Throws: `.diskFull` with nothing changed; and as `offer`.
  public func submit(_ action: EncodedAction) throws(LogError) {
    while !(try offer(action)) { try waitForRoomBlocking(LogWriter.room(for: action)) }
  }

  /// Returns once an action of `bytes`, as `LogWriter.room(for:)` counts them, may be offered.
  ///
  /// - Throws: `LogError`: `.diskFull` where there is no room, and the next call tries again; what
  ///   closed the writer; `.closed` after `close`.
  public func waitForRoom(_ bytes: UInt64) async throws {
    let error = await Suspension.wait { whenRoom(bytes, .task($0)) }
    if let error { throw error }
  }

  /// The same, blocking the calling thread.
  public func waitForRoomBlocking(_ bytes: UInt64) throws(LogError) {
    try LogThread.block { whenRoom(bytes, $0) }
  }

  private func whenRoom(_ bytes: UInt64, _ waiter: Waiter) {
    let answer: (isReady: Bool, error: LogError?) = queue.withLock { queue in
      if let failure = queue.failure { return (true, failure) }
      if queue.isClosing { return (true, LogServer.closed) }
      if queue.roomWaiters.isEmpty, queue.admits(bytes) { return (true, nil) }
      queue.roomWaiters.append(LogQueue.RoomWaiter(bytes: bytes, waiter: waiter))
      queue.isAsleep = false
      return (false, nil)
    }
    if answer.isReady {
      waiter.release(answer.error)
    } else if thread == nil {
      step()
    } else {
      work.signal()
    }
  }

  // MARK: Waiting

  /// Returns once `position` is synced.
  ///
  /// - Throws: the `LogError` that closed the writer before it was; `.closed` when it was closed.
  public func wait(for position: Position) async throws {
    let error = await Suspension.wait { whenSynced(position, .task($0)) }
    if let error { throw error }
  }

  /// Returns once `position` is synced, blocking the calling thread.
  public func waitBlocking(for position: Position) throws(LogError) {
    if thread == nil { step() }
    try LogThread.block { whenSynced(position, $0) }
  }

  /// Calls `body` once `position` is synced, or with the error that closed the log before that: at
  /// once, or from whoever drives the log. It must be short, and call nothing of the log.
  package func whenSynced(
    _ position: Position, call body: @escaping @Sendable (LogError?) -> Void
  ) {
    whenSynced(position, .call(body))
  }

  /// Returns once `position` is on the disk, with durability `none` too, which answers before that:
  /// then it has what is written synced.
  ///
  /// - Throws: as `wait`.
  public func sync(through position: Position) async throws {
    guard durability == .none else { return try await wait(for: position) }
    let error = await Suspension.wait { whenOnDisk(position, .task($0)) }
    if let error { throw error }
  }

  private func whenOnDisk(_ position: Position, _ waiter: Waiter) {
    let answer: (isReady: Bool, error: LogError?, wakes: Bool) = queue.withLock { queue in
      if queue.watermark >= position { return (true, nil, false) }
      if let failure = queue.failure { return (true, failure, false) }
      queue.syncWaiters.add(waiter, for: position)
      return (false, nil, queue.wakes())
    }
    if answer.isReady {
      waiter.release(answer.error)
    } else if thread == nil {
      step()
    } else if answer.wakes {
      work.signal()
    }
  }

  private func whenSynced(_ position: Position, _ waiter: Waiter) {
    let answer: (isReady: Bool, error: LogError?) = queue.withLock { queue in
      if queue.acknowledged >= position { return (true, nil) }
      if let failure = queue.failure { return (true, failure) }
      queue.waiters.add(waiter, for: position)
      return (false, nil)
    }
    if answer.isReady { waiter.release(answer.error) }
  }

  private static func block(_ body: (Waiter) -> Void) throws(LogError) {
    let done = Signal()
    let answer = Locked<LogError?>(nil)
    body(.thread(done, answer))
    done.wait()
    if let error = answer.withLock({ $0 }) { throw error }
  }

  // MARK: Driving and closing

  /// Writes what waits, where the callers drive the log; elsewhere its thread does.
  ///
  /// What fails is told to everyone who waits, and to all who submit or wait after it.
  public func step() {
    // Those released run on later, elsewhere: none of them steps from within.
    idle.withLock { idle in
      guard var server = idle.take() else { return }
      if server.serve() { idle = consume server }
    }
  }

  /// Stops after what is queued and releases the book; nothing can be submitted after it. What was
  /// written without a sync (durability `none`) is synced.
  public func close() {
    stop()
    thread?.join()
  }

  private func stop() {
    queue.withLock { queue in
      queue.isClosing = true
      queue.isAsleep = false
    }
    if thread == nil { step() } else { work.signal() }
  }

  // Whoever forgets to close must not hold the book for the life of the process. Not joined: the
  // last to let go may be a caller released on the thread itself.
  deinit { stop() }
}
