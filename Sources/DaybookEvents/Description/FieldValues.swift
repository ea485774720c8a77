public import DaybookBytes
public import DaybookValues

/// A value as it is printed: what JSON and the text form of the schema need to know of it.
public enum PrintedValue: Hashable, Sendable {
  /// A whole number.
  case integer(Int64)
  /// A whole number that is never negative.
  case unsigned(UInt64)
  /// True or false.
  case boolean(Bool)
  /// Text, in quotes.
  case text(String)
  /// Bytes: hexadecimal in JSON, escaped in the schema's text form.
  case bytes([UInt8])
  /// A case of an enumeration: text in JSON, a bare name in the schema's text form.
  case symbol(String)
}

/// A value that is one signed number on the wire, zigzag.
public protocol ZigzagValue: FieldValue {
  /// The number stored.
  var stored: Int64 { get }
  /// The value of a stored number; nil where it is out of the type's range.
  init?(stored: Int64)
}

extension ZigzagValue {
  /// One varint.
  @inlinable public static var wireType: WireType { .varint }

  /// Reads a zigzag varint.
  @inlinable
  public static func read(_ fields: inout Fields) throws(WireError) -> Self {
    let offset = fields.reader.offset
    guard let value = Self(stored: try fields.reader.readZigzag()) else {
      throw WireError(.outOfRange, at: offset)
    }
    return value
  }

  /// Writes a zigzag varint.
  @inlinable
  public func write(_ fields: inout Fields) throws(WireError) {
    fields.writer.appendZigzag(stored)
  }

  /// The stored number.
  public func stored(in fields: borrowing Fields) -> PrintedValue { .integer(stored) }
}

/// A value that is one unsigned number on the wire.
public protocol UnsignedValue: FieldValue {
  /// The number stored.
  var stored: UInt64 { get }
  /// The value of a stored number; nil where it is out of the type's range.
  init?(stored: UInt64)
}

extension UnsignedValue {
  /// One varint.
  @inlinable public static var wireType: WireType { .varint }

  /// Reads a varint.
  @inlinable
  public static func read(_ fields: inout Fields) throws(WireError) -> Self {
    let offset = fields.reader.offset
    guard let value = Self(stored: try fields.reader.readVarint()) else {
      throw WireError(.outOfRange, at: offset)
    }
    return value
  }

  /// Writes a varint.
  @inlinable
  public func write(_ fields: inout Fields) throws(WireError) {
    fields.writer.appendVarint(stored)
  }

  /// The stored number.
  public func stored(in fields: borrowing Fields) -> PrintedValue { .unsigned(stored) }
}

// MARK: - Numbers

extension UInt64: UnsignedValue {
  public static var shape: FieldShape { FieldShape("uint64") }
  @inlinable public static func absent(in fields: borrowing Fields) -> UInt64 { 0 }
  @inlinable public var stored: UInt64 { self }
  @inlinable public init?(stored: UInt64) { self = stored }
  public func printed(in fields: borrowing Fields) -> PrintedValue { .unsigned(self) }
}

extension UInt32: UnsignedValue {
  public static var shape: FieldShape { FieldShape("uint32") }
  @inlinable public static func absent(in fields: borrowing Fields) -> UInt32 { 0 }
  @inlinable public var stored: UInt64 { UInt64(self) }
  @inlinable public init?(stored: UInt64) { self.init(exactly: stored) }
  public func printed(in fields: borrowing Fields) -> PrintedValue { .unsigned(UInt64(self)) }
}

extension Int64: ZigzagValue {
  public static var shape: FieldShape { FieldShape("sint64") }
  @inlinable public static func absent(in fields: borrowing Fields) -> Int64 { 0 }
  @inlinable public var stored: Int64 { self }
  @inlinable public init?(stored: Int64) { self = stored }
  public func printed(in fields: borrowing Fields) -> PrintedValue { .integer(self) }
}

extension Int32: ZigzagValue {
  public static var shape: FieldShape { FieldShape("sint32") }
  @inlinable public static func absent(in fields: borrowing Fields) -> Int32 { 0 }
  @inlinable public var stored: Int64 { Int64(self) }
  @inlinable public init?(stored: Int64) { self.init(exactly: stored) }
  public func printed(in fields: borrowing Fields) -> PrintedValue { .integer(Int64(self)) }
}

