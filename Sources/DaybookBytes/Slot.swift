/// Room for one value of whatever type, used again without allocating for the next one.
@safe
public struct Slot: ~Copyable {
  @usableFromInline var memory: UnsafeMutableRawPointer
  @usableFromInline var capacity: Int
  @usableFromInline var type: ObjectIdentifier?
  @usableFromInline var destroy: (UnsafeMutableRawPointer) -> Void

  /// Creates an empty slot.
  @inlinable
  public init() {
    capacity = 512
    unsafe memory = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 16)
    unsafe destroy = { _ in }
  }

  @inlinable
  deinit {
    unsafe destroy(memory)
    unsafe memory.deallocate()
  }

  /// Forgets the value.
  @inlinable
  public mutating func removeAll() {
    type = nil
    unsafe destroy(memory)
    unsafe destroy = { _ in }
  }

  /// Keeps a copy of `value` in place of what was there.
  @inlinable
  public mutating func put<Value>(_ value: Value) {
    if type == ObjectIdentifier(Value.self) {
      unsafe memory.assumingMemoryBound(to: Value.self).pointee = value
      return
    }
    removeAll()
    precondition(MemoryLayout<Value>.alignment <= 16, "a value of unusual alignment")
    if MemoryLayout<Value>.size > capacity {
      unsafe memory.deallocate()
      capacity = MemoryLayout<Value>.size
      unsafe memory = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 16)
    }
    unsafe memory.initializeMemory(as: Value.self, to: value)
    unsafe destroy = { memory in
      unsafe _ = memory.assumingMemoryBound(to: Value.self).deinitialize(count: 1)
    }
    type = ObjectIdentifier(Value.self)
  }

  /// The value, if it is of that type.
  @inlinable
  public func get<Value>(as _: Value.Type) -> Value? {
    guard type == ObjectIdentifier(Value.self) else { return nil }
    return unsafe memory.assumingMemoryBound(to: Value.self).pointee
  }
}
