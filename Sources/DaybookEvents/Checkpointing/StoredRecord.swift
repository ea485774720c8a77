public import DaybookBytes

/// A stored value of several fields, each said once for writing and for reading:
///
/// ```swift
/// extension Holding: StoredRecord {
///   static var blank: Self { Self() }
///
///   mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
///     try fields.visit(&item)
///     try fields.visit(&quantity)
///   }
/// }
/// ```
public protocol StoredRecord: StoredValue {
  /// Visits every field, always in the same order.
  ///
  /// - Throws: what the visitor throws: where bytes that are read are not such a field.
  mutating func describe<V: StoredVisitor & ~Copyable>(
    _ fields: inout V
  ) throws(V.Failure)

  /// Whether the fields belong together; a record that is read and is not sound is refused.
  ///
  /// True unless a record says otherwise.
  var isSound: Bool { get }
}

/// What the fields of a record are read from, or written to.
public protocol StoredVisitor: ~Copyable {
  /// Why a field may not be had; never when writing.
  associatedtype Failure: Error

  /// Writes a field, or reads one in its place.
  mutating func visit<Value: StoredValue>(_ field: inout Value) throws(Failure)
}

extension StoredRecord {
  /// True: any fields belong together.
  @inlinable public var isSound: Bool { true }

  /// Reads the fields one after the other.
  @inlinable
  public init(reading reader: inout ByteReader) throws(WireError) {
    self = .blank
    try describe(&reader)
    if !isSound { throw WireError(.outOfRange, at: reader.offset) }
  }

  /// Appends the fields one after the other.
  @inlinable
  public func store(to writer: inout ByteWriter) {
    var copy = self
    copy.describe(&writer)
  }
}

extension ByteReader: StoredVisitor {
  /// Reads a field.
  @inlinable
  public mutating func visit<Value: StoredValue>(_ field: inout Value) throws(WireError) {
    field = try Value(reading: &self)
  }
}

extension ByteWriter: StoredVisitor {
  /// Appends a field.
  @inlinable
  public mutating func visit<Value: StoredValue>(_ field: inout Value) {
    field.store(to: &self)
  }
}
