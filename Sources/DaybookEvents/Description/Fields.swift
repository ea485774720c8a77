public import DaybookBytes
public import DaybookValues

/// One pass over a description: it reads, writes or prints the fields that the description visits.
///
/// A `Fields` is made once and used for many payloads, so that neither reading nor writing
/// allocates for fixed fields. Reading a field that is there costs one compare and its bytes; a
/// field that is not there costs one compare.
@frozen
public struct Fields: ~Copyable {
  @usableFromInline
  enum Mode: UInt8 { case reading, writing, tracing }

  @usableFromInline var mode = Mode.writing
  /// The reader of the message at hand; lent by the caller for the length of one decode.
  @usableFromInline var reader: ByteReader
  @usableFromInline var writer: ByteWriter
  /// Key of the next field (number and wire type); 0 at the end of the message.
  @usableFromInline var nextKey: UInt64 = 0
  @usableFromInline var alternatives = 0
  @usableFromInline var depth = 0
  /// Instants are stored as milliseconds from here: the header's effective time.
  @usableFromInline var base = Instant()
  /// The currency of amounts: the clinic's, until the event says otherwise.
  @usableFromInline var amounts = Currency.unspecified
  @usableFromInline var clinicCurrency = Currency.unspecified
  /// The first currency that an amount being written named.
  @usableFromInline var namedCurrency = Currency.unspecified
  @usableFromInline var currencyVisited = false
  /// Whether an amount was read that keeps the event's currency, zero or not.
  @usableFromInline var amountRead = false
  /// The field last found or written, for errors.
  @usableFromInline var currentName: StaticString = ""
  /// Fields of number 512 and above that were skipped since the last start.
  @usableFromInline var skips = 0
  @usableFromInline var trace: FieldTrace?

  /// Creates a `Fields` for reading and writing.
  public init() {
    reader = emptyReader
    writer = ByteWriter(capacity: 256)
  }

  init(tracing trace: FieldTrace) {
    self.init()
    mode = .tracing
    self.trace = trace
  }
}

/// A reader of no bytes, for a `Fields` that reads nothing at the moment.
@usableFromInline
var emptyReader: ByteReader { withReader(of: [UInt8]()) { $0 } }

// MARK: - Whole payloads

extension Fields {
  /// Reads one payload from all of `bytes`.
  ///
  /// - Parameters:
  ///   - bytes: The payload's bytes and nothing else.
  ///   - base: The record's effective time, from which instants are counted.
  ///   - currency: The clinic's currency, which amounts without one of their own have.
  /// - Throws: `WireError` with type, field and offset where the bytes are not canonical.
  /// - Complexity: O(bytes), without allocation for fixed fields.
  @inlinable
  public mutating func decode<P: Payload>(
    _ type: P.Type, from bytes: ByteReader, base: Instant = Instant(),
    currency: Currency = .unspecified
  ) throws(WireError) -> P {
    var value = P()
    try decode(&value, from: bytes, base: base, currency: currency)
    return value
  }

  // In place, since a payload is some hundreds of bytes to copy at each step.
  @inlinable
  mutating func decode<P: Payload>(
    _ value: inout P, from bytes: ByteReader, base: Instant, currency: Currency = .unspecified
  ) throws(WireError) {
    mode = .reading
    self.base = base
    clinicCurrency = currency
    amounts = currency
    depth = 0
    skips = 0
    do throws(WireError) {
      try readWhole(&value, from: bytes)
      // The event names a currency of its own, behind amounts that were read before it.
      if currencyVisited, amounts != currency {
        // No writer names the currency of no amount.
        if !amountRead {
          currentName = "currency"
          throw WireError(.notCanonical, at: reader.offset)
        }
        value = P()
        try readWhole(&value, from: bytes)
      }
    } catch {
      throw named(error, P.typeName)
    }
  }

  @inlinable
  mutating func readWhole<P: Payload>(
    _ value: inout P, from bytes: ByteReader
  ) throws(WireError) {
    reader = bytes.rebased
    currencyVisited = false
    amountRead = false
    currentName = ""
    alternatives = 0
    if bytes.remaining > PayloadLimits.payloadBytes {
      throw WireError(
        .tooLarge(count: bytes.remaining, limit: PayloadLimits.payloadBytes), at: 0)
    }
    try advance(from: 0)
    try value.describe(&self)
    try finish()
  }

  /// Writes `value` behind what `output` holds.
  ///
  /// - Parameters:
  ///   - value: The payload.
  ///   - base: The record's effective time, from which instants are counted.
  ///   - currency: The clinic's currency, which is not written.
  /// - Throws: `WireError` where a value is over a limit, alternatives are not exactly one, or
  ///   amounts have two currencies; `output` is then as it was.
  /// - Complexity: O(bytes written).
  @inlinable
  public mutating func encode<P: Payload>(
    _ value: P, into output: inout ByteWriter, base: Instant = Instant(),
    currency: Currency = .unspecified
  ) throws(WireError) {
    mode = .writing
    self.base = base
    clinicCurrency = currency
    amounts = currency
    depth = 0
    alternatives = 0
    namedCurrency = .unspecified
    currencyVisited = false
    currentName = ""
    writer.removeAll()
    var value = value
    do throws(WireError) {
      try value.describe(&self)
      if amounts != clinicCurrency, !currencyVisited {
        throw WireError(.mixedCurrencies, at: writer.count)
      }
      if writer.count > PayloadLimits.payloadBytes {
        throw WireError(
          .tooLarge(count: writer.count, limit: PayloadLimits.payloadBytes), at: writer.count)
      }
    } catch {
      throw named(error, P.typeName)
    }
    writer.withReader { output.append($0) }
  }

