import DaybookBytes
import DaybookValues

/// Writes the bytes of a payload from what was entered for the fields that its description visits.
///
/// What was not entered is written as the payload has it by default.
final class EntryTrace: FieldTrace {
  private var terms: any EntryTerms
  private var group: EntryGroup
  private var failure: EntryError?

  private init(_ terms: any EntryTerms, _ value: EnteredValue) {
    self.terms = terms
    group = EntryGroup(value, path: "")
  }

  /// The canonical bytes of a payload of `type`.
  static func bytes<P: Payload>(
    of type: P.Type, _ value: EnteredValue, _ terms: any EntryTerms
  ) throws(EntryError) -> [UInt8] {
    let trace = EntryTrace(terms, value)
    var fields = Fields(tracing: trace)
    var payload = P()
    do throws(WireError) {
      if let named = try trace.namedCurrency() {
        fields.amounts = named
        trace.terms = OtherCurrency(named, terms)
      }
      try payload.describe(&fields)
    } catch {
      throw trace.failure ?? EntryError(.malformed, "\(error)", field: error.field)
    }
    trace.end(trace.group)
    if let failure = trace.failure { throw failure }
    return fields.writer.bytes
  }

  /// The currency that the payload names, where it is not the clinic's.
  private func namedCurrency() throws(WireError) -> Currency? {
    guard let text = group.text(of: "currency") else { return nil }
    do throws(EntryError) {
      let currency = try Currency.entered(text, field: "currency", terms)
      return currency == terms.currency ? nil : currency
    } catch {
      throw note(error, "currency")
    }
  }

  // MARK: - What a description visits

  override func value<V: FieldValue>(_ value: V, of field: VisitedField, _ fields: inout Fields) {
    take(V.self, field, default: value, &fields)
  }

  override func absentValue<V: FieldValue>(
    _ type: V.Type, of field: VisitedField, _ fields: inout Fields
  ) {
    take(V.self, field, default: nil, &fields)
  }

  private func take<V: FieldValue>(
    _ type: V.Type, _ field: VisitedField, default known: V?, _ fields: inout Fields
  ) {
    guard failure == nil else { return }
    let name = field.name.description
    if field.presence == .alternative { return choose(V.self, field, default: known, &fields) }
    // The currency was read before the amounts that it is of.
    let isCurrency = field.number == 15 && name == "currency"
    switch group.take(name, isPersonal: V.self == UInt64.self || V.self == [UInt8].self) {
    case .nothing:
      if let known { put(known, field, &fields) }
    case .text where isCurrency:
      if let known { put(known, field, &fields) }
    case .text(let text):
      if let value = entered(text, V.self, name) { put(value, field, &fields) }
    case .boolean(let flag):
      if let value = entered("\(flag)", V.self, name) { put(value, field, &fields) }
    case .list, .object:
      fail(EntryError(.malformed, "one value is wanted, not several or a group"), name)
    }
  }

  override func values<V: FieldValue>(
    _ list: Few<V>, of field: VisitedField, _ fields: inout Fields
  ) {
    guard failure == nil else { return }
    let name = field.name.description
    var values: [V] = []
    switch group.take(name, isPersonal: false) {
    case .nothing: values = Array(list)
    case let value:
      for text in texts(of: value, V.self, name) {
        guard let value = entered(text, V.self, name) else { return }
        values.append(value)
      }
    }
    guard !values.isEmpty else { return }
    if V.wireType == .varint {
      fields.writeKey(field.number, .bytes, field.name)
      let mark = fields.writer.beginLength()
      for value in values { write(value, name, &fields) }
      fields.writer.endLength(mark)
    } else {
      for value in values {
        fields.writeKey(field.number, .bytes, field.name)
        write(value, name, &fields)
      }
    }
  }

  private func texts<V: FieldValue>(
    of value: EnteredValue, _ type: V.Type, _ name: String
  ) -> [String] {
    switch value {
    case .nothing: return []
    // Words of a fixed choice have no commas in them; names may.
    case .text(let text) where !V.entryForm.choices.isEmpty:
      return text.split(separator: ",").map(String.init)
    case .text(let text): return [text]
    case .boolean(let flag): return ["\(flag)"]
    case .list(let values): return values.flatMap { texts(of: $0, type, name) }
    case .object:
      fail(EntryError(.malformed, "a list of values is wanted"), name)
      return []
    }
  }

  override func message<P: Payload>(
    _ message: inout P, of field: VisitedField, _ fields: inout Fields
  ) throws(WireError) {
    if failure != nil { return }
    if field.presence == .alternative {
      return try choose(field, default: message, P.self, &fields)
    }
    let value = try taken(for: P.self, field)
    let start = fields.writer.count
    let isEmpty = try write(&message, value, field, &fields)
    // What is there by default without content is not written.
    if isEmpty, field.presence == .implicit { fields.writer.truncate(to: start) }
  }

