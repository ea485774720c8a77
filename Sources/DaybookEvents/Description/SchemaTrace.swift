import DaybookBytes

/// Collects the fields that a description visits, for the schema.
final class SchemaTrace: FieldTrace {
  private var message: DescribedMessage

  private init(_ typeName: String) { message = DescribedMessage(typeName: typeName) }

  /// The message of `type` with all that it holds.
  static func message<P: Payload>(_ type: P.Type) throws(WireError) -> DescribedMessage {
    let trace = SchemaTrace(P.typeName)
    var fields = Fields(tracing: trace)
    var payload = P()
    try trace.whole(&payload, &fields)
    return trace.message
  }

  override func value<V: FieldValue>(_ value: V, of field: VisitedField, _ fields: inout Fields) {
    absentValue(V.self, of: field, &fields)
  }

  override func absentValue<V: FieldValue>(
    _ type: V.Type, of field: VisitedField, _ fields: inout Fields
  ) {
    add(field, schemaName(field.name, of: type), .value(shape(of: type)))
  }

  override func values<V: FieldValue>(
    _ list: Few<V>, of field: VisitedField, _ fields: inout Fields
  ) {
    absentValue(V.self, of: field, &fields)
  }

  override func message<P: Payload>(
    _ group: inout P, of field: VisitedField, _ fields: inout Fields
  ) throws(WireError) {
    try absentMessage(P.self, of: field, &fields)
  }

  override func absentMessage<P: Payload>(
    _ type: P.Type, of field: VisitedField, _ fields: inout Fields
  ) throws(WireError) {
    add(field, schemaName(field.name), .message(try SchemaTrace.message(type)))
  }

  override func messages<P: Payload>(
    _ list: Few<P>, of field: VisitedField, _ fields: inout Fields
  ) throws(WireError) {
    try absentMessage(P.self, of: field, &fields)
  }

  override func endOfAlternatives(_ name: StaticString) {
    for index in message.fields.indices where message.fields[index].presence == .alternative {
      message.fields[index].alternativesName = snake(name.description)
    }
  }

  private func add(_ field: VisitedField, _ name: String, _ type: DescribedType) {
    message.fields.append(
      DescribedField(number: field.number, name: name, presence: field.presence, type: type))
  }
}

/// A message of the schema.
struct DescribedMessage: Sendable {
  var typeName: String
  var fields: [DescribedField] = []
}

/// A field of a message of the schema, named as the schema names it.
struct DescribedField: Sendable {
  var number: UInt64
  var name: String
  var presence: FieldPresence
  var type: DescribedType
  /// The `oneof` that a member of alternatives belongs to.
  var alternativesName: String?
}

/// The type of a field.
enum DescribedType: Sendable {
  case value(FieldShape)
  case message(DescribedMessage)
}
