import DaybookEvents
import DaybookLog
import DaybookValues
import DaybookWorld
import Testing

@Suite struct `Writing and reading` {
  @Test func `a new log is empty`() throws {
    let world = World.memory(MemoryFileSystem())
    let writer = try LogWriter.open("/book", in: world, options: .small())
    #expect(writer.lastPosition == .start)
    #expect(writer.watermark == .start)
    writer.close()
    #expect(try readAll(world).isEmpty)
  }

  @Test(arguments: [1, 2, 7, 63, 200]) func `what was stepped reads back`(_ frames: Int) throws {
    let world = World.memory(MemoryFileSystem())
    var maker = ActionMaker(seed: UInt64(frames))
    let written = try write(frames: frames, to: world, maker: &maker)
    #expect(try readAll(world) == written)
  }

  @Test func `what was not stepped is not there`() throws {
    let world = World.memory(MemoryFileSystem())
    var maker = ActionMaker(seed: 5)
    var writer = try LogWriter.open("/book", in: world, options: .small())
    let first = maker.action(records: 2)
    writer.submit(first)
    try writer.step()
    writer.submit(maker.action(records: 3))
    #expect(writer.lastPosition == Position(5))
    #expect(writer.watermark == Position(2))
    #expect(writer.waitingCount == 1)
    writer.close()
    #expect(try readAll(world) == kept(first))
  }

  @Test func `a log goes on after each opening, over many segments`() throws {
    let world = World.memory(MemoryFileSystem())
    var maker = ActionMaker(seed: 11)
    var written: [Kept] = []
    for _ in 0..<12 {
      written += try write(
        frames: 25, to: world, maker: &maker, options: .small(segmentBytes: 9000))
    }
    #expect(try readAll(world) == written)
    #expect(try world.files.list("/book/log").count > 3)
  }

  @Test func `opening appends nothing`() throws {
    let disk = MemoryFileSystem()
    var maker = ActionMaker(seed: 3)
    _ = try write(frames: 4, to: .memory(disk), maker: &maker)
    let path = "/book/log/00000000000000000001.seg"
    let before = disk.bytes(path)
    for boot in 1...3 {
      let writer = try LogWriter.open(
        "/book", in: .memory(disk, boot: UInt64(boot)), options: .small(.never))
      #expect(writer.recovery.isClean)
      writer.close()
    }
    #expect(disk.bytes(path) == before)
  }

  @Test(arguments: [1, 100, 20_000, 66_000, 400_000])
  func `payloads of any size read back`(_ bytes: Int) throws {
    let world = World.memory(MemoryFileSystem())
    var maker = ActionMaker(seed: 4)
    var writer = try LogWriter.open("/book", in: world, options: .small())
    var written: [Kept] = []
    for records in [1, 2, 1, 3] {
      let action = maker.action(records: records, payloadBytes: bytes)
      written += kept(action)
      writer.submit(action)
      try writer.step()
    }
    writer.close()
    #expect(try readAll(world) == written)
  }

  @Test func `every record is found by its position`() throws {
    let world = World.memory(MemoryFileSystem())
    var maker = ActionMaker(seed: 21)
    let written = try write(
      frames: 150, to: world, maker: &maker, options: .small(segmentBytes: 9000))
    var reader = try LogReader("/book", in: world)
    for record in written.shuffled(using: &maker.dice) {
      let found = try reader.record(at: record.header.position) { Kept($0) }
      #expect(found == record)
    }
    #expect(throws: LogError.self) { try reader.record(at: .start) { Kept($0) } }
    let beyond = Position(UInt64(written.count + 1))
    #expect(throws: LogError.self) { try reader.record(at: beyond) { Kept($0) } }
  }

  @Test func `a scan begins and ends at any position`() throws {
    let world = World.memory(MemoryFileSystem())
    var maker = ActionMaker(seed: 8)
    let written = try write(
      frames: 40, to: world, maker: &maker, options: .small(segmentBytes: 6500))
    var reader = try LogReader("/book", in: world)
    for first in stride(from: 1, through: written.count, by: 7) {
      for last in stride(from: first, through: written.count, by: 11) {
        var found: [Kept] = []
        try reader.scan(from: Position(UInt64(first)), through: Position(UInt64(last))) {
          found.append(Kept($0))
        }
        #expect(found == Array(written[first - 1..<last]))
      }
    }
  }

  @Test func `a reader follows a writer through sealing and rotation`() throws {
    let world = World.memory(MemoryFileSystem())
    var maker = ActionMaker(seed: 13)
    let options = LogOptions.small(segmentBytes: 7000)
    var writer = try LogWriter.open("/book", in: world, options: options)
    var reader = try LogReader("/book", in: world)
    var written: [Kept] = []
    var found: [Kept] = []
    for _ in 0..<300 {
      let action = maker.action(records: Int.random(in: 1...3, using: &maker.dice))
      writer.submit(action)
      #expect(try reader.refresh() == Position(UInt64(written.count)))
      try writer.step()
      written += kept(action)
      #expect(try reader.refresh() == Position(UInt64(written.count)))
      try reader.scan(from: Position(UInt64(found.count + 1))) { found.append(Kept($0)) }
      let last = Position(UInt64(written.count))
      #expect(try reader.record(at: last) { Kept($0) } == written.last)
    }
    #expect(found == written)
    writer.close()
    #expect(try readAll(world) == written)
  }
}
