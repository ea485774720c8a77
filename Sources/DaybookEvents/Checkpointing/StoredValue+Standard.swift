public import DaybookBytes

// Numbers stand in their width, lowest byte first.
extension StoredValue where Self: FixedWidthInteger & BitwiseCopyable {
  /// Zero.
  @inlinable public static var blank: Self { 0 }

  /// Reads a number in its width.
  @inlinable
  public init(reading reader: inout ByteReader) throws(WireError) {
    self = try reader.readLittleEndian(Self.self)
  }

  /// Appends the number in its width.
  @inlinable
  public func store(to writer: inout ByteWriter) { writer.appendLittleEndian(self) }
}

extension Int: StoredValue {}
extension Int32: StoredValue {}
extension Int64: StoredValue {}
extension UInt8: StoredValue {}
extension UInt16: StoredValue {}
extension UInt32: StoredValue {}
extension UInt64: StoredValue {}

extension Bool: StoredValue {
  /// False.
  @inlinable public static var blank: Bool { false }

  /// Reads a byte of 0 or 1.
  @inlinable
  public init(reading reader: inout ByteReader) throws(WireError) {
    let byte = try reader.readByte()
    guard byte <= 1 else { throw WireError(.outOfRange, at: reader.offset - 1) }
    self = byte == 1
  }

  /// Appends a byte of 0 or 1.
  @inlinable
  public func store(to writer: inout ByteWriter) { writer.append(self ? 1 : 0) }
}

// A text stands behind its length.
extension String: StoredValue {
  /// The empty text.
  @inlinable public static var blank: String { "" }

  /// Reads a text behind its length.
  @inlinable
  public init(reading reader: inout ByteReader) throws(WireError) {
    let length = try reader.readVarint()
    let bytes = try reader.readBytes(Int(clamping: length))
    guard let text = bytes.text() else { throw WireError(.invalidUTF8, at: bytes.offset) }
    self = text
  }

  /// Appends the text behind its length.
  @inlinable
  public func store(to writer: inout ByteWriter) {
    writer.appendVarint(UInt64(utf8.count))
    writer.append(utf8: self)
  }
}

// An enumeration stands as its number.
extension StoredValue where Self: RawRepresentable, RawValue: StoredValue & BinaryInteger {
  /// Reads the number of a case.
  @inlinable
  public init(reading reader: inout ByteReader) throws(WireError) {
    let offset = reader.offset
    let number = try RawValue(reading: &reader)
    guard let value = Self(rawValue: number) else {
      throw WireError(.unknownCase(UInt64(truncatingIfNeeded: number)), at: offset)
    }
    self = value
  }

  /// Appends the case's number.
  @inlinable
  public func store(to writer: inout ByteWriter) { rawValue.store(to: &writer) }
}

extension Optional: StoredValue where Wrapped: StoredValue {
  /// Nil.
  @inlinable public static var blank: Wrapped? { nil }

  /// Reads a byte of 0, or of 1 and the value.
  @inlinable
  public init(reading reader: inout ByteReader) throws(WireError) {
    self = try Bool(reading: &reader) ? .some(try Wrapped(reading: &reader)) : nil
  }

  /// Appends whether there is a value, and the value.
  @inlinable
  public func store(to writer: inout ByteWriter) {
    (self != nil).store(to: &writer)
    if let value = self { value.store(to: &writer) }
  }
}

extension Array: StoredValue where Element: StoredValue {
  /// No elements.
  @inlinable public static var blank: [Element] { [] }

  /// Reads elements behind their count.
  @inlinable
  public init(reading reader: inout ByteReader) throws(WireError) {
    self = try Element.readAll(try reader.readCount(), from: &reader)
  }

  /// Appends the elements behind their count.
  @inlinable
  public func store(to writer: inout ByteWriter) {
    writer.appendVarint(UInt64(count))
    Element.storeAll(self, to: &writer)
  }
}

// Sorted, since the order of a dictionary is another in every run.
extension Dictionary: StoredValue where Key: StoredValue & Comparable, Value: StoredValue {
  /// No entries.
  @inlinable public static var blank: [Key: Value] { [:] }

  /// Reads entries behind their count, by ascending key.
  @inlinable
  public init(reading reader: inout ByteReader) throws(WireError) {
    let count = try reader.readCount()
    self.init(minimumCapacity: count)
    var last: Key?
    for _ in 0..<count {
      let key = try Key(reading: &reader)
      if let last, last >= key { throw WireError(.wrongOrder, at: reader.offset) }
      last = key
      self[key] = try Value(reading: &reader)
    }
  }

  /// Appends the entries behind their count, by ascending key.
  @inlinable
  public func store(to writer: inout ByteWriter) {
    writer.appendVarint(UInt64(count))
    for (key, value) in sorted(by: { $0.key < $1.key }) {
      key.store(to: &writer)
      value.store(to: &writer)
    }
  }
}

extension ByteReader {
  /// Reads how many elements follow; each takes a byte at least.
  @inlinable
  mutating func readCount() throws(WireError) -> Int {
    let count = Int(clamping: try readVarint())
    guard count <= remaining else {
      throw WireError(.tooLarge(count: count, limit: remaining), at: offset)
    }
    return count
  }
}
