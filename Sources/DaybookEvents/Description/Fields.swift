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
  /// Number of the field of the message at hand that was read last; 0 for none.
  @usableFromInline var lastNumber: UInt64 = 0
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
  /// The field that is being written, or that could not be read; empty for none.
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
    lastNumber = 0
    if _slowPath(bytes.remaining > PayloadLimits.payloadBytes) {
      throw WireError(
        .tooLarge(count: bytes.remaining, limit: PayloadLimits.payloadBytes), at: 0)
    }
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
  /// Whether field `number` stands next; its value is then the reader's next bytes.
  ///
  /// Fields are visited in the order of their numbers: where a later one stands, this one is absent.
  @inlinable
  @inline(always)
  mutating func take(
    _ number: UInt64, _ wireType: WireType, _ name: StaticString
  ) throws(WireError) -> Bool {
    guard let byte = reader.peekedByte else { return false }
    // Fields 1 to 15 have keys of one byte; the rest is told apart elsewhere.
    if number < 16 {
      if UInt64(byte) == number << 3 | wireType.rawValue {
        reader.skipPeeked()
        lastNumber = number
        return true
      }
      if UInt64(byte >> 3) > number { return false }
    }
    return try takeFurther(number, wireType, name)
  }

  @usableFromInline
  mutating func takeFurther(
    _ number: UInt64, _ wireType: WireType, _ name: StaticString
  ) throws(WireError) -> Bool {
    while !reader.isAtEnd {
      var ahead = reader
      let key = try ahead.readSmallVarint()
      if key >> 3 > number { return false }
      if key >> 3 < number {
        try skipUnknown()
        continue
      }
      reader = ahead
      guard key & 7 == wireType.rawValue else {
        note(name)
        throw WireError(.wrongType, at: reader.offset)
      }
      lastNumber = number
      return true
    }
    return false
  }

  /// Reads the next key of a field that is not the one looked for: keys ascend strictly.
  mutating func readKey() throws(WireError) -> UInt64 {
    let offset = reader.offset
    let key = try reader.readSmallVarint()
    if key >> 3 <= lastNumber { throw WireError(.wrongOrder, at: offset) }
    if key >> 3 >= 1 << 29 { throw WireError(.outOfRange, at: offset) }
    return key
  }

  /// Skips a field that the description does not know, if its number says that it may be.
  private mutating func skipUnknown() throws(WireError) {
    let key = try readKey()
    let number = key >> 3
    if number < 512 { throw WireError(.unknownField(number), at: reader.offset) }
    switch WireType(rawValue: key & 7) {
    case .varint: _ = try reader.readVarint()
    case .bytes: _ = try reader.readBytes(try readLength())
    case nil: throw WireError(.wrongType, at: reader.offset)
    }
    skips += 1
    lastNumber = number
  }

  /// Checks that nothing unknown stands behind the last field visited.
  @inlinable
  mutating func finish() throws(WireError) {
    if _slowPath(!reader.isAtEnd) { try skipRest() }
  }

  @usableFromInline
  mutating func skipRest() throws(WireError) {
    while !reader.isAtEnd { try skipUnknown() }
  }

  /// Notes the field that could not be read, unless one within it is noted.
  @usableFromInline
  mutating func note(_ name: StaticString) {
    if currentName.utf8CodeUnitCount == 0 { currentName = name }
  }

  /// Reads the value of the field `name`, whose key was taken.
  @inlinable
  @inline(always)
  mutating func read<V: FieldValue>(_ name: StaticString) throws(WireError) -> V {
    do throws(WireError) { return try V.read(&self) } catch {
      note(name)
      throw error
    }
  }

  @inlinable
  @inline(always)
  mutating func readLength() throws(WireError) -> Int {
    let length = try reader.readSmallVarint()
    guard _fastPath(length <= UInt64(truncatingIfNeeded: reader.remaining)) else {
      throw WireError(.truncated, at: reader.offset)
    }
    return Int(truncatingIfNeeded: length)
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
