import DaybookBytes
import DaybookValues

/// What a description visited, as a tree: the common ground of JSON, schema and text form.
struct DescribedMessage: Sendable {
  var typeName: String
  var fields: [DescribedField] = []

  /// Whether anything of it stands on the wire.
  var isWritten: Bool {
    fields.contains { field in field.values.contains { $0.isWritten } }
  }
}

/// One visited field with its values: none if absent, one, or a list's.
struct DescribedField: Sendable {
  var number: UInt64
  var name: String
  var presence: FieldPresence
  var type: DescribedType
  var values: [DescribedValue] = []
  /// The `oneof` that a member of alternatives belongs to.
  var alternativesName: String?
}

/// The type of a field: a value, or a message shown by one without content.
enum DescribedType: Sendable {
  case value(FieldShape)
  case message(DescribedMessage)
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

/// One value of a field, as printed and as stored.
enum DescribedValue: Sendable {
  case scalar(printed: PrintedValue, stored: PrintedValue, isWritten: Bool)
  case message(DescribedMessage, isWritten: Bool)

  var isWritten: Bool {
    switch self {
    case .scalar(_, _, let isWritten), .message(_, let isWritten): isWritten
    }
  }
}

/// Collects what a description visits.
@usableFromInline
final class FieldTrace {
  var stack: [DescribedMessage] = []

  init() {}

  func add(_ field: DescribedField) {
    stack[stack.count - 1].fields.append(field)
  }
}

extension Payload {
  /// The payload as a tree of what its description visits.
  func described(base: Instant, currency: Currency) throws(WireError) -> DescribedMessage {
    let trace = FieldTrace()
    var fields = Fields(tracing: trace)
    fields.base = base
    fields.clinicCurrency = currency
    fields.amounts = currency
    return try fields.describe(self)
  }
}

extension Fields {
  mutating func describe<P: Payload>(_ payload: P) throws(WireError) -> DescribedMessage {
    guard let trace else { return DescribedMessage(typeName: P.typeName) }
    trace.stack.append(DescribedMessage(typeName: P.typeName))
    var payload = payload
    do {
      try payload.describe(&self)
    } catch {
      trace.stack.removeLast()
      throw error
    }
    return trace.stack.removeLast()
  }

  @usableFromInline
  func traceValue<V: FieldValue>(
    _ number: UInt64, _ name: StaticString, _ value: V?, presence: FieldPresence
  ) {
    var field = DescribedField(
      number: number, name: "\(name)", presence: presence, type: .value(V.shape))
    if let value {
      let isWritten = presence != .implicit || value != V.absent(in: self)
      field.values = [
        .scalar(
          printed: value.printed(in: self), stored: value.stored(in: self), isWritten: isWritten)
      ]
    }
    trace?.add(field)
  }

  @usableFromInline
  func traceList<V: FieldValue>(_ number: UInt64, _ name: StaticString, _ list: Few<V>) {
    var field = DescribedField(
      number: number, name: "\(name)", presence: .repeated, type: .value(V.shape))
    for value in list {
      field.values.append(
        .scalar(printed: value.printed(in: self), stored: value.stored(in: self), isWritten: true))
    }
    trace?.add(field)
  }

  @usableFromInline
  mutating func traceMessage<P: Payload>(
    _ number: UInt64, _ name: StaticString, _ group: inout P, presence: FieldPresence
  ) throws(WireError) {
    let message = try describe(group)
    let isWritten = presence != .implicit || message.isWritten
    trace?.add(
      DescribedField(
        number: number, name: "\(name)", presence: presence, type: .message(message),
        values: [.message(message, isWritten: isWritten)]))
  }

  @usableFromInline
  mutating func traceAbsentMessage<P: Payload>(
    _ number: UInt64, _ name: StaticString, _ type: P.Type, presence: FieldPresence = .explicit
  ) throws(WireError) {
    let message = try describe(P())
    trace?.add(
      DescribedField(
        number: number, name: "\(name)", presence: presence, type: .message(message)))
  }

  @usableFromInline
  mutating func traceMessages<P: Payload>(
    _ number: UInt64, _ name: StaticString, _ list: inout Few<P>
  ) throws(WireError) {
    var field = DescribedField(
      number: number, name: "\(name)", presence: .repeated, type: .message(try describe(P())))
    for value in list { field.values.append(.message(try describe(value), isWritten: true)) }
    trace?.add(field)
  }

  @usableFromInline
  func traceEndOfAlternatives(_ name: StaticString) {
    guard let trace, !trace.stack.isEmpty else { return }
    let top = trace.stack.count - 1
    for index in trace.stack[top].fields.indices
    where trace.stack[top].fields[index].presence == .alternative {
      trace.stack[top].fields[index].alternativesName = "\(name)"
    }
  }
}
