public import DaybookEvents
public import DaybookLog
public import DaybookValues
public import DaybookWorld

/// The thread around the log's writer: it takes what waits, writes one frame, syncs once, and
/// releases everyone that the watermark now covers.
///
/// There is no timer: a batch grows by itself while the disk is busy. The writer never leaves its
/// thread.
public final class LogThread: Sendable {
  /// Where the log stood when it was opened.
  public struct Opened: Sendable {
    /// The last position.
    public var lastPosition: Position
    /// The last recorded time.
    public var lastRecorded: Instant
  }

  private struct State {
    var opened: Result<Opened, LogError>?
    var queue: [EncodedAction] = []
    var waiters: [Waiter] = []
    var watermark = Position.start
    /// What waiting callers may be told: the watermark, or what is written where nothing is synced.
    var acknowledged = Position.start
    var openSegment = Position.start
    var failure: LogError?
    var isClosing = false
    /// Rings for followers in this process.
    let bell = WatermarkBell()
  }

  private struct Waiter {
    var position: Position
    var release: @Sendable (LogError?) -> Void
  }

  private let state: Locked<State>
  private let work: Signal
  private let durability: Durability
  private let thread: WorkerThread?
  /// The writer, where callers drive it; empty while one of them does.
  private let idle: Locked<LogWriter?>
  /// Where the log stood when it was opened.
  public let opened: Opened

  /// Opens the log in `directory`, on a thread of its own unless its callers are to drive it.
  ///
  /// - Throws: what `LogWriter.open` throws: locked, damaged, newer, or no such book.
  public init(
    _ directory: String, world: World, options: LogOptions, driver: LogDriver = .thread
  ) throws {
    let state = Locked(State())
    let work = Signal()
    durability = options.durability
    if driver == .caller {
      let writer = try LogWriter.open(directory, in: world, options: options)
      opened = LogThread.begin(with: writer, state)
      self.state = state
      self.work = work
      thread = nil
      idle = Locked(consume writer)
      return
    }
    idle = Locked(nil)
    let ready = Signal()
    let thread = try WorkerThread(name: "daybook-log") {
      LogThread.run(directory, world, options, state, work, ready)
    }
    ready.wait()
    self.state = state
    self.work = work
    self.thread = thread
    switch state.withLock({ $0.opened }) {
    case .success(let opened): self.opened = opened
    case .failure(let error):
      thread.join()
      throw error
    case nil: preconditionFailure("the log's thread signalled before it opened the log")
    }
  }

  /// The last position that is synced.
  public var watermark: Position { state.withLock { $0.watermark } }

  /// The first position of the segment that is being written; those before it are sealed.
  public var openSegment: Position { state.withLock { $0.openSegment } }

  /// Rings when the watermark rises, and when it will no more.
  var bell: WatermarkBell { state.withLock { $0.bell } }

  /// Queues `action`; it is written with everything else that waits.
  ///
  /// - Throws: the error that closed the writer, if one did; `.closed` after `close`.
  public func submit(_ action: EncodedAction) throws(LogError) {
    try state.withLock { (state) throws(LogError) in
      if let failure = state.failure { throw failure }
      if state.isClosing { throw LogThread.closed }
      state.queue.append(action)
    }
    work.signal()
  }

  /// Returns once `position` is synced.
  ///
  /// - Throws: the `LogError` that closed the writer before it was; `.closed` when it was closed.
  public func wait(for position: Position) async throws {
    let result: LogError? = await withCheckedContinuation { continuation in
      whenSynced(position) { continuation.resume(returning: $0) }
    }
    if let result { throw result }
  }

  /// Returns once `position` is synced, blocking the calling thread.
  public func waitBlocking(for position: Position) throws(LogError) {
    if thread == nil { step() }
    let done = Signal()
    let result = Locked<LogError?>(nil)
    whenSynced(position) { error in
      result.withLock { $0 = error }
      done.signal()
    }
    done.wait()
    if let error = result.withLock({ $0 }) { throw error }
  }

  /// Writes what waits, where the callers drive the log; elsewhere its thread does.
  ///
  /// What fails is told to everyone who waits, and to all who submit or wait after it.
  public func step() {
    // Those released run on later, elsewhere: none of them steps from within.
    idle.withLock { idle in
      guard var writer = idle.take() else { return }
      let isEmpty = state.withLock { $0.queue.isEmpty }
      if isEmpty || LogThread.writeBatch(&writer, durability, state) { idle = consume writer }
    }
  }

