import DaybookEvents
import DaybookLog
import DaybookTesting
import DaybookValues
import DaybookWorld
import Testing

/// All that the follower has now, batch by batch.
func readOn(_ follower: inout LogFollower, bytes: Int = 4096) throws -> [Kept] {
  var found: [Kept] = []
  while try follower.read(bytes: bytes, { found.append(Kept($0)) }) > 0 {}
  return found
}

@Suite struct `A follower` {
  @Test func `gives what there is and what comes, each once, over many segments`() throws {
    let disk = MemoryFileSystem()
    let world = World.memory(disk)
    var maker = ActionMaker(seed: 1)
    var follower = LogFollower("/book", in: world)
    var written: [Kept] = []
    var found: [Kept] = []
    for _ in 0..<5 {
      written += try write(
        frames: 12, to: world, maker: &maker, options: .small(segmentBytes: 6 << 10))
      found += try readOn(&follower)
      #expect(found == written)
      #expect(follower.progress.lag == 0)
    }
    #expect(disk.names.count { $0.hasSuffix(".seg") } > 3)
  }

  @Test func `gives whole actions, and a frame at a time when asked for little`() throws {
    let world = World.memory(MemoryFileSystem())
    var maker = ActionMaker(seed: 2)
    let written = try write(frames: 30, to: world, maker: &maker)
    var follower = LogFollower("/book", in: world)
    var found: [Kept] = []
    var batches = 0
    while try follower.read(bytes: 1, { found.append(Kept($0)) }) > 0 {
      batches += 1
      let last = try #require(found.last).header
      #expect(last.actionIndex + 1 == last.actionCount)
      #expect(follower.progress.position == last.position)
      #expect(follower.progress.lag == UInt64(written.count - found.count))
    }
    #expect(found == written)
    #expect(batches == 30)
  }

  @Test(arguments: 1...40) func `begins at any position`(_ first: Int) throws {
    let world = World.memory(MemoryFileSystem())
    var maker = ActionMaker(seed: 3)
    let written = try write(frames: 12, to: world, maker: &maker)
    var follower = LogFollower("/book", in: world, from: Position(UInt64(first)))
    #expect(try readOn(&follower) == Array(written.dropFirst(first - 1)))
    // Beyond the end there is nothing yet, and then there is.
    var later = LogFollower("/book", in: world, from: Position(UInt64(written.count + first)))
    #expect(try readOn(&later) == [])
    #expect(later.progress.lag == 0)
    let more = try write(frames: 60, to: world, maker: &maker)
    #expect(try readOn(&later) == Array(more.dropFirst(first - 1)))
  }

  @Test func `goes on behind the last record that was taken when the taker fails`() throws {
    struct Full: Error {}
    let world = World.memory(MemoryFileSystem())
    var maker = ActionMaker(seed: 4)
    let written = try write(frames: 10, to: world, maker: &maker)
    var follower = LogFollower("/book", in: world)
    var found: [Kept] = []
    var isAtEnd = false
    while !isAtEnd {
      var left = 3
      do {
        isAtEnd =
          try follower.read { record in
            if left == 0 { throw Full() }
            left -= 1
            found.append(Kept(record))
          } == 0
      } catch is Full {}
    }
    #expect(found == written)
  }

  @Test func `waits for a book, for a writer, for events`() throws {
    let disk = MemoryFileSystem()
    let world = World.memory(disk)
    var follower = LogFollower("/book", in: world)
    #expect(try readOn(&follower) == [])
    #expect(try follower.awaited() == .book)
    let writer = try LogWriter.open("/book", in: world, options: .small())
    #expect(try readOn(&follower) == [])
    #expect(try follower.awaited() == .events)
    writer.close()
    #expect(try follower.awaited() == .writer)
    var maker = ActionMaker(seed: 5)
    let written = try write(frames: 3, to: world, maker: &maker)
    #expect(try readOn(&follower) == written)
  }

  @Test func `backs off from one to fifty milliseconds, and is quick again after an event`() throws
  {
    let machine = SimulatedMachine(seed: 6)
    let writing = machine.start()
    let reading = machine.start()
    var maker = ActionMaker(seed: 6)
    var written = try write(frames: 1, to: writing, maker: &maker)
    var follower = LogFollower("/book", in: reading)
    #expect(try readOn(&follower).count == written.count)
    let began = reading.clock.now()
    var pauses: [Int64] = []
    for _ in 0..<9 { pauses.append(follower.backOff() / 1_000_000) }
    // Few events came last, so that it takes its time.
    #expect(pauses == [4, 8, 16, 32, 50, 50, 50, 50, 50])
    var early = LogFollower("/none", in: reading)
    #expect(try early.read { _ in } == 0)
    #expect(early.backOff() == 1_000_000)
    // Whoever waits in the simulator lets the others work.
    let more = Locked<[Kept]>([])
    let hidden = Locked(maker)
    machine.pauses.whileWaiting {
      let new = hidden.withLock { maker in try? write(frames: 1, to: writing, maker: &maker) }
      more.withLock { $0 = new ?? [] }
    }
    #expect(try follower.read { _ in } == 0)
    follower.pause()
    machine.pauses.whileWaiting(nil)
    #expect(reading.clock.now().milliseconds - began.milliseconds >= 50)
    written = more.withLock { $0 }
    #expect(!written.isEmpty)
    #expect(try readOn(&follower) == written)
    #expect(follower.progress.lastProgress == reading.clock.now())
    #expect(follower.backOff() == 4_000_000)
  }

