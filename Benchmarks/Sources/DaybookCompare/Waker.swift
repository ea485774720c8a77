import Daybook

/// Lets callers that wait go on, as the log's thread does, and writes nothing: what it costs to suspend
/// a task and to resume it. No log can have more callers on the same processors.
final class Waker: Sendable {
  private struct State {
    var waiting: [Suspension<Void>] = []
    var isAsleep = false
    var isStopped = false
  }

  private let state: Locked<State>
  private let work: Signal
  private let thread: WorkerThread

  init() throws {
    let state = Locked(State())
    let work = Signal()
    self.state = state
    self.work = work
    thread = try WorkerThread(name: "waker") {
      var batch: [Suspension<Void>] = []
      while true {
        let isStopped = state.withLock { state in
          swap(&state.waiting, &batch)
          state.isAsleep = batch.isEmpty
          return state.isStopped
        }
        if batch.isEmpty {
          if isStopped { return }
          work.wait()
        }
        for waiting in batch { waiting.resume(()) }
        batch.removeAll(keepingCapacity: true)
      }
    }
  }

  /// Returns once the thread came by.
  func wait() async {
    await Suspension<Void>.wait { suspension in
      let wakes = state.withLock { state in
        state.waiting.append(suspension)
        defer { state.isAsleep = false }
        return state.isAsleep
      }
      if wakes { work.signal() }
    }
  }

  func stop() {
    state.withLock { $0.isStopped = true }
    work.signal()
    thread.join()
  }
}