extension Bool: UnsignedValue {
  public static var shape: FieldShape { FieldShape("bool") }
  @inlinable public static func absent(in fields: borrowing Fields) -> Bool { false }
  @inlinable public var stored: UInt64 { self ? 1 : 0 }
  @inlinable public init?(stored: UInt64) {
    if stored > 1 { return nil }
    self = stored == 1
  }
  public func printed(in fields: borrowing Fields) -> PrintedValue { .boolean(self) }
  public func stored(in fields: borrowing Fields) -> PrintedValue { .boolean(self) }
}

// MARK: - Money and quantities

extension Amount: FieldValue {
  public static var shape: FieldShape {
    FieldShape("sint64", suffix: "_minor", remark: "minor units of the event's currency")
  }
  @inlinable public static var wireType: WireType { .varint }
  @inlinable public static func absent(in fields: borrowing Fields) -> Amount {
    Amount(minorUnits: 0, fields.amounts)
  }
  @inlinable
  @inline(always)
  public static func read(_ fields: inout Fields) throws(WireError) -> Amount {
    fields.amountRead = true
    return Amount(minorUnits: try fields.reader.readZigzag(), fields.amounts)
  }
  @inlinable
  public func write(_ fields: inout Fields) throws(WireError) {
    if currency != fields.namedCurrency { try fields.adopt(currency) }
    fields.writer.appendZigzag(minorUnits)
  }
  public func printed(in fields: borrowing Fields) -> PrintedValue { .text(decimal) }
  public func stored(in fields: borrowing Fields) -> PrintedValue { .integer(minorUnits) }
}

extension Fields {
  /// Visits an amount; zero is not written, whatever its currency.
  @inlinable
  @inline(always)
  public mutating func visit(
    _ number: UInt64, _ name: StaticString, _ value: inout Amount
  ) throws(WireError) {
    guard _fastPath(mode == .reading) else { return try put(number, name, value) }
    guard try take(number, .varint, name) else {
      value = Amount(minorUnits: 0, amounts)
      amountRead = true
      return
    }
    value = try read(name)
    if _slowPath(value.minorUnits == 0) {
      note(name)
      throw WireError(.notCanonical, at: reader.offset)
    }
  }

  @usableFromInline
  mutating func put(
    _ number: UInt64, _ name: StaticString, _ value: Amount
  ) throws(WireError) {
    if mode == .tracing {
      if value.currency != .unspecified { amounts = value.currency }
      let shown = Amount(minorUnits: value.minorUnits, amounts)
      traceValue(number, name, shown, presence: .implicit)
    } else if value.minorUnits == 0 {
      if value.currency != namedCurrency { try adopt(value.currency) }
    } else {
      writeKey(number, .varint, name)
      try value.write(&self)
    }
  }
}

extension UnitPrice: ZigzagValue {
  public static var shape: FieldShape {
    FieldShape("sint64", suffix: "_e4", remark: "ten-thousandths of the currency's unit")
  }
  @inlinable public static func absent(in fields: borrowing Fields) -> UnitPrice { UnitPrice() }
  @inlinable public var stored: Int64 { tenThousandths }
  @inlinable public init?(stored: Int64) { self.init(tenThousandths: stored) }
  public func printed(in fields: borrowing Fields) -> PrintedValue { .text(description) }
}

extension Quantity: ZigzagValue {
  public static var shape: FieldShape {
    FieldShape("sint64", suffix: "_e3", remark: "thousandths of the base unit")
  }
  @inlinable public static func absent(in fields: borrowing Fields) -> Quantity { Quantity() }
  @inlinable public var stored: Int64 { thousandths }
  @inlinable public init?(stored: Int64) { self.init(thousandths: stored) }
  public func printed(in fields: borrowing Fields) -> PrintedValue { .text(description) }
}

extension Rate: ZigzagValue {
  public static var shape: FieldShape {
    FieldShape("sint64", suffix: "_bp", remark: "basis points")
  }
  @inlinable public static func absent(in fields: borrowing Fields) -> Rate { Rate() }
  @inlinable public var stored: Int64 { basisPoints }
  @inlinable public init?(stored: Int64) { self.init(basisPoints: stored) }
  public func printed(in fields: borrowing Fields) -> PrintedValue { .text(description) }
}

