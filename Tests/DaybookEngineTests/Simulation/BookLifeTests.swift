import DaybookTesting
import Testing

@Suite struct `A simulated book of jars` {
  @Test func `keeps every promise through faults and crashes`() throws {
    var counts = LifeCounts()
    for seed in 0..<24 as Range<UInt64> {
      var life = BookLife<JarWorkload>(seed: seed)
      do { try life.run() } catch { Issue.record("\(error)") }
      counts += life.counts
    }
    // Seeds under which nothing happens prove nothing.
    #expect(
      counts.acknowledged > 100 && counts.refusals > 100 && counts.repeats > 10
        && counts.clashes > 2 && counts.rotations > 2 && counts.rewrites > 1
        && counts.machine.lostSectors > 100, "\(counts.rows)")
  }

  @Test func `lives the same life again from the same seed`() throws {
    var lives: [LifeCounts] = []
    for _ in 0..<2 {
      var life = BookLife<JarWorkload>(seed: 11)
      try life.run()
      lives.append(life.counts)
    }
    #expect(lives[0] == lives[1])
  }

  @Test(arguments: Effort.cases(SeededMistake.allCases, few: 4))
  func `is caught making this mistake`(_ mistake: SeededMistake) {
    #expect(BookLife<JarWorkload>.find(mistake, among: 0..<1000) != nil)
  }
}
