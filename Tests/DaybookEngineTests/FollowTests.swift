import DaybookEngine
import DaybookEvents
import DaybookLog
import DaybookValues
import DaybookWorld
import Testing

/// A book of jars on the live disk, in small segments.
private struct Jarred {
  let folder: TemporaryDirectory
  let disk: NotingFileSystem
  var world: World

  init(syncNanoseconds: Int64 = 0) throws {
    folder = try TemporaryDirectory()
    disk = NotingFileSystem(syncNanoseconds: syncNanoseconds)
    world = World.live
    world.files = disk
  }

  var book: String { folder.file("book") }

  func open() throws -> Engine {
    try Engine(
      book, catalogue: .jars, world: world,
      options: LogOptions(
        segmentBytes: 6 << 10, preallocateBytes: 2 << 10, creation: .ifMissing))
  }

  /// Fills and empties jars, an action of two and one of one by turns, each synced by itself.
  ///
  /// - Returns: What was acknowledged.
  @discardableResult
  func write(_ engine: Engine, actions: Int) throws -> Position {
    for index in 0..<actions {
      let submission: Submission
      if index % 2 == 0 {
        // Said before the writer can know of it.
        disk.willWrite(through: Position(engine.lastPosition.number + 2))
        submission = try engine.submit(FillJars(beans: [1, 2]), Envelope())
      } else {
        let last = try #require(lastJar(engine))
        disk.willWrite(through: engine.lastPosition.next)
        submission = try engine.submit(EmptyJar(number: last, version: 1), Envelope())
      }
      _ = try submission.result.get()
      try engine.log.waitBlocking(for: submission.restsOn)
    }
    return engine.lastPosition
  }

  private func lastJar(_ engine: Engine) -> UInt64? {
    engine.state(of: Shelf.self).beans.keys.max()
  }
}

/// Takes events until `last`, and checks each as it comes.
private func take(
  _ events: FollowedEvents, from first: Position = Position(1), through last: Position,
  on disk: NotingFileSystem, slowly: Bool = false
) async throws -> Int {
  var position = first.previous
  var beans: UInt64 = 0
  let decoder = EventDecoder()
  for try await event in events {
    let header = event.header
    try #require(header.position == position.next, "\(header.position) behind \(position)")
    position = header.position
    // The sync of its frame has returned, or it was seen early.
    try #require(position <= disk.synced, "\(position) was seen when \(disk.synced) was synced")
    if header.tag == JarTag.filled.rawValue {
      let payload = try event.payload(JarFilled.self)
      beans += payload.beans
      let lent = try event.withEvent(decoder) { try $0.payload(JarFilled.self) }
      try #require(lent == payload)
    }
    if slowly, position.number % 16 == 0 {
      await World.live.pauses.suspend(nanoseconds: 2_000_000)
    }
    if position == last { break }
  }
  try #require(position == last)
  return Int(position.number - first.previous.number)
}

@Suite struct `Followed events` {
  @Test(arguments: [0, 300_000])
  func `are each seen once, in order and synced, however fast they are written or taken`(
    _ syncNanoseconds: Int64
  ) async throws {
    let jarred = try Jarred(syncNanoseconds: syncNanoseconds)
    let actions = 1200
    let last = Position(1800)
    let engine = try jarred.open()
    let fast = engine.log.follow()
    let slow = engine.log.follow()
    let late = engine.log.follow(from: Position(700))
    // As another process sees it.
    let archive = try Archive(jarred.book, catalogue: .jars, world: jarred.world)
    let polled = archive.follow()
    let disk = jarred.disk
    async let fastCount = take(fast, through: last, on: disk)
    async let slowCount = take(slow, through: last, on: disk, slowly: true)
    async let lateCount = take(late, from: Position(700), through: last, on: disk)
    async let polledCount = take(polled, through: last, on: disk)
    #expect(try jarred.write(engine, actions: actions) == last)
    let counts = try await [fastCount, slowCount, lateCount, polledCount]
    #expect(counts == [1800, 1800, 1101, 1800])
    for events in [fast, slow, late, polled] {
      #expect(events.progress.position == last)
      #expect(events.progress.lag == 0)
      #expect(events.progress.lastProgress != nil)
    }
    engine.close()
    #expect(try LogInfo(jarred.book, in: jarred.world).segments.count > 10)
  }

  @Test func `end when the book is closed, with all that was synced`() async throws {
    let jarred = try Jarred()
    let engine = try jarred.open()
    let events = engine.log.follow()
    async let count = events.reduce(0) { count, _ in count + 1 }
    try jarred.write(engine, actions: 30)
    engine.close()
    #expect(try await count == 45)
    // And for one who comes later.
    #expect(
      try await engine.log.follow(from: Position(40)).reduce(0) { count, _ in count + 1 } == 6)
  }

  @Test func `end when the task is cancelled, caught up or not`() async throws {
    let jarred = try Jarred()
    let engine = try jarred.open()
    try jarred.write(engine, actions: 200)
    let archive = try Archive(jarred.book, catalogue: .jars, world: jarred.world)
    for events in [engine.log.follow(), archive.follow(), engine.log.follow(from: Position(9_999))]
    {
      let task = Task { try await events.reduce(0) { count, _ in count + 1 } }
      await jarred.world.pauses.suspend(nanoseconds: 20_000_000)
      task.cancel()
      // Without the cancellation there would be no end.
      let count = try await task.value
      #expect(count <= 300)
    }
    // Cancelled before it begins.
    let cancelled = engine.log.follow()
    let count = try await withThrowingTaskGroup(of: Int.self) { group in
      group.cancelAll()
      group.addTask { try await cancelled.reduce(0) { count, _ in count + 1 } }
      return try await group.reduce(0, +)
    }
    #expect(count == 0)
    engine.close()
  }

  @Test func `end with the error that ended the writer, after all that was synced`() async throws {
    let jarred = try Jarred()
    let engine = try jarred.open()
    try jarred.write(engine, actions: 20)
    let events = engine.log.follow()
    let seen = Locked(0)
    let task = Task {
      for try await _ in events { seen.withLock { $0 += 1 } }
    }
    jarred.disk.failSyncs()
    #expect(throws: LogError.self) { try jarred.write(engine, actions: 1) }
    let error = await #expect(throws: LogError.self) { try await task.value }
    #expect(error?.cause?.operation == "sync")
    #expect(seen.withLock { $0 } == 30)
    engine.close()
  }

  @Test func `go on when another writer has opened the book`() async throws {
    let jarred = try Jarred()
    let disk = jarred.disk
    let polled = FollowedEvents(jarred.book, in: jarred.world)
    async let count = take(polled, through: Position(150), on: disk)
    for _ in 0..<10 {
      let engine = try jarred.open()
      try jarred.write(engine, actions: 10)
      engine.close()
    }
    #expect(try await count == 150)
  }

  @Test func `of a writer that never syncs are those that became durable`() async throws {
    let jarred = try Jarred()
    let engine = try Engine(
      jarred.book, catalogue: .jars, world: jarred.world,
      options: LogOptions(durability: .none, creation: .ifMissing))
    let events = engine.log.follow()
    let task = Task { try await events.reduce(0) { count, _ in count + 1 } }
    try jarred.write(engine, actions: 10)
    // Written and not synced is not yet to be seen; closing syncs.
    #expect(engine.log.watermark == .start)
    engine.close()
    #expect(try await task.value == 15)
  }
}
