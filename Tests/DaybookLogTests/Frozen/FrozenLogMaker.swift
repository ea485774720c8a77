import DaybookBytes
import DaybookEvents
import DaybookValues
import DaybookWorld

@testable import DaybookLog

/// Makes the logs that are frozen: good ones, what a stop leaves, and one for each kind of damage.
enum FrozenLogMaker {
  /// The logs by their names.
  static var logs: [(name: String, make: (MemoryFileSystem) throws -> Void)] {
    [
      ("good-empty", { _ = try write(frames: 0, on: $0, seed: 1) }),
      ("good-one-segment", { _ = try write(frames: 12, on: $0, seed: 2, options: .small()) }),
      ("good-segments", { _ = try write(frames: 60, on: $0, seed: 3) }),
      ("good-openings", openings), ("good-names", names), ("good-salvaged", salvaged),
      ("good-large-frame", largeFrame), ("good-raw-frames", rawFrames),
      ("good-clock-behind", clockBehind),
      ("good-without-tail", { try ruined($0) { try $0.remove("/book/log/tail") } }),
      ("stop-frame-cut", frameCut), ("stop-frame-above-watermark", aboveWatermark),
      ("stop-footer-and-zeros", { try stoppedRotation($0, keepsZeros: true) }),
      ("stop-sealed-last", { try stoppedRotation($0, keepsZeros: false) }),
      ("stop-empty-successor", { try strangeSuccessor($0, []) }),
      ("stop-zero-successor", { try strangeSuccessor($0, [UInt8](repeating: 0, count: 8192)) }),
      ("stop-segment-in-the-making", inTheMaking),
      ("damage-header", { try flip($0, segment: 1, 70) }),
      ("damage-frame-header", { try flip($0, segment: 1, 4097) }),
      ("damage-frame-body", { try flip($0, segment: 1, 4150) }),
      ("damage-frame-of-last", { try flip($0, segment: nil, 4150) }),
      ("damage-footer", { try flip($0, segment: 1, -30) }),
      ("damage-seal", { try flip($0, segment: 1, -3) }),
      ("damage-tail", { try ruined($0) { $0.flip("/book/log/tail", 9, 0x10) } }),
      ("damage-segment-cut", { try cut($0, segment: 1, to: 4600) }),
      ("damage-last-cut", { try cut($0, segment: nil, to: 4300) }),
      ("damage-last-header-zero", { try ruined($0, headerOfLastGone) }),
      ("damage-segment-missing", { try ruined($0) { try $0.remove($0.segments[1]) } }),
      ("damage-last-missing", { try ruined($0) { try $0.remove($0.segments.last ?? "") } }),
      ("damage-segment-of-another", ofAnother), ("damage-frames-swapped", framesSwapped),
      ("newer-readable", { try newer($0, lowest: 1) }), ("newer", { try newer($0, lowest: 2) }),
      ("feature-unknown", { try feature($0, at: 12) }),
      ("feature-read-only", { try feature($0, at: 16) }),
    ]
  }

  private static let options = LogOptions(
    segmentBytes: 6000, preallocateBytes: 4096, creation: .ifMissing)

  private static func write(
    frames: Int, on disk: MemoryFileSystem, seed: UInt64, options: LogOptions = options
  ) throws -> [Kept] {
    var maker = ActionMaker(seed: seed)
    return try DaybookLogTests.write(
      frames: frames, to: .memory(disk, boot: FrozenLog.boot), maker: &maker, options: options)
  }

  /// A sound log of several segments, to which something is done.
  private static func ruined(
    _ disk: MemoryFileSystem, _ ruin: (MemoryFileSystem) throws -> Void
  ) throws {
    _ = try write(frames: 60, on: disk, seed: 3)
    try ruin(disk)
  }

  private static func flip(_ disk: MemoryFileSystem, segment: Int?, _ place: Int) throws {
    try ruined(disk) { disk in
      let path = disk.segments[(segment ?? disk.segments.count) - 1]
      disk.flip(path, place >= 0 ? place : disk.bytes(path).count + place, 0x10)
    }
  }

  private static func cut(_ disk: MemoryFileSystem, segment: Int?, to count: Int) throws {
    try ruined(disk) { disk in
      let path = disk.segments[(segment ?? disk.segments.count) - 1]
      disk.setBytes(Array(disk.bytes(path).prefix(count)), path)
    }
  }