  @Test func `says how far behind it is`() throws {
    let heard = Heard()
    var world = World.memory(MemoryFileSystem())
    world.instruments = heard.instruments
    var maker = ActionMaker(seed: 7)
    let written = try write(frames: 20, to: world, maker: &maker)
    var follower = LogFollower("/book", in: world)
    let count = try follower.read(bytes: 1) { _ in }
    #expect(heard.values(Instruments.Name.followLag) == [Int64(written.count - count)])
    #expect(heard.count(Instruments.Name.followEvents) == Int64(count))
    _ = try readOn(&follower)
    #expect(heard.values(Instruments.Name.followLag).last == 0)
    #expect(heard.count(Instruments.Name.followEvents) == Int64(written.count))
  }

  @Test func `never takes damage for the end`() throws {
    let disk = MemoryFileSystem()
    let world = World.memory(disk)
    var maker = ActionMaker(seed: 8)
    let written = try write(
      frames: 40, to: world, maker: &maker, options: .small(segmentBytes: 6 << 10))
    let segment = try #require(disk.names.filter { $0.hasSuffix(".seg") }.dropFirst().first)
    var bytes = disk.bytes(segment)
    bytes[4096 + 300] ^= 1
    disk.setBytes(bytes, segment)
    var follower = LogFollower("/book", in: world)
    var found: [Kept] = []
    let error = #expect(throws: LogError.self) {
      while try follower.read({ found.append(Kept($0)) }) > 0 {}
    }
    #expect(error?.kind == .damaged)
    #expect(error?.intactThrough == follower.progress.position)
    #expect(found == Array(written.prefix(found.count)))
    #expect(!found.isEmpty)
  }

  @Test(arguments: [false, true])
  func `ends with an error when its book is removed or replaced`(_ isReplaced: Bool) throws {
    let disk = MemoryFileSystem()
    let world = World.memory(disk)
    var maker = ActionMaker(seed: 9)
    _ = try write(frames: 3, to: world, maker: &maker)
    var follower = LogFollower("/book", in: world)
    _ = try readOn(&follower)
    disk.state.withLock { state in
      state.files = [:]
      state.folders = ["/"]
    }
    if isReplaced {
      var other = world
      other.randomness = SeededRandomness(first: 9)
      maker = ActionMaker(seed: 10)
      _ = try write(frames: 3, to: other, maker: &maker)
    }
    let error = #expect(throws: LogError.self) {
      for _ in 0..<100 {
        _ = try readOn(&follower)
        _ = follower.backOff()
      }
    }
    #expect(error?.kind == (isReplaced ? .otherLog : .noLog))
  }

  @Test func `lives on when an empty last file is set aside, and the page made anew`() throws {
    let disk = MemoryFileSystem()
    let world = World.memory(disk)
    var maker = ActionMaker(seed: 11)
    // The writer is stopped just before the name of a new segment, whose content is lost.
    var written = try write(
      frames: 40, to: world, maker: &maker, options: .small(segmentBytes: 6 << 10))
    var follower = LogFollower("/book", in: world)
    #expect(try readOn(&follower) == written)
    let last = try #require(disk.names.last { $0.hasSuffix(".seg") })
    let lastFirst = try #require(SegmentName(parsing: FilePath.name(of: last))).firstPosition
    #expect(lastFirst.number <= UInt64(written.count))
    // An empty file behind the last one, as a stop while a segment is made can leave.
    let empty = FilePath.join("/book/log", "\(SegmentName(Position(UInt64(written.count + 1))))")
    disk.setBytes([], empty)
    #expect(try readOn(&follower) == [])
    disk.state.withLock { _ = $0.files.removeValue(forKey: empty) }
    written = try write(frames: 40, to: world, maker: &maker)
    #expect(try readOn(&follower) == written)
    // The page is lost while nobody writes, and made anew by the next writer.
    disk.state.withLock { _ = $0.files.removeValue(forKey: "/book/log/tail") }
    written = try write(frames: 5, to: world, maker: &maker)
    var found: [Kept] = []
    for _ in 0..<30 {
      found += try readOn(&follower)
      _ = follower.backOff()
    }
    #expect(found == written)
  }
}
