/// A JSON text (RFC 8259) that grows by appending, in exactly the order it was written in.
///
/// The writer adds commas and escapes; it never sorts, so the same calls give the same bytes. Text is
/// left as UTF-8: only `"`, `\` and the control characters U+0000 to U+001F are escaped. A call that
/// would make something that is not JSON (a value in an object without its key, an unmatched end) is
/// a bug of the caller and traps.
///
/// ```swift
/// var json = JSONText()
/// json.object {
///   $0.member("report", "trial-balance")
///   $0.array("rows") { $0.integer(1) }
/// }
/// json.text  // {"report":"trial-balance","rows":[1]}
/// ```
public struct JSONText: Sendable {
  private enum Scope {
    case array
    case object
  }

  // Bytes: a sign is appended to a string at ten times the cost.
  private var bytes: [UInt8] = []
  private var scopes: [Scope] = []
  private var needsComma = false
  private var hasKey = false
  private var breakLine = false

  /// A text with nothing in it.
  public init() {}

  /// What has been written since the start, or since the last `drain()`.
  ///
  /// - Complexity: O(its length), at each call.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// How many bytes of UTF-8 `text` has.
  public var byteCount: Int { bytes.count }

  /// Whether every object and array that was begun has been ended.
  public var isComplete: Bool { scopes.isEmpty && !hasKey }

  /// Returns what was written since the last call and forgets it, so that a long text can be streamed.
  public mutating func drain() -> String {
    let drained = text
    bytes.removeAll(keepingCapacity: true)
    return drained
  }

  /// Puts the next value, key or closing bracket on a line of its own, after the comma.
  ///
  /// White space carries no meaning in JSON; one row a line keeps a long report readable and diffable.
  public mutating func lineBreak() {
    breakLine = true
  }

  /// Ends a document of a stream (JSON lines): a line feed, and the next value begins afresh.
  public mutating func endLine() {
    precondition(isComplete, "a JSON line ended inside an object or array")
    append(ascii: "\n")
    needsComma = false
    breakLine = false
  }

  // MARK: Objects and arrays

  /// Writes an object whose members `body` writes.
  public mutating func object<E>(_ body: (inout JSONText) throws(E) -> Void) throws(E) {
    beginValue()
    append(ascii: "{")
    scopes.append(.object)
    needsComma = false
    try body(&self)
    end(.object, "}")
  }

  /// Writes an array whose elements `body` writes.
  public mutating func array<E>(_ body: (inout JSONText) throws(E) -> Void) throws(E) {
    beginValue()
    append(ascii: "[")
    scopes.append(.array)
    needsComma = false
    try body(&self)
    end(.array, "]")
  }

  /// Writes the key of the next value; only inside an object.
  public mutating func key(_ name: String) {
    precondition(scopes.last == .object && !hasKey, "a JSON key stands only inside an object")
    separate()
    appendQuoted(name)
    append(ascii: ":")
    hasKey = true
  }

  // MARK: Values

  /// Writes a string, escaped.
  public mutating func string(_ value: String) {
    beginValue()
    appendQuoted(value)
    needsComma = true
  }

  /// Writes a whole number.
  public mutating func integer(_ value: some BinaryInteger) {
    beginValue()
    append(String(value))
    needsComma = true
  }

  /// Writes `true` or `false`.
  public mutating func bool(_ value: Bool) {
    beginValue()
    append(value ? "true" : "false")
    needsComma = true
  }

  /// Writes `null`.
  public mutating func null() {
    beginValue()
    append("null")
    needsComma = true
  }

  /// Writes a value that is JSON already, unchecked: a payload printed by its own description.
  public mutating func raw(_ json: String) {
    beginValue()
    append(json)
    needsComma = true
  }

  // MARK: Members

  /// Writes a member whose value is a string, or `null` when there is none.
  public mutating func member(_ name: String, _ value: String?) {
    key(name)
    if let value { string(value) } else { null() }
  }

  /// Writes a member whose value is a whole number, or `null` when there is none.
  public mutating func member(_ name: String, _ value: (some BinaryInteger)?) {
    key(name)
    if let value { integer(value) } else { null() }
  }

  /// Writes a member whose value is `true` or `false`.
  public mutating func member(_ name: String, _ value: Bool) {
    key(name)
    bool(value)
  }

  /// Writes a member whose value is an object.
  public mutating func object<E>(
    _ name: String, _ body: (inout JSONText) throws(E) -> Void
  ) throws(E) {
    key(name)
    try object(body)
  }

  /// Writes a member whose value is an array.
  public mutating func array<E>(
    _ name: String, _ body: (inout JSONText) throws(E) -> Void
  ) throws(E) {
    key(name)
    try array(body)
  }

  // MARK: Inside

  private mutating func beginValue() {
    switch scopes.last {
    case .object:
      precondition(hasKey, "a JSON value in an object needs its key first")
      hasKey = false
    case .array:
      separate()
    case nil:
      precondition(!needsComma, "a JSON text holds one value; end the line before the next")
    }
  }

  private mutating func separate() {
    if needsComma { append(ascii: ",") }
    if breakLine { append(ascii: "\n") }
    needsComma = false
    breakLine = false
  }

  private mutating func end(_ scope: Scope, _ bracket: Unicode.Scalar) {
    precondition(scopes.popLast() == scope && !hasKey, "a JSON object or array ended out of turn")
    if breakLine { append(ascii: "\n") }
    breakLine = false
    append(ascii: bracket)
    needsComma = true
  }

  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func append(ascii sign: Unicode.Scalar) { bytes.append(UInt8(ascii: sign)) }

  private mutating func appendQuoted(_ value: String) {
    append(ascii: "\"")
    if isPlain(value.utf8.span) {
      append(value)
    } else {
      for byte in value.utf8 { appendEscaped(byte) }
    }
    append(ascii: "\"")
  }

  private func isPlain(_ bytes: Span<UInt8>) -> Bool {
    for index in bytes.indices
    where bytes[index] < 0x20 || bytes[index] == 0x22 || bytes[index] == 0x5C {
      return false
    }
    return true
  }

  private mutating func appendEscaped(_ byte: UInt8) {
    switch byte {
    case 0x22: append("\\\"")
    case 0x5C: append("\\\\")
    case 0x08: append("\\b")
    case 0x09: append("\\t")
    case 0x0A: append("\\n")
    case 0x0C: append("\\f")
    case 0x0D: append("\\r")
    case 0..<0x20:
      append(byte < 0x10 ? "\\u000" : "\\u00")
      append(String(byte, radix: 16))
    default: bytes.append(byte)
    }
  }
}
