import DaybookBytes

/// Prints what a description visits in the text form of Protocol Buffers, a field a line.
///
/// It is what `protoc --decode` shows of the payload's bytes with the published schema, byte for
/// byte. Source: Protocol Buffers, "Text Format Language Specification".
final class TextTrace: FieldTrace {
  override func value<V: FieldValue>(_ value: V, of field: VisitedField, _ fields: inout Fields) {
    if field.presence == .implicit, value == V.absent(in: fields) { return }
    line(schemaName(field.name, of: V.self), value, &fields)
  }

  override func values<V: FieldValue>(
    _ list: Few<V>, of field: VisitedField, _ fields: inout Fields
  ) {
    let name = schemaName(field.name, of: V.self)
    for index in 0..<list.endIndex { line(name, list[index], &fields) }
  }

  override func message<P: Payload>(
    _ group: inout P, of field: VisitedField, _ fields: inout Fields
  ) throws(WireError) {
    let start = fields.writer.count
    let hasLines = try lines(schemaName(field.name), &group, &fields)
    if field.presence == .implicit, !hasLines { fields.writer.truncate(to: start) }
  }

  override func messages<P: Payload>(
    _ list: Few<P>, of field: VisitedField, _ fields: inout Fields
  ) throws(WireError) {
    let name = schemaName(field.name)
    for index in 0..<list.endIndex {
      var group = list[index]
      try lines(name, &group, &fields)
    }
  }

  // MARK: - Parts

  private func begin(_ name: String, _ fields: inout Fields) {
    for _ in 0..<fields.depth { fields.writer.append(literal: "  ") }
    fields.writer.append(utf8: name)
  }

  private func line<V: FieldValue>(_ name: String, _ value: V, _ fields: inout Fields) {
    begin(name, &fields)
    fields.writer.append(literal: ": ")
    switch value.stored(in: fields) {
    case .integer(let number): fields.writer.append(utf8: String(number))
    case .unsigned(let number): fields.writer.append(utf8: String(number))
    case .boolean(let flag): fields.writer.append(literal: flag ? "true" : "false")
    case .symbol(let name): fields.writer.append(utf8: name)
    case .text(let text): fields.writer.append(escaped: text.utf8)
    case .bytes(let bytes): fields.writer.append(escaped: bytes)
    }
    fields.writer.append(literal: "\n")
  }

  /// - Returns: Whether there are lines between the braces.
  @discardableResult
  private func lines<P: Payload>(
    _ name: String, _ group: inout P, _ fields: inout Fields
  ) throws(WireError) -> Bool {
    begin(name, &fields)
    fields.writer.append(literal: " {\n")
    let start = fields.writer.count
    fields.depth += 1
    try group.describe(&fields)
    fields.depth -= 1
    let hasLines = fields.writer.count > start
    begin("", &fields)
    fields.writer.append(literal: "}\n")
    return hasLines
  }
}

extension ByteWriter {
  /// Appends a quoted string as the reference implementation escapes it: what is not ASCII in octal.
  fileprivate mutating func append(escaped bytes: some Sequence<UInt8>) {
    append(literal: "\"")
    for byte in bytes {
      switch byte {
      case 0x0a: append(literal: "\\n")
      case 0x0d: append(literal: "\\r")
      case 0x09: append(literal: "\\t")
      case 0x22: append(literal: "\\\"")
      case 0x27: append(literal: "\\'")
      case 0x5c: append(literal: "\\\\")
      case 0x20..<0x7f: append(byte)
      default:
        append(literal: "\\")
        for shift in [6, 3, 0] as [UInt8] { append(0x30 + (byte >> shift & 7)) }
      }
    }
    append(literal: "\"")
  }
}
