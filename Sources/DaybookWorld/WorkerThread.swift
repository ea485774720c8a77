import CDaybookSystem

/// The machine had no more threads to give.
public struct ThreadError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What the thread was to be called.
  public var name: String
  /// The `errno` of the system.
  public var code: Int32

  /// What failed and what to do.
  public var description: String {
    "cannot start the thread \(name) (error \(code)); raise the limit of threads (ulimit -u)"
  }
}

/// A thread of the operating system, for work that blocks: a pool's threads must not.
public final class WorkerThread: Sendable {
  /// Its name in debuggers and profiles, where the first 15 bytes are shown.
  public let name: String
  private let thread: daybook_thread
  private let isJoined = Locked(false)

  /// Starts a thread that runs `body` and ends.
  public init(name: String, _ body: @escaping @Sendable () -> Void) throws(ThreadError) {
    // The new thread takes over this reference, and gives it up when the body has returned.
    let start = unsafe Unmanaged.passRetained(ThreadStart(name: name, body: body))
    var thread: daybook_thread = 0
    let code = unsafe daybook_thread_start(&thread, runThread, start.toOpaque())
    guard code == 0 else {
      unsafe start.release()
      throw ThreadError(name: name, code: code)
    }
    self.name = name
    self.thread = thread
  }

  /// Returns after the body has returned; it may be repeated, also from several threads.
  ///
  /// Everything the thread did is seen after it. A thread must not join itself.
  public func join() {
    precondition(!daybook_thread_is_current(thread), "a thread that waits for itself")
    // Held while waiting: who comes second must not go on before the thread has ended.
    isJoined.withLock { isJoined in
      if isJoined { return }
      let code = daybook_thread_join(thread)
      precondition(code == 0, "joining a thread failed (error \(code))")
      isJoined = true
    }
  }

  deinit {
    // Nobody can join it any more: let the system take its memory back when it ends.
    if !isJoined.withLock({ $0 }) { _ = daybook_thread_detach(thread) }
  }
}

/// What a new thread is given: its name and its work.
private final class ThreadStart {
  let name: String
  let body: @Sendable () -> Void

  init(name: String, body: @escaping @Sendable () -> Void) {
    self.name = name
    self.body = body
  }
}

private func runThread(_ argument: UnsafeMutableRawPointer) {
  let start = unsafe Unmanaged<ThreadStart>.fromOpaque(argument).takeRetainedValue()
  unsafe daybook_name_thread(start.name)
  start.body()
}
