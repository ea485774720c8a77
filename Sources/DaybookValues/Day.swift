/// A civil day of the proleptic Gregorian calendar.
///
/// Days that are read, made from parts or computed lie in the years 0001 to 9999. Any count may be
/// stored, since wire bytes hold any: check `isInRange` before trusting one. Days outside print
/// with a signed year, which reading refuses.
@frozen public struct Day: Hashable, Sendable {
  /// Days since 1970-01-01.
  public var daysSince1970: Int32

  /// 1970-01-01.
  @inlinable public init() {
    daysSince1970 = 0
  }

  /// So many days after 1970-01-01, unchecked.
  @inlinable public init(daysSince1970: Int32) {
    self.daysSince1970 = daysSince1970
  }

  /// The day with these parts.
  ///
  /// - Throws: `.outOfRange` for a year beyond 1...9999 or a day that the month does not have.
  public init(year: Int, month: Int, day: Int) throws(ValueError) {
    guard
      (1...9999).contains(year), (1...12).contains(month),
      (1...Int(CivilDate.daysInMonth(Int64(month), of: Int64(year)))).contains(day)
    else {
      throw ValueError(.outOfRange, subject: "day", text: "\(year)-\(month)-\(day)")
    }
    self.init(CivilDate(year: Int64(year), month: Int64(month), day: Int64(day)))
  }

  /// Reads `YYYY-MM-DD`.
  ///
  /// - Throws: `.empty`, `.malformed`, `.outOfRange`.
  public init(parsing text: some StringProtocol) throws(ValueError) {
    var reader = try TextReader(String(text), subject: "day")
    self.init(try CivilDate.read(&reader))
    try reader.finish()
  }

  /// The day of a date; the nearest that Int32 days reach.
  @inlinable init(_ civil: CivilDate) {
    daysSince1970 = Int32(clamping: civil.daysSince1970)
  }

  /// 0001-01-01, the first day that can be read.
  @inlinable public static var min: Day { Day(daysSince1970: -719_162) }

  /// 9999-12-31, the last day that can be read.
  @inlinable public static var max: Day { Day(daysSince1970: 2_932_896) }

  /// Whether the day lies in the years 0001 to 9999.
  @inlinable public var isInRange: Bool { self >= .min && self <= .max }
}

extension Day {
  @inlinable var civil: CivilDate { CivilDate(daysSince1970: Int64(daysSince1970)) }

  /// The year, 1 to 9999 for a day in range.
  @inlinable public var year: Int { Int(civil.year) }

  /// The month of the year, 1 to 12.
  @inlinable public var month: Int { Int(civil.month) }

  /// The day of the month, 1 to 31.
  @inlinable public var day: Int { Int(civil.day) }

  /// The month that the day belongs to.
  @inlinable public var monthOf: Month {
    let civil = civil
    return Month(unchecked: civil.year, civil.month)
  }

  /// The day of the week.
  @inlinable public var weekday: Weekday {
    // 1970-01-01 was a Thursday.
    let fromMonday = (Int(daysSince1970) &+ 3) % 7
    return Weekday(fromMonday: fromMonday < 0 ? fromMonday &+ 7 : fromMonday)
  }

  /// The first day of its month.
  @inlinable public var firstOfMonth: Day {
    var civil = civil
    civil.day = 1
    return Day(civil)
  }

  /// The last day of its month.
  @inlinable public var lastOfMonth: Day {
    var civil = civil
    civil.day = CivilDate.daysInMonth(civil.month, of: civil.year)
    return Day(civil)
  }

  /// Whether the year has 366 days: every fourth, of the full centuries every fourth.
  @inlinable public static func isLeapYear(_ year: Int) -> Bool {
    CivilDate.isLeap(Int64(year))
  }

  /// So many days later, or earlier when negative.
  ///
  /// - Throws: `.outOfRange` beyond the years 0001 to 9999.
  @inlinable public func adding(days: Int) throws(ValueError) -> Day {
    let (sum, tooLarge) = days.addingReportingOverflow(Int(daysSince1970))
    guard !tooLarge, sum >= Int(Day.min.daysSince1970), sum <= Int(Day.max.daysSince1970) else {
      throw outOfRange("\(days) days")
    }
    return Day(daysSince1970: Int32(truncatingIfNeeded: sum))
  }

  /// The same day of the month so many months later; the month's last day if it has no such day.
  ///
  /// - Throws: `.outOfRange` beyond the years 0001 to 9999.
  public func adding(months: Int) throws(ValueError) -> Day {
    let civil = civil
    let from = Int((civil.year * 12) + civil.month - 1)
    let (index, tooLarge) = months.addingReportingOverflow(from)
    guard !tooLarge, index >= 12, index < 120_000 else { throw outOfRange("\(months) months") }
    let (year, month) = (Int64(index / 12), Int64(index % 12 + 1))
    let last = CivilDate.daysInMonth(month, of: year)
    return Day(CivilDate(year: year, month: month, day: Swift.min(civil.day, last)))
  }

  /// Days from the other day to this one; negative when the other is later.
  @inlinable public func days(since other: Day) -> Int {
    Int(daysSince1970) - Int(other.daysSince1970)
  }

  @usableFromInline @inline(never)
  func outOfRange(_ step: String) -> ValueError {
    ValueError(.outOfRange, subject: "day", text: "\(self) + \(step)")
  }
}

extension Day: Strideable {
  /// Ordered by time.
  @inlinable public static func < (a: Day, b: Day) -> Bool {
    a.daysSince1970 < b.daysSince1970
  }

  /// Days from this day to the other.
  @inlinable public func distance(to other: Day) -> Int {
    other.days(since: self)
  }

  /// So many days later, for ranges and strides; use `adding(days:)` for a step from outside.
  ///
  /// - Precondition: The result lies within Int32 days of 1970.
  @inlinable public func advanced(by days: Int) -> Day {
    Day(daysSince1970: Int32(Int(daysSince1970) + days))
  }
}

extension Day: CustomStringConvertible {
  /// `YYYY-MM-DD`.
  public var description: String {
    var text = NumberText()
    civil.append(to: &text)
    return text.text
  }
}
