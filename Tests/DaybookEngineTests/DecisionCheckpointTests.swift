import DaybookEvents
import DaybookLog
import DaybookTesting
import DaybookValues
import DaybookWorld
import Testing

@testable import DaybookEngine

/// Opens one book again and again, on a simulated machine and in one thread.
private struct JarHistory {
  let machine: SimulatedMachine
  var numbers: SeededNumbers
  private var names = 0

  static let path = "/book"
  static let folder = "/book/checkpoints"

  init(seed: UInt64) {
    machine = SimulatedMachine(seed: seed)
    numbers = SeededNumbers(seed: seed)
  }

  func open(_ world: World, catalogue: Catalogue = .jars) throws -> Engine {
    try Engine(
      JarHistory.path, catalogue: catalogue, world: world,
      options: LogOptions(
        segmentBytes: 6 << 10, preallocateBytes: 4 << 10, creation: .ifMissing),
      driver: .caller)
  }

  mutating func submit(_ count: Int, to engine: Engine) throws {
    for index in 0..<count {
      // A frame now and then, so that segments are sealed.
      if index % 10 == 9 { engine.log.step() }
      let reference = numbers.oneIn(2) ? "row-\(names)" : nil
      names += 1
      if numbers.oneIn(3), engine.state(of: LastTouches.self).count > 1 {
        var command = FillOddly()
        command.number = UInt64.random(in: 1...200, using: &numbers)
        command.beans = 0
        _ = try engine.submit(command, envelope(reference))
      } else {
        _ = try engine.submit(fill([0, UInt64(numbers.oneIn(40) ? 1 : 0)]), envelope(reference))
      }
    }
    try engine.log.waitBlocking(for: engine.lastPosition)
  }

  /// The digest of what the whole log makes of it, without any checkpoint.
  func digestOfLog(_ world: World) throws -> String {
    var content = DecisionContent(.jars)
    var log = try LogReader(JarHistory.path, in: world)
    try log.scan(from: Position(1)) { try content.evolve($0) }
    return "\(try #require(try CheckpointDraft(of: &content)).digest)"
  }

  /// The files of the checkpoint, by path.
  func files(_ world: World) throws -> [String] {
    try world.files.list(JarHistory.folder).filter { $0.hasPrefix("decisions") }
      .map { FilePath.join(JarHistory.folder, $0) }
  }
}

@Suite struct `The decision states in a checkpoint` {
  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func `are, with the tail of the log, what the whole log makes of them`(_ seed: UInt64) throws {
    var history = JarHistory(seed: seed)
    for round in 0..<5 {
      let world = history.machine.start()
      let engine = try history.open(world)
      #expect(engine.checkpoints.notices == [])
      #expect(try engine.decisionDigest() == history.digestOfLog(world))
      try history.submit(Int.random(in: 0...60, using: &history.numbers), to: engine)
      if round != 3, engine.lastPosition > .start {
        let written = try engine.checkpoint()
        #expect(written?.position ?? engine.lastPosition == engine.lastPosition)
        // Nothing has changed since.
        #expect(try engine.checkpoint() == nil)
      }
      try history.submit(Int.random(in: 0...20, using: &history.numbers), to: engine)
      let digest = try engine.decisionDigest()
      #expect(try digest == history.digestOfLog(world), "seed \(seed), round \(round)")
      if round % 2 == 0 {
        engine.close()
        history.machine.end(world)
      } else {
        history.machine.kill(world)
      }
    }
  }

  @Test func `stay in memory no longer than they are worked on`() throws {
    let history = JarHistory(seed: 8)
    let world = history.machine.start()
    let engine = try history.open(world)
    var loaded: [Int] = []
    for _ in 0..<12 {
      for _ in 0..<40 { _ = try engine.submit(fill([0]), envelope()) }
      // One that was left alone for long is read again.
      var old = FillOddly()
      old.number = 2
      _ = try engine.submit(old, envelope())
      try engine.log.waitBlocking(for: engine.lastPosition)
      let before = engine.state(of: LastTouches.self)
      #expect(before.loadedPageCount <= 24)
      _ = try engine.checkpoint()
      #expect(try engine.checkpoint() == nil)
      loaded.append(engine.state(of: LastTouches.self).loadedPageCount)
    }
    #expect(engine.state(of: LastTouches.self).pageCount > 110)
    #expect(loaded.allSatisfy { $0 <= 13 }, "\(loaded)")
    #expect(try engine.decisionDigest() == history.digestOfLog(world))
    engine.close()
  }