  /// The last segment begins with zeros, and no page says what was acknowledged.
  private static func headerOfLastGone(_ disk: MemoryFileSystem) throws {
    let path = disk.segments[disk.segments.count - 1]
    disk.setBytes([UInt8](repeating: 0, count: 4096) + disk.bytes(path).dropFirst(4096), path)
    try disk.remove("/book/log/tail")
  }

  // MARK: Good ones

  private static func openings(_ disk: MemoryFileSystem) throws {
    var maker = ActionMaker(seed: 4)
    for _ in 0..<5 {
      _ = try DaybookLogTests.write(
        frames: 3, to: .memory(disk), maker: &maker, options: options)
    }
  }

  private static func names(_ disk: MemoryFileSystem) throws {
    var writer = try LogWriter.open("/book", in: .memory(disk), options: options)
    var header = RecordHeader()
    header.position = Position(1)
    header.stream = NameDeclared.stream
    header.family = NameDeclared.family
    header.tag = NameDeclared.tag
    header.recorded = Instant(milliseconds: 1_772_443_800_000)
    header.effective = Moment(header.recorded, .utc)
    let payload = try NameDeclared(.family, 1000, "animals", schema: [1, 2, 3]).encoded()
    writer.submit(
      EncodedAction(headers: [header], payloads: payload, payloadEnds: [payload.count]))
    header.position = Position(2)
    header.stream = StreamID(StreamKind(1000), 1)
    header.family = FamilyNumber(1000)
    writer.submit(EncodedAction(headers: [header], payloads: [8, 1], payloadEnds: [2]))
    try writer.step()
    writer.close()
  }

  private static func salvaged(_ disk: MemoryFileSystem) throws {
    let damaged = MemoryFileSystem()
    try flip(damaged, segment: 2, 4150)
    for path in damaged.names {
      damaged.setBytes(damaged.bytes(path), path.replacingPrefix("/book", "/old"))
    }
    damaged.addFolders(["/old", "/old/log"])
    for path in damaged.names where path.hasPrefix("/book") { try damaged.remove(path) }
    _ = try LogSalvage.run("/old", to: "/new", in: .memory(damaged))
    disk.addFolders(["/book", "/book/log", "/book/checkpoints", "/book/quarantine"])
    for path in damaged.names where path.hasPrefix("/new/log") {
      // Without most of the room that a salvage takes ahead: it is zeros.
      let bytes = damaged.bytes(path)
      let end = (bytes.lastIndex { $0 != 0 } ?? 0) / 4096 * 4096 + 8192
      disk.setBytes(Array(bytes.prefix(end)), path.replacingPrefix("/new", "/book"))
    }
  }

  private static func largeFrame(_ disk: MemoryFileSystem) throws {
    var maker = ActionMaker(seed: 5)
    var writer = try LogWriter.open("/book", in: .memory(disk), options: options)
    for payloadBytes in [10, 70_000, 10] {
      writer.submit(maker.action(records: 2, payloadBytes: payloadBytes))
      try writer.step()
    }
    writer.close()
  }

  /// Some frames were written under a clock that stood behind what they record.
  private static func clockBehind(_ disk: MemoryFileSystem) throws {
    var maker = ActionMaker(seed: 8)
    for clock in [nil, Instant(milliseconds: 1_772_440_000_000), nil] {
      var writer = try LogWriter.open("/book", in: .memory(disk), options: options)
      for _ in 0..<3 {
        var action = maker.action(records: 2)
        action.clock = clock
        writer.submit(action)
        try writer.step()
      }
      writer.close()
    }
  }

  /// Frames that do not become smaller: their bytes are random.
  private static func rawFrames(_ disk: MemoryFileSystem) throws {
    var maker = ActionMaker(seed: 6)
    var writer = try LogWriter.open("/book", in: .memory(disk), options: options)
    for _ in 0..<4 {
      var action = maker.action(payloadBytes: 60)
      action.payloads = action.payloads.map { _ in UInt8.random(in: 0...255, using: &maker.dice) }
      writer.submit(action)
      try writer.step()
    }
    writer.close()
  }

  // MARK: What a stop leaves

