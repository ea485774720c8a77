import Daybook

/// Turns by a clock that all processes share, so that they agree without a word on whose it is.
///
/// By turns a writer is alone, followed within its process, and followed by another: what is compared
/// lies side by side in time, since disks and machines drift.
struct Slices: Sendable {
  enum Turn: Int64, Sendable { case alone, within, beside }

  private let nanoseconds: Int64

  init(milliseconds: Int64) { nanoseconds = milliseconds * 1_000_000 }

  /// The number of the slice at a time.
  func number(at time: Int64) -> Int64 { time / nanoseconds }

  /// Whether a slice is past its first half, in which a follower catches up with what was written
  /// while others had their turn: all the work of a second, done in a moment.
  func isSettled(at time: Int64) -> Bool { time % nanoseconds >= nanoseconds / 2 }

  static func turn(of number: Int64) -> Turn { Turn(rawValue: number % 3) ?? .alone }

  /// How long until it is that turn; 0 when it is.
  func wait(for turn: Turn) -> Int64 {
    let now = MonotonicClock.nanoseconds()
    if Slices.turn(of: number(at: now)) == turn { return 0 }
    return (number(at: now) + 1) * nanoseconds - now
  }

  /// How many actions a slice saw in each turn, and how much slower the followed ones were.
  ///
  /// - Parameter counts: Of the settled halves, by the number of the slice; the first and the last
  ///   are not whole.
  func figures(_ counts: [Int64: Int]) -> String {
    let whole = counts.keys.sorted().dropFirst().dropLast()
    var rates: [[Double]] = [[], [], []]
    var within: [Double] = []
    var beside: [Double] = []
    for number in whole where Slices.turn(of: number) == .alone {
      let trio = (0..<3).map { Double(counts[number + $0] ?? 0) }
      guard trio.allSatisfy({ $0 > 0 }), whole.contains(number + 2) else { continue }
      for index in 0..<3 { rates[index].append(trio[index] * 2e9 / Double(nanoseconds)) }
      within.append(trio[1] / trio[0])
      beside.append(trio[2] / trio[0])
    }
    return "slices=\(within.count) alone=\(median(rates[0])) within=\(median(rates[1])) "
      + "beside=\(median(rates[2])) withinRatio=\(median(within)) besideRatio=\(median(beside))"
  }
}

private func median(_ values: [Double]) -> Double {
  if values.isEmpty { return 0 }
  let sorted = values.sorted()
  let middle = sorted.count / 2
  return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