  @Test func `keep open the files that somebody may still read, and no other`() throws {
    let history = JarHistory(seed: 9)
    let engine = try history.open(history.machine.start())
    var early: (state: LastTouches, touches: [Position])?
    var most = (files: 0, pages: 0)
    for round in 0..<120 {
      for _ in 0..<8 { _ = try engine.submit(fill([0]), envelope()) }
      try engine.log.waitBlocking(for: engine.lastPosition)
      _ = try engine.checkpoint()
      let store = engine.store
      most.files = max(most.files, store.openFileCount)
      most.pages = max(most.pages, store.state.withLock { $0.pages.count })
      if round == 20 {
        // Its pages are in files only, of which some are about to be removed.
        let state = engine.state(of: LastTouches.self)
        early = (state, state.touches)
      }
    }
    #expect(most.files <= 40, "\(most)")
    #expect(most.pages <= 500, "\(most)")
    #expect(early?.state.touches == early?.touches)
    #expect(engine.checkpoints.notices == [])
    engine.close()
  }

  @Test func `are read from behind the checkpoint only`() throws {
    var history = JarHistory(seed: 3)
    let world = history.machine.start()
    var engine = try history.open(world)
    try history.submit(200, to: engine)
    _ = try engine.checkpoint()
    let digest = try engine.decisionDigest()
    try engine.settleReferences()
    engine.close()
    // Damage to a sealed segment is not noticed by an opening that has no need of it.
    let first = FilePath.join(JarHistory.path, "log/00000000000000000001.seg")
    let file = try world.files.open(first, .readWrite)
    try file.write([255, 255].span, at: 5_000)
    engine = try history.open(world)
    #expect(try engine.decisionDigest() == digest)
    #expect(engine.notices == [])
    try history.submit(10, to: engine)
    engine.close()
  }

  @Test func `write only the pages that changed`() throws {
    let history = JarHistory(seed: 4)
    let engine = try history.open(history.machine.start())
    for _ in 0..<100 {
      _ = try engine.submit(fill(Few(Array(repeating: 0, count: 40))), envelope())
    }
    let first = try #require(try engine.checkpoint())
    var command = FillOddly()
    command.number = 3
    _ = try engine.submit(command, envelope())
    let second = try #require(try engine.checkpoint())
    #expect(first.pagesKept == 0 && first.pagesWritten > 10)
    // The page of the jar, and that of the streams.
    #expect(second.pagesWritten == 2)
    #expect(second.pagesKept == first.pagesWritten - 2)
  }

  @Test func `hold nothing that is not synced`() throws {
    var history = JarHistory(seed: 5)
    let world = history.machine.start()
    let engine = try history.open(world)
    try history.submit(20, to: engine)
    _ = try engine.submit(fill([1]), envelope())
    let pending = try #require(try engine.pendingCheckpoint())
    #expect(throws: LogError.self) { try pending.write() }
    #expect(try history.files(world) == [])
    // What is decided meanwhile is not in it.
    _ = try engine.submit(fill([1]), envelope())
    try engine.log.waitBlocking(for: pending.position)
    let written = try pending.write()
    #expect(written.position == pending.position && written.position < engine.lastPosition)
    history.machine.kill(world)
    let next = history.machine.start()
    #expect(try history.open(next).decisionDigest() == history.digestOfLog(next))
  }

  @Test func `are not kept where one of them does not describe itself`() throws {
    let history = JarHistory(seed: 6)
    var catalogue = Catalogue.jars
    catalogue.add(state: Fragile.self)
    let engine = try history.open(history.machine.start(), catalogue: catalogue)
    _ = try engine.submit(fill([1]), envelope())
    #expect(try engine.checkpoint() == nil)
    #expect(try engine.decisionDigest() == nil)
  }

