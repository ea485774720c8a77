import Synchronization

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A file descriptor that is closed once, after the last call that uses it has returned.
///
/// The system gives a closed number to the next file that is opened, so a call that still holds
/// the number would reach another file. A count of the calls under way keeps that from happening.
final class Descriptor: Sendable {
  private let number: Int32
  private let path: String
  // The lowest bit says closed; each call under way adds two.
  private let state = Atomic<Int>(0)

  init(_ number: Int32, path: String) {
    self.number = number
    self.path = path
  }

  deinit { close() }

  /// Lends the descriptor to `body`; throws `.closed` after `close()`.
  func use<Result>(
    _ operation: String, _ body: (Int32) throws(FileError) -> Result
  ) throws(FileError) -> Result {
    var current = state.load(ordering: .relaxed)
    while true {
      if current & 1 == 1 { throw FileError(operation: operation, path: path, kind: .closed) }
      let (done, seen) = state.weakCompareExchange(
        expected: current, desired: current + 2, ordering: .acquiring)
      if done { break }
      current = seen
    }
    defer {
      // Closed while the call was under way, and no other call is left: it is ours to close.
      if state.subtract(2, ordering: .acquiringAndReleasing).newValue == 1 { closeNumber() }
    }
    return try body(number)
  }

  /// Refuses later calls and closes when none is under way; it may be repeated.
  func close() {
    if state.bitwiseOr(1, ordering: .acquiringAndReleasing).oldValue == 0 { closeNumber() }
  }

  private func closeNumber() {
    #if canImport(Darwin)
      _ = Darwin.close(number)
    #else
      _ = Glibc.close(number)
    #endif
  }
}