  /// The bytes of an unsynced frame did not all reach the disk.
  private static func frameCut(_ disk: MemoryFileSystem) throws {
    try aboveWatermark(disk)
    let path = disk.segments[0]
    var bytes = disk.bytes(path)
    let end = (bytes.lastIndex { $0 != 0 } ?? 0) + 1
    for index in end - 9..<end { bytes[index] = 0 }
    disk.setBytes(bytes, path)
  }

  /// A whole frame that was never acknowledged: the watermark stands before it, and nobody closed the log.
  private static func aboveWatermark(_ disk: MemoryFileSystem) throws {
    var maker = ActionMaker(seed: 7)
    var writer = try LogWriter.open("/book", in: .memory(disk), options: options)
    var tail: [UInt8] = []
    for _ in 0..<7 {
      tail = disk.bytes("/book/log/tail")
      writer.submit(maker.action(records: 3))
      try writer.step()
    }
    writer.close()
    disk.setBytes(tail, "/book/log/tail")
  }

  /// A rotation ended behind its second step, or its third.
  private static func stoppedRotation(_ disk: MemoryFileSystem, keepsZeros: Bool) throws {
    let count = try write(frames: 60, on: disk, seed: 3).count
    let path = disk.segments[disk.segments.count - 2]
    try disk.remove(disk.segments.last ?? "")
    try disk.remove("/book/log/tail")
    precondition(count > 0)
    if keepsZeros {
      disk.setBytes(disk.bytes(path) + [UInt8](repeating: 0, count: 3000), path)
    }
  }

  private static func strangeSuccessor(_ disk: MemoryFileSystem, _ bytes: [UInt8]) throws {
    let count = try write(frames: 60, on: disk, seed: 3).count
    try disk.remove(disk.segments.last ?? "")
    try disk.remove("/book/log/tail")
    let lastSealed = disk.segments.last ?? ""
    let name = SegmentName(parsing: FilePath.name(of: lastSealed))
    precondition(count > 0 && name != nil)
    disk.setBytes(bytes, "/book/log/00000000000000099999.seg")
  }

  private static func inTheMaking(_ disk: MemoryFileSystem) throws {
    _ = try write(frames: 12, on: disk, seed: 2)
    disk.setBytes([1, 2, 3], "/book/log/00000000000000000099.seg.new")
  }

  // MARK: Damage

  private static func ofAnother(_ disk: MemoryFileSystem) throws {
    let other = MemoryFileSystem()
    var world = World.memory(other)
    world.randomness = SeededRandomness(first: 9)
    var maker = ActionMaker(seed: 3)
    _ = try DaybookLogTests.write(frames: 60, to: world, maker: &maker, options: options)
    try ruined(disk) { $0.setBytes(other.bytes(other.segments[1]), $0.segments[1]) }
  }

  /// The same bytes elsewhere: each frame's checksum knows its place.
  private static func framesSwapped(_ disk: MemoryFileSystem) throws {
    try ruined(disk) { disk in
      let path = disk.segments[0]
      var bytes = disk.bytes(path)
      bytes.replaceSubrange(4096..<4196, with: bytes[4196..<4296])
      disk.setBytes(bytes, path)
    }
  }

  private static func newer(_ disk: MemoryFileSystem, lowest: UInt8) throws {
    try rewriteHeaders(disk) { block in
      block[8] = 2
      block[10] = lowest
    }
  }

  private static func feature(_ disk: MemoryFileSystem, at place: Int) throws {
    try rewriteHeaders(disk) { $0[place] = 1 }
  }

  private static func rewriteHeaders(
    _ disk: MemoryFileSystem, _ change: (inout [UInt8]) -> Void
  ) throws {
    _ = try write(frames: 12, on: disk, seed: 2, options: .small())
    for path in disk.segments {
      var bytes = disk.bytes(path)
      change(&bytes)
      bytes.replaceSubrange(4092..<4096, with: checksum(Array(bytes.prefix(4092))))
      disk.setBytes(bytes, path)
    }
  }
}

extension MemoryFileSystem {
  /// The segments' paths, in order.
  fileprivate var segments: [String] {
    names.filter { $0.hasPrefix("/book/log/") && $0.hasSuffix(".seg") }
  }

  fileprivate func addFolders(_ folders: [String]) {
    state.withLock { $0.folders.formUnion(folders) }
  }
}

extension String {
  fileprivate func replacingPrefix(_ old: String, _ new: String) -> String {
    hasPrefix(old) ? new + dropFirst(old.count) : self
  }
}
