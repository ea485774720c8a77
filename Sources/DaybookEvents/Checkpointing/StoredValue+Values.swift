public import DaybookBytes
public import DaybookValues

/// A value of one number, which is stored as that number.
public protocol StoredAsNumber: StoredValue {
  /// The number's type.
  associatedtype StoredNumber: StoredValue

  /// The number.
  var storedNumber: StoredNumber { get }

  /// The value of a number; nil where there is none.
  init?(storedNumber: StoredNumber)
}

extension StoredAsNumber {
  /// Reads the number.
  @inlinable
  public init(reading reader: inout ByteReader) throws(WireError) {
    let offset = reader.offset
    let number = try StoredNumber(reading: &reader)
    guard let value = Self(storedNumber: number) else {
      throw WireError(.outOfRange, at: offset)
    }
    self = value
  }

  /// Appends the number.
  @inlinable
  public func store(to writer: inout ByteWriter) { storedNumber.store(to: &writer) }
}

extension Position: StoredAsNumber {
  /// The start.
  @inlinable public static var blank: Position { Position() }
  /// The ordinal.
  @inlinable public var storedNumber: UInt64 { number }
  /// The position with this ordinal.
  @inlinable public init?(storedNumber: UInt64) { self.init(storedNumber) }
}

extension Identifier: StoredAsNumber {
  /// None.
  @inlinable public static var blank: Identifier { Identifier() }
  /// The number.
  @inlinable public var storedNumber: UInt64 { number }
  /// The identifier with this number.
  @inlinable public init?(storedNumber: UInt64) { self.init(storedNumber) }
}

extension Day: StoredAsNumber {
  /// The first of January 1970.
  @inlinable public static var blank: Day { Day() }
  /// Days since then.
  @inlinable public var storedNumber: Int32 { daysSince1970 }
  /// The day so many days after.
  @inlinable public init?(storedNumber: Int32) { self.init(daysSince1970: storedNumber) }
}

extension Instant: StoredAsNumber {
  /// The first instant of 1970.
  @inlinable public static var blank: Instant { Instant() }
  /// Milliseconds since then.
  @inlinable public var storedNumber: Int64 { milliseconds }
  /// The instant so many milliseconds after.
  @inlinable public init?(storedNumber: Int64) { self.init(milliseconds: storedNumber) }
}

extension UTCOffset: StoredAsNumber {
  /// None.
  @inlinable public static var blank: UTCOffset { UTCOffset() }
  /// Seconds.
  @inlinable public var storedNumber: Int32 { seconds }
  /// The offset of so many seconds.
  @inlinable public init?(storedNumber: Int32) { self.init(seconds: storedNumber) }
}

extension Currency: StoredAsNumber {
  /// Unspecified.
  @inlinable public static var blank: Currency { Currency() }
  /// Code and exponent in one number.
  @inlinable public var storedNumber: UInt32 { rawValue }
  /// The currency of such a number; nil where it is none.
  public init?(storedNumber: UInt32) { self.init(rawValue: storedNumber) }
}

extension StreamKind: StoredAsNumber {
  /// No kind.
  @inlinable public static var blank: StreamKind { StreamKind(0) }
  /// The number.
  @inlinable public var storedNumber: UInt16 { number }
  /// The kind of that number.
  @inlinable public init?(storedNumber: UInt16) { self.init(storedNumber) }
}

extension StreamID: StoredValue {
  /// No stream.
  @inlinable public static var blank: StreamID { StreamID(.blank, 0) }

  /// Reads kind and number.
  @inlinable
  public init(reading reader: inout ByteReader) throws(WireError) {
    self.init(try StreamKind(reading: &reader), try UInt64(reading: &reader))
  }

  /// Appends kind and number.
  @inlinable
  public func store(to writer: inout ByteWriter) {
    kind.store(to: &writer)
    number.store(to: &writer)
  }
}

extension SHA256Hash: StoredValue {
  /// Zeros.
  @inlinable public static var blank: SHA256Hash {
    SHA256Hash(first: 0, second: 0, third: 0, fourth: 0)
  }

  /// Appends the 32 bytes.
  @inlinable
  public func store(to writer: inout ByteWriter) { append(to: &writer) }
}
