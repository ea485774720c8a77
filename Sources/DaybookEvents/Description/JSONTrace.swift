import DaybookBytes

/// Prints what a description visits as members of JSON objects, behind what the writer holds.
final class JSONTrace: FieldTrace {
  /// Whether stored integers and texts are printed, under their names in the schema.
  private let isStored: Bool
  private var needsComma = false

  init(stored isStored: Bool) { self.isStored = isStored }

  override func whole<P: Payload>(_ payload: inout P, _ fields: inout Fields) throws(WireError) {
    try object(&payload, &fields)
  }

  /// Prints the group as an object.
  ///
  /// - Returns: Whether the object has members.
  @discardableResult
  private func object<P: Payload>(
    _ group: inout P, _ fields: inout Fields
  ) throws(WireError) -> Bool {
    fields.writer.append(literal: "{")
    needsComma = false
    try group.describe(&fields)
    let hasMembers = needsComma
    fields.writer.append(literal: "}")
    needsComma = true
    return hasMembers
  }

  override func value<V: FieldValue>(_ value: V, of field: VisitedField, _ fields: inout Fields) {
    if isStored, field.presence == .implicit, value == V.absent(in: fields) { return }
    key(isStored ? schemaName(field.name, of: V.self) : field.name.description, &fields)
    scalar(value, &fields)
  }

  override func values<V: FieldValue>(
    _ list: Few<V>, of field: VisitedField, _ fields: inout Fields
  ) {
    if isStored, list.isEmpty { return }
    key(isStored ? schemaName(field.name, of: V.self) : field.name.description, &fields)
    beginList(&fields)
    for index in 0..<list.endIndex {
      separate(&fields)
      scalar(list[index], &fields)
    }
    endList(&fields)
  }

  override func message<P: Payload>(
    _ group: inout P, of field: VisitedField, _ fields: inout Fields
  ) throws(WireError) {
    let start = fields.writer.count
    let neededComma = needsComma
    key(isStored ? schemaName(field.name) : field.name.description, &fields)
    let hasMembers = try object(&group, &fields)
    if isStored, field.presence == .implicit, !hasMembers {
      fields.writer.truncate(to: start)
      needsComma = neededComma
    }
  }

  override func messages<P: Payload>(
    _ list: Few<P>, of field: VisitedField, _ fields: inout Fields
  ) throws(WireError) {
    if isStored, list.isEmpty { return }
    key(isStored ? schemaName(field.name) : field.name.description, &fields)
    beginList(&fields)
    for index in 0..<list.endIndex {
      separate(&fields)
      var group = list[index]
      try object(&group, &fields)
    }
    endList(&fields)
  }

  // MARK: - Parts

  private func beginList(_ fields: inout Fields) {
    fields.writer.append(literal: "[")
    needsComma = false
  }

  private func endList(_ fields: inout Fields) {
    fields.writer.append(literal: "]")
    needsComma = true
  }

  private func separate(_ fields: inout Fields) {
    if needsComma { fields.writer.append(literal: ",") }
    needsComma = true
  }

  private func key(_ name: String, _ fields: inout Fields) {
    separate(&fields)
    fields.writer.append(literal: "\"")
    fields.writer.append(utf8: name)
    fields.writer.append(literal: "\":")
  }

  private func scalar<V: FieldValue>(_ value: V, _ fields: inout Fields) {
    switch isStored ? value.stored(in: fields) : value.printed(in: fields) {
    case .integer(let number): fields.writer.append(utf8: String(number))
    case .unsigned(let number): fields.writer.append(utf8: String(number))
    case .boolean(let flag): fields.writer.append(literal: flag ? "true" : "false")
    case .text(let text), .symbol(let text): fields.writer.append(jsonString: text)
    case .bytes(let bytes):
      fields.writer.append(literal: "\"")
      for byte in bytes { fields.writer.append(hexadecimal: byte) }
      fields.writer.append(literal: "\"")
    }
  }
}

extension ByteWriter {
  /// Appends `text` as a JSON string. Source: RFC 8259, section 7.
  fileprivate mutating func append(jsonString text: String) {
    append(literal: "\"")
    for byte in text.utf8 {
      switch byte {
      case 0x22: append(literal: "\\\"")
      case 0x5c: append(literal: "\\\\")
      case 0x0a: append(literal: "\\n")
      case 0x0d: append(literal: "\\r")
      case 0x09: append(literal: "\\t")
      case 0..<0x20:
        append(literal: "\\u00")
        append(hexadecimal: byte)
      default: append(byte)
      }
    }
    append(literal: "\"")
  }

  fileprivate mutating func append(hexadecimal byte: UInt8) {
    append(hexadecimalDigit: byte >> 4)
    append(hexadecimalDigit: byte & 15)
  }

  private mutating func append(hexadecimalDigit digit: UInt8) {
    append(digit < 10 ? 0x30 + digit : 0x61 - 10 + digit)
  }
}
