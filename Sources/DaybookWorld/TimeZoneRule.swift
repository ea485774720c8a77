import DaybookValues

/// When daylight saving begins and ends, every year alike: the POSIX `TZ` text behind a zone's table.
///
/// `CET-1CEST,M3.5.0,M10.5.0/3`: the last Sunday of March at 2:00 standard time, the last Sunday
/// of October at 3:00 daylight time. Source: POSIX.1-2024, section 8.3, and RFC 9636, section 3.3
/// (times of -167 to 167 hours).
struct TimeZoneRule: Equatable {
  /// A day of the year and a time on it.
  struct Edge: Equatable {
    /// The day, in one of three ways.
    enum Turn: Equatable {
      /// 1 ... 365; 29 February is never counted.
      case withoutLeapDay(Int)
      /// 0 ... 365; 29 February is counted.
      case withLeapDay(Int)
      /// The weekday (0 = Sunday) of that week of the month; week 5 is the last.
      case weekday(Int, week: Int, month: Int)
    }

    var day: Turn
    /// From the midnight that begins the day, in the civil time that ends.
    var seconds: Int64
  }

  /// Seconds added to UTC in standard time.
  var standard: Int32
  /// Seconds added to UTC in daylight time, and when it begins and ends; nil when there is none.
  var daylight: Daylight?

  /// Daylight time, from one edge to another.
  struct Daylight: Equatable {
    var offset: Int32
    var begin: Edge
    var end: Edge
  }

  /// The changes of one year, in order of time; none in a year that `Day` does not have.
  func changes(in year: Int) -> [TimeZoneFile.Change] {
    guard let newYear = try? Day(year: year, month: 1, day: 1) else { return [] }
    guard let daylight else {
      return [TimeZoneFile.Change(at: Int64(newYear.daysSince1970) * 86_400, offset: standard)]
    }
    let begin = TimeZoneFile.Change(
      at: daylight.begin.second(after: newYear) - Int64(standard), offset: daylight.offset)
    let end = TimeZoneFile.Change(
      at: daylight.end.second(after: newYear) - Int64(daylight.offset), offset: standard)
    return begin.at < end.at ? [begin, end] : [end, begin]
  }
}

extension TimeZoneRule.Edge {
  /// Civil seconds since 1970-01-01T00:00:00, in the year that begins with `newYear`.
  func second(after newYear: Day) -> Int64 {
    var number = Int64(newYear.daysSince1970)
    switch day {
    case .withoutLeapDay(let ordinal):
      let isAfterLeapDay = ordinal >= 60 && Day.isLeapYear(newYear.year)
      number += Int64(ordinal) - (isAfterLeapDay ? 0 : 1)
    case .withLeapDay(let ordinal):
      number += Int64(ordinal)
    case .weekday(let weekday, let week, let month):
      // The year is one of `Day`, and so is each of its months.
      let first = (try? newYear.adding(months: month - 1)) ?? newYear
      number = Int64(first.daysSince1970)
      // 1970-01-01 was a Thursday.
      let weekdayOfFirst = ((number + 4) % 7 + 7) % 7
      number += (Int64(weekday) - weekdayOfFirst + 7) % 7 + Int64(week - 1) * 7
      if number > Int64(first.lastOfMonth.daysSince1970) { number -= 7 }
    }
    return number * 86_400 + seconds
  }
}

// MARK: - Text

extension TimeZoneRule {
  /// The rule that `text` states; nil when it states none.
  init?(parsing text: [UInt8]) {
    var reader = RuleReader(rest: text[...])
    guard reader.name(), let west = reader.time() else { return nil }
    // POSIX counts hours west of Greenwich.
    standard = Int32(truncatingIfNeeded: -west)
    if reader.rest.isEmpty { return }
    guard reader.name() else { return nil }
    var offset = standard + 3600
    if reader.rest.first != UInt8(ascii: ",") {
      guard let west = reader.time() else { return nil }
      offset = Int32(truncatingIfNeeded: -west)
    }
    guard let begin = reader.edge(), let end = reader.edge(), reader.rest.isEmpty else {
      return nil
    }
    daylight = Daylight(offset: offset, begin: begin, end: end)
  }
}

/// Reads the parts of a rule from the front of its text.
private struct RuleReader {
  var rest: ArraySlice<UInt8>

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest.removeFirst()
    return true
  }

  /// An abbreviation, which is not kept: three letters or more, or anything between `<` and `>`.
  mutating func name() -> Bool {
    if take("<") {
      guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { return false }
      rest = rest[(end + 1)...]
      return true
    }
    let letters = rest.prefix { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
    rest = rest[letters.endIndex...]
    return letters.count >= 3
  }

  mutating func number(_ range: ClosedRange<Int>) -> Int? {
    let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard (1...3).contains(digits.count) else { return nil }
    rest = rest[digits.endIndex...]
    let value = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    return range.contains(value) ? value : nil
  }

  /// `hh`, `hh:mm` or `hh:mm:ss` with a sign, in seconds.
  mutating func time() -> Int64? {
    let isNegative = take("-")
    if !isNegative { _ = take("+") }
    guard let hours = number(0...167) else { return nil }
    var seconds = Int64(hours) * 3600
    for unit in [60, 1] as [Int64] where take(":") {
      guard let part = number(0...59) else { return nil }
      seconds += Int64(part) * unit
    }
    return isNegative ? -seconds : seconds
  }

  /// `,M3.5.0`, `,J60` or `,59`, with `/time` behind it.
  mutating func edge() -> TimeZoneRule.Edge? {
    guard take(",") else { return nil }
    let day: TimeZoneRule.Edge.Turn
    if take("M") {
      guard let month = number(1...12), take("."), let week = number(1...5), take("."),
        let weekday = number(0...6)
      else { return nil }
      day = .weekday(weekday, week: week, month: month)
    } else if take("J") {
      guard let ordinal = number(1...365) else { return nil }
      day = .withoutLeapDay(ordinal)
    } else {
      guard let ordinal = number(0...365) else { return nil }
      day = .withLeapDay(ordinal)
    }
    var seconds: Int64 = 7200
    if take("/") {
      guard let given = time() else { return nil }
      seconds = given
    }
    return TimeZoneRule.Edge(day: day, seconds: seconds)
  }
}
