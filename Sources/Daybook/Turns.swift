/// Whose turn it is to wait for room: one at a time, in the order in which they came, so that nobody
/// who comes later takes the room that another waits for.
struct Turns {
  private var line: [CheckedContinuation<Void, Never>] = []
  private var isTaken = false

  /// Whether nobody waits.
  var isFree: Bool { !isTaken }

  /// Resumes the caller when it is its turn.
  mutating func take(_ caller: CheckedContinuation<Void, Never>) {
    if isTaken {
      line.append(caller)
    } else {
      isTaken = true
      caller.resume()
    }
  }

  /// Lets the next one have its turn.
  mutating func pass() {
    if line.isEmpty {
      isTaken = false
    } else {
      line.removeFirst().resume()
    }
  }
}
