public import DaybookBytes
public import DaybookValues

/// An event being read: its header, and its payload on demand, decoded at most once.
///
/// An event is lent: it is valid for the length of the call that receives it.
@frozen
public struct Event: ~Copyable {
  // Apart: every projector on the way of an event is lent its address, not some 200 bytes.
  @usableFromInline package var place: Apart<RecordView>
  @usableFromInline let decoder: EventDecoder

  /// The record that holds the event.
  @inlinable
  public var record: RecordView { place.value }

  /// All that is known of the event but its payload.
  @inlinable
  public var header: RecordHeader { place.value.header }

  /// The reference of the action that this event begins; nil where none was given.
  public var sourceReference: String? { record.source?.reference.text() }

  /// Lends `record` as an event.
  public init(_ record: RecordView, _ decoder: EventDecoder) {
    place = Apart(record)
    self.decoder = decoder
  }

  /// An event of no record yet, for a loop that lends it one record after the other.
  package init(_ decoder: EventDecoder) {
    self.init(.none, decoder)
  }

  /// The payload.
  ///
  /// - Parameter type: The payload that the header's family and tag name.
  /// - Throws: `WireError` where the bytes are not that payload.
  /// - Complexity: The first call for an event decodes; others, by whoever, copy the result.
  @inlinable
  public func payload<E: EventPayload>(_ type: E.Type = E.self) throws(WireError) -> E {
    try decoder.payload(of: self, as: type)
  }

  /// Reads the payload into `payload`, for what is done with millions of events: a payload that is
  /// returned is copied on its way, some hundred bytes twice.
  ///
  /// - Parameter payload: What stood in it is overwritten; after an error it is half filled, and of
  ///   no use.
  /// - Throws: `WireError` where the bytes are not that payload.
  @inlinable
  public func read<E: EventPayload>(into payload: inout E) throws(WireError) {
    try decoder.read(&payload, of: self)
  }
}

/// Decodes events one after the other and remembers the last.
///
/// However many projectors listen, an event is decoded at most once, and not at all if none asks.
/// One decoder serves one loop over a log; it is not for sharing between threads.
public final class EventDecoder {
  @usableFromInline let state: Owned<State>

  @usableFromInline
  struct State: ~Copyable {
    @usableFromInline var fields = Fields()
    /// The payload decoded last, and the position that it stands at.
    @usableFromInline var last = Slot()
    @usableFromInline var position = Position.start
    @usableFromInline var decodedCount = 0
    @usableFromInline var skippedFields = 0
    @usableFromInline let remembers: Bool

    @usableFromInline
    init(remembers: Bool) { self.remembers = remembers }
  }

  /// Creates a decoder that remembers nothing yet.
  ///
  /// - Parameter listeners: How many may ask for one event: for a single one nothing is remembered.
  public init(listeners: Int = .max) { state = Owned(State(remembers: listeners > 1)) }

  /// Payloads decoded so far.
  public var decodedCount: Int { state.withValue { $0.decodedCount } }

  /// Fields skipped because their numbers allow it.
  public var skippedFields: Int { state.withValue { $0.skippedFields } }

  /// Forgets what was decoded; for a second log, whose positions mean other events.
  public func reset() { state.withValue { $0.position = .start } }

  @inlinable
  func payload<E: EventPayload>(
    of event: borrowing Event, as type: E.Type
  ) throws(WireError) -> E {
    // Decoded where the caller keeps it: what a closure returns would be copied once more.
    var payload = E()
    try read(&payload, of: event)
    return payload
  }

  @inlinable
  func read<E: EventPayload>(
    _ payload: inout E, of event: borrowing Event
  ) throws(WireError) {
    try state.withValue { (state) throws(WireError) in
      if let known = state.known(at: event.record.header.position, as: E.self) {
        payload = known
      } else {
        try state.decode(&payload, of: event)
      }
    }
  }
}

extension EventDecoder.State {
  /// The payload of the event at `position`, where it was the last to be decoded.
  @inlinable
  func known<E: EventPayload>(at position: Position, as type: E.Type) -> E? {
    remembers && self.position == position && position != .start ? last.get(as: type) : nil
  }

  @inlinable
  mutating func decode<E: EventPayload>(
    _ payload: inout E, of event: borrowing Event
  ) throws(WireError) {
    guard event.record.header.family == E.Tag.family, event.record.header.tag == E.tag.rawValue
    else {
      throw WireError(.wrongType, at: 0, field: E.typeName)
    }
    position = .start
    try fields.decode(
      &payload, from: event.record.payload, base: event.record.header.effective.instant)
    decodedCount += 1
    skippedFields += fields.skippedFields
    if remembers {
      last.put(payload)
      position = event.record.header.position
    }
  }
}
