public import DaybookBytes

/// The published schema: a `.proto` file with which every language reads the payloads.
///
/// Messages and enumerations stand in the order in which they are first met, each once.
public struct Schema: Sendable {
  private var messages: [String] = []
  private var texts: [String: String] = [:]

  /// Creates an empty schema.
  public init() {}

  /// Adds the message of `type` and all that it holds.
  ///
  /// - Parameter remark: A comment before the message.
  public mutating func add<P: Payload>(_ type: P.Type, remark: String = "") throws(WireError) {
    add(try SchemaTrace.message(type), remark: remark)
  }

  /// The `.proto` file.
  ///
  /// - Parameter package: The schema's package.
  public func text(package: String = "daybook") -> String {
    var result = "syntax = \"proto3\";\n\npackage \(package);\n"
    for name in messages { result += "\n" + (texts[name] ?? "") }
    return result
  }

  private mutating func add(_ message: DescribedMessage, remark: String) {
    guard texts[message.typeName] == nil else { return }
    messages.append(message.typeName)
    texts[message.typeName] = ""
    var text = remark.isEmpty ? "" : "// \(remark)\n"
    text += "message \(message.typeName) {\n"
    var alternatives: String?
    for field in message.fields {
      if field.alternativesName != alternatives {
        if alternatives != nil { text += "  }\n" }
        if let name = field.alternativesName { text += "  oneof \(name) {\n" }
        alternatives = field.alternativesName
      }
      let indent = alternatives == nil ? "  " : "    "
      text += indent + line(field) + "\n"
    }
    if alternatives != nil { text += "  }\n" }
    texts[message.typeName] = text + "}\n"
    for field in message.fields {
      switch field.type {
      case .message(let inner): add(inner, remark: "")
      case .value(let shape) where !shape.cases.isEmpty: add(shape)
      case .value: break
      }
    }
  }

  private mutating func add(_ enumeration: FieldShape) {
    guard texts[enumeration.typeName] == nil else { return }
    messages.append(enumeration.typeName)
    var text = "enum \(enumeration.typeName) {\n"
    for member in enumeration.cases { text += "  \(member.name) = \(member.number);\n" }
    texts[enumeration.typeName] = text + "}\n"
  }

  private func line(_ field: DescribedField) -> String {
    let label =
      switch field.presence {
      case .explicit: if case .message = field.type { "" } else { "optional " }
      case .repeated: "repeated "
      case .implicit, .alternative: ""
      }
    switch field.type {
    case .value(let shape):
      let remark = shape.remark.isEmpty ? "" : "  // \(shape.remark)"
      return "\(label)\(shape.typeName) \(field.name) = \(field.number);\(remark)"
    case .message(let inner):
      return "\(label)\(inner.typeName) \(field.name) = \(field.number);"
    }
  }
}