  /// Fields that the last decode skipped because their number says that they may be.
  @inlinable public var skippedFields: Int { skips }

  @usableFromInline
  func named(_ error: WireError, _ type: String) -> WireError {
    guard error.field.isEmpty else { return error }
    var error = error
    error.field = currentName.utf8CodeUnitCount == 0 ? type : "\(type).\(currentName)"
    return error
  }
}

extension Payload {
  /// Reads a payload from `bytes`, for places that are not hot; see `Fields.decode`.
  public init(
    decoding bytes: [UInt8], base: Instant = Instant(), currency: Currency = .unspecified
  ) throws(WireError) {
    var fields = Fields()
    self = try withReader(of: bytes) { (reader) throws(WireError) in
      try fields.decode(Self.self, from: reader, base: base, currency: currency)
    }
  }

  /// The canonical bytes, for places that are not hot; see `Fields.encode`.
  public func encoded(
    base: Instant = Instant(), currency: Currency = .unspecified
  ) throws(WireError) -> [UInt8] {
    var fields = Fields()
    var output = ByteWriter(capacity: 128)
    try fields.encode(self, into: &output, base: base, currency: currency)
    return output.bytes
  }
}

// MARK: - Keys

extension Fields {
  /// Reads the key behind the field of number `last`; keys ascend strictly.
  @inlinable
  @inline(always)
  mutating func advance(from last: UInt64) throws(WireError) {
    guard let byte = reader.peekedByte else {
      nextKey = 0
      return
    }
    // Fields 1 to 15 have keys of one byte; the rest is told apart elsewhere.
    if byte < 0x80, UInt64(byte >> 3) > last {
      nextKey = UInt64(byte)
      reader.skipPeeked()
    } else {
      try advanceFurther(from: last)
    }
  }

  @usableFromInline
  mutating func advanceFurther(from last: UInt64) throws(WireError) {
    let offset = reader.offset
    let key = try reader.readSmallVarint()
    if key >> 3 <= last { throw WireError(.wrongOrder, at: offset) }
    if key >> 3 >= 1 << 29 { throw WireError(.outOfRange, at: offset) }
    nextKey = key
  }

  /// Whether field `number` stands next; its value is then the reader's next bytes.
  @inlinable
  @inline(always)
  mutating func take(
    _ number: UInt64, _ wireType: WireType, _ name: StaticString
  ) throws(WireError) -> Bool {
    if nextKey == number << 3 | wireType.rawValue {
      currentName = name
      return true
    }
    if nextKey == 0 || nextKey >> 3 > number { return false }
    return try takeUnexpected(number, wireType, name)
  }

  @usableFromInline
  mutating func takeUnexpected(
    _ number: UInt64, _ wireType: WireType, _ name: StaticString
  ) throws(WireError) -> Bool {
    if nextKey >> 3 == number {
      currentName = name
      throw WireError(.wrongType, at: reader.offset)
    }
    try skipUnknown()
    return try take(number, wireType, name)
  }

  /// Skips a field that the description does not know, if its number says that it may be.
  @usableFromInline
  mutating func skipUnknown() throws(WireError) {
    let number = nextKey >> 3
    if number < 512 { throw WireError(.unknownField(number), at: reader.offset) }
    switch WireType(rawValue: nextKey & 7) {
    case .varint: _ = try reader.readVarint()
    case .bytes: _ = try reader.readBytes(try readLength())
    case nil: throw WireError(.wrongType, at: reader.offset)
    }
    skips += 1
    try advance(from: number)
  }

  /// Checks that nothing unknown stands behind the last field visited.
  @inlinable
  mutating func finish() throws(WireError) {
    while nextKey != 0 { try skipUnknown() }
  }

  @inlinable
  @inline(always)
  mutating func readLength() throws(WireError) -> Int {
    let length = try reader.readSmallVarint()
    guard length <= UInt64(reader.remaining) else { throw WireError(.truncated, at: reader.offset) }
    return Int(length)
  }

  @inlinable
  mutating func writeKey(_ number: UInt64, _ wireType: WireType, _ name: StaticString) {
    currentName = name
    writer.appendVarint(number << 3 | wireType.rawValue)
  }
}

/// How a field's bytes are delimited. Source: Protocol Buffers, "Encoding", wire types 0 and 2.
public enum WireType: UInt64, Sendable {
  /// One varint.
  case varint = 0
  /// A length and as many bytes.
  case bytes = 2
}
