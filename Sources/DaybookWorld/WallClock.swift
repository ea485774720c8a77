public import DaybookValues

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// What time it is: the one source of recorded times.
public protocol WallClock: Sendable {
  /// The instant now; it may step back when the machine's clock is set.
  func now() -> Instant
}

/// The clock of the machine.
public struct LiveClock: WallClock {
  /// Creates the door to the machine's clock; it has no state.
  public init() {}

  public func now() -> Instant {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Instant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
  }
}
