public import DaybookBytes
public import DaybookValues

extension Payload {
  /// The stored integers and texts in the text form of Protocol Buffers, a field a line.
  ///
  /// It is what `protoc --decode` shows of the payload's bytes with the published schema, byte for
  /// byte. Source: Protocol Buffers, "Text Format Language Specification".
  public func storedText(
    base: Instant = Instant(), currency: Currency = .unspecified
  ) throws(WireError) -> String {
    var text = ""
    try described(base: base, currency: currency).appendText(to: &text, indent: "")
    return text
  }
}

extension DescribedMessage {
  fileprivate func appendText(to text: inout String, indent: String) {
    for field in fields {
      for value in field.values where value.isWritten {
        text += indent + field.schemaName
        switch value {
        case .scalar(_, let stored, _):
          text += ": " + stored.text + "\n"
        case .message(let message, _):
          text += " {\n"
          message.appendText(to: &text, indent: indent + "  ")
          text += indent + "}\n"
        }
      }
    }
  }
}

extension PrintedValue {
  fileprivate var text: String {
    switch self {
    case .integer(let value): return "\(value)"
    case .unsigned(let value): return "\(value)"
    case .boolean(let value): return value ? "true" : "false"
    case .symbol(let name): return name
    case .text(let value): return escaped(value.utf8)
    case .bytes(let bytes): return escaped(bytes)
    }
  }
}

/// Text and bytes as the reference implementation escapes them: what is not ASCII in octal.
private func escaped(_ bytes: some Sequence<UInt8>) -> String {
  var text = "\""
  for byte in bytes {
    switch byte {
    case 0x0a: text += "\\n"
    case 0x0d: text += "\\r"
    case 0x09: text += "\\t"
    case 0x22: text += "\\\""
    case 0x27: text += "\\'"
    case 0x5c: text += "\\\\"
    case 0x20..<0x7f: text.unicodeScalars.append(Unicode.Scalar(byte))
    default:
      let octal = String(byte, radix: 8)
      text += "\\" + String(repeating: "0", count: 3 - octal.count) + octal
    }
  }
  return text + "\""
}