  @Test func `are made again where the catalogue has others`() throws {
    var history = JarHistory(seed: 7)
    let world = history.machine.start()
    var engine = try history.open(world)
    try history.submit(30, to: engine)
    _ = try engine.checkpoint()
    engine.close()
    var catalogue = Catalogue.jars
    catalogue.add(state: Fragile.self)
    engine = try history.open(world, catalogue: catalogue)
    #expect(engine.checkpoints.notices.map(\.kind) == [.stale])
    #expect(engine.state(of: LastTouches.self).count > 0)
    engine.close()
  }
}

@Suite struct `A damaged checkpoint of decision states` {
  @Test(arguments: [false, true])
  func `never makes them wrong, and says so`(_ cuts: Bool) throws {
    var history = JarHistory(seed: 8)
    let world = history.machine.start()
    var engine = try history.open(world)
    try history.submit(60, to: engine)
    _ = try engine.checkpoint()
    try history.submit(5, to: engine)
    engine.close()
    let digest = try history.digestOfLog(world)
    var silent: [String] = []
    for path in try history.files(world) {
      let bytes = try world.files.bytes(of: path, atMost: 1 << 20)
      let step = Effort.step(cuts ? 97 : 31, few: 3)
      for index in stride(from: 0, to: bytes.count, by: step) {
        var changed = bytes
        if cuts { changed.removeLast(bytes.count - index) } else { changed[index] ^= 1 << 3 }
        try world.files.replaceFile(path, with: changed.span)
        engine = try history.open(world)
        #expect(try engine.decisionDigest() == digest, "\(path), byte \(index)")
        if engine.checkpoints.notices.isEmpty { silent.append("\(path), byte \(index)") }
        engine.close()
      }
      try world.files.replaceFile(path, with: bytes.span)
    }
    #expect(silent == [])
  }

  @Test func `ends the deciding where the log is damaged, too`() throws {
    var history = JarHistory(seed: 9)
    let world = history.machine.start()
    var engine = try history.open(world)
    try history.submit(200, to: engine)
    _ = try engine.checkpoint()
    try engine.settleReferences()
    engine.close()
    let pages = try #require(try history.files(world).first { $0.hasSuffix(".pages") })
    for path in [pages, FilePath.join(JarHistory.path, "log/00000000000000000001.seg")] {
      let file = try world.files.open(path, .readWrite)
      let size = try file.size()
      // All pages; of the segment the first frames, and not its footer.
      let range = path == pages ? 0..<size : 4_096..<UInt64(5_000)
      for offset in stride(from: range.lowerBound, to: range.upperBound, by: 64) {
        try file.write([85].span, at: offset)
      }
    }
    engine = try history.open(world)
    let lastPosition = engine.lastPosition
    var command = FillOddly()
    command.number = 1
    #expect(throws: CheckpointFailure.self) { try engine.submit(command, envelope()) }
    #expect(throws: CheckpointFailure.self) { try engine.submit(fill([1]), envelope()) }
    #expect(engine.lastPosition == lastPosition)
    engine.close()
  }
}

@Suite struct `A stop while decision states are written` {
  @Test(arguments: 1...2 as ClosedRange<UInt64>)
  func `leaves a checkpoint that stands`(_ seed: UInt64) throws {
    var history = JarHistory(seed: seed)
    var changes = 0
    var isDone = false
    while !isDone {
      let world = history.machine.start()
      let engine = try history.open(world)
      try history.submit(7, to: engine)
      history.machine.stop(world, after: changes)
      _ = try? engine.checkpoint()
      isDone = history.machine.isAlive(world)
      history.machine.kill(world)
      if seed % 2 == 0 { history.machine.losePower() }
      let next = history.machine.start()
      let again = try history.open(next)
      #expect(try again.decisionDigest() == history.digestOfLog(next), "after \(changes) changes")
      #expect(again.checkpoints.notices == [])
      again.close()
      history.machine.end(next)
      changes += 1
    }
    #expect(changes > 4)
  }
}
