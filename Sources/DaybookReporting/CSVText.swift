/// A comma-separated text (RFC 4180) that grows by appending.
///
/// Records end in CR LF, the last one too. A field is quoted only when it holds a comma, a quotation
/// mark, a carriage return or a line feed; a record of one empty field is written `""`, since an empty
/// line would be read as no record at all.
/// Content is never changed: a value that a spreadsheet would take for a formula stays as it is.
public struct CSVText: Sendable {
  /// What has been written since the start, or since the last `drain()`.
  public private(set) var text = ""
  private var fieldCount = 0
  private var isRowBlank = true

  /// A text with nothing in it.
  public init() {}

  /// Returns what was written since the last call and forgets it, so that a long text can be streamed.
  public mutating func drain() -> String {
    let drained = text
    text = ""
    return drained
  }

  /// Appends one field to the current record.
  public mutating func field(_ value: String) {
    if fieldCount > 0 { text.append(",") }
    fieldCount += 1
    if value.utf8.isEmpty { return }
    isRowBlank = false
    if value.utf8.contains(where: Self.needsQuotes) {
      text.append("\"")
      for scalar in value.unicodeScalars {
        if scalar == "\"" { text.append("\"") }
        text.unicodeScalars.append(scalar)
      }
      text.append("\"")
    } else {
      text.append(value)
    }
  }

  /// Appends one whole number to the current record.
  public mutating func field(_ value: some BinaryInteger) {
    field(String(value))
  }

  /// Ends the current record.
  public mutating func endRow() {
    if fieldCount == 1 && isRowBlank { text.append("\"\"") }
    text.append("\r\n")
    fieldCount = 0
    isRowBlank = true
  }

  /// Appends a whole record.
  public mutating func row(_ fields: some Sequence<String>) {
    for value in fields { field(value) }
    endRow()
  }

  private static func needsQuotes(_ byte: UInt8) -> Bool {
    byte == 0x2C || byte == 0x22 || byte == 0x0D || byte == 0x0A
  }
}