  /// Stops after what is queued and releases the book; nothing can be submitted after it.
  public func close() {
    stop()
    thread?.join()
  }

  private func stop() {
    state.withLock { $0.isClosing = true }
    work.signal()
    guard thread == nil else { return }
    step()
    LogThread.finish(state)
    idle.withLock { $0 = nil }
  }

  // Whoever forgets to close must not hold the book for the life of the process. Not joined: the
  // last to let go may be a caller released on the thread itself.
  deinit { stop() }

  private func whenSynced(_ position: Position, _ release: @escaping @Sendable (LogError?) -> Void)
  {
    let answer: (ready: Bool, error: LogError?) = state.withLock { state in
      if state.acknowledged >= position { return (true, nil) }
      if let failure = state.failure { return (true, failure) }
      state.waiters.append(Waiter(position: position, release: release))
      return (false, nil)
    }
    if answer.ready { release(answer.error) }
  }

  // MARK: On the thread

  private static func run(
    _ directory: String, _ world: World, _ options: LogOptions, _ state: Locked<State>,
    _ work: Signal, _ ready: Signal
  ) {
    do throws(LogError) {
      var writer = try LogWriter.open(directory, in: world, options: options)
      _ = begin(with: writer, state)
      ready.signal()
      serve(&writer, options.durability, state, work)
      writer.close()
    } catch {
      state.withLock { $0.opened = .failure(error) }
      ready.signal()
    }
  }

  private static func begin(with writer: borrowing LogWriter, _ state: Locked<State>) -> Opened {
    let opened = Opened(lastPosition: writer.lastPosition, lastRecorded: writer.lastRecorded)
    let (watermark, openSegment) = (writer.watermark, writer.openSegment)
    state.withLock { state in
      state.openSegment = openSegment
      state.watermark = watermark
      state.acknowledged = watermark
      state.opened = .success(opened)
      state.bell.ring(watermark)
    }
    return opened
  }

  private static let closed = LogError(.closed, detail: "the book was closed")

  private static func serve(
    _ writer: inout LogWriter, _ durability: Durability, _ state: Locked<State>, _ work: Signal
  ) {
    while true {
      let (isEmpty, isClosing) = state.withLock { ($0.queue.isEmpty, $0.isClosing) }
      if isEmpty {
        if isClosing { return finish(state) }
        work.wait()
        continue
      }
      // More may share the sync; who waits is still answered after it.
      if case .grouped(let milliseconds) = durability, !isClosing {
        MonotonicClock.pause(nanoseconds: Int64(milliseconds) * 1_000_000)
      }
      guard writeBatch(&writer, durability, state) else { return }
    }
  }

  /// Writes what waits and releases everyone whose wait is over; false if the writer failed.
  private static func writeBatch(
    _ writer: inout LogWriter, _ durability: Durability, _ state: Locked<State>
  ) -> Bool {
    let batch = state.withLock { state in
      defer { state.queue = [] }
      return state.queue
    }
    for action in batch { writer.submit(action) }
    do throws(LogError) {
      repeat { try writer.step() } while writer.waitingCount > 0
      let (watermark, written) = (writer.watermark, writer.lastPosition)
      let openSegment = writer.openSegment
      release(state) { state in
        state.openSegment = openSegment
        state.watermark = watermark
        state.acknowledged = durability == .none ? written : watermark
        return nil
      }
      return true
    } catch {
      release(state) { state in
        state.failure = error
        return error
      }
      return false
    }
  }

  /// Nothing waits any more: what is waited for now was never submitted.
  private static func finish(_ state: Locked<State>) {
    release(state) { state in
      if state.failure == nil { state.failure = closed }
      return state.failure
    }
  }

  /// Changes the state and answers everyone whose wait is over, outside the lock.
  private static func release(_ state: Locked<State>, _ change: (inout State) -> LogError?) {
    let (released, error, acknowledged, watermark, bell) = state.withLock { state in
      let error = change(&state)
      let acknowledged = state.acknowledged
      let isOver = { (waiter: Waiter) in error != nil || waiter.position <= acknowledged }
      let released = state.waiters.filter(isOver)
      state.waiters.removeAll(where: isOver)
      return (released, error, acknowledged, state.watermark, state.bell)
    }
    for waiter in released { waiter.release(waiter.position <= acknowledged ? nil : error) }
    bell.ring(watermark)
    // A book that was closed has an end; of one whose writer failed the failure is to be told.
    if let error { bell.end(error == closed ? nil : error) }
  }
}
