import DaybookClinicEvents
import DaybookEvents
import DaybookWorld
import Testing

/// Random histories of 1,000 actions: twenty, or those of `DAYBOOK_HISTORIES=0..<500`.
@Suite struct `A random history` {
  static let seeds: [UInt64] = {
    guard let text = Environment.variable("DAYBOOK_HISTORIES") else { return Array(0..<20) }
    let ends = text.split(separator: "..<").compactMap { UInt64($0) }
    return ends.count == 2 && ends[0] < ends[1] ? Array(ends[0]..<ends[1]) : ends
  }()

  /// What a history came to: each is lived once, whichever test asks first.
  struct Outcome {
    var events: [String: Int]
    var codes: [RefusalCode: Int]
    var tolerated: Int
  }

  private static let outcomes = seeds.map { _ in Locked<Outcome?>(nil) }

  private static func outcome(of index: Int) throws -> Outcome {
    try outcomes[index].withLock { known throws(any Error) in
      if let known { return known }
      let seed = seeds[index]
      var book = try LegalBook(seed: seed)
      try book.live(1_000)
      try book.expectChecksPass()
      let events = try book.expectRulesHold()
      try book.expectSameStateAfterReplay()
      #expect(book.accepted + book.tolerated == 1_000, "seed \(seed)")
      let outcome = Outcome(events: events, codes: book.refused, tolerated: book.tolerated)
      known = outcome
      return outcome
    }
  }

  @Test(arguments: seeds.indices)
  func `of what is allowed keeps every rule, and refuses what is all but allowed`(
    _ index: Int
  ) throws {
    let outcome = try Self.outcome(of: index)
    // Most of what is to be undone can be.
    #expect(outcome.tolerated < 120, "seed \(Self.seeds[index]): \(outcome.tolerated)")
    #expect(outcome.codes.count >= 12, "seed \(Self.seeds[index]): \(outcome.codes)")
  }

  @Test func `lets every event occur, and nearly every code be given`() throws {
    guard Self.seeds.count >= 20 else { return }
    var events: [String: Int] = [:]
    var codes: Set<RefusalCode> = []
    for index in 0..<20 {
      let outcome = try Self.outcome(of: index)
      events.merge(outcome.events, uniquingKeysWith: +)
      codes.formUnion(outcome.codes.keys)
    }
    let names = ClinicEvents.families.flatMap(\.events).map(\.name)
    let missing = names.filter { events[$0] == nil }
    #expect(missing == [], "of \(names.count) events these never occurred")
    let rare: Set<RefusalCode> = [
      .alreadyClockedIn, .expiryRequired, .insufficientStock, .lotExpired, .lotHeld,
      .packageExpired, .tillNotOpen,
    ]
    #expect(rare.subtracting(codes) == [])
    #expect(codes.count >= 30, "\(codes.map(\.rawValue).sorted())")
  }
}
