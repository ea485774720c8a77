import DaybookValues
public import DaybookWorld

/// Lets the segment grow ahead of need, on a thread of its own: the writer's never waits for zeros
/// then, unless it is faster than they are.
///
/// It opens the file once more for each piece of work. Who writes the zeros must not be told in the
/// writer's place of a page that did not reach the disk: the system says so once to each opening.
public final class RoomAhead: Sendable {
  struct Work: Sendable {
    var path: String
    var start: UInt64
    var end: UInt64
  }

  private struct State {
    var work: Work?
    var isHurried = false
    var outcome: Result<UInt64, FileError>?
    var isStopped = false
  }

  private let state = Locked(State())
  private let wake = Signal()
  private let finished = Signal()
  private let thread: WorkerThread

  /// Starts the thread.
  public init(_ files: any FileSystem) throws(ThreadError) {
    let (state, wake, finished) = (self.state, self.wake, self.finished)
    thread = try WorkerThread(name: "daybook-room") {
      while true {
        wake.wait()
        let (work, isStopped) = state.withLock { ($0.work, $0.isStopped) }
        if let work {
          let outcome = RoomAhead.carryOut(work, files) { state.withLock { $0.isHurried } }
          state.withLock { state in
            state.work = nil
            state.outcome = outcome
          }
          finished.signal()
        }
        if isStopped { return }
      }
    }
  }

  // Not joined: the last to let go may be a thread that must not wait.
  deinit { stop() }

  /// Ends the thread, once it has done what it was given.
  public func stop() {
    state.withLock { $0.isStopped = true }
    wake.signal()
  }

  /// Whether it was given something that it has not been asked about since.
  var isBusy: Bool { state.withLock { $0.work != nil || $0.outcome != nil } }

  /// Lets the file at `work.path` grow.
  func begin(_ work: Work) {
    state.withLock { state in
      precondition(state.work == nil && state.outcome == nil, "work beside work")
      state.work = work
      state.isHurried = false
    }
    wake.signal()
  }

  /// Up to where the file has room in zeros; nil while it is at work, and when it had none.
  func outcome() -> Result<UInt64, FileError>? {
    let isThere = state.withLock { $0.outcome != nil }
    return isThere ? wait() : nil
  }

  /// The same, once it is there; nil where there was no work.
  func wait() -> Result<UInt64, FileError>? {
    let isBusy = state.withLock { state in
      state.isHurried = true
      return state.work != nil || state.outcome != nil
    }
    guard isBusy else { return nil }
    finished.wait()
    return state.withLock { state in
      defer { state.outcome = nil }
      return state.outcome
    }
  }

  private static func carryOut(
    _ work: Work, _ files: any FileSystem, _ isHurried: () -> Bool
  ) -> Result<UInt64, FileError> {
    do throws(FileError) {
      let file = try files.open(work.path, .readWrite)
      defer { file.close() }
      try Preallocation.takeRoom(file, from: work.start, to: work.end)
      // In small pieces: the writer's own wait for each, and its sync takes what is dirty with it.
      var offset = work.start
      while offset < work.end {
        let end = min(offset + piece, work.end)
        try Preallocation.writeZeros(file, from: offset, to: end)
        offset = end
        if !isHurried() { MonotonicClock.pause(nanoseconds: pause) }
      }
      return .success(work.end)
    } catch {
      return .failure(error)
    }
  }

  private static let piece: UInt64 = 128 << 10
  private static let pause: Int64 = 100_000
}