extension Currency: FieldValue {
  public static var shape: FieldShape {
    FieldShape("string", remark: "ISO 4217 code and exponent, such as EUR/2")
  }
  @inlinable public static var wireType: WireType { .bytes }
  @inlinable public static func absent(in fields: borrowing Fields) -> Currency { .unspecified }
  public static func read(_ fields: inout Fields) throws(WireError) -> Currency {
    let offset = fields.reader.offset
    let parts = try String.read(&fields).split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let exponent = UInt8(parts[1]), String(exponent) == parts[1],
      let currency = try? Currency(code: String(parts[0]), exponent: Int(exponent))
    else { throw WireError(.outOfRange, at: offset) }
    return currency
  }
  public func write(_ fields: inout Fields) throws(WireError) {
    try "\(code)/\(exponent)".write(&fields)
  }
  public func printed(in fields: borrowing Fields) -> PrintedValue { .text(code) }
  public func stored(in fields: borrowing Fields) -> PrintedValue { .text("\(code)/\(exponent)") }
}

// MARK: - Time

extension Day: ZigzagValue {
  public static var shape: FieldShape {
    FieldShape("sint32", suffix: "_day", remark: "days since 1970-01-01")
  }
  @inlinable public static func absent(in fields: borrowing Fields) -> Day { Day() }
  @inlinable public var stored: Int64 { Int64(daysSince1970) }
  @inlinable public init?(stored: Int64) {
    guard let days = Int32(exactly: stored) else { return nil }
    self.init(daysSince1970: days)
  }
  public func printed(in fields: borrowing Fields) -> PrintedValue { .text(description) }
}

extension Instant: FieldValue {
  public static var shape: FieldShape {
    FieldShape("sint64", suffix: "_ms", remark: "milliseconds from the record's effective time")
  }
  @inlinable public static var wireType: WireType { .varint }
  @inlinable public static func absent(in fields: borrowing Fields) -> Instant { fields.base }
  @inlinable
  public static func read(_ fields: inout Fields) throws(WireError) -> Instant {
    let offset = fields.reader.offset
    let (sum, overflow) = fields.base.milliseconds.addingReportingOverflow(
      try fields.reader.readZigzag())
    if overflow { throw WireError(.outOfRange, at: offset) }
    return Instant(milliseconds: sum)
  }
  @inlinable
  public func write(_ fields: inout Fields) throws(WireError) {
    let (delta, overflow) = milliseconds.subtractingReportingOverflow(fields.base.milliseconds)
    if overflow { throw WireError(.outOfRange, at: fields.writer.count) }
    fields.writer.appendZigzag(delta)
  }
  public func printed(in fields: borrowing Fields) -> PrintedValue { .text(description) }
  public func stored(in fields: borrowing Fields) -> PrintedValue {
    .integer(milliseconds &- fields.base.milliseconds)
  }
}

extension UTCOffset: ZigzagValue {
  public static var shape: FieldShape {
    FieldShape("sint32", suffix: "_s", remark: "seconds east of UTC")
  }
  @inlinable public static func absent(in fields: borrowing Fields) -> UTCOffset { .utc }
  @inlinable public var stored: Int64 { Int64(seconds) }
  @inlinable public init?(stored: Int64) {
    guard let seconds = Int32(exactly: stored) else { return nil }
    self.init(seconds: seconds)
  }
  public func printed(in fields: borrowing Fields) -> PrintedValue { .text(description) }
}

// MARK: - Identity

extension Position: UnsignedValue {
  public static var shape: FieldShape { FieldShape("uint64", remark: "a position in the log") }
  @inlinable public static func absent(in fields: borrowing Fields) -> Position { .start }
  @inlinable public var stored: UInt64 { number }
  @inlinable public init?(stored: UInt64) { self.init(stored) }
  public func printed(in fields: borrowing Fields) -> PrintedValue { .unsigned(number) }
  public func renumbered(by numbers: any Renumbering) -> Position? {
    self == .start ? self : numbers.position(self)
  }
}

extension Identifier: FieldValue {
  public static var shape: FieldShape {
    let article = Kind.name.first.map { "aeiou".contains($0) } == true ? "an" : "a"
    return FieldShape(
      "uint64", remark: "number of \(article) \(Kind.name), printed \(Kind.prefix)1")
  }
  @inlinable public static var wireType: WireType { .varint }
  @inlinable public static func absent(in fields: borrowing Fields) -> Self { Self(0) }
  @inlinable
  @inline(always)
  public static func read(_ fields: inout Fields) throws(WireError) -> Self {
    Self(try fields.reader.readVarint())
  }
  @inlinable
  public func write(_ fields: inout Fields) throws(WireError) {
    fields.writer.appendVarint(number)
  }
  public func printed(in fields: borrowing Fields) -> PrintedValue { .text(description) }
  public func stored(in fields: borrowing Fields) -> PrintedValue { .unsigned(number) }
  public func renumbered(by numbers: any Renumbering) -> Self? {
    isNone ? self : numbers.number(number, ofKind: StreamKind(Kind.number)).map { Self($0) }
  }
}

