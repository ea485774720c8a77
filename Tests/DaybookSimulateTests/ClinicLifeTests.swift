import DaybookTesting
import Testing

@testable import daybook_simulate

@Suite struct `A simulated book of a clinic` {
  @Test(arguments: Effort.cases(0..<4 as Range<UInt64>, few: 1))
  func `keeps every promise through faults and crashes`(_ part: UInt64) throws {
    var counts = LifeCounts()
    for seed in part * 5..<(part + 1) * 5 {
      var life = BookLife<ClinicWorkload>(seed: seed)
      do {
        try life.run()
      } catch {
        Issue.record("\(error)\nrun: daybook-simulate --seeds \(seed)")
      }
      counts += life.counts
    }
    #expect(
      counts.acknowledged > 100 && counts.refusals > 100 && counts.repeats > 5
        && counts.clashes > 1 && counts.rotations > 2 && counts.rewrites > 1
        && counts.machine.lostSectors > 100, "\(counts.rows)")
  }

  /// Seeds that broke a promise once: of a page that could not be read, the event was said to be at
  /// fault that concerned it.
  @Test(arguments: [2549] as [UInt64])
  func `keeps the promises that it once broke`(_ seed: UInt64) throws {
    var life = BookLife<ClinicWorkload>(seed: seed)
    try life.run()
  }

  @Test(
    arguments: Effort.cases(
      [SeededMistake.acknowledgesBeforeSync, .skipsChecksum, .dropsIndexEntry], few: 1))
  func `is caught making this mistake`(_ mistake: SeededMistake) {
    #expect(BookLife<ClinicWorkload>.find(mistake, among: 0..<200) != nil)
  }
}

@Suite struct `What a simulation is asked for` {
  @Test func `is read from its arguments`() throws {
    let options = try #require(
      SimulationOptions([
        "--seeds", "3..<9", "--mistake", "skipsChecksum", "--steps", "12", "--commit", "abc",
      ]))
    #expect(options.seeds == 3..<9)
    #expect(options.mistakes == [.skipsChecksum])
    #expect(options.stepsMax == 12)
    #expect(options.commit == "abc")
    #expect(try #require(SimulationOptions(["--seeds", "17"])).seeds == 17..<18)
    #expect(try #require(SimulationOptions(["--fresh"])).seconds == 60)
    #expect(try #require(SimulationOptions(["--gate"])).isGate)
  }

  @Test(arguments: [
    ["--seeds"], ["--seeds", "9..<3"], ["--seeds", "1..<2..<3"], ["--seeds", "x"],
    ["--seeds", ""], ["--seeds", "-1"], ["--mistake", "none"], ["--seconds", "-1"], ["--loud"],
    ["7"],
  ])
  func `is refused where it makes no sense`(_ arguments: [String]) {
    #expect(SimulationOptions(arguments) == nil)
  }
}
