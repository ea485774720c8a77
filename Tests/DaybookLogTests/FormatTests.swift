import DaybookBytes
import DaybookEvents
import DaybookValues
import DaybookWorld
import Testing

@testable import DaybookLog

@Suite struct `Format.md` {
  let examples: FormatExamples
  let records: [EncodedAction]

  init() throws {
    var folder = FilePath.folder(of: #filePath)
    for _ in 0..<2 { folder = FilePath.folder(of: folder) }
    let path = FilePath.join(folder, "Sources/DaybookLog/DaybookLog.docc/Format.md")
    let bytes = try LiveFileSystem().bytes(of: path, atMost: 1 << 20)
    examples = try FormatExamples(String(decoding: bytes, as: UTF8.self))
    records = Self.actions()
  }

  /// The three records of the examples, as two actions.
  static func actions() -> [EncodedAction] {
    let start: Int64 = 1_772_443_800_000
    var first = RecordHeader()
    first.position = Position(1)
    first.stream = StreamID(StreamKind(12), 17)
    first.family = FamilyNumber(12)
    first.tag = 1
    first.clinic = 1
    first.recorded = Instant(milliseconds: start + 65_123)
    first.effective = Moment(Instant(milliseconds: start + 60_000), UTCOffset(seconds: 3600))
    first.actor = Actor(rawValue: 7)
    first.role = Role(2)
    let ada: [UInt8] = [8, 0x11, 0x12, 9] + Array("Ada Byron".utf8)
    let therapy: [UInt8] = [0x1a, 13] + Array("hydrotherapy1".utf8)

    var second = first
    second.position = Position(2)
    second.actionCount = 2
    second.stream = StreamID(StreamKind(20), 4)
    second.family = FamilyNumber(20)
    second.recorded = Instant(milliseconds: start + 185_000)
    second.effective.instant = Instant(milliseconds: start + 180_000)
    second.correlation = 4

    var third = second
    third.position = Position(3)
    third.actionIndex = 1
    third.stream = first.stream
    third.family = first.family
    third.version = 2
    third.previous = Position(1)
    third.tag = 40
    third.effective.instant = third.recorded
    third.cause = Position(2)

    let payload: [UInt8] = [8, 4, 0x10, 0x11] + therapy
    let source = ActionSource(
      reference: "desk-1:0001",
      digest: CommandDigest(low: 0xa7a6_a5a4_a3a2_a1a0, high: 0xafae_adac_abaa_a9a8))
    return [
      EncodedAction(headers: [first], payloads: ada, payloadEnds: [ada.count], source: source),
      EncodedAction(
        headers: [second, third], payloads: payload + ada + therapy,
        payloadEnds: [payload.count, payload.count + ada.count + therapy.count]),
    ]
  }

  private func exampleDisk() throws -> MemoryFileSystem {
    let disk = MemoryFileSystem()
    let folders = ["/book", "/book/log", "/book/checkpoints", "/book/quarantine"]
    for folder in folders { try disk.createDirectory(folder) }
    let parts = ["segment-header", "frame-1", "frame-2", "footer"]
    let segment = try parts.flatMap { try examples.bytes($0) }
    disk.setBytes(segment, "/book/log/00000000000000000001.seg")
    disk.setBytes(try examples.bytes("tail"), "/book/log/tail")
    return disk
  }

  @Test func `the example log is read as its text says`() throws {
    let world = World.memory(try exampleDisk())
    #expect(try readAll(world) == records.flatMap { kept($0) })
    var reader = try LogReader("/book", in: world)
    #expect(reader.logID.description == "101112131415161718191a1b1c1d1e1f")
    #expect(reader.durable == Position(3))
    let last = try reader.record(at: Position(3)) { Kept($0) }
    #expect(last == kept(records[1])[1])
  }

  @Test func `every check of the example log passes`() throws {
    let world = World.memory(try exampleDisk())
    let checks = try checks(world)
    #expect(checks.allSatisfy { $0.passed }, "\(checks)")
    #expect(
      checks.map { $0.name } == [
        "watermark", "header", "order", "frames", "footer", "hash",
      ])
  }

  @Test func `the writer makes the bytes of the examples`() throws {
    let disk = MemoryFileSystem()
    var world = World.memory(disk)
    world.randomness = ExampleRandomness()
    world.clock = StoppedClock()
    // The third frame does not fit, and seals the segment.
    let options = LogOptions(segmentBytes: 4240, preallocateBytes: 8192, creation: .mustBeNew)
    var writer = try LogWriter.open("/book", in: world, options: options)
    for action in records {
      writer.submit(action)
      try writer.step()
    }
    let tail = disk.bytes("/book/log/tail")
    #expect(Array(tail[8..<16]) == Array(try examples.bytes("tail")[8..<16]))
    var fourth = records[0]
    fourth.headers[0].position = Position(4)
    fourth.headers[0].version = 3
    fourth.headers[0].previous = Position(3)
    fourth.headers[0].recorded = records[1].headers[1].recorded
    writer.submit(fourth)
    try writer.step()
    writer.close()

    let bytes = disk.bytes("/book/log/00000000000000000001.seg")
    let header = try examples.bytes("segment-header")
    let first = try examples.bytes("frame-1")
    #expect(Array(bytes.prefix(4096)) == header)
    #expect(Array(bytes.dropFirst(4096).prefix(first.count)) == first)
    // Another release of the LZ4 library may compress otherwise, and is as good.
    let second = try examples.bytes("frame-2")
    if Array(bytes.dropFirst(4096 + first.count).prefix(second.count)) == second {
      #expect(Array(bytes.dropFirst(4096 + first.count + second.count)) == examples("footer"))
    }
  }

  private func examples(_ name: String) -> [UInt8] { (try? examples.bytes(name)) ?? [] }

  @Test func `the raw bytes of the second frame are its records`() throws {
    let raw = try examples.bytes("frame-2-raw")
    try withReader(of: raw) { bytes in
      let base = RecordBase(records[0].headers[0])
      var found = FrameRecords(bytes, base: base, first: 2, count: 2)
      var record = RecordView.none
      for expected in kept(records[1]) {
        try found.next(into: &record)
        #expect(record.header == expected.header)
        #expect(record.payload.copyRemaining() == expected.payload)
      }
      try found.finish()
    }
  }

  @Test func `the canonical records are those of the text, and so is their digest`() throws {
    var reader = try LogReader("/book", in: .memory(try exampleDisk()))
    var output = ByteWriter()
    var digest = LogDigest()
    try reader.scan(from: Position(1)) {
      CanonicalRecord.append($0, to: &output)
      digest.add($0)
    }
    #expect(output.bytes == examples("canonical"))
    let value = digest.value().description
    #expect(examples.text.contains(value))
  }

  @Test func `a checksum is CRC-32C`() {
    #expect(CRC32C.checksum(Array("123456789".utf8).span) == 0xe306_9283)
  }
}

private struct ExampleRandomness: Randomness {
  func bytes(_ count: Int) -> [UInt8] {
    count == 8
      ? Array("nonce001".utf8)
      : Array(0x10..<0x20) + [0x0b, 0x0d, 0xed, 0x5e]
  }
}

/// All checks of a log.
func checks(_ world: World, _ directory: String = "/book") throws -> [LogCheck] {
  var found: [LogCheck] = []
  let passed = try LogVerifier.verify(directory, in: world) { found.append($0) }
  #expect(passed == found.allSatisfy { $0.passed })
  return found
}
