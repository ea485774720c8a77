public import DaybookBytes

/// A value that stands in one field: a number, a text, a day, an amount.
public protocol FieldValue: Sendable, Equatable {
  /// How its bytes are delimited.
  static var wireType: WireType { get }

  /// How the value is named in the schema.
  static var shape: FieldShape { get }

  /// What an absent field means; such a value is not written.
  static func absent(in fields: borrowing Fields) -> Self

  /// Reads the value behind its key.
  static func read(_ fields: inout Fields) throws(WireError) -> Self

  /// Writes the value behind its key.
  func write(_ fields: inout Fields) throws(WireError)

  /// The value as a person or a program reads it.
  func printed(in fields: borrowing Fields) -> PrintedValue

  /// The value as it is stored.
  func stored(in fields: borrowing Fields) -> PrintedValue

  /// The value that `text` means.
  ///
  /// - Parameters:
  ///   - field: The field's name: where it ends in `Seconds`, it counts them.
  ///   - terms: What names, days and figures mean.
  static func entered(
    _ text: String, field: String, _ terms: any EntryTerms
  ) throws(EntryError) -> Self

  /// How a person enters such a value.
  static var entryForm: EntryForm { get }

  /// The value in a book whose things have other numbers; itself where it names none.
  ///
  /// - Returns: Nil where what it names has no number there.
  func renumbered(by numbers: any Renumbering) -> Self?
}

extension FieldValue {
  /// Most values name nothing.
  public func renumbered(by numbers: any Renumbering) -> Self? { self }
}

/// How a kind of value is named in the schema.
public struct FieldShape: Hashable, Sendable {
  /// The type in the schema: `sint64`, `string`, or an enumeration's name.
  public var typeName: String
  /// The unit, behind the field's name in the schema: `_minor`, `_e4`.
  public var suffix: String
  /// What the stored number counts, as a comment in the schema.
  public var remark: String
  /// The cases of an enumeration with their numbers; empty for every other kind.
  public var cases: [EnumCase]

  /// Describes a kind of value.
  public init(
    _ typeName: String, suffix: String = "", remark: String = "", cases: [EnumCase] = []
  ) {
    self.typeName = typeName
    self.suffix = suffix
    self.remark = remark
    self.cases = cases
  }

  /// One case of an enumeration, as the schema names it.
  public struct EnumCase: Hashable, Sendable {
    /// The name in the schema: `SEX_FEMALE`.
    public var name: String
    /// The number on the wire.
    public var number: UInt32
    /// The name in JSON for people and programs: `female`.
    public var printedName: String
  }
}

extension Fields {
  /// Visits one value; its default is not written.
  @inlinable
  @inline(always)
  public mutating func visit<V: FieldValue>(
    _ number: UInt64, _ name: StaticString, _ value: inout V
  ) throws(WireError) {
    // Reading alone is in line: it is what a replay does most.
    guard _fastPath(mode == .reading) else { return try put(number, name, value) }
    guard try take(number, V.wireType, name) else {
      value = V.absent(in: self)
      return
    }
    value = try read(name)
    if _slowPath(value == V.absent(in: self)) {
      note(name)
      throw WireError(.notCanonical, at: reader.offset)
    }
  }

  @inlinable
  mutating func put<V: FieldValue>(
    _ number: UInt64, _ name: StaticString, _ value: V
  ) throws(WireError) {
    if mode == .tracing { return traceValue(number, name, value, presence: .implicit) }
    if value == V.absent(in: self) { return }
    writeKey(number, V.wireType, name)
    try value.write(&self)
  }

  /// Visits a value that may be absent; a present default is written.
  @inlinable
  @inline(always)
  public mutating func visit<V: FieldValue>(
    _ number: UInt64, _ name: StaticString, _ value: inout V?
  ) throws(WireError) {
    guard _fastPath(mode == .reading) else { return try put(number, name, value) }
    guard try take(number, V.wireType, name) else {
      value = nil
      return
    }
    value = try read(name) as V
  }

  @inlinable
  mutating func put<V: FieldValue>(
    _ number: UInt64, _ name: StaticString, _ value: V?
  ) throws(WireError) {
    if mode == .tracing { return traceValue(number, name, value, presence: .explicit) }
    guard let value else { return }
    writeKey(number, V.wireType, name)
    try value.write(&self)
  }

  /// Visits a list of values: numbers packed into one field, texts in a field each.
  @inlinable
  public mutating func visit<V: FieldValue>(
    _ number: UInt64, _ name: StaticString, _ list: inout Few<V>
  ) throws(WireError) {
    switch mode {
    case .reading:
      list.removeAll()
      if V.wireType == .varint {
        try readPacked(number, name, &list)
      } else {
        while try take(number, .bytes, name) {
          list.append(try read(name))
          try checkCount(list.count, name)
        }
      }
    case .writing:
      try checkCount(list.count, name)
      if list.isEmpty { return }
      if V.wireType == .varint {
        writeKey(number, .bytes, name)
        let mark = writer.beginLength()
        for index in 0..<list.count { try list[index].write(&self) }
        writer.endLength(mark)
      } else {
        for index in 0..<list.count {
          writeKey(number, .bytes, name)
          try list[index].write(&self)
        }
      }
    case .tracing:
      traceList(number, name, list)
    }
  }

  @inlinable
  mutating func readPacked<V: FieldValue>(
    _ number: UInt64, _ name: StaticString, _ list: inout Few<V>
  ) throws(WireError) {
    guard try take(number, .bytes, name) else { return }
    let body: ByteReader
    do throws(WireError) {
      body = try reader.readBytes(try readLength())
    } catch {
      note(name)
      throw error
    }
    // An empty list is not written.
    if body.isAtEnd {
      note(name)
      throw WireError(.notCanonical, at: reader.offset)
    }
    let rest = reader
    reader = body
    while !reader.isAtEnd {
      list.append(try read(name))
      try checkCount(list.count, name)
    }
    reader = rest
  }

  @inlinable
  mutating func checkCount(_ count: Int, _ name: StaticString) throws(WireError) {
    if count > PayloadLimits.listCount {
      note(name)
      throw WireError(
        .tooLarge(count: count, limit: PayloadLimits.listCount),
        at: mode == .reading ? reader.offset : writer.count)
    }
  }
}
