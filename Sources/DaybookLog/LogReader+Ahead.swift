import DaybookBytes
import DaybookEvents
import DaybookValues
import DaybookWorld

/// Records that were read on another thread, with the raw bytes of their frames.
private struct ReadRecords: Sendable {
  var bytes: [UInt8] = []
  var records: [Record] = []

  /// A record, with places in the bytes in the stead of readers of them.
  struct Record: Sendable {
    var header: RecordHeader
    var payload: Range<Int>
    var source: (reference: Range<Int>, digest: CommandDigest)?

    /// - Parameter start: Where the raw bytes of its frame begin.
    init(_ record: RecordView, behind start: Int) {
      func place(_ reader: ByteReader) -> Range<Int> {
        start + reader.offset..<start + reader.offset + reader.remaining
      }
      header = record.header
      payload = place(record.payload)
      source = record.source.map { (place($0.reference), $0.digest) }
    }
  }

  /// Calls `body` with each record, lent in `event`.
  func forEachEvent(in event: inout Event, _ body: (borrowing Event) throws -> Void) throws {
    try withReader(of: bytes) { bytes in
      func reader(_ place: Range<Int>) throws(WireError) -> ByteReader {
        var reader = bytes
        try reader.skip(place.lowerBound)
        return try reader.readBytes(place.count)
      }
      // By index: an iterator would copy each record.
      for index in records.indices {
        event.place.value.header = records[index].header
        event.place.value.payload = try reader(records[index].payload)
        event.place.value.source = try records[index].source.map { (source) throws(WireError) in
          SourceView(reference: try reader(source.reference), digest: source.digest)
        }
        try body(event)
      }
    }
  }
}

/// What comes from the thread that reads ahead.
private enum Delivery: Sendable {
  case records(ReadRecords)
  case end
  case failure(any Error)
}

/// Deliveries in order, a few at a time: who reads ahead waits for who applies, and the other way
/// round.
private final class DeliveryQueue: Sendable {
  private struct State: Sendable {
    var waiting: [Delivery] = []
    var isAbandoned = false
  }

  private let state = Locked(State())
  private let filled = Signal()
  private let free = Signal(count: 8)

  /// Whether nobody takes any more.
  var isAbandoned: Bool { state.withLock { $0.isAbandoned } }

  func put(_ delivery: Delivery) {
    free.wait()
    state.withLock { $0.waiting.append(delivery) }
    filled.signal()
  }

  func take() -> Delivery {
    filled.wait()
    let delivery = state.withLock { $0.waiting.removeFirst() }
    free.signal()
    return delivery
  }

  /// Takes no more: whoever waits to put something finds room for that and the two things that can
  /// follow it.
  func abandon() {
    state.withLock { $0.isAbandoned = true }
    for _ in 0..<3 { free.signal() }
  }
}

extension LogReader {
  /// As `scan(from:through:by:_:)`, on two cores: another thread reads, checks and unpacks the frames
  /// and reads their records' headers ahead, while this one decodes and applies.
  ///
  /// Events come in the same order, and errors where they would come without it.
  func scanAhead(
    from first: Position, through last: Position? = nil, by decoder: EventDecoder,
    _ body: (borrowing Event) throws -> Void
  ) throws {
    let end = min(last ?? durable, durable)
    if first > end { return }
    let queue = DeliveryQueue()
    let outline = outline
    let thread = try WorkerThread(name: "daybook-ahead") {
      LogReader.readAhead(outline, first...end, into: queue)
    }
    defer {
      queue.abandon()
      thread.join()
    }
    var event = Event(decoder)
    while true {
      switch queue.take() {
      case .end: return
      case .failure(let error): throw error
      case .records(let records): try records.forEachEvent(in: &event, body)
      }
    }
  }

  /// Puts all records of `range` into `queue`, and what ended it.
  private static func readAhead(
    _ outline: LogOutline, _ range: ClosedRange<Position>, into queue: DeliveryQueue
  ) {
    // So few that the memory of one delivery serves for another: pages that are new cost more than to
    // hand them over.
    let recordCount = 512
    var log = LogReader(outline)
    var raw = ByteWriter(capacity: 2 * LogLimits.chainBytesMax)
    var records: [ReadRecords.Record] = []
    func deliver() {
      if records.isEmpty { return }
      queue.put(.records(ReadRecords(bytes: raw.bytes, records: records)))
      raw.removeAll()
      records = []
      records.reserveCapacity(recordCount)
    }
    do {
      try log.scanFrames(
        from: range.lowerBound, through: range.upperBound, until: { queue.isAbandoned },
        { scanner, part in
          let start = raw.count
          scanner.appendFrame(to: &raw)
          try scanner.forEachRecord { record in
            if part?.contains(record.header.position) ?? true {
              records.append(ReadRecords.Record(record, behind: start))
            }
          }
          if records.count >= recordCount || raw.count >= LogLimits.chainBytesMax { deliver() }
        })
      deliver()
      queue.put(.end)
    } catch {
      deliver()
      queue.put(.failure(error))
    }
  }
}
