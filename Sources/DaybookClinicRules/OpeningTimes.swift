public import DaybookClinicEvents
import DaybookValues

/// Whether something is open for the whole of an interval.
public enum OpeningTimes {
  /// Milliseconds of a week.
  private static let week: Int64 = 7 * 86_400_000

  /// Whether hours of a week hold the whole interval; without hours nothing is ever closed.
  ///
  /// - Parameters:
  ///   - hours: The parts of every week, in any order; those that touch are one.
  ///   - start: Milliseconds since 1970 on the clinic's own clock.
  ///   - end: The same, at or after `start`; what ends when it closes is within.
  /// - Complexity: O(n^2) in the count of parts, of which a week has a few.
  public static func hold(
    _ hours: some Collection<OpenHours>, from start: Int64, to end: Int64
  ) -> Bool {
    if hours.isEmpty { return true }
    var at = start
    let (length, tooLong) = end.subtractingReportingOverflow(start)
    // Who is open for a week without a break is always open.
    let last = tooLong || length > week ? start &+ week : end
    while at < last {
      guard let open = hours.lazy.compactMap({ remaining(of: $0, at: at) }).max() else {
        return false
      }
      at += open
    }
    return true
  }

  /// For how much longer a part is open at a time; nil where it is not.
  private static func remaining(of part: OpenHours, at time: Int64) -> Int64? {
    var (days, millisecond) = time.quotientAndRemainder(dividingBy: 86_400_000)
    if millisecond < 0 {
      days -= 1
      millisecond += 86_400_000
    }
    guard let day = Int32(exactly: days),
      DayOfWeek(Day(daysSince1970: day).weekday) == part.day,
      millisecond >= Int64(part.fromSecond) * 1000, millisecond < Int64(part.toSecond) * 1000
    else { return nil }
    return Int64(part.toSecond) * 1000 - millisecond
  }

  /// Whether hours can be kept: each on a day, and from a second to a later one of it.
  public static func areSound(_ hours: some Collection<OpenHours>) -> Bool {
    hours.allSatisfy {
      $0.day != .unspecified && $0.fromSecond < $0.toSecond && $0.toSecond <= 86_400
    }
  }
}
