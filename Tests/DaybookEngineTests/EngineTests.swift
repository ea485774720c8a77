import DaybookEngine
import DaybookEvents
import DaybookLog
import DaybookTesting
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

@Suite struct `The engine, asked for odd things,` {
  private func odd(_ change: (inout FillOddly) -> Void) -> FillOddly {
    var command = FillOddly()
    command.number = 1
    change(&command)
    return command
  }

  private func codes(_ submission: Submission) -> [RefusalCode] {
    if case .failure(let refusal) = submission.result { return refusal.violations.map(\.code) }
    return []
  }

  @Test func `refuses what the log could not keep, and goes on`() async throws {
    let book = try JarBook()
    let engine = try book.engine()
    defer { engine.close() }
    let late = odd { $0.at = Instant.max.milliseconds + 1 }
    #expect(codes(try engine.submit(late, envelope())) == [.outOfRange])
    var never = envelope()
    never.effective = Moment(Instant(), UTCOffset(seconds: 86_400))
    #expect(codes(try engine.submit(fill([1]), never)) == [.outOfRange])
    #expect(codes(try engine.submit(odd { $0.cause = 1 }, envelope())) == [.unknownReference])
    var caused = envelope()
    caused.cause = Position(7)
    #expect(codes(try engine.submit(fill([1]), caused)) == [.unknownReference])
    let last = try engine.submit(fill([1]), envelope()).restsOn
    #expect(last == Position(1))
    try await engine.log.wait(for: last)
  }

  @Test(arguments: [false, true])
  func `keeps a stream of any number apart, small or not`(_ reopened: Bool) throws {
    let book = try JarBook()
    var engine = try book.engine()
    let numbers: [UInt64] = [3, 1 << 40, 5_000, .max, 1, 4_097, 1 << 40, 5_000]
    for number in numbers { _ = try engine.submit(odd { $0.number = number }, envelope()) }
    // Fills the gap, so that the index reaches what was kept aside.
    for number in stride(from: UInt64(1_000), to: 9_000, by: 1_000) {
      _ = try engine.submit(odd { $0.number = number }, envelope())
    }
    if reopened {
      engine.close()
      engine = try book.engine()
    }
    defer { engine.close() }
    func version(_ number: UInt64) throws -> UInt64? {
      try engine.submit(odd { $0.number = number }, envelope()).result.get().events.first?.version
    }
    #expect(try version(1 << 40) == 3)
    #expect(try version(5_000) == 4)
    #expect(try version(.max) == 2)
    #expect(try version(4_097) == 2)
    #expect(try version(77) == 1)
  }

  @Test func `tells references apart by their bytes`() throws {
    let book = try JarBook()
    let engine = try book.engine()
    defer { engine.close() }
    // One letter, and a letter with an accent: equal as texts.
    let (composed, decomposed) = ("caf\u{e9}", "cafe\u{301}")
    #expect(composed == decomposed)
    _ = try engine.submit(fill([1]), envelope(composed))
    #expect(try engine.submit(fill([1]), envelope(decomposed)).result.get().isRepeat == false)
    #expect(try engine.submit(fill([1]), envelope(composed)).result.get().isRepeat)
  }

  @Test func `refuses a reference that it would not find again`() throws {
    let book = try JarBook()
    let engine = try book.engine()
    defer { engine.close() }
    let elsewhere = odd { $0.clinic = 5 }
    #expect(codes(try engine.submit(elsewhere, envelope("x"))) == [.outOfRange])
    #expect(try engine.submit(elsewhere, envelope()).result.get().events.count == 1)
    var there = envelope("x")
    there.clinic = 5
    #expect(try engine.submit(elsewhere, there).result.get().isRepeat == false)
    #expect(try engine.submit(elsewhere, there).result.get().isRepeat)
  }

  @Test(arguments: [false, true])
  func `answers a repeat without the findings of the first`(_ waits: Bool) throws {
    let book = try JarBook()
    let engine = try book.engine()
    defer { engine.close() }
    let first = try engine.submit(fill([13]), envelope("x"))
    #expect(try first.result.get().findings.count == 1)
    if waits { try engine.log.waitBlocking(for: first.restsOn) }
    #expect(try engine.submit(fill([13]), envelope("x")).result.get().findings.isEmpty)
  }

