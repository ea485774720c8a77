import DaybookEngine
import DaybookEvents
import DaybookLog
import DaybookValues
import DaybookWorld
import Testing

/// A book of jars in a directory of its own.
final class JarBook {
  let folder: TemporaryDirectory
  let path: String

  init() throws {
    folder = try TemporaryDirectory()
    path = folder.file("book")
  }

  func engine(_ durability: Durability = .synced) throws -> Engine {
    try Engine(
      path, catalogue: .jars, world: .live,
      options: LogOptions(durability: durability, creation: .ifMissing))
  }
}

func fill(_ beans: Few<UInt64>) -> FillJars {
  var command = FillJars()
  command.beans = beans
  return command
}

func envelope(_ reference: String? = nil) -> Envelope {
  var envelope = Envelope()
  envelope.reference = reference
  return envelope
}

@Suite struct `The engine` {
  @Test func `numbers events, streams and versions densely`() throws {
    let book = try JarBook()
    let engine = try book.engine()
    defer { engine.close() }
    let first = try engine.submit(fill([3, 4]), envelope()).result.get()
    #expect(first.events.map(\.position) == [Position(1), Position(2)])
    #expect(first.begun(jar) == [1, 2])
    var empty = EmptyJar()
    empty.number = 2
    empty.version = 1
    let second = try engine.submit(empty, envelope()).result.get()
    #expect(second.events.map(\.version) == [2])
    #expect(engine.state(of: Shelf.self).beans == [1: 3, 2: 0])
  }

  @Test func `refuses a whole action, and nothing of it happens`() throws {
    let book = try JarBook()
    let engine = try book.engine()
    defer { engine.close() }
    _ = try engine.submit(fill([900]), envelope()).result.get()
    let outcome = try engine.submit(fill([50, 60]), envelope())
    #expect(throws: Refusal(ShelfRefusal.tooHeavy(1_010), field: "beans")) {
      try outcome.result.get()
    }
    #expect(outcome.restsOn == Position(1))
    #expect(engine.lastPosition == Position(1))
    #expect(engine.state(of: Shelf.self).total == 900)
  }

  @Test func `refuses a stream that has moved, with what it found`() throws {
    let book = try JarBook()
    let engine = try book.engine()
    defer { engine.close() }
    _ = try engine.submit(fill([3]), envelope()).result.get()
    var empty = EmptyJar()
    empty.number = 1
    empty.version = 7
    let outcome = try engine.submit(empty, envelope())
    #expect(throws: Refusal.self) { try outcome.result.get() }
    if case .failure(let refusal) = outcome.result {
      #expect(refusal.violations.map(\.code) == [.versionConflict])
    }
  }

  @Test(arguments: [false, true])
  func `answers a repeat as the first was answered`(_ reopened: Bool) throws {
    let book = try JarBook()
    var engine = try book.engine()
    let first = try engine.submit(fill([3, 4]), envelope("delivery-1")).result.get()
    if reopened {
      engine.close()
      engine = try book.engine()
    }
    defer { engine.close() }
    let outcome = try engine.submit(fill([3, 4]), envelope("delivery-1"))
    let again = try outcome.result.get()
    #expect(again.isRepeat)
    #expect(again.events == first.events)
    #expect(outcome.restsOn == Position(2))
    #expect(engine.lastPosition == Position(2))
  }

  @Test(arguments: [false, true])
  func `refuses other content under a used reference`(_ reopened: Bool) throws {
    let book = try JarBook()
    var engine = try book.engine()
    let first = try engine.submit(fill([3, 4]), envelope("delivery-1")).result.get()
    if reopened {
      engine.close()
      engine = try book.engine()
    }
    defer { engine.close() }
    let outcome = try engine.submit(fill([3, 5]), envelope("delivery-1"))
    #expect(outcome.standing?.events == first.events)
    #expect(outcome.restsOn == first.last)
    if case .failure(let refusal) = outcome.result {
      #expect(refusal.violations.map(\.code) == [.duplicateSource])
      #expect(refusal.violations[0].reason.message.contains("position 1"))
    } else {
      Issue.record("other content was taken")
    }
    var elsewhere = envelope("delivery-1")
    elsewhere.clinic = 2
    #expect(try engine.submit(fill([3, 5]), elsewhere).result.get().isRepeat == false)
  }

  @Test func `rebuilds its state from the log`() throws {
    let book = try JarBook()
    var engine = try book.engine()
    for count in 1...40 { _ = try engine.submit(fill([UInt64(count % 7)]), envelope()) }
    let state = engine.state(of: Shelf.self)
    engine.close()
    engine = try book.engine()
    defer { engine.close() }
    #expect(engine.state(of: Shelf.self).beans == state.beans)
    #expect(engine.lastPosition == Position(40))
  }

  @Test(arguments: [Durability.synced, .grouped(milliseconds: 2), .none])
  func `waits until the disk has what was submitted`(_ durability: Durability) async throws {
    let book = try JarBook()
    let engine = try book.engine(durability)
    defer { engine.close() }
    var last = Position.start
    for count in 1...100 {
      last = try engine.submit(fill([UInt64(count % 3)]), envelope()).restsOn
    }
    try await engine.log.wait(for: last)
    // Without syncs nothing is durable, and the watermark says so.
    #expect(engine.log.watermark == (durability == .none ? .start : last))
  }
}

@Suite struct `A projection host` {
  func filled() throws -> JarBook {
    let book = try JarBook()
    let engine = try book.engine()
    defer { engine.close() }
    for count in 1...30 { _ = try engine.submit(fill([UInt64(count), 1]), envelope()) }
    return book
  }

  @Test func `comes to the same live, replayed and stopped at any position`() throws {
    let book = try filled()
    var archive = try Archive(book.path, catalogue: .jars, world: .live)
    let whole = try archive.snapshot(of: BeanCount.self)
    #expect(whole.asOf == Position(60))
    #expect(whole.model.seen == Array(1...60))
    for end in [1, 2, 3, 31, 59, 60] as [UInt64] {
      let part = try archive.snapshot(of: BeanCount.self, at: Position(end))
      #expect(part.asOf == Position(end))
      #expect(part.model.seen == Array(1...end))
    }
    let host = ProjectionHost(.jars)
    for end in 1...60 as ClosedRange<UInt64> {
      try host.catchUp(&archive.log, through: Position(end))
    }
    #expect(host.snapshot(of: BeanCount.self).model.digest == whole.model.digest)
  }

  @Test func `decodes an event once for all its models, and not for none`() throws {
    let book = try filled()
    var archive = try Archive(book.path, catalogue: .jars, world: .live)
    let host = try archive.host()
    #expect(host.decodedCount == 60)
    #expect(host.snapshot(of: LargestJar.self).model.beans == 30)
  }

  @Test func `keeps a snapshot as it was`() throws {
    let book = try filled()
    var archive = try Archive(book.path, catalogue: .jars, world: .live)
    let host = ProjectionHost(.jars)
    try host.catchUp(&archive.log, through: Position(10))
    let snapshot = host.snapshot(of: BeanCount.self)
    try host.catchUp(&archive.log)
    #expect(snapshot.model.seen.count == 10)
    #expect(host.snapshot(of: BeanCount.self).model.seen.count == 60)
  }

  @Test func `skips and counts what its catalogue does not know`() throws {
    let book = try filled()
    var archive = try Archive(book.path, catalogue: Catalogue(), world: .live)
    let snapshot = try archive.snapshot(of: BeanCount.self)
    #expect(snapshot.skipped == 60)
    #expect(snapshot.model.seen.isEmpty)
  }
}
