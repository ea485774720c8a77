import DaybookEngine
import DaybookEvents
import DaybookLog
import DaybookTesting
import DaybookValues
import DaybookWorld
import Testing

@Suite struct `A class of durability` {
  private func engine(
    _ book: JarBook, _ world: World, _ durability: Durability
  ) throws -> Engine {
    try Engine(
      book.path, catalogue: .jars, world: world,
      options: LogOptions(durability: durability, creation: .ifMissing))
  }

  @Test func `none answers before the sync, shows nobody, and syncs when it is closed`() throws {
    let book = try JarBook()
    let disk = FaultyDisk()
    let engine = try self.engine(book, .faulty(disk), .none)
    let before = disk.syncs
    for _ in 0..<20 {
      try engine.log.waitBlocking(for: engine.submit(fill([1]), envelope()).restsOn)
    }
    #expect(disk.syncs == before)
    #expect(engine.log.watermark == .start && engine.log.durability == .none)
    #expect(try LogInfo(book.path, in: .live).events == 0)
    engine.close()
    #expect(disk.syncs == before + 1)
    #expect(engine.log.watermark == Position(20))
    let info = try LogInfo(book.path, in: .live)
    #expect(info.events == 20 && info.durability == Durability.none)
    #expect(try LogVerifier.verify(book.path, in: .live) { _ in })
    let again = try self.engine(book, .live, .synced)
    #expect(again.lastPosition == Position(20) && again.log.opened.recovery.isClean)
    again.close()
  }

  @Test func `none, whose last sync fails, tells whoever asks`() throws {
    let book = try JarBook()
    let disk = FaultyDisk()
    let engine = try self.engine(book, .faulty(disk), .none)
    try engine.log.waitBlocking(for: engine.submit(fill([1]), envelope()).restsOn)
    disk.fail("sync")
    engine.close()
    #expect(engine.log.watermark == .start)
    let error = #expect(throws: LogError.self) { try engine.log.waitBlocking(for: Position(2)) }
    #expect(error?.kind == .file)
  }

  @Test func `grouped waits for others, and answers after the sync`() async throws {
    let book = try JarBook()
    let disk = FaultyDisk()
    let engine = try self.engine(book, .faulty(disk), .grouped(milliseconds: 200))
    let before = disk.syncs
    var last = Position.start
    for _ in 0..<30 { last = try engine.submit(fill([1]), envelope()).restsOn }
    #expect(engine.log.watermark == .start)
    let start = MonotonicClock.nanoseconds()
    try await engine.log.wait(for: last)
    #expect(MonotonicClock.nanoseconds() - start > 50_000_000)
    #expect(disk.syncs == before + 1 && engine.log.watermark == last)
    // Who closes waits for no others.
    _ = try engine.submit(fill([1]), envelope())
    engine.close()
    #expect(engine.log.watermark == last.next)
  }

  @Test func `grouped does not outwait somebody who waits for room`() async throws {
    let book = try JarBook()
    let engine = try Engine(
      book.path, catalogue: .jars, world: .live,
      options: LogOptions(
        queueBytesMax: 3_000, durability: .grouped(milliseconds: 60_000), creation: .ifMissing))
    for _ in 0..<40 { _ = try engine.submit(fill([1]), envelope()) }
    #expect(engine.log.watermark.number > 20)
    engine.close()
    #expect(engine.log.watermark == Position(40))
  }
}

@Suite struct `What the engine tells instruments` {
  private typealias Name = Instruments.Name

  @Test func `is how much waits, and how commands end`() throws {
    let book = try JarBook()
    let disk = FaultyDisk()
    let heard = Heard()
    var world = World.faulty(disk)
    world.instruments = heard.instruments
    let engine = try Engine(
      book.path, catalogue: .jars, world: world,
      options: LogOptions(queueBytesMax: 6_000, creation: .ifMissing))
    disk.hold()
    _ = try engine.submit(fill([1]), envelope("a"))
    disk.waitUntilHeld()
    for _ in 0..<3 { _ = try engine.submit(fill([1]), envelope()) }
    _ = try engine.submit(fill([1]), envelope("a"))
    _ = try engine.submit(fill([2_000]), envelope())
    _ = try engine.submit(fill([2]), envelope("a"))
    for _ in 0..<100 {
      if case .mustWait = try engine.offer(fill([1]), envelope()) { break }
    }
    disk.release()
    engine.close()
    #expect(heard.count(Name.refusals) == 2)
    #expect(heard.count(Name.repeats) == 1)
    #expect(heard.count(Name.waits) == 1)
    #expect(heard.values(Name.queueActions).first == 1)
    #expect(heard.values(Name.queueActions).last ?? 0 > 3)
    #expect(heard.values(Name.queueBytes).allSatisfy { $0 > 100 && $0 <= 6_000 })
    #expect(heard.durations(Name.sync).count >= 2)
  }

  @Test func `is the rate of the replay that opens it`() throws {
    let book = try JarBook()
    let first = try book.engine()
    _ = try first.submit(fill([1, 2, 3]), envelope())
    first.close()
    let heard = Heard()
    var world = World.live
    world.instruments = heard.instruments
    let engine = try Engine(book.path, catalogue: .jars, world: world)
    engine.close()
    #expect(heard.count(Name.scanEvents) == 3 && heard.durations(Name.scan).count == 1)
  }
}
