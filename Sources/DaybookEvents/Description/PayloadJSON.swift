public import DaybookBytes
public import DaybookValues

extension Payload {
  /// The payload as one line of JSON, in the order of its description.
  ///
  /// Amounts, prices and quantities are decimal strings, days `YYYY-MM-DD`, instants RFC 3339,
  /// identifiers as printed (`P17`), enumerations by name. Defaults are shown; what is optional and
  /// absent is not. A sealed personal group shows `(sealed)` for its fields.
  ///
  /// - Parameters:
  ///   - base: The record's effective time, which stored instants count from.
  ///   - currency: The clinic's currency.
  public func json(
    base: Instant = Instant(), currency: Currency = .unspecified
  ) throws(WireError) -> String {
    var text = ""
    try described(base: base, currency: currency).appendJSON(to: &text, stored: false)
    return text
  }

  /// The payload as one line of JSON with its stored integers and texts, named as in the schema.
  public func storedJSON(
    base: Instant = Instant(), currency: Currency = .unspecified
  ) throws(WireError) -> String {
    var text = ""
    try described(base: base, currency: currency).appendJSON(to: &text, stored: true)
    return text
  }
}

extension DescribedMessage {
  func appendJSON(to text: inout String, stored: Bool) {
    text += "{"
    var isFirst = true
    for field in fields {
      guard let value = field.json(stored: stored) else { continue }
      if !isFirst { text += "," }
      isFirst = false
      appendJSONString(stored ? field.schemaName : field.name, to: &text)
      text += ":"
      text += value
    }
    text += "}"
  }
}

extension DescribedField {
  /// The field's JSON; nil where it is left out.
  fileprivate func json(stored: Bool) -> String? {
    if presence == .repeated {
      if stored, values.isEmpty { return nil }
      return "[" + values.map { $0.json(stored: stored) }.joined(separator: ",") + "]"
    }
    guard let value = values.first, !stored || value.isWritten else { return nil }
    return value.json(stored: stored)
  }
}

extension DescribedValue {
  fileprivate func json(stored: Bool) -> String {
    switch self {
    case .scalar(let printedValue, let storedValue, _):
      return (stored ? storedValue : printedValue).json
    case .message(let message, _):
      var text = ""
      message.appendJSON(to: &text, stored: stored)
      return text
    }
  }
}

extension PrintedValue {
  fileprivate var json: String {
    switch self {
    case .integer(let value): return "\(value)"
    case .unsigned(let value): return "\(value)"
    case .boolean(let value): return value ? "true" : "false"
    case .text(let value), .symbol(let value):
      var text = ""
      appendJSONString(value, to: &text)
      return text
    case .bytes(let bytes):
      return "\"" + bytes.map(hexadecimal).joined() + "\""
    }
  }
}

private func hexadecimal(_ byte: UInt8) -> String {
  let digits = String(byte, radix: 16)
  return byte < 16 ? "0" + digits : digits
}

/// Appends `value` as a JSON string. Source: RFC 8259, section 7.
func appendJSONString(_ value: String, to text: inout String) {
  text += "\""
  for scalar in value.unicodeScalars {
    switch scalar {
    case "\"": text += "\\\""
    case "\\": text += "\\\\"
    case "\n": text += "\\n"
    case "\r": text += "\\r"
    case "\t": text += "\\t"
    case let control where control.value < 0x20:
      text += "\\u00" + hexadecimal(UInt8(control.value))
    default: text.unicodeScalars.append(scalar)
    }
  }
  text += "\""
}
