import DaybookEvents
import DaybookLog
import DaybookValues
import DaybookWorld
import Testing

@Suite struct `Failures of the disk` {
  /// Writes until something fails, or to the end.
  ///
  /// - Returns: What was submitted, and the last position that was acknowledged.
  private func run(
    _ world: World, _ maker: inout ActionMaker
  ) -> (submitted: [Kept], acknowledged: Int, error: LogError?) {
    var submitted: [Kept] = []
    var acknowledged = 0
    do throws(LogError) {
      var writer = try LogWriter.open(
        "/book", in: world,
        options: LogOptions(segmentBytes: 5200, preallocateBytes: 4096, creation: .ifMissing))
      for _ in 0..<24 {
        let action = maker.action(records: Int.random(in: 1...3, using: &maker.dice))
        submitted += kept(action)
        writer.submit(action)
        acknowledged = Int(try writer.step().number)
      }
      writer.close()
    } catch {
      return (submitted, acknowledged, error)
    }
    return (submitted, acknowledged, nil)
  }

  static let parts = 4

  @Test(arguments: 0..<parts)
  func `a stop at any change of the disk loses nothing acknowledged`(_ part: Int) throws {
    var stop = part
    var failures = 0
    while true {
      let disk = MemoryFileSystem()
      disk.fail(after: stop)
      var maker = ActionMaker(seed: 77)
      let ran = run(.memory(disk), &maker)
      disk.heal()
      guard ran.error != nil else { break }
      failures += 1
      try reopen(disk, ran.submitted, ran.acknowledged, "stop \(stop)")
      stop += Self.parts
    }
    #expect(failures > 20)
  }

  private func reopen(
    _ disk: MemoryFileSystem, _ submitted: [Kept], _ acknowledged: Int, _ what: Comment
  ) throws {
    for boot in 1...2 {
      let disk = disk.copy()
      let world = World.memory(disk, boot: UInt64(boot))
      var writer = try LogWriter.open("/book", in: world, options: .small())
      let count = Int(writer.watermark.number)
      #expect(count >= acknowledged, what)
      #expect(count == 0 || submitted[count - 1].header.endsAction, what)
      var maker = ActionMaker(seed: 78)
      maker.position = UInt64(count)
      maker.recorded = writer.lastRecorded.milliseconds + 1
      // A stream of its own: what the lost records left open does not matter here.
      var action = maker.action()
      action.headers[0].stream = StreamID(StreamKind(2000), 1)
      writer.submit(action)
      try writer.step()
      writer.close()
      let expected = Array(submitted.prefix(count)) + kept(action)
      #expect(try readAll(world) == expected, what)
      let failed = try checks(world).filter { !$0.passed }
      #expect(failed.isEmpty, what)
    }
  }

  @Test(arguments: ["write", "sync"])
  func `a failed write or sync closes the writer for good`(_ operation: String) throws {
    let disk = MemoryFileSystem()
    var maker = ActionMaker(seed: 1)
    var writer = try LogWriter.open("/book", in: .memory(disk), options: .small())
    writer.submit(maker.action())
    try writer.step()
    let before = writer.watermark
    disk.fail(after: 0, at: [operation])
    writer.submit(maker.action())
    let error = #expect(throws: LogError.self) { try writer.step() }
    #expect(error?.kind == .file)
    disk.heal()
    for _ in 0..<2 {
      let error = #expect(throws: LogError.self) { try writer.step() }
      #expect(error?.kind == .closed)
    }
    #expect(writer.watermark == before)
    writer.close()
  }

  @Test func `a full disk refuses a step and lets the next one pass`() throws {
    let disk = MemoryFileSystem()
    let world = World.memory(disk)
    var maker = ActionMaker(seed: 2)
    var writer = try LogWriter.open(
      "/book", in: world, options: LogOptions(preallocateBytes: 4096, creation: .mustBeNew))
    let first = maker.action(payloadBytes: 900)
    writer.submit(first)
    disk.fail(after: 0, .noSpace, at: ["allocate"])
    let error = #expect(throws: LogError.self) { try writer.step() }
    #expect(error?.kind == .diskFull)
    let second = maker.action(payloadBytes: 900)
    writer.submit(second)
    disk.heal()
    #expect(try writer.step() == Position(2))
    writer.close()
    #expect(try readAll(world) == kept(first) + kept(second))
  }

