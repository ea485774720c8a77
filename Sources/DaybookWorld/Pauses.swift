/// Waiting for a time: for what is looked at again and again because nobody tells.
///
/// A part of the world, so that a simulated one lets others work in the meantime.
public protocol Pauses: Sendable {
  /// Blocks the calling thread for about so long.
  func pause(nanoseconds: Int64)

  /// Suspends the task for about so long, or until it is cancelled.
  func suspend(nanoseconds: Int64) async
}

/// The machine's own time.
public struct LivePauses: Pauses {
  /// Creates the door to the machine's timers; it has no state.
  public init() {}

  public func pause(nanoseconds: Int64) { MonotonicClock.pause(nanoseconds: nanoseconds) }

  public func suspend(nanoseconds: Int64) async {
    // Cancelled or not, the caller looks for itself.
    try? await Task.sleep(nanoseconds: UInt64(max(nanoseconds, 0)))
  }
}
