#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A clock that is never set: for durations and pauses, never for what is recorded.
public enum MonotonicClock {
  /// Nanoseconds since some moment before the process began; never decreasing.
  public static func nanoseconds() -> Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  /// Blocks the calling thread for at least so long, whatever signals arrive.
  public static func pause(nanoseconds: Int64) {
    guard nanoseconds > 0 else { return }
    var rest = timespec(
      tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
    // On a signal the system leaves in `rest` what was not yet slept.
    while true {
      let asked = rest
      if unsafe withUnsafePointer(to: asked, { unsafe nanosleep($0, &rest) }) == 0 { return }
      if errno != EINTR { return }
    }
  }
}
