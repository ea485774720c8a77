import DaybookValues
import Testing

@Suite struct `Days` {
  // The calendar repeats after 400 years; every month of all years is walked under `Months`.
  @Test func `follow the calendar through 400 years, one by one`() throws {
    var (year, month, day, weekday) = (1800, 1, 1, 3)
    var wrong = 0
    for count in Int32(-62_091)..<(-62_091 + 146_097) {
      let value = Day(daysSince1970: count)
      let made = try Day(year: year, month: month, day: day)
      if value.year != year || value.month != month || value.day != day
        || value.weekday.rawValue != weekday
        || made != value
      {
        wrong += 1
      }
      let isLeap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
      let last = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
      day += 1
      if day > last { (day, month) = (1, month + 1) }
      if month > 12 { (month, year) = (1, year + 1) }
      weekday = weekday % 7 + 1
    }
    #expect(wrong == 0)
    #expect((year, month, day) == (2200, 1, 1))
  }

  @Test(arguments: Samples.seeds) func `read back as they are printed`(_ seed: UInt64) throws {
    var samples = Samples(seed: seed)
    for _ in 0..<2_000 {
      let day = samples.day()
      #expect(try Day(parsing: day.description) == day)
      #expect(try Month(parsing: day.monthOf.description) == day.monthOf)
      #expect(try Day(year: day.year, month: day.month, day: day.day) == day)
    }
  }

  @Test(arguments: [
    ("0001-01-01", -719_162), ("1600-02-29", -135_081), ("1969-12-31", -1), ("1970-01-01", 0),
    ("2000-02-29", 11_016), ("2000-03-01", 11_017), ("2026-03-02", 20_514),
    ("9999-12-31", 2_932_896),
  ])
  func `count from 1970`(_ text: String, _ count: Int32) throws {
    #expect(try Day(parsing: text).daysSince1970 == count)
    #expect(Day(daysSince1970: count).description == text)
  }

  @Test(arguments: [
    ("2026-03-02", Weekday.monday), ("1970-01-01", .thursday), ("2000-02-29", .tuesday),
    ("0001-01-01", .monday), ("9999-12-31", .friday),
  ])
  func `know their weekday`(_ text: String, _ weekday: Weekday) throws {
    #expect(try Day(parsing: text).weekday == weekday)
  }

  @Test(arguments: [
    Fault("", .empty, at: 0), Fault("2026-3-02", .malformed, at: 6),
    Fault("2026-03-2", .malformed, at: 9), Fault("2026/03/02", .malformed, at: 4),
    Fault("2026-03-02 ", .malformed, at: 10), Fault("26-03-02", .malformed, at: 2),
    Fault("0000-12-31", .outOfRange, at: 0), Fault("2026-00-01", .outOfRange, at: 5),
    Fault("2026-13-01", .outOfRange, at: 5), Fault("2026-04-31", .outOfRange, at: 8),
    Fault("2026-01-00", .outOfRange, at: 8), Fault("2025-02-29", .outOfRange, at: 8),
    Fault("1900-02-29", .outOfRange, at: 8), Fault("2100-02-29", .outOfRange, at: 8),
    Fault("+2026-03-02", .malformed, at: 0), Fault("10000-01-01", .malformed, at: 4),
    Fault("２０２６-03-02", .malformed, at: 0),
  ])
  func `refuse a bad text, naming the byte`(_ fault: Fault) {
    #expect(fault.describes(error { () throws(ValueError) in _ = try Day(parsing: fault.text) }))
  }

