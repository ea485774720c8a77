#if !THREAD_SANITIZER
  public import Synchronization
#endif

/// A value that one thread at a time may touch, for short work that never suspends.
///
/// It is not recursive: `withLock` inside its own `withLock` never returns. Built with
/// `-D THREAD_SANITIZER` it waits on a semaphore, since the sanitizer on Linux reports a
/// contended `Mutex` falsely.
///
/// `withLock` is inlined into other modules: to find its generic types at run time takes longer than
/// the lock.
public final class Locked<Value: ~Copyable>: Sendable {
  #if THREAD_SANITIZER
    @usableFromInline let turn = Signal(count: 1)
    @usableFromInline nonisolated(unsafe) var value: Value
  #else
    @usableFromInline let mutex: Mutex<Value>
  #endif

  /// Takes `value` in.
  public init(_ value: consuming sending Value) {
    #if THREAD_SANITIZER
      unsafe self.value = value
    #else
      mutex = Mutex(value)
    #endif
  }

  /// Lends the value to `body`, alone, and returns what it returns.
  @inlinable
  public func withLock<Result: ~Copyable, Failure: Error>(
    _ body: (inout sending Value) throws(Failure) -> sending Result
  ) throws(Failure) -> sending Result {
    #if THREAD_SANITIZER
      turn.wait()
      defer { turn.signal() }
      return try unsafe body(&value)
    #else
      return try mutex.withLock(body)
    #endif
  }
}
