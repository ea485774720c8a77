public import DaybookBytes

extension Fields {
  /// Visits a group of fields; a group without content is not written.
  @inlinable
  public mutating func visit<P: Payload>(
    _ number: UInt64, _ name: StaticString, _ group: inout P
  ) throws(WireError) {
    switch mode {
    case .reading:
      guard try take(number, .bytes, name) else {
        group = P()
        return
      }
      let start = reader.offset
      group = try readMessage()
      // The group's length byte alone: it holds nothing.
      if reader.offset == start + 1 { throw WireError(.notCanonical, at: start) }
      try advance(from: number)
    case .writing:
      let before = writer.count
      writeKey(number, .bytes, name)
      let mark = writer.beginLength()
      try writeMessage(&group)
      if writer.count == mark {
        writer.truncate(to: before)
      } else {
        writer.endLength(mark)
      }
    case .tracing:
      try traceMessage(number, name, &group, presence: .implicit)
    }
  }

  /// Visits a group that may be absent; a present group is written even without content.
  @inlinable
  public mutating func visit<P: Payload>(
    _ number: UInt64, _ name: StaticString, _ group: inout P?
  ) throws(WireError) {
    switch mode {
    case .reading:
      guard try take(number, .bytes, name) else {
        group = nil
        return
      }
      group = try readMessage()
      try advance(from: number)
    case .writing:
      guard var value = group else { return }
      writeKey(number, .bytes, name)
      let mark = writer.beginLength()
      try writeMessage(&value)
      writer.endLength(mark)
    case .tracing:
      if var value = group {
        try traceMessage(number, name, &value, presence: .explicit)
      } else {
        try traceAbsentMessage(number, name, P.self)
      }
    }
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
        list.append(try readMessage())
        try checkCount(list.count)
        try advance(from: number - 1)
      }
    case .writing:
      try checkCount(list.count)
      // By index: an iterator would copy the whole list.
      for index in 0..<list.count {
        var value = list[index]
        writeKey(number, .bytes, name)
        let mark = writer.beginLength()
        try writeMessage(&value)
        writer.endLength(mark)
      }
    case .tracing:
      try traceMessages(number, name, &list)
    }
  }

  /// Reads a length and a message of that length; the outer message goes on behind it.
  @inlinable
  mutating func readMessage<P: Payload>() throws(WireError) -> P {
    let length = try readLength()
    try deepen()
    let body = try reader.readBytes(length)
    let rest = reader
    let outerAlternatives = alternatives
    reader = body
    alternatives = 0
    var value = P()
    try advance(from: 0)
    try value.describe(&self)
    try finish()
    alternatives = outerAlternatives
    reader = rest
    depth -= 1
    return value
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
    if depth >= PayloadLimits.depth {
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
  public mutating func visit<P: RequiredGroup>(
    _ number: UInt64, _ name: StaticString, _ group: inout P
  ) throws(WireError) {
    switch mode {
    case .reading:
      guard try take(number, .bytes, name) else {
        currentName = name
        throw WireError(.notOneAlternative, at: reader.offset)
      }
      group = try readMessage()
      try advance(from: number)
    case .writing:
      writeKey(number, .bytes, name)
      let mark = writer.beginLength()
      try writeMessage(&group)
      writer.endLength(mark)
    case .tracing:
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
    guard mode == .reading else { return try putAlternative(number, name, get(owner)) }
    guard try take(number, V.wireType, name) else { return }
    owner = set(try V.read(&self))
    alternatives += 1
    try advance(from: number)
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
  public mutating func alternative<Owner, P: Payload>(
    _ number: UInt64, _ name: StaticString, _ owner: inout Owner, get: (Owner) -> P?,
    set: (P) -> Owner
  ) throws(WireError) {
    switch mode {
    case .reading:
      guard try take(number, .bytes, name) else { return }
      owner = set(try readMessage())
      alternatives += 1
      try advance(from: number)
    case .writing:
      guard var value = get(owner) else { return }
      alternatives += 1
      writeKey(number, .bytes, name)
      let mark = writer.beginLength()
      try writeMessage(&value)
      writer.endLength(mark)
    case .tracing:
      if var value = get(owner) {
        try traceMessage(number, name, &value, presence: .alternative)
      } else {
        try traceAbsentMessage(number, name, P.self, presence: .alternative)
      }
    }
  }

  /// Checks that exactly one alternative was there.
  ///
  /// - Parameter name: The name of the `oneof` in the schema.
  @inlinable
  public mutating func endAlternatives(_ name: StaticString) throws(WireError) {
    if mode == .tracing {
      traceEndOfAlternatives(name)
    } else if alternatives != 1 {
      currentName = name
      throw WireError(.notOneAlternative, at: mode == .reading ? reader.offset : writer.count)
    }
  }
}