  @Test func `decides nothing more on a state that missed an event`() throws {
    let book = try JarBook()
    var catalogue = Catalogue.jars
    catalogue.add(state: Fragile.self)
    let engine = try Engine(
      book.path, catalogue: catalogue, world: .live, options: LogOptions(creation: .ifMissing))
    defer { engine.close() }
    _ = try engine.submit(fill([1]), envelope())
    #expect(throws: ProjectionError.self) { try engine.submit(fill([666]), envelope()) }
    #expect(throws: ProjectionError.self) { try engine.submit(fill([1]), envelope()) }
  }
}

@Suite struct `The clock` {
  private func engine(_ book: JarBook, _ clock: SetClock, accepts: Bool = false) throws -> Engine {
    try Engine(
      book.path, catalogue: .jars, world: .faulty(FaultyDisk(), clock: clock),
      options: LogOptions(creation: .ifMissing, acceptsClock: accepts))
  }

  private func recorded(_ book: JarBook) throws -> [Int64] {
    var reader = try LogReader(book.path, in: .live)
    var times: [Int64] = []
    try reader.scan(from: Position(1)) { times.append($0.header.recorded.milliseconds) }
    return times
  }

  /// The positions that a verification lists as bearing times which are not the clock's.
  private func behind(_ book: JarBook) throws -> [ClosedRange<Position>] {
    var checks: [LogCheck] = []
    #expect(try LogVerifier.verify(book.path, in: .live) { checks.append($0) })
    return checks.filter { $0.name == "clock" }.compactMap(\.positions)
  }

  @Test func `stepping back never makes a recorded time decrease`() throws {
    let book = try JarBook()
    let clock = SetClock()
    var start: Int64 = 0
    for step in [1_000, -2_000, -200_000, 500, 300_000] as [Int64] {
      let engine = try self.engine(book, clock)
      if start == 0 { start = clock.now().milliseconds }
      _ = try engine.submit(fill([1]), envelope())
      clock.move(milliseconds: step)
      _ = try engine.submit(fill([1]), envelope())
      engine.close()
    }
    let times = try recorded(book)
    #expect(times == times.sorted())
    #expect(times.first == start)
    #expect(times.last == start + 99_500)
  }

  @Test func `far behind is refused, or accepted with a millisecond an action`() throws {
    let book = try JarBook()
    let clock = SetClock()
    let first = try engine(book, clock)
    _ = try first.submit(fill([1]), envelope())
    first.close()
    let start = clock.now()
    clock.move(milliseconds: -86_400_000)
    let error = #expect(throws: LogError.self) { try self.engine(book, clock) }
    #expect(error?.kind == .clockBehind(now: clock.now(), lastRecorded: start))
    let engine = try self.engine(book, clock, accepts: true)
    for _ in 0..<2 { _ = try engine.submit(fill([1, 1]), envelope()) }
    clock.move(milliseconds: 86_400_000 + 60_000)
    _ = try engine.submit(fill([1]), envelope())
    engine.close()
    let times = try recorded(book).map { $0 - start.milliseconds }
    #expect(times == [0, 1, 1, 2, 2, 60_000])
    #expect(try behind(book) == [Position(2)...Position(5)])
  }

  @Test func `set back under a writer, far or a little, is listed where it was far`() throws {
    let book = try JarBook()
    let clock = SetClock()
    let engine = try engine(book, clock)
    let steps: [Int64] = [0, 1_000, -86_400_000, 5, 86_400_000, -200_000, -200_000]
    for step in steps {
      clock.move(milliseconds: step)
      _ = try engine.submit(fill([1]), envelope())
      _ = try engine.offer(together: [
        ActionStep(fill([1]), envelope()), ActionStep(fill([1]), envelope()),
      ])
    }
    engine.close()
    let start = try #require(try recorded(book).first)
    let times = try recorded(book).map { $0 - start }
    #expect(times.prefix(7) == [0, 0, 0, 1_000, 1_000, 1_000, 1_001])
    #expect(times.suffix(3) == [1_006, 1_007, 1_007])
    // However the actions shared their syncs.
    #expect(
      try behind(book) == [Position(7)...Position(12), Position(19)...Position(21)])
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
