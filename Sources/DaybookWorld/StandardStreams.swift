public import DaybookBytes

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// What the program was asked for; nothing is held back in a buffer.
public enum StandardOutput {
  /// Writes all of `text`; throws `.brokenPipe` when the reader is gone and the signal is ignored.
  public static func write(_ text: String) throws(FileError) {
    try write(Array(text.utf8).span)
  }

  /// Writes all of `bytes`.
  public static func write(_ bytes: Span<UInt8>) throws(FileError) {
    try writeAll(bytes, STDOUT_FILENO, "standard output")
  }

  /// Whether it is a pipe whose reader is gone, as writing would find; nothing is written.
  public static var hasNoReader: Bool {
    var asked = pollfd(fd: STDOUT_FILENO, events: 0, revents: 0)
    return unsafe poll(&asked, 1, 0) == 1 && Int32(asked.revents) & POLLERR != 0
  }
}

/// What the program says beside its answer: errors, findings, progress.
public enum StandardError {
  /// Writes all of `text`, or gives up in silence: there is nowhere left to complain.
  public static func write(_ text: String) {
    try? writeAll(Array(text.utf8).span, STDERR_FILENO, "standard error")
  }
}

/// What the program is given.
public enum StandardInput {
  /// Appends up to `count` bytes to `buffer`, waiting until there are some.
  ///
  /// - Returns: How many were appended; 0 at the end.
  public static func read(count: Int, into buffer: inout ByteWriter) throws(FileError) -> Int {
    precondition(count > 0, "nothing to read")
    let before = buffer.count
    try unsafe buffer.appendFilling(count) { (room) throws(FileError) in
      while true {
        #if canImport(Darwin)
          let part = unsafe Darwin.read(STDIN_FILENO, room.baseAddress, count)
        #else
          let part = unsafe Glibc.read(STDIN_FILENO, room.baseAddress, count)
        #endif
        if part >= 0 { return part }
        if !isWorthAnotherTry(errno, STDIN_FILENO, POLLIN) {
          throw FileError(operation: "read", path: "standard input", code: errno)
        }
      }
    }
    return buffer.count - before
  }
}

private func writeAll(_ bytes: Span<UInt8>, _ number: Int32, _ name: String) throws(FileError) {
  try unsafe bytes.withUnsafeBytes { (source) throws(FileError) in
    var written = 0
    while written < source.count {
      let next = unsafe source.baseAddress.map { unsafe $0 + written }
      #if canImport(Darwin)
        let part = unsafe Darwin.write(number, next, source.count - written)
      #else
        let part = unsafe Glibc.write(number, next, source.count - written)
      #endif
      if part >= 0 {
        written += part
      } else if !isWorthAnotherTry(errno, number, POLLOUT) {
        throw FileError(operation: "write", path: name, code: errno)
      }
    }
  }
}

/// Whether the call was only interrupted, or would have had to wait; waits in that case.
private func isWorthAnotherTry(_ code: Int32, _ number: Int32, _ events: Int32) -> Bool {
  if code == EINTR { return true }
  // A terminal or pipe that another program set to non-blocking.
  guard code == EAGAIN else { return false }
  var waited = pollfd(fd: number, events: Int16(truncatingIfNeeded: events), revents: 0)
  return unsafe poll(&waited, 1, -1) >= 0 || errno == EINTR
}
