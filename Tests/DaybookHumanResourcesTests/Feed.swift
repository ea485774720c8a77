import DaybookBytes
import DaybookClinicEvents
import DaybookEvents
import DaybookHumanResources
import DaybookValues

/// Gives events to a read model as a log would, one action each.
struct Feed<Model: ReadModel> {
  var model: Model
  private(set) var position = Position.start
  private var versions: [StreamID: UInt64] = [:]
  private let decoder = EventDecoder()

  init(_ model: Model) { self.model = model }

  /// Appends `event` at `time`, as RFC 3339 has it.
  @discardableResult
  mutating func append<E: EventPayload>(
    _ event: E, to number: UInt64, at time: String, clinic: UInt64 = 1, visit: UInt64 = 0,
    reference: String? = nil
  ) throws -> Position {
    position = position.next
    var header = RecordHeader()
    header.position = position
    header.stream = StreamID(E.streamKind, number)
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

func day(_ text: String) throws -> Day { try Day(parsing: text) }
func time(_ text: String) throws -> Instant { try Instant(parsing: text) }
