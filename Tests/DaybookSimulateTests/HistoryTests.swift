import Daybook
import DaybookScenarios
import DaybookTesting
import Testing

@testable import daybook_simulate

/// Random histories of 1,000 actions, each looked at ten times and opened again; every other one loses
/// power there. `.ci/run` lives through more, `.ci/long` through 2,000 and 20 of a million actions.
@Suite struct `A random history` {
  static let seeds: Range<UInt64> = 0..<12

  private static let outcomes = seeds.map { _ in Locked<HistoryOutcome?>(nil) }

  /// Each is lived once, whichever test asks first.
  private static func outcome(of index: Int) throws -> HistoryOutcome {
    try outcomes[index].withLock { known throws(any Error) in
      if let known { return known }
      var plan = HistoryPlan(
        seed: seeds.lowerBound + UInt64(index), size: HistorySize(), length: 1_000,
        actions: 1_000)
      plan.crashes = index % 2 == 1
      let (lived, failure) = HistoryRun.live(plan)
      if let failure {
        Issue.record("\(failure.text)\nrun: daybook-simulate \(plan.arguments)")
      }
      known = lived
      return lived
    }
  }

  @Test(arguments: Effort.cases(seeds, few: 2))
  func `keeps every property, refuses what is all but allowed, and loses nothing that was told`(
    _ seed: UInt64
  ) throws {
    let outcome = try Self.outcome(of: Int(seed - Self.seeds.lowerBound))
    // Most of what is to be undone can be.
    #expect(outcome.tolerated < 120, "seed \(seed): \(outcome.tolerated)")
    #expect(outcome.refused.count >= 12, "seed \(seed): \(outcome.refused)")
    #expect(outcome.stops == 10, "seed \(seed)")
    #expect(outcome.crashes == (seed % 2 == 1 ? 10 : 0), "seed \(seed)")
  }

  @Test(.enabled(if: Effort.isFull, "takes the optimiser"))
  func `lets every event occur, and nearly every code be given`() throws {
    var sum = HistoryOutcome()
    for index in 0..<Self.seeds.count { sum += try Self.outcome(of: index) }
    let names = ClinicEvents.families.flatMap(\.events).map(\.name)
    let missing = names.filter { sum.names[$0] == nil }
    #expect(missing == [], "of \(names.count) events these never occurred")
    #expect(sum.refused.count >= 30, "\(sum.refused.keys.map(\.rawValue).sorted())")
  }

  /// Five clinics, nine people, forty items and 500 patients, at forty actions a day.
  @Test(.enabled(if: Effort.isFull, "takes the optimiser"), arguments: [false, true])
  func `of a larger business keeps every property, too`(_ crashes: Bool) throws {
    let size = HistorySize(clinics: 5, patients: 500, staff: 9, items: 40, actionsPerDay: 40)
    var plan = HistoryPlan(seed: 7, size: size, length: 2_000, actions: 2_000)
    plan.crashes = crashes
    let (lived, failure) = HistoryRun.live(plan)
    #expect(failure == nil, "run: daybook-simulate \(plan.arguments)")
    #expect(lived.accepted > 1_700)
  }

  @Test func `is the same again from the same seed`() {
    var plan = HistoryPlan(seed: 3, size: HistorySize(), length: 150, actions: 150)
    plan.crashes = true
    let first = HistoryRun.live(plan).0
    let second = HistoryRun.live(plan).0
    #expect(first.names == second.names && first.refused == second.refused)
    #expect(first.lost == second.lost)
  }

  @Test func `whose disk says too early that it has synced is found out, and shortened`() throws {
    var found: (plan: HistoryPlan, failure: HistoryRun.Failure)?
    for seed in 0..<20 as Range<UInt64> where found == nil {
      var plan = HistoryPlan(seed: seed, size: HistorySize(), length: 60, actions: 60)
      plan.properties = [.checkpoint]
      plan.crashes = true
      plan.mistakes = [.acknowledgesBeforeSync]
      if let failure = HistoryRun.live(plan).failure { found = (plan, failure) }
    }
    let (plan, failure) = try #require(found)
    let (shortest, its) = HistoryRun.shortest(plan, failure)
    #expect(shortest.actions <= plan.actions)
    #expect(HistoryRun.live(shortest).failure == its)
    var shorter = shortest
    shorter.actions -= 1
    #expect(HistoryRun.live(shorter).failure == nil)
    #expect(shortest.arguments.contains("--mistake acknowledgesBeforeSync"))
  }

  @Test func `with an event left out is not sound`() throws {
    let plan = HistoryPlan(seed: 1, size: HistorySize(), length: 40, actions: 40)
    let history = try LivedHistory(plan)
    try history.run()
    var rules = HistoryRules()
    try history.reader.scan(from: Position(1), by: EventDecoder()) { event in
      if event.header.position != Position(70) { try rules.take(event) }
    }
    #expect(rules.faults.list.first?.rule == .log)
    #expect(history.rules.faults.list.isEmpty)
  }
}

@Suite struct `What random histories are asked for` {
  @Test func `is read from its arguments`() throws {
    let options = try #require(
      HistoryOptions([
        "--property", "numbers,replay", "--seeds", "3..9", "--actions", "50", "--of", "80",
        "--clinics", "4", "--patients", "10", "--staff", "5", "--items", "12", "--per-day", "9",
        "--crashes", "--shrink",
      ]))
    #expect(options.properties == [.rule(.numbers), .replay])
    let rules = try #require(HistoryOptions(["--property", "rules"])).plan(0).rules
    #expect(rules == Set(HistoryRuleName.allCases))
    #expect(options.seeds == 3..<10)
    #expect(options.crashes && options.shrinks && !options.isList)
    let plan = options.plan(3)
    #expect(plan.actions == 50 && plan.length == 80)
    #expect(
      plan.size
        == HistorySize(clinics: 4, patients: 10, staff: 5, items: 12, actionsPerDay: 9))
    #expect(try #require(HistoryOptions(["--property", "list"])).isList)
    #expect(try #require(HistoryOptions(["--property", "all", "--seeds", "5..<7"])).seeds == 5..<7)
  }

  @Test(arguments: [
    ["--property"], ["--property", "none"], ["--property", ""], ["--property", "log,"],
    ["--seeds", "9..3"],
    ["--seeds", "1..x"], ["--actions", "0"], ["--actions", "-1"], ["--actions", "9", "--of", "8"],
    ["--loud"], ["7"],
  ])
  func `is refused where it makes no sense`(_ arguments: [String]) {
    #expect(HistoryOptions(arguments) == nil)
  }

  @Test func `is what a failing history prints`() throws {
    var plan = HistoryPlan(
      seed: 12, size: HistorySize(clinics: 3, staff: 4, actionsPerDay: 7), length: 500, actions: 21)
    plan.properties = [.verify, .legal]
    plan.crashes = true
    plan.mistakes = [.skipsChecksum]
    let words = plan.arguments.split(separator: " ").map(String.init)
    #expect(try #require(HistoryOptions(words)).plan(12) == plan)
  }

  @Test func `has the places of its stops from the seed, whatever part is lived`() {
    var plan = HistoryPlan(seed: 5, size: HistorySize(), length: 1_000, actions: 1_000)
    let stops = plan.stops
    #expect(stops.count == 10 && stops == stops.sorted())
    plan.actions = 30
    #expect(plan.stops == stops)
    plan.length = 4
    #expect(plan.stops == [0, 1, 2, 3])
  }
}
