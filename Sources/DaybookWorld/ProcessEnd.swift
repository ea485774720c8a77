#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The end of the process.
public enum ProcessEnd {
  /// Ends the process with `status`, 0 to 255, as its exit code.
  public static func exit(_ status: Int32) -> Never {
    #if canImport(Darwin)
      Darwin.exit(status)
    #else
      Glibc.exit(status)
    #endif
  }
}