  /// What was entered for a group; of one that is one of several, with what the named one holds.
  private func taken<P: Payload>(
    for type: P.Type, _ field: VisitedField
  ) throws(WireError) -> EnteredValue {
    let name = field.name.description
    guard type is any RequiredGroup.Type, group.isParted else {
      return group.take(name, isPersonal: false)
    }
    let values = try P.entryFields.filter {
      $0.isAlternative && $0.members.isEmpty && $0.form != .nameAlone
    }
    return group.take(name) { text in
      values.contains { EnteredName.plain($0.name) == EnteredName.plain(text) }
    }
  }

  override func absentMessage<P: Payload>(
    _ type: P.Type, of field: VisitedField, _ fields: inout Fields
  ) throws(WireError) {
    if failure != nil { return }
    if field.presence == .alternative {
      return try choose(field, default: nil, P.self, &fields)
    }
    let value = group.take(field.name.description, isPersonal: false)
    if case .nothing = value { return }
    var message = P()
    try write(&message, value, field, &fields)
  }

  override func messages<P: Payload>(
    _ list: Few<P>, of field: VisitedField, _ fields: inout Fields
  ) throws(WireError) {
    if failure != nil { return }
    switch group.take(field.name.description, isPersonal: false) {
    case .nothing:
      for index in 0..<list.endIndex {
        var message = list[index]
        try write(&message, .nothing, field, &fields)
      }
    case .list(let values):
      for value in values {
        var message = P()
        try write(&message, value, field, &fields)
      }
    case let value:
      var message = P()
      try write(&message, value, field, &fields)
    }
  }

  override func endOfAlternatives(_ name: StaticString) {
    guard failure == nil, !group.isChosen else { return }
    let members = group.alternatives.joined(separator: ", ")
    if case .text(let text) = group.value {
      fail(
        group.miss ?? EntryError(.malformed, "\(text.debugDescription) is none of \(members)"), "")
    } else {
      fail(EntryError(.malformed, "one of \(members) is wanted"), "")
    }
  }

  // MARK: - Alternatives

  private func choose<V: FieldValue>(
    _ type: V.Type, _ field: VisitedField, default known: V?, _ fields: inout Fields
  ) {
    let name = field.name.description
    group.alternatives.append(name)
    switch group.claim(on: name) {
    case .byDefault:
      guard let known else { return }
      group.isChosen = true
      put(known, field, always: true, &fields)
    case .named(let value):
      guard case .text(let text) = value else {
        return fail(EntryError(.malformed, "one value is wanted"), name)
      }
      if let value = entered(text, V.self, name) {
        group.isChosen = true
        put(value, field, always: true, &fields)
      }
    // A text that names its alternative, `transfer=REF`, is none of the others, whatever they hold.
    case .tried(let text) where V.self == String.self && text.contains("="): return
    case .tried(let text):
      do throws(EntryError) {
        let value = try V.entered(text, field: name, terms)
        let isNamed = V.self is any NamingValue.Type
        try agree(isNamed ? printed(value, fields) : nil)
        if group.isChosen { return }
        group.isChosen = true
        put(value, field, always: true, &fields)
      } catch {
        pass(error, name)
      }
    case .twice: failTwice()
    case .none: return
    }
  }

  private func failTwice() {
    fail(EntryError(.malformed, "one of several is wanted, not two"), "")
  }

  private func choose<P: Payload>(
    _ field: VisitedField, default known: P?, _ type: P.Type, _ fields: inout Fields
  ) throws(WireError) {
    let name = field.name.description
    group.alternatives.append(name)
    var message = known ?? P()
    switch group.claim(on: name) {
    case .byDefault:
      guard known != nil else { return }
      group.isChosen = true
      try write(&message, .nothing, field, &fields)
    case .named(let value):
      message = P()
      group.isChosen = true
      try write(&message, value, field, &fields)
    case .tried(let text):
      guard P.self != Nothing.self else { return }
      message = P()
      let (start, before) = (fields.writer.count, group)
      let isEmpty = try write(&message, .text(text), field, &fields)
      let (found, miss) = (group.found, failure)
      if let miss {
        group = before
        failure = nil
        fields.writer.truncate(to: start)
        // That it has not the form of one of the group's fields says nothing of the alternatives.
        return miss.kind == .malformed ? () : pass(miss, "")
      }
      // A text is a group only where it names a thing in it.
      guard !isEmpty, found != nil else {
        group = before
        fields.writer.truncate(to: start)
        return
      }
      group = before
      if group.isChosen { fields.writer.truncate(to: start) }
      do throws(EntryError) {
        try agree(found)
        group.isChosen = true
      } catch {
        fail(error, "")
      }
    case .twice: failTwice()
    case .none: return
    }
  }

