import DaybookBytes
import DaybookEvents
import DaybookValues
import DaybookWorld

/// Records that were read on another thread, with the raw bytes of their frames.
///
/// As small as can be: what one core has written and another reads is what two cores cost.
private struct ReadRecords: Sendable {
  /// A record, with its place in the bytes in the stead of a reader of them.
  struct Record: Sendable {
    var header: RecordHeader
    var payloadStart: UInt32
    var payloadEnd: UInt32
  }

  /// What an action was made from, which only some have.
  struct Source: Sendable {
    /// Which of the records bears it.
    var record: Int
    var reference: Range<Int>
    var digest: CommandDigest
  }

  var bytes: [UInt8] = []
  var records: [Record] = []
  var sources: [Source] = []
  /// Whether nothing comes behind them, or what has ended the reading.
  var isLast = false
  var failure: (any Error)?

  /// Takes a record in, whose frame begins at `start` of the bytes.
  mutating func add(_ record: RecordView, behind start: Int) {
    func place(_ reader: ByteReader) -> Range<Int> {
      start + reader.offset..<start + reader.offset + reader.remaining
    }
    let payload = place(record.payload)
    if let source = record.source {
      sources.append(
        Source(
          record: records.count, reference: place(source.reference), digest: source.digest))
    }
    records.append(
      Record(
        header: record.header, payloadStart: UInt32(payload.lowerBound),
        payloadEnd: UInt32(payload.upperBound)))
  }

  /// Keeps the memory, which serves again: pages that are new cost more than to read.
  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    records.removeAll(keepingCapacity: true)
    sources.removeAll(keepingCapacity: true)
  }

  /// Calls `body` with each record, lent in `event`.
  func forEachEvent(in event: inout Event, _ body: (borrowing Event) throws -> Void) throws {
    try withReader(of: bytes) { bytes in
      func reader(_ place: Range<Int>) throws(WireError) -> ByteReader {
        var reader = bytes
        try reader.skip(place.lowerBound)
        return try reader.readBytes(place.count)
      }
      var nextSource = 0
      // By index: an iterator would copy each record.
      for index in records.indices {
        event.place.value.header = records[index].header
        event.place.value.payload = try reader(
          Int(records[index].payloadStart)..<Int(records[index].payloadEnd))
        event.place.value.source = nil
        if nextSource < sources.count, sources[nextSource].record == index {
          event.place.value.source = SourceView(
            reference: try reader(sources[nextSource].reference),
            digest: sources[nextSource].digest)
          nextSource += 1
        }
        try body(event)
      }
    }
  }
}

/// A few deliveries in a ring: who reads ahead waits for who applies, and the other way round.
///
/// Both exchange what they have for what stands in the next place, so that all memory serves again, and
/// wait a moment before they sleep: to wake a thread takes longer than to read a delivery.
private final class DeliveryRing: Sendable {
  private static let depth = 4
  private static let patience: Int64 = 100_000

  private let places = (0..<depth).map { _ in Locked(ReadRecords()) }
  private let filled = Signal()
  private let free = Signal(count: depth)
  private let abandoned = Locked(false)

  /// Puts the delivery of that number in its place, and gives what stood there.
  ///
  /// - Returns: Whether anybody takes it.
  func put(_ records: inout ReadRecords, _ number: Int) -> Bool {
    if !free.spin(nanoseconds: Self.patience) { free.wait() }
    if abandoned.withLock({ $0 }) { return false }
    exchange(&records, number)
    filled.signal()
    return true
  }

  /// Gives the delivery of that number for what has been applied.
  func take(_ records: inout ReadRecords, _ number: Int) {
    if !filled.spin(nanoseconds: Self.patience) { filled.wait() }
    exchange(&records, number)
    free.signal()
  }

  private func exchange(_ records: inout ReadRecords, _ number: Int) {
    let given = records
    records = places[number % Self.depth].withLock { place in
      defer { place = given }
      return place
    }
  }

  /// Takes no more: whoever waits to put something is told so.
  func abandon() {
    abandoned.withLock { $0 = true }
    free.signal()
  }
}

/// Who reads ahead: records go into a delivery until there are enough of them.
private struct AheadReader {
  // So few that what is handed over is still in the processor's cache.
  private static let recordCount = 512

  private let ring: DeliveryRing
  private var delivery = ReadRecords()
  private var number = 0
  private var isWanted = true

  init(_ ring: DeliveryRing) { self.ring = ring }

  /// Puts all records of `range` into the ring, and what ended it.
  mutating func read(_ outline: LogOutline, _ range: ClosedRange<Position>) {
    var log = LogReader(outline)
    do {
      try log.scanFrames(
        from: range.lowerBound, through: range.upperBound, until: { !isWanted },
        { scanner, part in try take(&scanner, part) })
    } catch {
      delivery.failure = error
    }
    delivery.isLast = true
    if isWanted { deliver() }
  }

  private mutating func take(
    _ scanner: inout FrameScanner, _ part: ClosedRange<Position>?
  ) throws {
    let start = delivery.bytes.count
    scanner.appendFrame(to: &delivery.bytes)
    try scanner.forEachRecord { record in
      if part?.contains(record.header.position) ?? true { delivery.add(record, behind: start) }
    }
    if delivery.records.count >= Self.recordCount
      || delivery.bytes.count >= LogLimits.chainBytesMax
    {
      deliver()
    }
  }

  private mutating func deliver() {
    isWanted = ring.put(&delivery, number)
    number += 1
    delivery.removeAll()
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
    let ring = DeliveryRing()
    let outline = outline
    let thread = try WorkerThread(name: "daybook-ahead") {
      var reader = AheadReader(ring)
      reader.read(outline, first...end)
    }
    defer {
      ring.abandon()
      thread.join()
    }
    var event = Event(decoder)
    var records = ReadRecords()
    var number = 0
    repeat {
      ring.take(&records, number)
      number += 1
      try records.forEachEvent(in: &event, body)
      if let failure = records.failure { throw failure }
    } while !records.isLast
  }
}
