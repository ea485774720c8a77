#if Tool
  import Daybook

  /// Reads days, periods and positions as people write them.
  struct DayReader {
    let book: OpenBook
    let clinic: UInt64?

    /// A day; nil for `last`, which is each report's own.
    func day(_ text: String, _ option: String) throws -> Day? {
      switch text.lowercased() {
      case "last": return nil
      case "today": return try today()
      case "yesterday": return try today().advanced(by: -1)
      case "tomorrow": return try today().advanced(by: 1)
      default: break
      }
      if let days = Self.offset(text) { return try today().adding(days: days) }
      do throws(ValueError) {
        return try Day(parsing: text)
      } catch {
        throw ToolFailure.usage(
          "\(option) \(text.quoted) is no day of the calendar; give one such as 2026-03-31, today, "
            + "yesterday, tomorrow, +7d, -7d or last")
      }
    }

    /// `+7d`, `-7d`: days from today.
    private static func offset(_ text: String) -> Int? {
      guard text.hasSuffix("d"), let sign = text.first, sign == "+" || sign == "-" else {
        return nil
      }
      return Int(text.dropLast()).flatMap { abs($0) <= 100_000 ? $0 : nil }
    }

    /// The day that it is at the clinic, by the clock.
    private func today() throws -> Day {
      let now = ToolContext.current.world.clock.now()
      return try book.register().moment(now, clinic: clinic).day
    }

    /// The first and the last day of `2026-03`, `2026Q1`, `2026` or `FY2026`.
    func period(_ text: String, _ option: String = "--period") throws -> (Day, Day) {
      let upper = text.uppercased()
      do {
        if let year = upper.suffix(afterPrefix: "FY").flatMap({ Int($0) }) {
          return try fiscalYear(year)
        }
        let parts = upper.split(separator: "Q", omittingEmptySubsequences: false)
        if parts.count == 2, let year = Int(parts[0]), let quarter = Int(parts[1]),
          (1...4).contains(quarter)
        {
          let first = try Month(year: year, month: quarter * 3 - 2)
          return (first.firstDay, first.advanced(by: 2).lastDay)
        }
        if text.utf8.count == 4, let year = Int(text) {
          return (
            try Day(year: year, month: 1, day: 1), try Day(year: year, month: 12, day: 31)
          )
        }
        if text.utf8.count == 10 {
          let day = try Day(parsing: text)
          return (day, day)
        }
        let month = try Month(parsing: text)
        return (month.firstDay, month.lastDay)
      } catch is ValueError {
        throw ToolFailure.usage(
          "\(option) \(text.quoted) is no period; give 2026-03, 2026Q1, 2026, FY2026 or a day")
      }
    }

    private func fiscalYear(_ year: Int) throws -> (Day, Day) {
      let start = try book.fiscalYearStart(clinic)
      let first = try Month(year: start == 1 ? year : year - 1, month: start)
      return (first.firstDay, first.advanced(by: 11).lastDay)
    }

    /// A position: a number, or what the log held at a time; a day alone means its end.
    func position(_ text: String, _ option: String = "--known-at") throws -> Position {
      if !text.isEmpty, text.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) {
        guard let number = UInt64(text), number <= book.last.number else {
          throw ToolFailure.usage("position \(text) is not known: the log ends at \(book.last)")
        }
        return Position(number)
      }
      let time = try instant(text, option)
      return try book.withLog { try $0.position(recordedThrough: time) }
    }

    /// The first position from a position, a time or a day on; a day begins with its midnight.
    func first(_ text: String, _ option: String) throws -> Position {
      if UInt64(text) != nil { return max(try position(text, option), Position(1)) }
      var time = try instant(text, option)
      if text.utf8.count <= 10, let day = try day(text, option) {
        time = try endOfDay(day.advanced(by: -1))
      } else if time < .max {
        time = try time.adding(milliseconds: -1)
      }
      return try book.withLog { try $0.position(recordedThrough: time) }.next
    }

    private func instant(_ text: String, _ option: String) throws -> Instant {
      do throws(ValueError) {
        if text.utf8.count > 10 {
          return text.hasSuffix("Z")
            ? try Instant(parsing: text) : try Moment(parsing: text).instant
        }
      } catch {
        throw Self.noTime(text, option)
      }
      let day: Day?
      do {
        day = try self.day(text, option)
      } catch {
        throw Self.noTime(text, option)
      }
      return try day.map { try endOfDay($0) } ?? .max
    }

    private static func noTime(_ text: String, _ option: String) -> ToolFailure {
      .usage(
        "\(option) \(text.quoted) is no position and no time; give a position such as 81377, a time "
          + "such as 2026-03-31T18:00:00Z, or a day")
    }

    /// The last millisecond of a civil day at the clinic.
    private func endOfDay(_ day: Day) throws -> Instant {
      let register = try book.register()
      let midnight = Int64(day.daysSince1970 + 1) * 86_400_000
      // The offset at that midnight, found from the offset a little before it.
      var instant = Instant(milliseconds: midnight)
      for _ in 0..<2 {
        let offset = register.moment(instant, clinic: clinic).offset
        instant = Instant(milliseconds: midnight - Int64(offset.seconds) * 1000)
      }
      return try instant.adding(milliseconds: -1)
    }
  }
#endif
