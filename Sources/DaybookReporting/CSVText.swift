/// A comma-separated text (RFC 4180) that grows by appending.
///
/// Records end in CR LF, the last one too. A field is quoted only when it holds a comma, a quotation
/// mark, a carriage return or a line feed; a record of one empty field is written `""`, since an empty
/// line would be read as no record at all.
/// Content is never changed: a value that a spreadsheet would take for a formula stays as it is.
public struct CSVText: Sendable {
  // Bytes: a sign is appended to a string at ten times the cost.
  private var bytes: [UInt8] = []
  private var fieldCount = 0
  private var isRowBlank = true

  /// A text with nothing in it.
  public init() {}

  /// What has been written since the start, or since the last `drain()`.
  ///
  /// - Complexity: O(its length), at each call.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Returns what was written since the last call and forgets it, so that a long text can be streamed.
  public mutating func drain() -> String {
    let drained = text
    bytes.removeAll(keepingCapacity: true)
    return drained
  }

  /// Appends one field to the current record.
  public mutating func field(_ value: String) {
    if fieldCount > 0 { bytes.append(comma) }
    fieldCount += 1
    if value.utf8.isEmpty { return }
    isRowBlank = false
    if value.utf8.contains(where: Self.needsQuotes) {
      bytes.append(quote)
      for byte in value.utf8 {
        if byte == quote { bytes.append(quote) }
        bytes.append(byte)
      }
      bytes.append(quote)
    } else {
      bytes.append(contentsOf: value.utf8)
    }
  }

  /// Appends one whole number to the current record.
  public mutating func field(_ value: some BinaryInteger) {
    field(String(value))
  }

  /// Ends the current record.
  public mutating func endRow() {
    if fieldCount == 1 && isRowBlank { bytes += [quote, quote] }
    bytes += [carriageReturn, lineFeed]
    fieldCount = 0
    isRowBlank = true
  }

  /// Appends a whole record.
  public mutating func row(_ fields: some Sequence<String>) {
    for value in fields { field(value) }
    endRow()
  }

  private static func needsQuotes(_ byte: UInt8) -> Bool {
    byte == comma || byte == quote || byte == carriageReturn || byte == lineFeed
  }
}

private let comma = UInt8(ascii: ",")
private let quote = UInt8(ascii: "\"")
private let carriageReturn = UInt8(ascii: "\r")
private let lineFeed = UInt8(ascii: "\n")
