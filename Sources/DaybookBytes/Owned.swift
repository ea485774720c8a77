/// A value in memory of its own, for what a class changes with every event.
///
/// The runtime checks every access to a class's variable against all that are under way, which costs
/// more than many an event's work. Here one flag does: a use within a use stops the program.
///
/// Owning it twice is impossible, so that the flag sees every use; it is not for sharing between
/// threads.
@safe
public struct Owned<Value: ~Copyable>: ~Copyable {
  @usableFromInline let value: UnsafeMutablePointer<Value>
  @usableFromInline let isUsed: UnsafeMutablePointer<Bool>

  /// Owns `value`.
  @inlinable
  public init(_ value: consuming Value) {
    unsafe self.value = UnsafeMutablePointer.allocate(capacity: 1)
    unsafe self.value.initialize(to: value)
    unsafe isUsed = UnsafeMutablePointer.allocate(capacity: 1)
    unsafe isUsed.initialize(to: false)
  }

  @inlinable
  deinit {
    unsafe value.deinitialize(count: 1)
    unsafe value.deallocate()
    unsafe isUsed.deallocate()
  }

  /// Lends the value, to be read or changed; not again before `body` returns.
  @inlinable
  @inline(always)
  public func withValue<Result: ~Copyable, Failure: Error>(
    _ body: (inout Value) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    precondition(unsafe !isUsed.pointee, "a value is used while it is being used")
    unsafe isUsed.pointee = true
    defer { unsafe isUsed.pointee = false }
    return try unsafe body(&value.pointee)
  }
  /// Lends the value, to be read; not while it is being changed, and not changed before `body` returns.
  @inlinable
  @inline(always)
  public func withBorrowed<Result: ~Copyable, Failure: Error>(
    _ body: (borrowing Value) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    precondition(unsafe !isUsed.pointee, "a value is used while it is being used")
    unsafe isUsed.pointee = true
    defer { unsafe isUsed.pointee = false }
    return try unsafe body(value.pointee)
  }
}
