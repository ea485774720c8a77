import DaybookEvents
import DaybookLog
import DaybookTesting
import DaybookValues
import DaybookWorld
import Testing

@testable import DaybookEngine

/// A book with a checkpoint whose open segment holds references before and behind it.
private struct LeftBook {
  let machine = SimulatedMachine(seed: 21)
  static let path = "/book"
  static let perSide: UInt64 = 30

  init() throws {
    let world = machine.start()
    let engine = try open(world)
    for number in 0..<LeftBook.perSide { try submit(number, to: engine) }
    _ = try engine.checkpoint()
    for number in LeftBook.perSide..<2 * LeftBook.perSide { try submit(number, to: engine) }
    engine.close()
    machine.end(world)
  }

  func open(_ world: World, segmentBytes: UInt64 = 64 << 10) throws -> Engine {
    try Engine(
      LeftBook.path, catalogue: .jars, world: world,
      options: LogOptions(
        segmentBytes: segmentBytes, preallocateBytes: 4 << 10, creation: .ifMissing),
      driver: .caller)
  }

  private func submit(_ number: UInt64, to engine: Engine) throws {
    let receipt = try engine.submit(fill([number % 7]), envelope("row-\(number)")).result.get()
    #expect(!receipt.isRepeat)
    try engine.log.waitBlocking(for: receipt.last)
  }

  /// Every reference is a repeat, other content under it is refused, and a new one is new.
  func check(_ engine: Engine) throws {
    for number in 0..<2 * LeftBook.perSide {
      let again = try engine.submit(fill([number % 7]), envelope("row-\(number)")).result.get()
      #expect(again.isRepeat)
      #expect(again.events.map(\.position) == [Position(number + 1)])
      let other = try engine.submit(fill([number % 7 + 1]), envelope("row-\(number)"))
      #expect(other.standing?.events == again.events)
    }
    let new = envelope("new")
    let fresh = try engine.submit(fill([1]), new).result.get()
    #expect(!fresh.isRepeat)
    #expect(try engine.submit(fill([1]), new).result.get().events == fresh.events)
  }
}

@Suite struct `References of the open segment, in a book with a checkpoint,` {
  @Test func `are noted when one is first asked for, before and behind the checkpoint`() throws {
    let book = try LeftBook()
    let engine = try book.open(book.machine.start())
    #expect(engine.references.count == 0)
    _ = try engine.submit(fill([1]), envelope()).result.get()
    #expect(engine.references.count == 0)
    try book.check(engine)
    #expect(engine.references.count == 61)
    engine.close()
  }

  @Test func `are noted after segments were sealed in the meantime`() throws {
    let book = try LeftBook()
    let world = book.machine.start()
    var engine = try book.open(world, segmentBytes: 4 << 10)
    for _ in 0..<200 {
      let last = try engine.submit(fill([0]), envelope()).restsOn
      try engine.log.waitBlocking(for: last)
    }
    #expect(engine.log.openSegment > Position(1))
    _ = try engine.checkpoint()
    try book.check(engine)
    try engine.settleReferences()
    engine.close()
    // What the files say now is all there is.
    engine = try book.open(world)
    let again = try engine.submit(fill([0]), envelope("row-7")).result.get()
    #expect(again.isRepeat)
    engine.close()
  }

  @Test func `are found after a stop, whether or not they were asked for before it`() throws {
    let book = try LeftBook()
    for asks in [false, true, false] {
      let world = book.machine.start()
      let engine = try book.open(world)
      let last = try engine.submit(fill([0]), envelope()).restsOn
      if asks {
        #expect(try engine.submit(fill([3]), envelope("row-3")).result.get().isRepeat)
      }
      try engine.log.waitBlocking(for: last)
      book.machine.kill(world)
      book.machine.losePower()
    }
    try book.check(try book.open(book.machine.start()))
  }

  @Test func `that cannot be read are an error, with nothing decided, until they can`() throws {
    let book = try LeftBook()
    let engine = try book.open(book.machine.start())
    let before = engine.lastPosition
    book.machine.faults.failedReadOneIn = 1
    for _ in 0..<2 {
      let error = #expect(throws: LogError.self) {
        try engine.submit(fill([1]), envelope("new"))
      }
      #expect(error?.kind == .file)
      #expect(throws: LogError.self) { try engine.receipt(named: "row-1", clinic: 0) }
      #expect(throws: LogError.self) { try engine.settleReferences() }
    }
    #expect(engine.lastPosition == before)
    book.machine.faults.failedReadOneIn = 0
    _ = try engine.submit(fill([2]), envelope()).result.get()
    try book.check(engine)
    engine.close()
  }

  @Test func `that are damaged after the opening are an error, and others go on`() throws {
    let book = try LeftBook()
    let world = book.machine.start()
    let engine = try book.open(world)
    let segment = FilePath.join(LeftBook.path, "log/\(SegmentName(Position(1)))")
    let file = try world.files.open(segment, .readWrite)
    try file.write([255, 255].span, at: 4_200)
    for _ in 0..<2 {
      let error = #expect(throws: LogError.self) {
        try engine.submit(fill([1]), envelope("row-50"))
      }
      #expect(error?.kind == .damaged)
    }
    _ = try engine.submit(fill([2]), envelope()).result.get()
    engine.close()
  }

  @Test func `are found alike by looking through them and by their slots`() throws {
    var numbers = SeededNumbers(seed: 4)
    let entries = (1...500 as ClosedRange<UInt64>).map { position in
      ReferenceEntry(UInt64.random(in: 0..<200, using: &numbers), at: Position(position))
    }
    var noted = ReferenceTable()
    for entry in entries { noted.note(entry) }
    var given = ReferenceTable(entries[..<400])
    for entry in entries[400..<450] { given.note(entry) }
    for fingerprint in 0..<200 as Range<UInt64> {
      if fingerprint == 100 { for entry in entries[450...] { given.note(entry) } }
      let end: UInt64 = fingerprint < 100 ? 450 : 500
      var (one, other): ([Position], [Position]) = ([], [])
      noted.forEach(fingerprint) { if $0.number <= end { one.append($0) } }
      given.forEach(fingerprint) { other.append($0) }
      #expect(one == other)
    }
  }
}
