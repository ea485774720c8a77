public import DaybookBytes
public import DaybookValues

/// An action of the past, whole: what a command is decided on that needs more of it than the state
/// keeps.
///
/// It is read back from the log before the decision, so that a decider sees the first writing of an
/// event and stays pure.
public struct RecalledAction: Hashable, Sendable {
  /// The action's events, in order; at least one.
  public let events: [RecalledEvent]

  /// Puts an action together.
  public init(_ events: [RecalledEvent]) { self.events = events }

  /// The event at `position`; nil where it is another action's.
  public func event(at position: Position) -> RecalledEvent? {
    events.first { $0.header.position == position }
  }
}

/// An event of the past, as it stands in the log.
public struct RecalledEvent: Hashable, Sendable {
  /// All that is known of the event but its payload.
  public let header: RecordHeader
  /// The payload's bytes.
  public let payload: [UInt8]

  /// The event of a header.
  public init(_ header: RecordHeader, payload: [UInt8]) {
    self.header = header
    self.payload = payload
  }

  /// The payload; amounts have no currency, which means the clinic's.
  ///
  /// - Throws: `.wrongType` where it is another event; `WireError` where the bytes are not its payload.
  public func decoded<E: EventPayload>(as type: E.Type = E.self) throws(WireError) -> E {
    guard header.family == E.Tag.family, header.tag == E.tag.rawValue else {
      throw WireError(.wrongType, at: 0, field: E.typeName)
    }
    return try E(decoding: payload, base: header.effective.instant)
  }
}