  @Test func `refuse parts that make no day`() {
    for (year, month, day) in [
      (0, 1, 1), (10_000, 1, 1), (2026, 0, 1), (2026, 13, 1), (2026, 2, 29), (2026, 1, 0),
      (.min, .min, .min), (.max, .max, .max),
    ] {
      #expect(
        error { () throws(ValueError) in _ = try Day(year: year, month: month, day: day) }?.kind
          == .outOfRange)
    }
  }

  @Test(arguments: [
    ("2026-01-31", 1, "2026-02-28"), ("2024-01-31", 1, "2024-02-29"),
    ("2024-02-29", 12, "2025-02-28"), ("2024-02-29", 48, "2028-02-29"),
    ("2026-03-31", -1, "2026-02-28"), ("2026-12-15", 1, "2027-01-15"),
    ("2026-01-15", -1, "2025-12-15"), ("1970-01-01", -1, "1969-12-01"),
    ("0001-01-31", 1, "0001-02-28"), ("9999-11-30", 1, "9999-12-30"),
    ("2026-05-05", 0, "2026-05-05"),
  ])
  func `step by months and keep to the month's end`(_ from: String, _ step: Int, _ to: String)
    throws
  {
    #expect(try Day(parsing: from).adding(months: step).description == to)
  }

  @Test func `step by days across months, years and leap days`() throws {
    #expect(try Day(parsing: "2024-02-28").adding(days: 1).description == "2024-02-29")
    #expect(try Day(parsing: "2025-12-31").adding(days: 1).description == "2026-01-01")
    #expect(try Day(parsing: "2026-01-01").adding(days: -366).description == "2024-12-31")
    #expect(try Day.min.adding(days: Day.max.days(since: .min)) == .max)
    #expect(Day.min.distance(to: .max) == 3_652_058)
  }

  @Test(arguments: [1, Int.max, Int.max - 1]) func `refuse to leave the calendar`(_ step: Int) {
    #expect(
      error { () throws(ValueError) in _ = try Day.max.adding(days: step) }?.kind == .outOfRange)
    #expect(
      error { () throws(ValueError) in _ = try Day.max.adding(months: step) }?.kind == .outOfRange)
    #expect(
      error { () throws(ValueError) in _ = try Day.min.adding(days: -step) }?.kind == .outOfRange)
    #expect(
      error { () throws(ValueError) in _ = try Day.min.adding(months: -step) }?.kind == .outOfRange)
  }

  @Test func `know the ends of their month`() throws {
    let day = try Day(parsing: "2024-02-15")
    #expect(day.firstOfMonth.description == "2024-02-01")
    #expect(day.lastOfMonth.description == "2024-02-29")
    #expect(try Day(parsing: "1900-02-01").lastOfMonth.description == "1900-02-28")
    #expect(Day.isLeapYear(2000) && !Day.isLeapYear(1900) && Day.isLeapYear(2024))
  }

  @Test func `form ranges`() throws {
    let days = Array(try Day(parsing: "2026-02-27")...Day(parsing: "2026-03-02"))
    #expect(
      days.map(\.description) == ["2026-02-27", "2026-02-28", "2026-03-01", "2026-03-02"])
  }

  @Test func `of any stored count print without a trap, and never as a day that reads back`() {
    for count in [Int32.min, .min + 1, -719_163, -719_529, 2_932_897, .max - 1, .max] {
      let day = Day(daysSince1970: count)
      #expect(!day.isInRange)
      #expect((try? Day(parsing: day.description)) == nil)
      _ = (day.firstOfMonth, day.lastOfMonth, day.weekday, day.monthOf.description)
      _ = (try? day.adding(days: .max), try? day.adding(months: .min))
    }
    #expect(Day(daysSince1970: 2_932_897).description == "+10000-01-01")
    #expect(Day(daysSince1970: -719_163).description == "0000-12-31")
    #expect(Day(daysSince1970: -719_529).description == "-0001-12-31")
  }

  @Test func `trap on a stride beyond what a day can hold`() async {
    await #expect(processExitsWith: .failure) { _ = Day.max.advanced(by: .max) }
  }
}

@Suite struct `Months` {
  @Test func `read back as they are printed, from the first to the last`() throws {
    let first = try Month(year: 1, month: 1)
    let last = try Month(year: 9999, month: 12)
    #expect(first.description == "0001-01")
    #expect(last.description == "9999-12")
    var wrong = 0
    var expected = Day.min
    for month in first...last {
      // A month begins the day after the last one ended, from the first day to the last.
      if month.firstDay != expected || !month.lastDay.isInRange { wrong += 1 }
      expected = month.lastDay.advanced(by: 1)
      let text = month.description
      let read = try Month(parsing: text)
      let made = try Month(year: month.year, month: month.month)
      if read != month || made != month
        || month.firstDay.monthOf != month || month.lastDay.monthOf != month
        || month.firstDay.day != 1 || month.lastDay.days(since: month.firstDay) < 27
      {
        wrong += 1
      }
    }
    #expect(wrong == 0)
    #expect(expected == Day.max.advanced(by: 1))
    #expect(first.distance(to: last) == 119_987)
  }

  @Test func `follow one another`() throws {
    let month = try Month(parsing: "2025-12")
    #expect(month.advanced(by: 1).description == "2026-01")
    #expect(month.lastDay.description == "2025-12-31")
    #expect(month < month.advanced(by: 1))
    #expect(Month().description == "1970-01")
    #expect(Month(monthsSince1970: -1).description == "1969-12")
  }

  @Test(arguments: [
    Fault("", .empty, at: 0), Fault("2026-13", .outOfRange, at: 5),
    Fault("0000-01", .outOfRange, at: 0), Fault("2026-3", .malformed, at: 6),
    Fault("2026-03-01", .malformed, at: 7), Fault("2026", .malformed, at: 4),
  ])
  func `refuse a bad text, naming the byte`(_ fault: Fault) {
    #expect(fault.describes(error { () throws(ValueError) in _ = try Month(parsing: fault.text) }))
  }

  @Test func `of any stored count do not trap`() {
    for count in [Int32.min, .max] {
      let month = Month(monthsSince1970: count)
      _ = (month.description, month.firstDay, month.lastDay)
    }
    for (year, month) in [(0, 1), (10_000, 1), (2026, 0), (2026, 13)] {
      #expect(
        error { () throws(ValueError) in _ = try Month(year: year, month: month) }?.kind
          == .outOfRange)
    }
  }
}
