public import DaybookBytes

extension Fields {
  // As with values, reading alone is in line.

  /// Visits a group of fields; a group without content is not written.
  @inlinable
  @inline(always)
  public mutating func visit<P: Payload>(
    _ number: UInt64, _ name: StaticString, _ group: inout P
  ) throws(WireError) {
    guard _fastPath(mode == .reading) else { return try put(number, name, &group) }
    guard try take(number, .bytes, name) else {
      group = P()
      return
    }
    let start = reader.offset
    try readMessage(number, name, &group)
    // The group's length byte alone: it holds nothing.
    if _slowPath(reader.offset == start + 1) {
      note(name)
      throw WireError(.notCanonical, at: start)
    }
  }

  @inlinable
  mutating func put<P: Payload>(
    _ number: UInt64, _ name: StaticString, _ group: inout P
  ) throws(WireError) {
    if mode == .tracing {
      return try traceMessage(number, name, &group, presence: .implicit)
    }
    let before = writer.count
    writeKey(number, .bytes, name)
    let mark = writer.beginLength()
    try writeMessage(&group)
    if writer.count == mark {
      writer.truncate(to: before)
    } else {
      writer.endLength(mark)
    }
  }

  /// Visits a group that may be absent; a present group is written even without content.
  @inlinable
  @inline(always)
  public mutating func visit<P: Payload>(
    _ number: UInt64, _ name: StaticString, _ group: inout P?
  ) throws(WireError) {
    guard _fastPath(mode == .reading) else { return try put(number, name, group) }
    guard try take(number, .bytes, name) else {
      group = nil
      return
    }
    var value = P()
    try readMessage(number, name, &value)
    group = value
  }

  @inlinable
  mutating func put<P: Payload>(
    _ number: UInt64, _ name: StaticString, _ group: P?
  ) throws(WireError) {
    if mode == .writing {
      guard var value = group else { return }
      try writeGroup(number, name, &value)
    } else if var value = group {
      try traceMessage(number, name, &value, presence: .explicit)
    } else {
      try traceAbsentMessage(number, name, P.self)
    }
  }

  /// Writes a group, whatever it holds.
  @inlinable
  mutating func writeGroup<P: Payload>(
    _ number: UInt64, _ name: StaticString, _ group: inout P
  ) throws(WireError) {
    writeKey(number, .bytes, name)
    let mark = writer.beginLength()
    try writeMessage(&group)
    writer.endLength(mark)
  }

  /// Visits a list of groups, a field each.
  @inlinable
  public mutating func visit<P: Payload>(
    _ number: UInt64, _ name: StaticString, _ list: inout Few<P>
  ) throws(WireError) {
    switch mode {
    case .reading:
      list.removeAll()
      while try take(number, .bytes, name) {
        var value = P()
        try readMessage(number, name, &value)
        list.append(value)
        try checkCount(list.count, name)
      }
    case .writing:
      try checkCount(list.count, name)
      // By index: an iterator would copy the whole list.
      for index in 0..<list.count {
        var value = list[index]
        try writeGroup(number, name, &value)
      }
    case .tracing:
      try traceMessages(number, name, &list)
    }
  }

  /// Reads a length and a message of that length into `value`; the outer message goes on behind it.
  @inlinable
  @inline(always)
  mutating func readMessage<P: Payload>(
    _ number: UInt64, _ name: StaticString, _ value: inout P
  ) throws(WireError) {
    do throws(WireError) {
      let length = try readLength()
      try deepen()
      let body = try reader.readBytes(length)
      let rest = reader
      let outerAlternatives = alternatives
      reader = body
      alternatives = 0
      lastNumber = 0
      try value.describe(&self)
      try finish()
      alternatives = outerAlternatives
      reader = rest
      lastNumber = number
      depth -= 1
    } catch {
      note(name)
      throw error
    }
  }

  @inlinable
  mutating func writeMessage<P: Payload>(_ value: inout P) throws(WireError) {
    try deepen()
    let outerAlternatives = alternatives
    alternatives = 0
    try value.describe(&self)
    alternatives = outerAlternatives
    depth -= 1
  }

  @inlinable
  @inline(always)
  mutating func deepen() throws(WireError) {
    depth += 1
    if _slowPath(depth >= PayloadLimits.depth) {
      throw WireError(.tooDeep, at: mode == .reading ? reader.offset : writer.count)
    }
  }
}