  @Test func `without a sync the watermark does not move`() throws {
    let disk = MemoryFileSystem()
    let world = World.memory(disk)
    var maker = ActionMaker(seed: 2)
    var options = LogOptions.small()
    options.durability = .none
    var writer = try LogWriter.open("/book", in: world, options: options)
    let action = maker.action(records: 3)
    writer.submit(action)
    #expect(try writer.step() == .start)
    #expect(try readAll(world).isEmpty)
    try writer.sync()
    #expect(writer.watermark == Position(3))
    #expect(try readAll(world) == kept(action))
    writer.close()
  }

  @Test func `what a killed writer did not acknowledge is written again before it counts`() throws {
    let disk = MemoryFileSystem()
    var maker = ActionMaker(seed: 6)
    let first = try write(frames: 3, to: .memory(disk), maker: &maker)
    let tail = disk.bytes("/book/log/tail")
    let second = try write(frames: 1, to: .memory(disk), maker: &maker)
    // As if killed between the sync and the watermark: the page says what it said before.
    disk.setBytes(tail, "/book/log/tail")
    #expect(try readAll(.memory(disk)) == first)
    let writer = try LogWriter.open("/book", in: .memory(disk), options: .small(.never))
    #expect(writer.recovery.rewrittenBytes > 0)
    #expect(writer.recovery.watermarkFound == Position(UInt64(first.count)))
    writer.close()
    #expect(try readAll(.memory(disk)) == first + second)
  }
}

