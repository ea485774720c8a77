import DaybookBytes
public import DaybookValues

/// Takes what a description visits in a pass that neither reads nor writes: to print it, or for the
/// schema.
@usableFromInline
class FieldTrace {
  // Making a shape takes longer than printing many values of it. Only asked, never iterated.
  private var shapes: [ObjectIdentifier: FieldShape] = [:]

  /// The type's shape, made once.
  final func shape<V: FieldValue>(of type: V.Type) -> FieldShape {
    if let known = shapes[ObjectIdentifier(type)] { return known }
    let shape = V.shape
    shapes[ObjectIdentifier(type)] = shape
    return shape
  }

  /// The field's name in the schema, with its unit: `list_price_minor`.
  final func schemaName<V: FieldValue>(_ name: StaticString, of type: V.Type) -> String {
    let name = schemaName(name)
    let unit = shape(of: type).suffix
    // `from_day`, but `day` for a field that is called day.
    return unit.isEmpty || unit.dropFirst() == name ? name : name + unit
  }

  /// The name of a group's field in the schema: `list_price`.
  final func schemaName(_ name: StaticString) -> String { snake(name.description) }

  /// Takes a whole payload.
  func whole<P: Payload>(_ payload: inout P, _ fields: inout Fields) throws(WireError) {
    try payload.describe(&fields)
  }

  @usableFromInline
  func value<V: FieldValue>(_ value: V, of field: VisitedField, _ fields: inout Fields) {}

  @usableFromInline
  func absentValue<V: FieldValue>(
    _ type: V.Type, of field: VisitedField, _ fields: inout Fields
  ) {}

  func values<V: FieldValue>(_ list: Few<V>, of field: VisitedField, _ fields: inout Fields) {}

  func message<P: Payload>(
    _ group: inout P, of field: VisitedField, _ fields: inout Fields
  ) throws(WireError) {}

  func absentMessage<P: Payload>(
    _ type: P.Type, of field: VisitedField, _ fields: inout Fields
  ) throws(WireError) {}

  func messages<P: Payload>(
    _ list: Few<P>, of field: VisitedField, _ fields: inout Fields
  ) throws(WireError) {}

  func endOfAlternatives(_ name: StaticString) {}
}

/// A field, as it is visited.
@usableFromInline
struct VisitedField {
  var number: UInt64
  var name: StaticString
  var presence: FieldPresence

  @usableFromInline
  init(_ number: UInt64, _ name: StaticString, _ presence: FieldPresence) {
    self.number = number
    self.name = name
    self.presence = presence
  }
}

/// How a field may be absent.
@usableFromInline
enum FieldPresence: Sendable {
  /// Absent means the default.
  case implicit
  /// Absent means nil.
  case explicit
  /// One of several.
  case alternative
  /// A list.
  case repeated
}

// What the visits of `Fields` call.
extension Fields {
  // Compiled for the value's type: for any type the optional's layout is looked up at each call.
  @inlinable
  @inline(never)
  mutating func traceValue<V: FieldValue>(
    _ number: UInt64, _ name: StaticString, _ value: V?, presence: FieldPresence
  ) {
    let field = VisitedField(number, name, presence)
    // An optional amount, or one of several alternatives, tells the event's currency too.
    if let amount = value as? Amount, amount.currency != .unspecified { amounts = amount.currency }
    if let value {
      trace?.value(value, of: field, &self)
    } else {
      trace?.absentValue(V.self, of: field, &self)
    }
  }

  @usableFromInline
  mutating func traceList<V: FieldValue>(
    _ number: UInt64, _ name: StaticString, _ list: Few<V>
  ) {
    trace?.values(list, of: VisitedField(number, name, .repeated), &self)
  }

  @usableFromInline
  mutating func traceMessage<P: Payload>(
    _ number: UInt64, _ name: StaticString, _ group: inout P, presence: FieldPresence
  ) throws(WireError) {
    try trace?.message(&group, of: VisitedField(number, name, presence), &self)
  }

  @usableFromInline
  mutating func traceAbsentMessage<P: Payload>(
    _ number: UInt64, _ name: StaticString, _ type: P.Type, presence: FieldPresence = .explicit
  ) throws(WireError) {
    try trace?.absentMessage(type, of: VisitedField(number, name, presence), &self)
  }

  @usableFromInline
  mutating func traceMessages<P: Payload>(
    _ number: UInt64, _ name: StaticString, _ list: inout Few<P>
  ) throws(WireError) {
    try trace?.messages(list, of: VisitedField(number, name, .repeated), &self)
  }

  @usableFromInline
  mutating func traceEndOfAlternatives(_ name: StaticString) { trace?.endOfAlternatives(name) }
}
