public import DaybookBytes
public import DaybookEvents

/// An event with its bytes, to be kept and passed on: what a sequence of events gives.
public struct RecordedEvent: Sendable {
  /// All that is known of the event but its payload.
  public let header: RecordHeader
  /// The reference of the action that this event begins; nil where none was given.
  public let sourceReference: String?
  /// The digest of the command that made the action, where this event begins one that has it.
  public let commandDigest: CommandDigest?
  /// The payload as it is stored.
  public let payloadBytes: [UInt8]

  /// A copy of `record`.
  public init(_ record: RecordView) {
    header = record.header
    sourceReference = record.source?.reference.text()
    commandDigest = record.source?.digest
    payloadBytes = record.payload.copyRemaining()
  }

  /// The payload.
  ///
  /// - Parameter type: The payload that the header's family and tag name.
  /// - Throws: `WireError` where the bytes are not that payload.
  /// - Complexity: Each call decodes.
  public func payload<E: EventPayload>(_ type: E.Type = E.self) throws(WireError) -> E {
    try withReader(of: payloadBytes) { (bytes) throws(WireError) in
      try Event(RecordView(header: header, payload: bytes), EventDecoder(listeners: 1))
        .payload(type)
    }
  }

  /// Lends the event to `body`, as a read model takes it.
  ///
  /// - Parameter decoder: Decodes it; one serves a whole sequence.
  public func withEvent<Result>(
    _ decoder: EventDecoder, _ body: (borrowing Event) throws -> Result
  ) rethrows -> Result {
    try withReader(of: payloadBytes) { bytes in
      guard let sourceReference, let commandDigest else {
        return try body(Event(RecordView(header: header, payload: bytes), decoder))
      }
      return try withReader(of: Array(sourceReference.utf8)) { reference in
        let source = SourceView(reference: reference, digest: commandDigest)
        return try body(Event(RecordView(header: header, payload: bytes, source: source), decoder))
      }
    }
  }
}
