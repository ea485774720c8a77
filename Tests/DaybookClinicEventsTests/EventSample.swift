import DaybookBytes
import DaybookEvents
import DaybookValues
import Testing

/// One event with every field set and one with no more than it needs, ready to be tried without
/// its type.
struct EventSample: Sendable, CustomTestStringConvertible {
  let description: EventDescription
  let full: [UInt8]
  let minimal: [UInt8]
  /// Whether both come back from their bytes as they were.
  let roundTrips: Bool
  /// Reads bytes and writes again what was read.
  let rewritten: @Sendable ([UInt8]) throws(WireError) -> [UInt8]
  /// Reads bytes, writes again what was read, and says how many fields were skipped.
  let reread: @Sendable (ByteReader) throws(WireError) -> (bytes: [UInt8], skipped: Int)
  /// The event's message and all that it holds, as the schema publishes it.
  let schema: String

  var testDescription: String { description.name }

  static let base = Instant(milliseconds: 1_772_443_800_000)
  static let currency = Currency.eur

  init<E: EventPayload & Equatable>(full: E, minimal: E) throws {
    description = EventDescription(E.self)
    self.full = try full.encoded(base: Self.base, currency: Self.currency)
    self.minimal = try minimal.encoded(base: Self.base, currency: Self.currency)
    roundTrips =
      try E(decoding: self.full, base: Self.base, currency: Self.currency) == full
      && E(decoding: self.minimal, base: Self.base, currency: Self.currency) == minimal
    rewritten = { (bytes) throws(WireError) in
      try E(decoding: bytes, base: Self.base, currency: Self.currency)
        .encoded(base: Self.base, currency: Self.currency)
    }
    reread = { (reader) throws(WireError) in
      var fields = Fields()
      let value = try fields.decode(E.self, from: reader, base: Self.base, currency: Self.currency)
      let skipped = fields.skippedFields
      var output = ByteWriter()
      try fields.encode(value, into: &output, base: Self.base, currency: Self.currency)
      return (output.bytes, skipped)
    }
    var schema = Schema()
    try description.add(to: &schema)
    self.schema = schema.text()
  }
}

extension EventSample {
  /// The numbers of the event's own fields in the order of the schema.
  var schemaNumbers: [Int] {
    var numbers: [Int] = []
    var inside = false
    for line in schema.split(separator: "\n") {
      if line == "message \(description.name) {" { inside = true }
      if inside, line == "}" { break }
      guard inside, let equals = line.firstRange(of: " = ") else { continue }
      let digits = line[equals.upperBound...].prefix { $0.isNumber }
      if let number = Int(digits) { numbers.append(number) }
    }
    return numbers
  }
}

/// The numbers of the outermost fields that stand in `payload`, each once.
func fieldNumbers(in payload: [UInt8]) throws -> [Int] {
  try withReader(of: payload) { (reader) throws(WireError) in
    var reader = reader
    var numbers: [Int] = []
    while !reader.isAtEnd {
      let key = try reader.readVarint()
      if numbers.last != Int(key >> 3) { numbers.append(Int(key >> 3)) }
      if key & 7 == 0 {
        _ = try reader.readVarint()
      } else {
        _ = try reader.readBytes(Int(try reader.readVarint()))
      }
    }
    return numbers
  }
}
