/// A value in memory of its own, which is lent by its address.
///
/// To lend a large value that lies in the lender copies it at every call on the way, since its parts
/// are handed on one by one; to lend what holds an address does not. It has one owner, so that the
/// compiler sees every use of the value as it sees those of a variable.
@safe @frozen
public struct Apart<Value>: ~Copyable {
  @usableFromInline let memory: UnsafeMutablePointer<Value>

  /// Keeps `value` apart.
  @inlinable
  public init(_ value: consuming Value) {
    unsafe memory = UnsafeMutablePointer.allocate(capacity: 1)
    unsafe memory.initialize(to: value)
  }

  @inlinable
  deinit {
    unsafe memory.deinitialize(count: 1)
    unsafe memory.deallocate()
  }

  /// The value, where it lies.
  @inlinable public var value: Value {
    unsafeAddress { unsafe UnsafePointer(memory) }
    unsafeMutableAddress { unsafe memory }
  }
}
