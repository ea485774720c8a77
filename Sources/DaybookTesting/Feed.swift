import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// Gives events to a read model as a log would, one action each: positions and versions are dense.
public struct Feed<Model: ReadModel> {
  /// The model as it stands.
  public var model: Model
  /// The position of the last event.
  public private(set) var position = Position.start
  private var versions: [StreamID: UInt64] = [:]
  private let decoder = EventDecoder()

  /// Feeds `model`, which has taken nothing in yet.
  public init(_ model: Model) { self.model = model }

  /// Appends `event` at `time`, as RFC 3339 has it.
  ///
  /// - Parameters:
  ///   - number: Which stream of the event's kind.
  ///   - visit: What the action correlates with; 0 for nothing.
  ///   - reference: The source reference of the action.
  /// - Throws: what the model throws.
  @discardableResult
  public mutating func append<E: EventPayload>(
    _ event: E, to number: UInt64, at time: String, clinic: UInt64 = 1, visit: UInt64 = 0,
    reference: String? = nil
  ) throws -> Position {
    try append(
      event, onStream: StreamID(E.streamKind, number), at: time, clinic: clinic, visit: visit,
      reference: reference)
  }

  /// The same, on whatever stream.
  @discardableResult
  public mutating func append<E: EventPayload>(
    _ event: E, onStream stream: StreamID, at time: String, clinic: UInt64 = 1,
    visit: UInt64 = 0, reference: String? = nil
  ) throws -> Position {
    position = position.next
    var header = RecordHeader()
    header.position = position
    header.stream = stream
    versions[header.stream, default: 0] += 1
    header.version = versions[header.stream, default: 1]
    header.family = E.Tag.family
    header.tag = E.tag.rawValue
    header.clinic = clinic
    header.correlation = visit
    header.effective = try Moment(parsing: time)
    let payload = try event.encoded(base: header.effective.instant)
    try withReader(of: payload) { payload in
      try withReader(of: Array((reference ?? "").utf8)) { source in
        let record = RecordView(
          header: header, payload: payload,
          source: reference == nil
            ? nil : SourceView(reference: source, digest: CommandDigest(low: 1, high: 2)))
        try model.apply(Event(record, decoder))
      }
    }
    return position
  }
}
