import CDaybookSystem

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// What the process was started with.
public enum Environment {
  /// The value of an environment variable; nil when it is not set.
  public static func variable(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }

  /// The folder that relative paths start from; nil when it was removed.
  public static var currentDirectory: String? {
    // The system allocates as much as it needs.
    guard let path = unsafe getcwd(nil, 0) else { return nil }
    defer { unsafe free(path) }
    return unsafe String(cString: path)
  }
}

/// A descriptor of the process that may lead to a person.
public enum Terminal: Int32, Sendable {
  /// What is typed.
  case input = 0
  /// What is asked for.
  case output = 1
  /// What is said beside it.
  case error = 2

  /// Whether a person sits behind it.
  public var isTerminal: Bool { isatty(rawValue) == 1 }

  /// How many columns it shows; nil when it is no terminal or does not say.
  public var columns: Int? {
    let columns = Int(daybook_terminal_columns(rawValue))
    return columns > 0 ? columns : nil
  }
}

/// Signals of the operating system.
public enum ProcessSignals {
  /// Makes writing to a pipe without a reader a `.brokenPipe` error instead of the process's end.
  public static func ignoreBrokenPipe() {
    _ = signal(SIGPIPE, SIG_IGN)
  }

  /// Whether the process was asked to end, by SIGINT or SIGTERM, since this was asked first.
  ///
  /// From the first call on the first such signal is only noted; a second one ends the process.
  public static var endWasAsked: Bool {
    _ = isNotingEnd
    return daybook_end_was_asked()
  }

  private static let isNotingEnd: Bool = {
    daybook_note_end_signals()
    return true
  }()
}
