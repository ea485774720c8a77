import DaybookBytes
import DaybookEvents
import DaybookLog
import DaybookValues
import DaybookWorld

/// Random bytes that are the same in every run.
struct SeededRandomness: Randomness {
  var first: UInt8 = 1

  func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: $0) &* 37 &+ first }
  }
}

struct StoppedClock: WallClock {
  var instant = Instant(milliseconds: 1_772_443_800_000)

  func now() -> Instant { instant }

  /// Later than anything that a test records, so that no clock stands behind its log.
  static let late = StoppedClock(instant: Instant(milliseconds: 2_000_000_000_000))
}

struct NoZones: TimeZones {
  func transitions(
    of zone: String, from: Day, through: Day
  ) throws(TimeZoneError) -> [OffsetChange] { [] }
}

extension World {
  static func memory(_ disk: MemoryFileSystem, boot: UInt64 = 1, pid: Int32 = 4242) -> World {
    on(disk, boot: boot, pid: pid)
  }

  /// A world of which the disk alone may be real.
  static func on(_ disk: any FileSystem, boot: UInt64 = 1, pid: Int32 = 4242) -> World {
    World(
      files: disk, clock: StoppedClock.late, randomness: SeededRandomness(), zones: NoZones(),
      process: ProcessFacts(processID: pid, boot: BootID(high: boot, low: boot)))
  }
}

/// A small linear congruential generator: its seed is all that a failing run needs.
struct Dice: RandomNumberGenerator {
  var state: UInt64

  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state &* 0x2545_F491_4F6C_DD1D
  }
}

/// A record as a test keeps it.
struct Kept: Equatable {
  var header: RecordHeader
  var payload: [UInt8]
  var reference: String?
  var digest: CommandDigest?

  init(_ view: RecordView) {
    header = view.header
    payload = view.payload.copyRemaining()
    reference = view.source?.reference.text()
    digest = view.source?.digest
  }
}

/// Makes actions whose headers follow each other as a desk would make them.
struct ActionMaker {
  var dice: Dice
  var position: UInt64 = 0
  var recorded: Int64 = 1_772_443_800_000
  var streams: [StreamID: (version: UInt64, previous: Position)] = [:]

  init(seed: UInt64) { dice = Dice(seed) }

  mutating func action(records: Int = 1, payloadBytes: Int? = nil) -> EncodedAction {
    recorded += Int64.random(in: 0...90_000, using: &dice)
    var headers: [RecordHeader] = []
    var payloads: [UInt8] = []
    var ends: [Int] = []
    for index in 0..<records {
      headers.append(header(index: index, of: records))
      let count = payloadBytes ?? Int.random(in: 0...40, using: &dice)
      for byte in 0..<count {
        payloads.append(byte % 3 == 0 ? UInt8.random(in: 0...255, using: &dice) : UInt8(byte & 7))
      }
      ends.append(payloads.count)
    }
    var source: ActionSource?
    if Int.random(in: 0..<3, using: &dice) == 0 {
      source = ActionSource(
        reference: Bool.random(using: &dice) ? "row-\(position)" : "",
        digest: CommandDigest(low: dice.next(), high: dice.next()))
    }
    return EncodedAction(headers: headers, payloads: payloads, payloadEnds: ends, source: source)
  }

  private mutating func header(index: Int, of count: Int) -> RecordHeader {
    position += 1
    var header = RecordHeader()
    header.position = Position(position)
    header.actionIndex = UInt32(index)
    header.actionCount = UInt32(count)
    let family = UInt16.random(in: 1...12, using: &dice)
    let kind = Bool.random(using: &dice) ? family : UInt16.random(in: 1...1200, using: &dice)
    header.stream = StreamID(StreamKind(kind), UInt64.random(in: 1...50, using: &dice))
    let last = streams[header.stream] ?? (0, .start)
    header.version = last.version + 1
    header.previous = last.previous
    streams[header.stream] = (header.version, header.position)
    header.family = FamilyNumber(family)
    header.tag = UInt16.random(in: 0...40, using: &dice)
    header.clinic = UInt64.random(in: 0...2, using: &dice)
    header.recorded = Instant(milliseconds: recorded)
    header.effective = Moment(
      Instant(milliseconds: effective()),
      UTCOffset(seconds: Bool.random(using: &dice) ? 3600 : -12_600))
    header.actor = Actor(rawValue: UInt64.random(in: 0...9, using: &dice))
    header.role = Role(UInt16.random(in: 0...4, using: &dice))
    header.correlation = Bool.random(using: &dice) ? 0 : UInt64.random(in: 1...99, using: &dice)
    if index > 0 { header.cause = Position(position - UInt64(index)) }
    return header
  }

  private mutating func effective() -> Int64 {
    switch Int.random(in: 0..<5, using: &dice) {
    case 0: recorded
    case 1: recorded / 60_000 * 60_000
    case 2: recorded / 1000 * 1000 - 86_400_000
    case 3: -1_000_000_007
    default: recorded - 5
    }
  }
}

/// The records of an action as a reader should find them.
func kept(_ action: EncodedAction) -> [Kept] {
  var start = 0
  var records: [Kept] = []
  for (index, header) in action.headers.enumerated() {
    let end = action.payloadEnds[index]
    let payload = Array(action.payloads[start..<end])
    start = end
    let record = withReader(of: payload) { Kept(RecordView(header: header, payload: $0)) }
    records.append(record)
  }
  if let source = action.source {
    records[0].reference = source.reference
    records[0].digest = source.digest
  }
  return records
}

/// All that a reader finds.
func readAll(_ world: World, _ directory: String = "/book") throws -> [Kept] {
  var reader = try LogReader(directory, in: world)
  var found: [Kept] = []
  try reader.scan(from: Position(1)) { found.append(Kept($0)) }
  return found
}

extension LogOptions {
  /// Small steps, so that a test sees many of them.
  static func small(
    segmentBytes: UInt64 = 1 << 20, _ creation: Creation = .ifMissing
  ) -> LogOptions {
    LogOptions(segmentBytes: segmentBytes, preallocateBytes: 16 << 10, creation: creation)
  }
}

/// Writes `frames` frames of a few actions each and returns their records.
func write(
  frames: Int, to world: World, maker: inout ActionMaker, options: LogOptions = .small(),
  _ directory: String = "/book"
) throws -> [Kept] {
  var writer = try LogWriter.open(directory, in: world, options: options)
  var written: [Kept] = []
  for _ in 0..<frames {
    for _ in 0..<Int.random(in: 1...3, using: &maker.dice) {
      let action = maker.action(records: Int.random(in: 1...4, using: &maker.dice))
      written += kept(action)
      writer.submit(action)
    }
    try writer.step()
  }
  writer.close()
  return written
}
