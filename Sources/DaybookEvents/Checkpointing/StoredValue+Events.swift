public import DaybookBytes
public import DaybookValues

extension Moment: StoredValue {
  /// The first instant of 1970.
  @inlinable public static var blank: Moment { Moment() }

  /// Reads instant and offset.
  @inlinable
  public init(reading reader: inout ByteReader) throws(WireError) {
    self.init(try Instant(reading: &reader), try UTCOffset(reading: &reader))
  }

  /// Appends instant and offset.
  @inlinable
  public func store(to writer: inout ByteWriter) {
    instant.store(to: &writer)
    offset.store(to: &writer)
  }
}

extension Quantity: StoredAsNumber {
  /// Nothing.
  @inlinable public static var blank: Quantity { Quantity() }
  /// Thousandths of the unit.
  @inlinable public var storedNumber: Int64 { thousandths }
  /// So many thousandths.
  @inlinable public init?(storedNumber: Int64) { self.init(thousandths: storedNumber) }
}

extension UnitPrice: StoredAsNumber {
  /// Free of charge.
  @inlinable public static var blank: UnitPrice { UnitPrice() }
  /// Ten-thousandths of the currency's unit.
  @inlinable public var storedNumber: Int64 { tenThousandths }
  /// So many ten-thousandths.
  @inlinable public init?(storedNumber: Int64) { self.init(tenThousandths: storedNumber) }
}

extension Rate: StoredAsNumber {
  /// No percent at all.
  @inlinable public static var blank: Rate { Rate() }
  /// Hundredths of a percent.
  @inlinable public var storedNumber: Int64 { basisPoints }
  /// So many hundredths of a percent.
  @inlinable public init?(storedNumber: Int64) {
    self.init()
    basisPoints = storedNumber
  }
}

extension Amount: StoredValue {
  /// Nothing.
  @inlinable public static var blank: Amount { Amount() }

  /// Reads minor units and currency.
  @inlinable
  public init(reading reader: inout ByteReader) throws(WireError) {
    self.init(
      minorUnits: try Int64(reading: &reader), try Currency(reading: &reader))
  }

  /// Appends minor units and currency.
  @inlinable
  public func store(to writer: inout ByteWriter) {
    minorUnits.store(to: &writer)
    currency.store(to: &writer)
  }
}

extension Few: StoredValue where Element: StoredValue {
  /// No members.
  @inlinable public static var blank: Few<Element> { Few() }

  /// Reads members behind their count.
  @inlinable
  public init(reading reader: inout ByteReader) throws(WireError) {
    self.init()
    for _ in 0..<(try reader.readCount()) { append(try Element(reading: &reader)) }
  }

  /// Appends the members behind their count.
  @inlinable
  public func store(to writer: inout ByteWriter) {
    writer.appendVarint(UInt64(count))
    for element in self { element.store(to: &writer) }
  }
}

extension StreamNumbers: StoredValue {
  /// No stream exists.
  public static var blank: StreamNumbers { StreamNumbers() }
}
