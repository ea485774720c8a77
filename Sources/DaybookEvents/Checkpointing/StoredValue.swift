public import DaybookBytes

/// A value with a fixed form in bytes, in which a checkpoint keeps it.
///
/// The form is the writer's own and of one version of the read model: it is not a wire form, and what
/// no longer fits is thrown away and made again from the log.
public protocol StoredValue: Sendable {
  /// What stands where the bytes cannot be read and the log cannot be replayed either.
  ///
  /// It only has to be a value that no computation stumbles over; it is never shown.
  static var blank: Self { get }

  /// Reads what `store(to:)` wrote.
  ///
  /// - Throws: where the bytes are not such a value.
  init(reading reader: inout ByteReader) throws(WireError)

  /// Appends the value.
  func store(to writer: inout ByteWriter)

  /// Reads `count` values, one behind the other.
  static func readAll(
    _ count: Int, from reader: inout ByteReader
  ) throws(WireError) -> [Self]

  /// Appends values, one behind the other.
  static func storeAll(_ values: [Self], to writer: inout ByteWriter)
}

// Requirements with one body: what conforms gets a loop that is made for its type.
extension StoredValue {
  @inlinable
  public static func readAll(
    _ count: Int, from reader: inout ByteReader
  ) throws(WireError) -> [Self] {
    var values: [Self] = []
    values.reserveCapacity(min(count, reader.remaining))
    for _ in 0..<count { values.append(try Self(reading: &reader)) }
    return values
  }

  @inlinable
  public static func storeAll(_ values: [Self], to writer: inout ByteWriter) {
    for value in values { value.store(to: &writer) }
  }
}
