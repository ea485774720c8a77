import CBenchmark
import Daybook

/// One line of the result: what it took, in each round.
struct Figure {
  var name: String
  /// One value a round, in `unit`.
  var values: [Double]
  var unit: String
  /// How it compares with `against`, by the medians of each round's own ratio.
  var ratio: Double?
  var against: String = ""

  var median: Double { Figure.median(values) }

  static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    if sorted.isEmpty { return 0 }
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }

  /// Compares with `other`, round by round: what disturbs one round disturbs both.
  func compared(with other: Figure) -> Figure {
    var figure = self
    figure.ratio = Figure.median(zip(values, other.values).map { $0 / $1 })
    figure.against = other.name
    return figure
  }
}

/// Processor time that this thread takes for `body`, in nanoseconds: other programs disturb it less
/// than they do the clock on the wall.
func processorTime(_ body: () throws -> Void) rethrows -> Double {
  let start = benchmark_processor_nanoseconds()
  try body()
  return Double(benchmark_processor_nanoseconds() - start)
}

/// Time on the wall, in nanoseconds, for what waits for a disk.
func wallTime(_ body: () throws -> Void) rethrows -> Double {
  let start = benchmark_wall_nanoseconds()
  try body()
  return Double(benchmark_wall_nanoseconds() - start)
}

/// The same for work that waits without blocking.
func waitingTime(_ body: () async throws -> Void) async rethrows -> Double {
  let start = benchmark_wall_nanoseconds()
  try await body()
  return Double(benchmark_wall_nanoseconds() - start)
}

/// Allocations during `body`, of the whole process; nil where they cannot be counted.
func allocations(_ body: () throws -> Void) rethrows -> Int? {
  benchmark_count_allocations(true)
  // The runtime's own allocations must be seen, or a zero would mean nothing.
  keep([UInt8](repeating: 1, count: 1000))
  guard benchmark_allocations() == 1 else { return nil }
  benchmark_count_allocations(true)
  try body()
  benchmark_count_allocations(false)
  return Int(benchmark_allocations())
}

/// Bytes that stay allocated of what `body` makes; nil where they cannot be counted.
func heapBytes<Made>(_ body: () throws -> Made) rethrows -> (made: Made, bytes: Int?) {
  let before = benchmark_heap_bytes()
  let made = try body()
  return (made, before < 0 ? nil : Int(benchmark_heap_bytes() - before))
}

/// Runs `bodies` by turns, `rounds` times, and gives the values of each.
func interleaved(_ rounds: Int, _ bodies: [() throws -> Double]) throws -> [[Double]] {
  var values = [[Double]](repeating: [], count: bodies.count)
  // The first round warms caches and counts for nothing.
  for round in 0...rounds {
    for (index, body) in bodies.enumerated() {
      let value = try body()
      if round > 0 { values[index].append(value) }
    }
  }
  return values
}

/// Keeps the optimiser from leaving out what made `value`.
@inline(never)
func keep<Value>(_ value: borrowing Value) {}
