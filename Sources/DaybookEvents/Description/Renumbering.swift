public import DaybookBytes
public import DaybookValues

/// The numbers that things have in another book.
///
/// It is asked for what a payload names, in the order of its description; never for none.
public protocol Renumbering: AnyObject {
  /// The number of a thing of a kind; nil where it has none there.
  func number(_ number: UInt64, ofKind kind: StreamKind) -> UInt64?

  /// The number of the person whom a personal group is about; nil where they have none there.
  func person(_ number: UInt64) -> UInt64?

  /// The position of an event; nil where it does not stand there.
  func position(_ position: Position) -> Position?
}

/// Writes payloads again with the numbers that the things they name have in another book, one after
/// the other.
///
/// What is written are the canonical bytes: with every number left as it is, those that were read.
/// It serves one loop and is not for sharing between threads.
public final class PayloadRenumberer {
  private let fields = Owned(Fields())
  private let trace = RenumberingTrace()

  /// Creates one.
  public init() {}

  /// The bytes of `payload` with other numbers.
  ///
  /// - Parameters:
  ///   - base: The record's effective time, which stored instants count from.
  ///   - numbers: The other numbers.
  /// - Throws: `WireError.outOfRange` with the field that names something which has none.
  public func bytes<P: Payload>(
    of payload: P, base: Instant, by numbers: any Renumbering
  ) throws(WireError) -> [UInt8] {
    try fields.withValue { (fields) throws(WireError) in
      try trace.bytes(of: payload, base, numbers, &fields)
    }
  }

  /// The same of a payload that is still bytes.
  ///
  /// It is read without the clinic's currency: what the bytes do not name is not named again.
  func bytes<P: Payload>(
    of payload: ByteReader, _ type: P.Type, base: Instant, by numbers: any Renumbering
  ) throws(WireError) -> [UInt8] {
    try fields.withValue { (fields) throws(WireError) in
      let payload = try fields.decode(type, from: payload, base: base)
      return try trace.bytes(of: payload, base, numbers, &fields)
    }
  }
}

/// Writes what a description visits, with other numbers.
private final class RenumberingTrace: FieldTrace {
  private var numbers: (any Renumbering)?
  /// Whether the group at hand is about a person, whom its first field names.
  private var isOfPerson = false
  private var failure: WireError?

  func bytes<P: Payload>(
    of payload: P, _ base: Instant, _ numbers: any Renumbering, _ fields: inout Fields
  ) throws(WireError) -> [UInt8] {
    self.numbers = numbers
    failure = nil
    isOfPerson = P.self is any PersonalGroup.Type
    fields.beginTracing(self, base, .unspecified)
    fields.namedCurrency = .unspecified
    fields.currencyVisited = false
    var payload = payload
    do throws(WireError) {
      try payload.describe(&fields)
      if let failure { throw failure }
    } catch {
      throw fields.named(error, P.typeName)
    }
    return fields.writer.bytes
  }

  override func value<V: FieldValue>(_ value: V, of field: VisitedField, _ fields: inout Fields) {
    if field.presence == .implicit, value == V.absent(in: fields) { return }
    guard let value = renumbered(value, field) else { return }
    if field.presence == .implicit, value == V.absent(in: fields) { return }
    fields.writeKey(field.number, V.wireType, field.name)
    write(value, field, &fields)
  }

  override func values<V: FieldValue>(
    _ list: Few<V>, of field: VisitedField, _ fields: inout Fields
  ) {
    if list.isEmpty { return }
    let isPacked = V.wireType == .varint
    var mark = 0
    if isPacked {
      fields.writeKey(field.number, .bytes, field.name)
      mark = fields.writer.beginLength()
    }
    for index in 0..<list.count {
      guard let value = renumbered(list[index], field) else { return }
      if !isPacked { fields.writeKey(field.number, .bytes, field.name) }
      write(value, field, &fields)
    }
    if isPacked { fields.writer.endLength(mark) }
  }

  override func message<P: Payload>(
    _ group: inout P, of field: VisitedField, _ fields: inout Fields
  ) throws(WireError) {
    let start = fields.writer.count
    let isEmpty = try write(&group, field, &fields)
    if isEmpty, field.presence == .implicit { fields.writer.truncate(to: start) }
  }

  override func messages<P: Payload>(
    _ list: Few<P>, of field: VisitedField, _ fields: inout Fields
  ) throws(WireError) {
    for index in 0..<list.count {
      var group = list[index]
      try write(&group, field, &fields)
    }
  }

  /// Writes the group with its key and length.
  ///
  /// - Returns: Whether it has no content.
  @discardableResult
  private func write<P: Payload>(
    _ group: inout P, _ field: VisitedField, _ fields: inout Fields
  ) throws(WireError) -> Bool {
    let outer = isOfPerson
    isOfPerson = P.self is any PersonalGroup.Type
    fields.writeKey(field.number, .bytes, field.name)
    let mark = fields.writer.beginLength()
    try group.describe(&fields)
    let isEmpty = fields.writer.count == mark
    fields.writer.endLength(mark)
    isOfPerson = outer
    return isEmpty
  }

  private func write<V: FieldValue>(_ value: V, _ field: VisitedField, _ fields: inout Fields) {
    do throws(WireError) {
      try value.write(&fields)
    } catch {
      fail(error, field)
    }
  }

  /// The value with other numbers; nil, and a failure noted, where what it names has none.
  private func renumbered<V: FieldValue>(_ value: V, _ field: VisitedField) -> V? {
    guard failure == nil, let numbers else { return nil }
    let renumbered: V? =
      if isOfPerson, field.number == 1, let person = value as? UInt64 {
        numbers.person(person) as? V
      } else {
        value.renumbered(by: numbers)
      }
    if renumbered == nil { fail(WireError(.outOfRange, at: 0), field) }
    return renumbered
  }

  private func fail(_ error: WireError, _ field: VisitedField) {
    guard failure == nil else { return }
    var error = error
    error.field = field.name.description
    failure = error
  }
}
