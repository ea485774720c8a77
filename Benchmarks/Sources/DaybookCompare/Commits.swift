import CBenchmark
import Daybook

/// What one contestant did: how long it took, and how long each caller waited.
struct Commits {
  private var latencies: [Int64]
  private var nanoseconds: Double

  init(_ latencies: [Int64], nanoseconds: Double) {
    self.latencies = latencies
    self.nanoseconds = nanoseconds
  }

  mutating func add(_ other: Commits) {
    latencies += other.latencies
    nanoseconds += other.nanoseconds
  }

  /// Commits a second.
  var rate: Double { Double(latencies.count) / nanoseconds * 1e9 }

  /// The wait that 99 of 100 commits do not exceed, in microseconds.
  var p99: Double {
    let sorted = latencies.sorted()
    return Double(sorted[(sorted.count * 99 + 99) / 100 - 1]) / 1000
  }
}

/// Does something so many times, one after the other.
func commits(_ count: Int, _ body: () throws -> Void) rethrows -> Commits {
  var latencies: [Int64] = []
  latencies.reserveCapacity(count)
  let start = benchmark_wall_nanoseconds()
  var before = start
  for _ in 0..<count {
    try body()
    let now = benchmark_wall_nanoseconds()
    latencies.append(now - before)
    before = now
  }
  return Commits(latencies, nanoseconds: Double(before - start))
}

/// Lets so many tasks do something at once; each gives the latencies of what it did.
func commits(
  by callers: Int, _ body: @escaping @Sendable (Int) async throws -> [Int64]
) async throws -> Commits {
  let start = benchmark_wall_nanoseconds()
  let latencies = try await withThrowingTaskGroup(of: [Int64].self) { group in
    for caller in 0..<callers { group.addTask { try await body(caller) } }
    var all: [Int64] = []
    for try await some in group { all += some }
    return all
  }
  return Commits(latencies, nanoseconds: Double(benchmark_wall_nanoseconds() - start))
}

/// The figures of contestants that take turns, by name and in the order of their first turn.
struct Rounds {
  /// Those measured, in order.
  private(set) var names: [String] = []
  private var turns: [String: Commits] = [:]
  private var rates: [String: [Double]] = [:]
  private var waits: [String: [Double]] = [:]

  /// Adds a turn to the round.
  mutating func add(_ name: String, _ commits: Commits) {
    if rates[name] == nil {
      names.append(name)
      rates[name] = []
    }
    if turns[name]?.add(commits) == nil { turns[name] = commits }
  }

  /// Closes the round: a contestant's rate is that of all its turns together.
  mutating func endRound() {
    for (name, commits) in turns {
      rates[name]?.append(commits.rate)
      waits[name, default: []].append(commits.p99)
    }
    turns = [:]
  }

  /// Commits a second in each round, or `times` as many of what a commit holds.
  func rate(_ name: String, _ unit: String, times: Int = 1) -> Figure {
    Figure(name: name, values: (rates[name] ?? []).map { $0 * Double(times) }, unit: unit)
  }

  func p99(_ name: String) -> Figure {
    Figure(name: "\(name).p99", values: waits[name] ?? [], unit: "us")
  }
}
