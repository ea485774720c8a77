import DaybookTesting
import DaybookWorld

/// Lives of a clinic's book, one after the other, and what came of them.
struct Simulation {
  private let options: SimulationOptions
  private let began = MonotonicClock.nanoseconds()
  private var counts = LifeCounts()

  /// Does what is asked for.
  ///
  /// - Returns: The exit code: 0 when everything held.
  static func main(_ arguments: [String], world: World) -> Int32 {
    if arguments.contains("--help") || arguments.contains("-h") {
      say("\(SimulationOptions.help)\n\n\(HistoryOptions.help)")
      return 0
    }
    if arguments.contains("--property") { return HistoryRun.main(arguments, world: world) }
    guard var options = SimulationOptions(arguments) else {
      StandardError.write("\(SimulationOptions.help)\n")
      return 2
    }
    if options.isFresh {
      let first = world.randomness.bytes(5).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      options.seeds = first..<first + 1_000_000_000
    }
    var simulation = Simulation(options)
    return options.isGate ? simulation.gate() : simulation.live()
  }

  private init(_ options: SimulationOptions) { self.options = options }

  private mutating func live() -> Int32 {
    let seeds = options.seeds
    Self.say("seeds from \(seeds.lowerBound)")
    var last = seeds.lowerBound
    for seed in seeds {
      if let limit = options.seconds, seconds >= Double(limit) { break }
      last = seed + 1
      var life = BookLife<ClinicWorkload>(
        seed: seed, mistakes: options.mistakes, stepsMax: options.stepsMax)
      do {
        try life.run()
        counts += life.counts
      } catch {
        counts += life.counts
        Self.say("BROKEN \(error)\nrun: daybook-simulate \(arguments(for: seed))")
        report(seeds.lowerBound..<last)
        return 1
      }
    }
    report(seeds.lowerBound..<last)
    return 0
  }

  private func arguments(for seed: UInt64) -> String {
    (["--seeds \(seed)"] + options.mistakes.map { "--mistake \($0.rawValue)" }.sorted())
      .joined(separator: " ")
  }

  private mutating func gate() -> Int32 {
    var isOpen = false
    for mistake in SeededMistake.allCases {
      let found = BookLife<ClinicWorkload>.find(mistake, among: options.seeds)
      if let found {
        Self.say("\(mistake.rawValue): found by seed number \(found.seeds), \(found.promise)")
      } else {
        Self.say("\(mistake.rawValue): NOT FOUND by \(options.seeds.count) seeds")
        isOpen = true
      }
    }
    sayVersion()
    return isOpen ? 1 : 0
  }

  private func report(_ seeds: Range<UInt64>) {
    let width = counts.rows.map(\.name.count).max() ?? 0
    for row in counts.rows {
      let name = row.name + String(repeating: " ", count: width - row.name.count)
      Self.say("\(name)  \(row.count)")
    }
    let perSecond = Double(seeds.count) / max(seconds, 0.001)
    Self.say("seeds \(seeds), \(Int(seconds)) s, \(Int(perSecond)) seeds a second")
    sayVersion()
  }

  private func sayVersion() {
    if !options.commit.isEmpty { Self.say("version \(options.commit)") }
  }

  private var seconds: Double { Double(MonotonicClock.nanoseconds() - began) / 1e9 }

  static func say(_ line: String) {
    do {
      try StandardOutput.write("\(line)\n")
    } catch {
      StandardError.write("\(error)\n")
    }
  }
}
