public import Synchronization

/// A value that is found out once and never changes again, read by any thread without waiting.
///
/// Two threads may find it out at the same time; both then have what the first one set.
public final class Once<Value: Sendable>: Sendable {
  @usableFromInline
  final class Box: Sendable {
    @usableFromInline let value: Value

    init(_ value: Value) { self.value = value }
  }

  @usableFromInline let box = AtomicLazyReference<Box>()

  /// Nothing is known yet.
  public init() {}

  /// `value` is known.
  public init(_ value: Value) { _ = box.storeIfNil(Box(value)) }

  /// The value; nil before it is set.
  @inlinable public var value: Value? { box.load()?.value }

  /// Sets the value unless it is set already, and returns the one that stands.
  @discardableResult
  public func set(_ value: Value) -> Value { box.storeIfNil(Box(value)).value }
}
