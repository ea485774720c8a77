import DaybookEngine
import DaybookEvents
import DaybookLog
import DaybookTesting
import DaybookValues
import DaybookWorld
import Testing

@Suite struct `A queue that is full` {
  private func engine(_ book: JarBook, _ disk: FaultyDisk, _ options: LogOptions) throws -> Engine {
    try Engine(book.path, catalogue: .jars, world: .faulty(disk), options: options)
  }

  /// Fills jars until the log asks for patience; gives the last position decided on.
  private func fillUp(_ engine: Engine) throws -> Position? {
    for _ in 0..<10_000 {
      if case .mustWait = try engine.offer(fill([0]), envelope()) { return engine.lastPosition }
    }
    return nil
  }

  @Test func `decides nothing more until the disk keeps up, and then goes on`() async throws {
    let book = try JarBook()
    let disk = FaultyDisk()
    let options = LogOptions(
      preallocateBytes: 1 << 20, queueBytesMax: 20_000, creation: .ifMissing)
    let engine = try self.engine(book, disk, options)
    defer { engine.close() }
    disk.hold()
    _ = try engine.submit(fill([0]), envelope())
    disk.waitUntilHeld()
    let last = try #require(try fillUp(engine))
    #expect(last.number > 10 && last.number < 200)
    let before = engine.state(of: Shelf.self).beans
    guard case .mustWait(let bytes) = try engine.offer(fill([7]), envelope("late")) else {
      Issue.record("it was decided")
      return
    }
    #expect(engine.lastPosition == last && engine.state(of: Shelf.self).beans == before)
    // Whatever is answered without an event needs no room.
    #expect(throws: Refusal.self) { try decided(engine.offer(fill([2_000]), envelope())).get() }
    let log = engine.log
    let waiting = Task { try await log.waitForRoom(bytes) }
    disk.release()
    try await waiting.value
    #expect(log.watermark > .start)
    #expect(try decided(engine.offer(fill([7]), envelope("late"))).get().last == last.next)
    try await log.wait(for: last.next)
  }

  private func decided(_ offer: Engine.Offer) throws -> Result<ActionReceipt, Refusal> {
    guard case .decided(let submission) = offer else { throw LogError(.closed) }
    return submission.result
  }

  @Test(arguments: [true, false])
  func `tells everyone who waits for room when the log ends`(_ fails: Bool) async throws {
    let book = try JarBook()
    let disk = FaultyDisk()
    let options = LogOptions(queueBytesMax: 20_000, creation: .ifMissing)
    let engine = try self.engine(book, disk, options)
    disk.hold()
    _ = try engine.submit(fill([0]), envelope())
    disk.waitUntilHeld()
    let last = try #require(try fillUp(engine))
    let log = engine.log
    let kinds = await withTaskGroup(of: LogError.Kind?.self) { group in
      for index in 0..<20 {
        group.addTask {
          await kind { try await index % 2 == 0 ? log.waitForRoom(1_000) : log.wait(for: last) }
        }
      }
      if fails { disk.fail("sync") }
      disk.release()
      if !fails { engine.close() }
      var kinds: [LogError.Kind?] = []
      for await kind in group { kinds.append(kind) }
      return kinds
    }
    #expect(kinds.count == 20)
    #expect(kinds.allSatisfy { $0 == (fails ? .file : nil) || !fails && $0 == .closed })
    engine.close()
  }

  @Test func `blocks a thread as long as it would suspend a task`() throws {
    let book = try JarBook()
    let disk = FaultyDisk()
    let options = LogOptions(queueBytesMax: 4_000, creation: .ifMissing)
    let engine = try self.engine(book, disk, options)
    for _ in 0..<400 { _ = try engine.submit(fill([0, 0]), envelope()) }
    try engine.log.waitBlocking(for: engine.lastPosition)
    #expect(disk.syncs > 400 / 10)
    engine.close()
    #expect(try LogInfo(book.path, in: .live).events == 800)
  }

  @Test func `takes an action alone that is larger than all of it`() throws {
    let book = try JarBook()
    let options = LogOptions(
      preallocateBytes: 4_096, queueBytesMax: 1_000, creation: .ifMissing)
    let engine = try self.engine(book, FaultyDisk(), options)
    let many = fill(Few(Array(repeating: 0, count: 600)))
    for _ in 0..<3 { _ = try engine.submit(many, envelope()) }
    engine.close()
    #expect(try LogInfo(book.path, in: .live).events == 1_800)
  }
}

/// What kind of error a wait ends with.
private func kind(_ body: () async throws -> Void) async -> LogError.Kind? {
  do {
    try await body()
    return nil
  } catch let error as LogError {
    return error.kind
  } catch {
    return .noSuchRecord
  }
}
