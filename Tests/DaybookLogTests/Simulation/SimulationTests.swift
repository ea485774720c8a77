import DaybookTesting
import DaybookWorld
import Testing

/// Lives of a log from fixed seeds; from many with `DAYBOOK_SEEDS=1000..<21000`, from one with
/// `DAYBOOK_SEEDS=17`.
@Suite struct `A simulated log` {
  private static let parts = 6

  /// The seeds to try.
  private static let seeds: Range<UInt64> = {
    guard let text = Environment.variable("DAYBOOK_SEEDS") else {
      return 0..<UInt64(Effort.count(300, few: 90))
    }
    let ends = text.split(separator: "..<").compactMap { UInt64($0) }
    guard let first = ends.first, let last = ends.last, first <= last else { return 0..<0 }
    return ends.count == 1 ? first..<first + 1 : first..<last
  }()

  @Test(arguments: 0..<parts)
  func `keeps every promise through faults and crashes`(_ part: Int) throws {
    try #require(!Self.seeds.isEmpty, "DAYBOOK_SEEDS is a seed, or two with ..< between them")
    var counts = SimulatedCounts()
    for seed in Self.seeds where seed % UInt64(Self.parts) == UInt64(part) {
      var life = LogLife(seed: seed)
      do {
        try life.run()
      } catch {
        Issue.record(
          """
          \(error)
          run: DAYBOOK_SEEDS=\(seed) swift test --filter DaybookLogTests.*simulated
          """)
      }
      counts += life.machine.counts
    }
    // Seeds under which nothing happens prove nothing.
    if Self.seeds.count >= 300 {
      #expect(
        counts.powerLosses > 50 && counts.kills > 50 && counts.lostSectors > 500
          && counts.lostNameChanges > 2 && counts.droppedSectors > 10, "\(counts)")
    }
  }

  @Test(arguments: SeededMistake.allCases)
  func `would be caught making this mistake`(_ mistake: SeededMistake) {
    for seed in 0..<400 as Range<UInt64> {
      var life = LogLife(seed: seed, mistakes: [mistake])
      do { try life.run() } catch { return }
    }
    Issue.record("no seed notices \(mistake)")
  }
}
