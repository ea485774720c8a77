import DaybookBytes

extension EnteredValue {
  /// Reads one JSON value from all of `text`. Numbers stay as they are written.
  ///
  /// Source: RFC 8259. A name that stands twice in one object is refused.
  ///
  /// - Throws: `.malformed` with the byte at which it is not JSON.
  public init(json text: String) throws(EntryError) {
    var reader = JSONReader(Array(text.utf8))
    self = try reader.whole()
  }
}

/// Reads JSON byte by byte.
private struct JSONReader {
  private static let depthMax = 16

  private let bytes: [UInt8]
  private var offset = 0
  private var depth = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func whole() throws(EntryError) -> EnteredValue {
    let value = try value()
    skipSpace()
    guard offset == bytes.count else { throw fault("something follows the value") }
    return value
  }

  private var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private func fault(_ what: String) -> EntryError {
    EntryError(.malformed, "no JSON from byte \(offset) on: \(what)")
  }

  private mutating func skipSpace() {
    while let next, next == 0x20 || next == 0x09 || next == 0x0a || next == 0x0d { offset += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    offset += 1
    return true
  }

  private mutating func value() throws(EntryError) -> EnteredValue {
    skipSpace()
    switch next {
    case UInt8(ascii: "{"): return try nested { (reader) throws(EntryError) in try reader.object() }
    case UInt8(ascii: "["): return try nested { (reader) throws(EntryError) in try reader.list() }
    case UInt8(ascii: "\""): return .text(try string())
    case let byte? where byte == UInt8(ascii: "-") || (0x30...0x39).contains(byte):
      return .text(try number())
    default: return try word()
    }
  }

  private mutating func nested(
    _ body: (inout JSONReader) throws(EntryError) -> EnteredValue
  ) throws(EntryError) -> EnteredValue {
    depth += 1
    guard depth <= Self.depthMax else { throw fault("it is nested too deep") }
    offset += 1
    let value = try body(&self)
    depth -= 1
    return value
  }

  private mutating func word() throws(EntryError) -> EnteredValue {
    switch next {
    case UInt8(ascii: "n"): try take("null", .nothing)
    case UInt8(ascii: "t"): try take("true", .boolean(true))
    case UInt8(ascii: "f"): try take("false", .boolean(false))
    default: throw fault("a value is missing")
    }
  }

  private mutating func take(
    _ word: String, _ value: EnteredValue
  ) throws(EntryError) -> EnteredValue {
    guard bytes[offset...].starts(with: word.utf8) else { throw fault("a value is missing") }
    offset += word.utf8.count
    return value
  }

  private mutating func object() throws(EntryError) -> EnteredValue {
    var members: [EnteredValue.Member] = []
    skipSpace()
    if take(UInt8(ascii: "}")) { return .object([]) }
    while true {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw fault("a name in quotes is missing") }
      let name = try string()
      guard !members.contains(where: { $0.name == name }) else {
        throw fault("\(name.debugDescription) stands twice")
      }
      skipSpace()
      guard take(UInt8(ascii: ":")) else { throw fault("a colon is missing") }
      members.append(EnteredValue.Member(name, try value()))
      skipSpace()
      if take(UInt8(ascii: "}")) { return .object(members) }
      guard take(UInt8(ascii: ",")) else { throw fault("a comma or a brace is missing") }
    }
  }

  private mutating func list() throws(EntryError) -> EnteredValue {
    var values: [EnteredValue] = []
    skipSpace()
    if take(UInt8(ascii: "]")) { return .list([]) }
    while true {
      values.append(try value())
      skipSpace()
      if take(UInt8(ascii: "]")) { return .list(values) }
      guard take(UInt8(ascii: ",")) else { throw fault("a comma or a bracket is missing") }
    }
  }

  private mutating func number() throws(EntryError) -> String {
    let start = offset
    _ = take(UInt8(ascii: "-"))
    while let next, (0x30...0x39).contains(next) || next == UInt8(ascii: ".") { offset += 1 }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      throw fault("write the number without an exponent")
    }
    return String(decoding: bytes[start..<offset], as: UTF8.self)
  }

  private mutating func string() throws(EntryError) -> String {
    offset += 1
    // Most texts are what stands between the quotes.
    var end = offset
    while end < bytes.count, bytes[end] >= 0x20, bytes[end] != UInt8(ascii: "\""),
      bytes[end] != UInt8(ascii: "\\")
    { end += 1 }
    if end < bytes.count, bytes[end] == UInt8(ascii: "\"") {
      defer { offset = end + 1 }
      guard let result = String(validating: bytes[offset..<end], as: UTF8.self) else {
        throw fault("the text is not UTF-8")
      }
      return result
    }
    var text: [UInt8] = []
    while let byte = next {
      offset += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let result = String(validating: text, as: UTF8.self) else {
          throw fault("the text is not UTF-8")
        }
        return result
      case UInt8(ascii: "\\"): try escape(into: &text)
      case 0..<0x20: throw fault("a control character must be escaped")
      default: text.append(byte)
      }
    }
    throw fault("a text is not closed")
  }

  private mutating func escape(into text: inout [UInt8]) throws(EntryError) {
    guard let byte = next else { throw fault("a text is not closed") }
    offset += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "n"): text.append(0x0a)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "r"): text.append(0x0d)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0c)
    case UInt8(ascii: "u"):
      var scalar = try unit()
      if (0xd800..<0xdc00).contains(scalar) {
        guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
          throw fault("half of a surrogate pair is missing")
        }
        let low = try unit()
        guard (0xdc00..<0xe000).contains(low) else { throw fault("no surrogate pair") }
        scalar = 0x10000 + (scalar - 0xd800) << 10 + (low - 0xdc00)
      }
      guard let scalar = Unicode.Scalar(scalar) else { throw fault("no character") }
      text += Array(String(Character(scalar)).utf8)
    default: throw fault("no such escape")
    }
  }

  private mutating func unit() throws(EntryError) -> UInt32 {
    guard offset + 4 <= bytes.count,
      let digits = String(validating: bytes[offset..<offset + 4], as: UTF8.self),
      digits.utf8.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let unit = UInt32(digits, radix: 16)
    else { throw fault("four hexadecimal digits are missing") }
    offset += 4
    return unit
  }
}
