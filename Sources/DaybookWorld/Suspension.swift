/// A task that is suspended until somebody resumes it with a value: once, no more and no less.
///
/// It takes no memory of its own, where a checked continuation makes an object for each wait that
/// another thread then has to free. Whoever holds it must see to it that it is resumed.
@safe
public struct Suspension<Value: Sendable>: Sendable {
  private let continuation: UnsafeContinuation<Value, Never>

  /// Suspends the current task and lends it to `body`, which keeps it or resumes it.
  ///
  /// - Returns: What it was resumed with.
  public static func wait(_ body: (Suspension<Value>) -> Void) async -> Value {
    await unsafe withUnsafeContinuation { unsafe body(Suspension(continuation: $0)) }
  }

  /// Lets the task go on.
  public func resume(_ value: Value) { unsafe continuation.resume(returning: value) }
}
