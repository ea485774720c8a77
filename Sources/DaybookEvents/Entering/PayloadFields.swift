import DaybookBytes

/// A field of a payload, as a person is told of it who enters one.
public struct PayloadField: Hashable, Sendable {
  /// The name: `listPrice`.
  public var name: String
  /// How it is entered; of a group, what it is called.
  public var form: EntryForm
  /// Whether it may be left out, and nothing is then meant.
  public var isOptional: Bool
  /// Whether several may be given.
  public var isList: Bool
  /// Whether it is one of several, of which exactly one is given.
  public var isAlternative: Bool
  /// What stands there unless something is given, where that says more than nothing; else empty.
  public var standing: String
  /// The fields of a group; empty for a value.
  public var members: [PayloadField]
}

extension Payload {
  /// The fields that the description visits, in its order.
  public static var entryFields: [PayloadField] {
    get throws(WireError) { try FieldListing.fields(of: Self.self) }
  }
}

extension EntryForm {
  /// That of an alternative without content.
  static let nameAlone = EntryForm("by its name alone")
}

/// Lists the fields that a description visits.
private final class FieldListing: FieldTrace {
  private var fields: [PayloadField] = []

  static func fields<P: Payload>(of type: P.Type) throws(WireError) -> [PayloadField] {
    let trace = FieldListing()
    var fields = Fields(tracing: trace)
    var payload = P()
    try payload.describe(&fields)
    return trace.fields
  }

  override func value<V: FieldValue>(_ value: V, of field: VisitedField, _ fields: inout Fields) {
    var standing = ""
    if field.presence == .implicit, value != V.absent(in: fields) {
      standing =
        switch value.printed(in: fields) {
        case .integer(let number): "\(number)"
        case .unsigned(let number): "\(number)"
        case .boolean(let flag): "\(flag)"
        case .text(let text), .symbol(let text): text
        case .bytes: ""
        }
    }
    add(V.self, field, standing)
  }

  override func absentValue<V: FieldValue>(
    _ type: V.Type, of field: VisitedField, _ fields: inout Fields
  ) {
    add(V.self, field)
  }

  override func values<V: FieldValue>(
    _ list: Few<V>, of field: VisitedField, _ fields: inout Fields
  ) {
    add(V.self, field)
  }

  override func message<P: Payload>(
    _ group: inout P, of field: VisitedField, _ fields: inout Fields
  ) throws(WireError) {
    try add(P.self, field)
  }

  override func absentMessage<P: Payload>(
    _ type: P.Type, of field: VisitedField, _ fields: inout Fields
  ) throws(WireError) {
    try add(P.self, field)
  }

  override func messages<P: Payload>(
    _ list: Few<P>, of field: VisitedField, _ fields: inout Fields
  ) throws(WireError) {
    try add(P.self, field)
  }

  private func add<V: FieldValue>(
    _ type: V.Type, _ field: VisitedField, _ standing: String = ""
  ) {
    let name = field.name.description
    let form =
      Seconds.areCounted(by: name) ? EntryForm("duration: 30m, 1h30m, 90s") : V.entryForm
    add(field, form, [], standing)
  }

  private func add<P: Payload>(_ type: P.Type, _ field: VisitedField) throws(WireError) {
    let form = P.self == Nothing.self ? EntryForm.nameAlone : EntryForm(P.typeName)
    add(field, form, try FieldListing.fields(of: type), "")
  }

  private func add(
    _ field: VisitedField, _ form: EntryForm, _ members: [PayloadField], _ standing: String
  ) {
    fields.append(
      PayloadField(
        name: field.name.description, form: form, isOptional: field.presence == .explicit,
        isList: field.presence == .repeated, isAlternative: field.presence == .alternative,
        standing: standing, members: members))
  }
}
