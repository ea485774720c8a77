public import DaybookClinicEvents
public import DaybookValues

/// An absence as pay and leave depend on it.
public struct AbsenceSpan: Hashable, Sendable {
  /// What sort of absence it is.
  public var type: AbsenceType
  /// The first day.
  public var from: Day
  /// The last day.
  public var to: Day
  /// The working time that is missed, all days together.
  public var seconds: UInt32

  /// An absence from one day to another, both inclusive.
  public init(_ type: AbsenceType, from: Day, to: Day, seconds: UInt32) {
    self.type = type
    self.from = from
    self.to = to
    self.seconds = seconds
  }

  /// How much of it falls on the days from `first` to `last`.
  ///
  /// The time is spread evenly over its weekdays, over all its days where it has none, and every day
  /// has its own whatever range is asked for: adjoining ranges add up to the whole.
  public func seconds(from first: Day, to last: Day) -> Int64 {
    let (first, last) = (max(first, from), min(last, to))
    guard first <= last else { return 0 }
    let beforeFirst = Day(daysSince1970: first.daysSince1970 &- 1)
    return seconds(through: last) - (first == from ? 0 : seconds(through: beforeFirst))
  }

  /// How much of it falls on its days up to `day`, which is one of them.
  private func seconds(through day: Day) -> Int64 {
    let weekdays = WorkWeek.weekdays(from: from, to: to)
    let (part, whole) =
      weekdays > 0
      ? (WorkWeek.weekdays(from: from, to: day), weekdays)
      : (Int64(day.days(since: from)) + 1, Int64(to.days(since: from)) + 1)
    return Int64(Int128(seconds) * Int128(part) / Int128(whole))
  }
}

/// Paid leave: what somebody is entitled to, and what is left of it.
///
/// A year's leave is earned in proportion to the days of the year on which the contract holds, and
/// what is not taken is carried over: leave lapses by a decision, not by itself. A day of leave is a
/// fifth of the agreed week. Source: Directive 2003/88/EC, article 7; C-684/16.
public enum Leave {
  /// The working time that is missed from one day to another, on the terms of the first.
  public static func seconds(from: Day, to: Day, _ engagement: Engagement) -> Int64 {
    WorkWeek.weekdays(from: from, to: to) * engagement.terms(on: from).daySeconds
  }

  /// The seconds of leave to which somebody is entitled from the first day of the contract up to the
  /// end of a year.
  ///
  /// - Returns: Rounded once a year, half away from zero; `Int64.max` beyond what fits.
  public static func entitled(_ engagement: Engagement, throughYear year: Int) -> Int64 {
    guard year >= engagement.start.year else { return 0 }
    var sum: Int128 = 0
    for year in engagement.start.year...year { sum += Int128(entitled(engagement, inYear: year)) }
    return Int64(clamping: sum)
  }

  /// What a year adds.
  private static func entitled(_ engagement: Engagement, inYear year: Int) -> Int64 {
    guard let first = try? Day(year: year, month: 1, day: 1),
      let last = try? Day(year: year, month: 12, day: 31)
    else { return 0 }
    var sum: Int128 = 0
    for stretch in engagement.stretches(from: first, to: last)
    where stretch.terms.contract == .employee {
      // Thousandths of a day, a fifth of a week each, for so many days of the year.
      sum +=
        Int128(stretch.terms.leaveDays.thousandths) * Int128(stretch.terms.weekSeconds)
        * Int128(stretch.to.days(since: stretch.from) + 1)
    }
    let divisor = Int128(5 * 1000) * Int128(last.days(since: first) + 1)
    return Int64(clamping: (try? Rounding.halfAwayFromZero(sum, dividedBy: divisor)) ?? 0)
  }
}
