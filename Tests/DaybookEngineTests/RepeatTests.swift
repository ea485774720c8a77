import DaybookEvents
import DaybookLog
import DaybookTesting
import DaybookValues
import DaybookWorld
import Testing

@testable import DaybookEngine

/// What a random history of commands with references was answered, opening after opening.
struct RepeatHistory {
  struct Answer: Hashable {
    var events: [ActionReceipt.Appended] = []
    var isRepeat = false
    var refused: [RefusalCode] = []
  }

  var numbers: SeededNumbers
  /// What each reference was first given, and first answered.
  private var known: [String: (beans: UInt64, events: [ActionReceipt.Appended])] = [:]
  private var names: [String] = []
  private(set) var answers: [Answer] = []
  private(set) var faults: [String] = []

  init(seed: UInt64) { numbers = SeededNumbers(seed: seed) }

  mutating func submit(_ count: Int, to engine: Engine) throws {
    for _ in 0..<count {
      let isNew = names.isEmpty || Int.random(in: 0..<3, using: &numbers) > 0
      let name =
        isNew
        ? "row-\(names.count)-\(numbers.next())"
        : names[Int.random(in: names.indices, using: &numbers)]
      // The first one ever is asked for now and then.
      let reference = !isNew && numbers.oneIn(10) ? names[0] : name
      let isOther = !isNew && numbers.oneIn(4)
      let beans = isOther ? 2 : known[reference]?.beans ?? UInt64(numbers.oneIn(2) ? 0 : 1)
      let outcome = try engine.submit(fill([beans]), envelope(reference))
      var answer = Answer()
      switch outcome.result {
      case .success(let receipt):
        answer.events = receipt.events
        answer.isRepeat = receipt.isRepeat
      case .failure(let refusal): answer.refused = refusal.violations.map(\.code)
      }
      answers.append(answer)
      if let first = known[reference] {
        let isRight =
          isOther
          ? answer.refused == [.duplicateSource] && outcome.standing?.events == first.events
          : answer.isRepeat && answer.events == first.events
        if !isRight { faults.append("\(reference): \(answer)") }
      } else {
        if answer.isRepeat || answer.events.count != 1 { faults.append("\(reference): \(answer)") }
        known[reference] = (beans, answer.events)
        names.append(reference)
      }
    }
  }
}

@Suite struct `Repeats over many segments` {
  private func engine(_ book: JarBook, bits: Int, _ driver: LogDriver) throws -> Engine {
    try Engine(
      book.path, .jars, .live,
      LogOptions(
        segmentBytes: 8 << 10, preallocateBytes: 8 << 10, durability: .synced, creation: .ifMissing),
      driver, fingerprintBits: bits)
  }

  /// Runs a history over several openings.
  private func run(
    _ seed: UInt64, bits: Int, _ driver: LogDriver, checkpoints: Bool = false,
    betweenOpenings: (String) throws -> Void = { _ in }
  ) throws -> (history: RepeatHistory, files: Int) {
    let book = try JarBook()
    var history = RepeatHistory(seed: seed)
    var files = 0
    for _ in 0..<4 {
      let engine = try self.engine(book, bits: bits, driver)
      for round in 0..<6 {
        if checkpoints, round % 4 == 1 { _ = try engine.checkpoint() }
        try history.submit(60, to: engine)
        // Now and then everything is on the disk, so that segments are sealed while repeats arrive.
        try engine.log.waitBlocking(for: engine.lastPosition)
      }
      if driver == .caller { try engine.settleReferences() }
      engine.close()
      files = max(files, engine.references.files)
      try betweenOpenings(FilePath.join(book.path, "checkpoints"))
    }
    return (history, files)
  }

  @Test(arguments: [48, 6], [LogDriver.thread, .caller])
  func `are answered as the first was`(_ bits: Int, _ driver: LogDriver) throws {
    let (history, files) = try run(UInt64(bits), bits: bits, driver)
    #expect(history.faults == [])
    #expect(history.answers.filter(\.isRepeat).count > 200)
    #expect(files > 0)
  }

  @Test(arguments: [48, 6], [LogDriver.thread, .caller])
  func `are answered alike with checkpoints and without`(
    _ bits: Int, _ driver: LogDriver
  ) throws {
    let (with, _) = try run(5, bits: bits, driver, checkpoints: true)
    let (without, _) = try run(5, bits: bits, driver)
    let isAlike = with.answers == without.answers
    #expect(isAlike)
    #expect(with.faults == [])
  }

  @Test func `are answered alike with files and without`() throws {
    let (with, _) = try run(77, bits: 48, .thread)
    let files = LiveFileSystem()
    let (without, _) = try run(77, bits: 48, .thread) { try files.removeAll($0) }
    let isAlike = with.answers == without.answers
    #expect(isAlike)
    #expect(without.faults == [])
  }

  @Test func `are told of what was made again`() throws {
    let book = try JarBook()
    var history = RepeatHistory(seed: 1)
    var engine = try self.engine(book, bits: 48, .thread)
    try history.submit(600, to: engine)
    try engine.log.waitBlocking(for: engine.lastPosition)
    try engine.settleReferences()
    #expect(engine.notices == [])
    engine.close()
    try LiveFileSystem().removeAll(FilePath.join(book.path, "checkpoints"))
    engine = try self.engine(book, bits: 48, .thread)
    #expect(engine.notices.count > 0)
    #expect(engine.notices.allSatisfy { $0.contains("no file of references") })
    engine.close()
  }
}