// MARK: - Alternatives

/// A payload that never is empty, because it is one of several alternatives, or holds such a one.
///
/// A group of it that is not optional always stands on the wire; bytes without it are refused.
public protocol RequiredGroup: Payload {}

extension Fields {
  /// Visits a group that is there, or the payload is refused.
  @inlinable
  @inline(always)
  public mutating func visit<P: RequiredGroup>(
    _ number: UInt64, _ name: StaticString, _ group: inout P
  ) throws(WireError) {
    guard _fastPath(mode == .reading) else { return try putRequired(number, name, &group) }
    guard try take(number, .bytes, name) else {
      throw notOneAlternative(name)
    }
    try readMessage(number, name, &group)
  }

  @inlinable
  mutating func putRequired<P: RequiredGroup>(
    _ number: UInt64, _ name: StaticString, _ group: inout P
  ) throws(WireError) {
    if mode == .writing {
      try writeGroup(number, name, &group)
    } else {
      try traceMessage(number, name, &group, presence: .implicit)
    }
  }

  /// Visits one of several alternatives with content; `endAlternatives` follows the last.
  ///
  /// A message with alternatives holds nothing else before them, so that in its bytes exactly one
  /// member stands. A present member is written even when its content is the default.
  ///
  /// - Parameters:
  ///   - number: The member's field number.
  ///   - name: The member's name.
  ///   - owner: The value that is one of the alternatives.
  ///   - get: The member's content where it is the one.
  ///   - set: The owner that holds that content.
  @inlinable
  @inline(always)
  public mutating func alternative<Owner, V: FieldValue>(
    _ number: UInt64, _ name: StaticString, _ owner: inout Owner, get: (Owner) -> V?,
    set: (V) -> Owner
  ) throws(WireError) {
    guard _fastPath(mode == .reading) else { return try putAlternative(number, name, get(owner)) }
    guard try take(number, V.wireType, name) else { return }
    owner = set(try read(name))
    alternatives += 1
  }

  @inlinable
  mutating func putAlternative<V: FieldValue>(
    _ number: UInt64, _ name: StaticString, _ value: V?
  ) throws(WireError) {
    if mode == .tracing { return traceValue(number, name, value, presence: .alternative) }
    guard let value else { return }
    alternatives += 1
    writeKey(number, V.wireType, name)
    try value.write(&self)
  }

  /// Visits one of several alternatives whose content is a group.
  @inlinable
  @inline(always)
  public mutating func alternative<Owner, P: Payload>(
    _ number: UInt64, _ name: StaticString, _ owner: inout Owner, get: (Owner) -> P?,
    set: (P) -> Owner
  ) throws(WireError) {
    guard _fastPath(mode == .reading) else { return try putAlternative(number, name, get(owner)) }
    guard try take(number, .bytes, name) else { return }
    var value = P()
    try readMessage(number, name, &value)
    owner = set(value)
    alternatives += 1
  }

  @inlinable
  mutating func putAlternative<P: Payload>(
    _ number: UInt64, _ name: StaticString, _ value: P?
  ) throws(WireError) {
    if mode == .writing {
      guard var value else { return }
      alternatives += 1
      try writeGroup(number, name, &value)
    } else if var value {
      try traceMessage(number, name, &value, presence: .alternative)
    } else {
      try traceAbsentMessage(number, name, P.self, presence: .alternative)
    }
  }

  /// Checks that exactly one alternative was there.
  ///
  /// - Parameter name: The name of the `oneof` in the schema.
  @inlinable
  @inline(always)
  public mutating func endAlternatives(_ name: StaticString) throws(WireError) {
    if _slowPath(mode == .tracing) {
      traceEndOfAlternatives(name)
    } else if _slowPath(alternatives != 1) {
      throw notOneAlternative(name)
    }
  }

  /// The error where not exactly one alternative was found; that of the next key, where it has one: the
  /// alternative may stand behind it.
  @usableFromInline
  mutating func notOneAlternative(_ name: StaticString) -> WireError {
    let offset = mode == .reading ? reader.offset : writer.count
    if mode == .reading, !reader.isAtEnd {
      do throws(WireError) { _ = try readKey() } catch { return error }
    }
    currentName = name
    return WireError(.notOneAlternative, at: offset)
  }
}
