public import DaybookValues

/// The latest effective day of all facts, as it was known at any position.
///
/// It is the day of a report that is asked for none: not the wall clock's, so that the same log
/// prints the same report.
public struct LatestDays: Hashable, Sendable {
  private struct Step: Hashable, Sendable {
    var position: Position
    var day: Day
  }

  // Only where the latest day moves on: a step for a day of business, not for an event.
  private var steps: [Step] = []
  private var nextMidnight = Int64.min

  /// No fact is known.
  public init() {}

  /// Notes a fact with this header; plans must not be noted.
  @inlinable
  public mutating func note(_ header: RecordHeader) {
    let effective = header.effective
    let (local, overflow) = effective.instant.milliseconds.addingReportingOverflow(
      Int64(effective.offset.seconds) * 1000)
    if !overflow, isLater(local) { step(to: effective.day, at: header.position) }
  }

  @usableFromInline
  func isLater(_ localMilliseconds: Int64) -> Bool { localMilliseconds >= nextMidnight }

  @usableFromInline
  mutating func step(to day: Day, at position: Position) {
    steps.append(Step(position: position, day: day))
    nextMidnight = (Int64(day.daysSince1970) + 1) * 86_400_000
  }

  /// The latest day known at `position`, inclusive; nil before the first fact.
  ///
  /// - Complexity: O(log days).
  public func day(knownAt position: Position) -> Day? {
    var (low, high) = (0, steps.count)
    while low < high {
      let middle = (low + high) / 2
      if steps[middle].position <= position { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : steps[low - 1].day
  }
}