@Suite struct `Opening` {
  @Test func `a second writer is refused with the holder's number`() throws {
    let world = World.memory(MemoryFileSystem())
    let writer = try LogWriter.open("/book", in: world, options: .small())
    let error = #expect(throws: LogError.self) {
      let second = try LogWriter.open("/book", in: world, options: .small(.never))
      second.close()
    }
    #expect(error?.kind == .locked(pid: 77))
    #expect(error?.description.contains("77") == true)
    writer.close()
    let third = try LogWriter.open("/book", in: world, options: .small(.never))
    third.close()
  }

  @Test func `no log is made unless asked for, nor over another`() throws {
    let disk = MemoryFileSystem()
    let world = World.memory(disk)
    let missing = #expect(throws: LogError.self) {
      let writer = try LogWriter.open("/book", in: world, options: .small(.never))
      writer.close()
    }
    #expect(missing?.kind == .noLog)
    #expect(disk.names.isEmpty)
    #expect(throws: LogError.self) { try readAll(world) }
    let writer = try LogWriter.open("/book", in: world, options: .small())
    writer.close()
    let there = #expect(throws: LogError.self) {
      let writer = try LogWriter.open("/book", in: world, options: .small(.mustBeNew))
      writer.close()
    }
    #expect(there?.kind == .alreadyExists)
  }

  @Test func `a lost first segment is damage, and not a new log`() throws {
    let disk = MemoryFileSystem()
    var maker = ActionMaker(seed: 9)
    _ = try write(frames: 2, to: .memory(disk), maker: &maker)
    try disk.remove("/book/log/00000000000000000001.seg")
    let error = #expect(throws: LogError.self) {
      let writer = try LogWriter.open("/book", in: .memory(disk), options: .small())
      writer.close()
    }
    #expect(error?.kind == .endsBelowWatermark)
  }

  @Test func `a missing segment in the middle is named`() throws {
    let disk = MemoryFileSystem()
    var maker = ActionMaker(seed: 9)
    _ = try write(
      frames: 90, to: .memory(disk), maker: &maker, options: .small(segmentBytes: 6000))
    let segments = disk.names.filter { $0.hasSuffix(".seg") }
    #expect(segments.count > 3)
    try disk.remove(segments[1])
    #expect(throws: LogError.self) { try readAll(.memory(disk)) }
    let failed = try checks(.memory(disk)).filter { !$0.passed }
    #expect(failed.contains { $0.name == "order" && segments[2].hasSuffix($0.segment) })
  }

  @Test(arguments: [
    (8, [2, 0, 2, 0], LogError.Kind.newerVersion), (12, [4], .unknownFeature),
    (20, [2], .unknownFeature), (8, [0, 0, 0, 0], .trialVersion),
  ])
  func `a log of another kind is refused by name`(
    _ offset: Int, _ bytes: [UInt8], _ kind: LogError.Kind
  ) throws {
    let disk = MemoryFileSystem()
    var maker = ActionMaker(seed: 9)
    _ = try write(frames: 2, to: .memory(disk), maker: &maker)
    change(disk, offset, bytes)
    let read = #expect(throws: LogError.self) { try readAll(.memory(disk)) }
    #expect(read?.kind == kind)
    let opened = #expect(throws: LogError.self) {
      let writer = try LogWriter.open("/book", in: .memory(disk), options: .small(.never))
      writer.close()
    }
    #expect(opened?.kind == kind)
  }

  @Test(arguments: [(8, [3, 0]), (16, [1])])
  func `a newer log that says so can be read, but not written`(
    _ offset: Int, _ bytes: [UInt8]
  ) throws {
    let disk = MemoryFileSystem()
    var maker = ActionMaker(seed: 9)
    let written = try write(frames: 2, to: .memory(disk), maker: &maker)
    change(disk, offset, bytes)
    #expect(try readAll(.memory(disk)) == written)
    let opened = #expect(throws: LogError.self) {
      let writer = try LogWriter.open("/book", in: .memory(disk), options: .small(.never))
      writer.close()
    }
    #expect(opened?.kind == .newerVersion)
  }

  /// Changes bytes of the first segment's header, and makes its checksum fit.
  private func change(_ disk: MemoryFileSystem, _ offset: Int, _ bytes: [UInt8]) {
    let path = "/book/log/00000000000000000001.seg"
    var content = disk.bytes(path)
    content.replaceSubrange(offset..<offset + bytes.count, with: bytes)
    let sum = checksum(Array(content.prefix(4092)))
    content.replaceSubrange(4092..<4096, with: sum)
    disk.setBytes(content, path)
  }

  @Test func `a clock far behind the log is refused, unless it is accepted`() throws {
    let disk = MemoryFileSystem()
    var world = World.memory(disk)
    var maker = ActionMaker(seed: 10)
    let written = try write(frames: 3, to: world, maker: &maker)
    let last = try #require(written.last?.header.recorded)
    let before = disk.bytes("/book/log/00000000000000000001.seg")
    for (behind, isRefused) in [(300_000, false), (300_001, true)] as [(Int64, Bool)] {
      let now = Instant(milliseconds: last.milliseconds - behind)
      world.clock = StoppedClock(instant: now)
      do {
        let writer = try LogWriter.open("/book", in: world, options: .small(.never))
        #expect(!isRefused && writer.lastRecorded == last)
        writer.close()
      } catch {
        #expect(isRefused && error.kind == .clockBehind(now: now, lastRecorded: last))
        #expect(error.description.contains("\(now)") && error.description.contains("\(last)"))
        #expect(error.description.contains("--accept-clock"))
      }
    }
    #expect(try readAll(world) == written)
    let writer = try LogWriter.open("/book", in: world, options: LogOptions(acceptsClock: true))
    writer.close()
    #expect(disk.bytes("/book/log/00000000000000000001.seg") == before)
  }

  @Test func `a log is looked over by headers and footers`() throws {
    let disk = MemoryFileSystem()
    var maker = ActionMaker(seed: 31)
    let written = try write(
      frames: 60, to: .memory(disk), maker: &maker, options: .small(segmentBytes: 8000))
    let info = try LogInfo("/book", in: .memory(disk))
    #expect(info.events == UInt64(written.count))
    #expect(info.actions == UInt64(written.count { $0.header.beginsAction }))
    #expect(info.durable == written.last?.header.position)
    #expect(info.firstRecorded == written.first?.header.recorded)
    #expect(info.lastRecorded == written.last?.header.recorded)
    #expect(info.firstEffective == written.map { $0.header.effective.instant }.min())
    #expect(info.lastEffective == written.map { $0.header.effective.instant }.max())
    #expect(info.types.entries.reduce(0) { $0 + $1.count } == UInt64(written.count))
    #expect(info.segments.count == disk.names.count { $0.hasSuffix(".seg") })
    let sealed = info.segments.filter { $0.isSealed }
    #expect(sealed.count == info.segments.count - 1)
    for segment in sealed {
      #expect(segment.bytes == UInt64(disk.bytes("/book/log/\(segment.name)").count))
    }
  }
}
