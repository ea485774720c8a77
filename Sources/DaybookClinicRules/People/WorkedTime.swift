public import DaybookValues

/// What an entry of time counts.
///
/// Clocking in and out are paired by the entry that is open, never by calendar day: a night shift
/// counts whole on the day on which it began. What was never ended is listed, not guessed.
public enum WorkedTime {
  /// An open entry older than this no longer keeps anybody from clocking in: 16 hours.
  public static let forgottenMilliseconds: Int64 = 16 * 3_600_000
  /// An entry longer than this counts nothing until it is corrected: 24 hours.
  public static let longestMilliseconds: Int64 = 24 * 3_600_000

  /// Whether an entry that is open since then was forgotten, for somebody who clocks in at `time`.
  public static func isForgotten(openSince start: Instant, at time: Instant) -> Bool {
    length(from: start, to: time) > forgottenMilliseconds
  }

  /// Whether an entry of this length must be corrected before it counts.
  public static func needsCorrection(from start: Instant, to end: Instant) -> Bool {
    length(from: start, to: end) > longestMilliseconds
  }

  /// The seconds that count: the whole ones between both times, less the break.
  public static func seconds(
    from start: Instant, to end: Instant, breakSeconds: UInt32
  ) -> UInt32 {
    let length = length(from: start, to: end)
    guard length > 0, length <= longestMilliseconds else { return 0 }
    return UInt32(max(0, length / 1000 - Int64(breakSeconds)))
  }

  /// Milliseconds between both; the nearest that fits, for times that no calendar has.
  private static func length(from start: Instant, to end: Instant) -> Int64 {
    let (length, tooLarge) = end.milliseconds.subtractingReportingOverflow(start.milliseconds)
    return tooLarge ? (end < start ? .min : .max) : length
  }
}

/// The time that may be worked and must be rested. Breaches warn, they refuse nothing.
///
/// Source: Directive 2003/88/EC, articles 3 (eleven hours of rest in each 24) and 6(b) (48 hours in
/// each seven days, on average); a country's pack may have others.
public enum WorkLimits {
  /// The least rest between two shifts: 11 hours.
  public static let restMilliseconds: Int64 = 11 * 3_600_000
  /// The most that may be worked in a week: 48 hours.
  public static let weekSeconds: Int64 = 48 * 3600
}

/// The week from Monday to Sunday. Source: ISO 8601.
public enum WorkWeek {
  /// The Monday of the day's week.
  public static func first(of day: Day) -> Day {
    // 1970-01-01 was a Thursday.
    let fromMonday = (Int64(day.daysSince1970) + 3) % 7
    return Day(
      daysSince1970: day.daysSince1970 &- Int32(fromMonday < 0 ? fromMonday + 7 : fromMonday))
  }

  /// The Sunday of the day's week.
  public static func last(of day: Day) -> Day {
    Day(daysSince1970: first(of: day).daysSince1970 &+ 6)
  }

  /// How many days from `from` to `to`, both inclusive, are no Saturday or Sunday.
  public static func weekdays(from: Day, to: Day) -> Int64 {
    guard from <= to else { return 0 }
    return weekdays(before: Int64(to.daysSince1970) + 1)
      - weekdays(before: Int64(from.daysSince1970))
  }

  /// Weekdays since a Monday far away, before the day of that number since 1970.
  private static func weekdays(before day: Int64) -> Int64 {
    // A Monday before all days that Int32 counts.
    let days = day + 3 + 7 * 400_000_000
    return days / 7 * 5 + min(days % 7, 5)
  }

  /// Time beyond the agreed week; none where no week is agreed.
  public static func overtime(worked seconds: Int64, agreed weekSeconds: UInt32) -> Int64 {
    weekSeconds == 0 ? 0 : max(0, seconds - Int64(weekSeconds))
  }
}
