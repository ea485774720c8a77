import CDaybookSystem

/// A counting semaphore: each `signal()` lets one `wait()` pass, whichever comes first.
@safe
public final class Signal: Sendable {
  // The system's calls on it may come from any thread.
  nonisolated(unsafe) private let semaphore: OpaquePointer

  /// A semaphore that lets the first `count` waits pass at once.
  public init(count: Int = 0) {
    guard let made = unsafe daybook_semaphore_make() else {
      preconditionFailure("no memory for a semaphore")
    }
    unsafe semaphore = made
    for _ in 0..<count { unsafe daybook_semaphore_signal(made) }
  }

  deinit { unsafe daybook_semaphore_destroy(semaphore) }

  /// Lets one waiting thread go on, or the next that waits.
  public func signal() { unsafe daybook_semaphore_signal(semaphore) }

  /// Blocks the calling thread until there is a signal for it.
  public func wait() { unsafe daybook_semaphore_wait(semaphore) }

  /// Waits for a signal without giving the processor away, for at most so long: to wake a thread
  /// takes the system longer than a short wait.
  ///
  /// - Returns: Whether the signal came.
  public func spin(nanoseconds: Int64) -> Bool {
    unsafe daybook_semaphore_spin(semaphore, nanoseconds)
  }

  /// Blocks the calling thread until there is a signal for it, at most so long.
  ///
  /// - Returns: Whether the signal came; the clock is one that is never set.
  public func wait(nanoseconds: Int64) -> Bool {
    unsafe daybook_semaphore_wait_for(semaphore, max(nanoseconds, 0))
  }
}