/// An enumeration in a field; case zero is `unspecified` and means that none was given.
///
/// Case numbers are never reused. An unknown number is an error, since a figure may depend on it.
public protocol WireEnum: UnsignedValue, RawRepresentable<UInt32>, CaseIterable, Hashable {
  /// The case zero.
  init()
}

extension WireEnum {
  /// The enumeration with its cases, each prefixed by the type's name.
  public static var shape: FieldShape {
    let name = schemaName(of: Self.self)
    let prefix = screamingSnake(name)
    return FieldShape(
      name,
      cases: allCases.map {
        FieldShape.EnumCase(
          name: "\(prefix)_\(screamingSnake("\($0)"))", number: $0.rawValue, printedName: "\($0)")
      })
  }

  /// The case zero.
  @inlinable public static func absent(in fields: borrowing Fields) -> Self { Self() }

  /// The case's number.
  @inlinable public var stored: UInt64 { UInt64(rawValue) }

  /// The case of a number; nil where it has none.
  @inlinable public init?(stored: UInt64) {
    guard let raw = UInt32(exactly: stored) else { return nil }
    self.init(rawValue: raw)
  }

  /// Reads a case's number.
  @inlinable
  public static func read(_ fields: inout Fields) throws(WireError) -> Self {
    let offset = fields.reader.offset
    let number = try fields.reader.readSmallVarint()
    guard let value = Self(stored: number) else {
      throw WireError(.unknownCase(number), at: offset)
    }
    return value
  }

  /// The case's name.
  public func printed(in fields: borrowing Fields) -> PrintedValue {
    .symbol(described(in: fields)?.printedName ?? "")
  }

  /// The case's name in the schema.
  public func stored(in fields: borrowing Fields) -> PrintedValue {
    .symbol(described(in: fields)?.name ?? "")
  }

  private func described(in fields: borrowing Fields) -> FieldShape.EnumCase? {
    (fields.trace?.shape(of: Self.self) ?? Self.shape).cases.first { $0.number == rawValue }
  }
}

// MARK: - Text and bytes

extension String: FieldValue {
  public static var shape: FieldShape { FieldShape("string") }
  @inlinable public static var wireType: WireType { .bytes }
  @inlinable public static func absent(in fields: borrowing Fields) -> String { "" }
  @inlinable
  public static func read(_ fields: inout Fields) throws(WireError) -> String {
    let length = try fields.readLength()
    let offset = fields.reader.offset
    if length > PayloadLimits.textBytes {
      throw WireError(.tooLarge(count: length, limit: PayloadLimits.textBytes), at: offset)
    }
    guard let text = try fields.reader.readBytes(length).text() else {
      throw WireError(.invalidUTF8, at: offset)
    }
    return text
  }
  @inlinable
  public func write(_ fields: inout Fields) throws(WireError) {
    let length = utf8.count
    if length > PayloadLimits.textBytes {
      throw WireError(
        .tooLarge(count: length, limit: PayloadLimits.textBytes), at: fields.writer.count)
    }
    fields.writer.appendVarint(UInt64(length))
    fields.writer.append(utf8: self)
  }
  public func printed(in fields: borrowing Fields) -> PrintedValue { .text(self) }
  public func stored(in fields: borrowing Fields) -> PrintedValue { .text(self) }
}

extension Array: FieldValue where Element == UInt8 {
  public static var shape: FieldShape { FieldShape("bytes") }
  @inlinable public static var wireType: WireType { .bytes }
  @inlinable public static func absent(in fields: borrowing Fields) -> [UInt8] { [] }
  @inlinable
  public static func read(_ fields: inout Fields) throws(WireError) -> [UInt8] {
    let length = try fields.readLength()
    return try fields.reader.readBytes(length).copyRemaining()
  }
  @inlinable
  public func write(_ fields: inout Fields) throws(WireError) {
    fields.writer.appendVarint(UInt64(count))
    fields.writer.append(self)
  }
  public func printed(in fields: borrowing Fields) -> PrintedValue { .bytes(self) }
  public func stored(in fields: borrowing Fields) -> PrintedValue { .bytes(self) }
}
