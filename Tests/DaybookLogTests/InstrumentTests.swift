import DaybookEvents
import DaybookLog
import DaybookTesting
import DaybookValues
import DaybookWorld
import Testing

@Suite struct `What the log tells instruments` {
  private typealias Name = Instruments.Name

  private func world(_ disk: MemoryFileSystem, _ heard: Heard) -> World {
    var world = World.memory(disk)
    world.instruments = heard.instruments
    return world
  }

  @Test func `is each opening, frame, sync and rotation`() throws {
    let disk = MemoryFileSystem()
    let heard = Heard()
    let world = world(disk, heard)
    var maker = ActionMaker(seed: 81)
    var writer = try LogWriter.open(
      "/book", in: world,
      options: LogOptions(segmentBytes: 6000, preallocateBytes: 4096, creation: .ifMissing))
    for count in 1...40 {
      for _ in 0..<(count % 3 + 1) { writer.submit(maker.action()) }
      try writer.step()
    }
    writer.close()
    #expect(heard.count(Name.opens) == 1 && heard.count(Name.recoveries) == 0)
    #expect(heard.durations(Name.write).count == 40)
    #expect(heard.durations(Name.sync).count == 40)
    #expect(heard.values(Name.batchActions).prefix(3) == [2, 3, 1])
    let info = try LogInfo("/book", in: .memory(disk))
    #expect(heard.values(Name.batchBytes).count == 40)
    #expect(heard.values(Name.batchBytes).reduce(0, +) < Int64(info.bytes))
    #expect(heard.count(Name.rotations) == Int64(info.segments.count - 1))
    #expect(heard.durations(Name.rotation).count == info.segments.count - 1)
    #expect(heard.durations(Name.write).allSatisfy { $0 >= 0 })
  }

  @Test func `is what an opening put right`() throws {
    let disk = MemoryFileSystem()
    var maker = ActionMaker(seed: 82)
    _ = try write(frames: 3, to: .memory(disk), maker: &maker)
    let tail = disk.bytes("/book/log/tail")
    _ = try write(frames: 1, to: .memory(disk), maker: &maker)
    disk.setBytes(tail, "/book/log/tail")
    let segment = "/book/log/00000000000000000001.seg"
    var bytes = disk.bytes(segment)
    let end = (bytes.lastIndex { $0 != 0 } ?? 0) + 1
    bytes.replaceSubrange(end..<end + 5, with: [0x80, 1, 2, 3, 4])
    disk.setBytes(bytes, segment)
    let heard = Heard()
    let writer = try LogWriter.open("/book", in: world(disk, heard), options: .small())
    #expect(heard.count(Name.opens) == 1 && heard.count(Name.recoveries) == 1)
    #expect(heard.count(Name.bytesCut) == Int64(writer.recovery.cutBytes))
    #expect(heard.count(Name.bytesCut) == 5)
    #expect(heard.count(Name.bytesRewritten) == Int64(writer.recovery.rewrittenBytes))
    #expect(heard.count(Name.filesQuarantined) == 1)
    writer.close()
  }

  @Test func `is a disk without room, and the rate of a scan`() throws {
    let disk = MemoryFileSystem()
    let heard = Heard()
    let world = world(disk, heard)
    var maker = ActionMaker(seed: 83)
    var options = LogOptions(preallocateBytes: 4096, creation: .ifMissing)
    options.segmentBytes = 1 << 20
    var writer = try LogWriter.open("/book", in: world, options: options)
    let action = maker.action(records: 3)
    writer.submit(action)
    try writer.step()
    disk.leaveRoom(0)
    #expect(throws: LogError.self) { try writer.takeRoom(100_000) }
    #expect(heard.count(Name.diskFull) == 1)
    writer.close()
    var reader = try LogReader("/book", in: world)
    try reader.scan(from: Position(2)) { _ in }
    #expect(heard.count(Name.scanEvents) == 2)
    #expect(heard.durations(Name.scan).count == 1)
  }

  @Test func `costs nobody who does not listen a look at the clock`() throws {
    #expect(Instruments.off.watch().start == 0)
    #expect(Instruments.off.measure("x") { 5 } == 5)
    let heard = Heard()
    #expect(heard.instruments.watch().start > 0)
  }
}

@Suite struct `What a writer promises` {
  @Test(arguments: [
    (Durability.synced, "synced"), (.grouped(milliseconds: 250), "grouped:250"), (.none, "none"),
  ])
  func `stands in the page for others to read, also when it is gone`(
    _ durability: Durability, _ text: String
  ) throws {
    #expect(durability.description == text && Durability(text) == durability)
    let disk = MemoryFileSystem()
    let world = World.memory(disk)
    var maker = ActionMaker(seed: 84)
    var options = LogOptions.small()
    options.durability = durability
    var writer = try LogWriter.open("/book", in: world, options: options)
    #expect(try LogInfo("/book", in: world).durability == durability)
    writer.submit(maker.action())
    try writer.step()
    try writer.sync()
    writer.close()
    #expect(try LogInfo("/book", in: world).durability == durability)
    #expect(try failedChecks(world).isEmpty)
    let next = try LogWriter.open("/book", in: world, options: .small(.never))
    #expect(try LogInfo("/book", in: world).durability == .synced)
    next.close()
  }

  @Test func `is not believed where it is damaged, nor where no writer said so`() throws {
    let disk = MemoryFileSystem()
    var maker = ActionMaker(seed: 85)
    let written = try write(frames: 2, to: .memory(disk), maker: &maker)
    let bytes = disk.bytes("/book/log/tail")
    for byte in 96..<104 {
      var changed = bytes
      changed[byte] ^= 4
      disk.setBytes(changed, "/book/log/tail")
      #expect(try LogInfo("/book", in: .memory(disk)).durability == nil)
      #expect(try readAll(.memory(disk)) == written)
      #expect(try failedChecks(.memory(disk)).map { $0.offset } == [96])
    }
    disk.setBytes(bytes[..<96] + Array(repeating: 0, count: 8) + bytes[104...], "/book/log/tail")
    #expect(try LogInfo("/book", in: .memory(disk)).durability == nil)
    #expect(try failedChecks(.memory(disk)).isEmpty)
  }

  @Test(arguments: [
    "", "sync", "grouped", "grouped:", "grouped:0", "grouped:60001", "None", "none ",
  ])
  func `is not guessed from a word that is none`(_ text: String) {
    #expect(Durability(text) == nil)
  }
}
