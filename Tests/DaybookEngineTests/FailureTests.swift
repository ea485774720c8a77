import DaybookEngine
import DaybookEvents
import DaybookLog
import DaybookTesting
import DaybookValues
import DaybookWorld
import Testing

@Suite struct `The engine on a failing disk` {
  private func engine(
    _ book: JarBook, _ world: World, stretch: UInt64 = 256 << 10
  ) throws -> Engine {
    try Engine(
      book.path, catalogue: .jars, world: world,
      options: LogOptions(preallocateBytes: stretch, creation: .ifMissing))
  }

  /// What each of many callers is told who wait for the positions.
  private func outcomes(
    _ log: LogThread, _ positions: [UInt64], then act: @Sendable () -> Void
  ) async -> [LogError.Kind?] {
    await withTaskGroup(of: LogError.Kind?.self) { group in
      for position in positions {
        group.addTask {
          do {
            try await log.wait(for: Position(position))
            return nil
          } catch let error as LogError {
            return error.kind
          } catch {
            return .noSuchRecord
          }
        }
      }
      act()
      var told: [LogError.Kind?] = []
      for await kind in group { told.append(kind) }
      return told
    }
  }

  @Test(arguments: ["sync", "write"])
  func `answers every waiting caller with the error, and then refuses`(
    _ operation: String
  ) async throws {
    let book = try JarBook()
    let disk = FaultyDisk()
    let engine = try self.engine(book, .faulty(disk))
    defer { engine.close() }
    let first = try engine.submit(fill([3]), envelope("a"))
    try await engine.log.wait(for: first.restsOn)

    // One is on its way to the disk, and more queue up behind it.
    disk.hold()
    _ = try engine.submit(fill([4]), envelope("b"))
    disk.waitUntilHeld()
    _ = try engine.submit(fill([5, 6]), envelope("c"))
    let refused = try engine.submit(fill([2_000]), envelope())
    let again = try engine.submit(fill([4]), envelope("b"))
    #expect(throws: Refusal.self) { try refused.result.get() }
    #expect(try again.result.get().isRepeat)
    // Neither a refusal nor the answer to a repeat may be told before what it rests on is synced.
    #expect(refused.restsOn == Position(4))
    #expect(again.restsOn == Position(2))
    #expect(engine.log.watermark == Position(1))

    let waited = (0..<40).map { UInt64($0 % 3) + 2 }
    let told = await outcomes(engine.log, waited) {
      disk.fail(operation)
      disk.release()
    }
    // A failing write hits the second frame, behind the one that was being synced.
    let failures = told.filter { $0 == .file }.count
    #expect(failures == (operation == "sync" ? 40 : waited.filter { $0 > 2 }.count))
    #expect(told.allSatisfy { $0 == nil || $0 == .file })

    disk.heal()
    #expect(throws: LogError.self) { try engine.submit(fill([7]), envelope()) }
    let late = try engine.submit(fill([2_000]), envelope())
    await #expect(throws: LogError.self) { try await engine.log.wait(for: late.restsOn) }
    // What was acknowledged stays so.
    let old = try engine.submit(fill([3]), envelope("a"))
    try await engine.log.wait(for: old.restsOn)
  }

  @Test func `goes on from what was synced when it is opened again`() async throws {
    let book = try JarBook()
    let disk = FaultyDisk()
    let broken = try engine(book, .faulty(disk))
    let first = try broken.submit(fill([3]), envelope())
    try await broken.log.wait(for: first.restsOn)
    disk.fail("write")
    let lost = try broken.submit(fill([4]), envelope("lost"))
    await #expect(throws: LogError.self) { try await broken.log.wait(for: lost.restsOn) }
    broken.close()
    disk.heal()
    let engine = try self.engine(book, .faulty(disk))
    defer { engine.close() }
    #expect(engine.lastPosition == Position(1))
    #expect(engine.state(of: Shelf.self).beans == [1: 3])
    #expect(try engine.submit(fill([4]), envelope("lost")).result.get().isRepeat == false)
  }

  @Test func `tells a full disk before anything is decided, and goes on when there is room`()
    async throws
  {
    let book = try JarBook()
    let disk = FaultyDisk()
    let engine = try self.engine(book, .faulty(disk), stretch: 8 << 10)
    defer { engine.close() }
    disk.fail("allocate", .noSpace)
    var last = Position.start
    // Until what was allocated ahead is used up.
    let error = #expect(throws: LogError.self) {
      for _ in 0..<4_000 { last = try engine.submit(fill([0, 0, 0, 0]), envelope()).restsOn }
    }
    #expect(error?.kind == .diskFull)
    #expect(error?.description.contains("no space") == true)
    let beans = engine.state(of: Shelf.self).beans
    let full = fill([0, 0, 0, 0])
    for _ in 0..<3 {
      let error = #expect(throws: LogError.self) { try engine.submit(full, envelope("full")) }
      #expect(error?.kind == .diskFull)
      #expect(engine.lastPosition == last && engine.state(of: Shelf.self).beans == beans)
    }
    // What was decided before is written, answers go out, and the files are sound.
    try await engine.log.wait(for: last)
    #expect(throws: Refusal.self) { try engine.submit(fill([2_000]), envelope()).result.get() }
    var reader = try LogReader(book.path, in: .live)
    var found = 0
    try reader.scan(from: Position(1)) { _ in found += 1 }
    #expect(found == Int(last.number))
    #expect(try LogVerifier.verify(book.path, in: .live) { _ in })
    disk.heal()
    let next = try engine.submit(full, envelope("full"))
    #expect(try next.result.get().isRepeat == false)
    try await engine.log.wait(for: next.restsOn)
    #expect(engine.log.watermark.number == last.number + 4)
  }

  @Test func `writes one frame and syncs once for all that wait`() async throws {
    let book = try JarBook()
    let disk = FaultyDisk()
    let engine = try self.engine(book, .faulty(disk))
    defer { engine.close() }
    disk.hold()
    _ = try engine.submit(fill([1]), envelope())
    disk.waitUntilHeld()
    let before = disk.syncs
    var last = Position.start
    for _ in 0..<200 { last = try engine.submit(fill([1]), envelope()).restsOn }
    disk.release()
    try await engine.log.wait(for: last)
    #expect(disk.syncs == before + 1)
    #expect(try LogInfo(book.path, in: .live).frames == 2)
  }
}

@Suite struct `Closing` {
  @Test func `leaves nobody waiting and takes nothing more`() async throws {
    let book = try JarBook()
    let engine = try book.engine()
    let last = try engine.submit(fill([1]), envelope()).restsOn
    let log = engine.log
    // A position that nobody ever submits.
    let waiting = Task { try await log.wait(for: Position(99)) }
    try await log.wait(for: last)
    engine.close()
    await #expect(throws: LogError.self) { try await waiting.value }
    let told = await #expect(throws: LogError.self) { try await log.wait(for: Position(2)) }
    // No write or sync has failed, and none is spoken of.
    #expect(told?.description == "the book was closed and takes nothing more; open it again")
    try await log.wait(for: last)
    #expect(throws: LogError.self) { try engine.submit(fill([1]), envelope()) }
    engine.close()
  }

  @Test func `forgotten, lets go of the book all the same`() async throws {
    let book = try JarBook()
    do {
      let engine = try book.engine()
      _ = try engine.submit(fill([1]), envelope())
    }
    var engine: Engine?
    for _ in 0..<2_000 where engine == nil {
      engine = try? book.engine()
      if engine == nil { MonotonicClock.pause(nanoseconds: 1_000_000) }
    }
    #expect(engine?.lastPosition == Position(1))
    engine?.close()
  }
}