  /// Notes what a text was found to mean; twice the same is once.
  private func agree(_ found: String?) throws(EntryError) {
    guard let found else { return }
    if let other = group.found, other != found {
      throw EntryError(.ambiguous, "it could be \(other) or \(found); say which")
    }
    group.found = found
  }

  /// A member that a text is not: the next one may be.
  private func pass(_ error: EntryError, _ name: String) {
    if error.kind == .ambiguous { return fail(error, name) }
    guard let miss = group.miss, miss.kind == .unknown else {
      // That nothing has such a name says more than that it has not the form of a number.
      if group.miss == nil || error.kind == .unknown { group.miss = error }
      return
    }
    if error.kind == .unknown { group.miss = miss.and(error) }
  }

  private func printed<V: FieldValue>(_ value: V, _ fields: borrowing Fields) -> String {
    if case .text(let text) = value.printed(in: fields) { text } else { "" }
  }

  // MARK: - Bytes

  /// Writes the group with its key and length.
  ///
  /// - Returns: Whether it has no content.
  @discardableResult
  private func write<P: Payload>(
    _ message: inout P, _ value: EnteredValue, _ field: VisitedField, _ fields: inout Fields
  ) throws(WireError) -> Bool {
    let outer = group
    let name = field.name.description
    group = EntryGroup(value, path: outer.path.isEmpty ? name : "\(outer.path).\(name)")
    if case .list = value { fail(EntryError(.malformed, "one group is wanted, not a list"), "") }
    fields.writeKey(field.number, .bytes, field.name)
    let mark = fields.writer.beginLength()
    try message.describe(&fields)
    let isEmpty = fields.writer.count == mark
    fields.writer.endLength(mark)
    end(group)
    let found = group.found
    group = outer
    if let found, outer.value.isText { group.found = group.found ?? found }
    return isEmpty
  }

  /// Fails where something was entered that no field has taken.
  private func end(_ group: EntryGroup) {
    guard failure == nil, let left = group.left else { return }
    let known = (group.known + group.alternatives).joined(separator: ", ")
    fail(
      EntryError(
        .noSuchField,
        "there is no field \(left.debugDescription)"
          + (known.isEmpty ? "" : "; there are \(known)")), "")
  }

  private func put<V: FieldValue>(
    _ value: V, _ field: VisitedField, always: Bool = false, _ fields: inout Fields
  ) {
    if !always, field.presence == .implicit, value == V.absent(in: fields) { return }
    // An amount of nothing is nothing in any currency.
    if !always, field.presence == .implicit, let amount = value as? Amount, amount.isZero { return }
    fields.writeKey(field.number, V.wireType, field.name)
    write(value, field.name.description, &fields)
  }

  private func write<V: FieldValue>(_ value: V, _ name: String, _ fields: inout Fields) {
    do throws(WireError) {
      try value.write(&fields)
    } catch {
      fail(EntryError(.malformed, "\(error)"), name)
    }
  }

  private func entered<V: FieldValue>(_ text: String, _ type: V.Type, _ name: String) -> V? {
    do throws(EntryError) {
      return try V.entered(text, field: name, terms)
    } catch {
      fail(error, name)
      return nil
    }
  }

  private func fail(_ error: EntryError, _ name: String) {
    if failure == nil { _ = note(error, name) }
  }

  /// Keeps `error` with its place as what is to be told.
  @discardableResult
  private func note(_ error: EntryError, _ name: String) -> WireError {
    var error = error
    if error.field.isEmpty {
      error.field =
        group.path.isEmpty || name.isEmpty ? group.path + name : "\(group.path).\(name)"
    }
    failure = failure ?? error
    return WireError(.outOfRange, at: 0, field: error.field)
  }
}

/// The same terms, with amounts in another currency.
private final class OtherCurrency: EntryTerms {
  let currency: Currency
  private let terms: any EntryTerms

  init(_ currency: Currency, _ terms: any EntryTerms) {
    self.currency = currency
    self.terms = terms
  }

  func number(
    _ text: String, of kind: any IdentifierKind.Type, field: String
  ) throws(EntryError) -> UInt64 { try terms.number(text, of: kind, field: field) }

  func instant(_ text: String) throws(EntryError) -> Instant { try terms.instant(text) }
  func day(_ text: String, field: String) throws(EntryError) -> Day {
    try terms.day(text, field: field)
  }
}

/// A value that names a thing.
private protocol NamingValue {}
extension Identifier: NamingValue {}
