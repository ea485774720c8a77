#if Tool
  import ArgumentParser
  import Daybook

  struct FreeCommand: VisitsReportCommand {
    static let configuration = CommandConfiguration(
      commandName: "free", abstract: "Where a patient can be booked.",
      discussion: """
        visits free --with D3 --for 30m --from today: the gaps of a week. Where the day is the clock's, \
        what is past is left out.
        """)

    @Option(
      name: .customLong("for"),
      help: ArgumentHelp("How long at least: 30m, 1h, 90m.", valueName: "duration"))
    var duration = "15m"

    @Option(
      help: ArgumentHelp("Only a part of the day: 08:00-12:00.", valueName: "time-time"))
    var between: String?

    @OptionGroup var place: PlaceOptions
    @OptionGroup var names: NameOptions
    @OptionGroup var options: ReadingOptions

    func report(
      _ known: Snapshot<VisitsModel>, _ query: VisitsQuery, _ book: OpenBook
    ) throws -> Report {
      var query = try place.narrowed(query, in: book)
      // Free time lies ahead: a range without an end does not end with the last fact.
      if options.to == nil, options.end == nil, options.period == nil { query.to = nil }
      var free = FreeTime()
      free.seconds = try Self.seconds(duration)
      if let between { (free.fromSecond, free.toSecond) = try Self.part(between) }
      if options.dependOnTheClock(Self.self) {
        free.notBefore = ToolContext.current.world.clock.now()
      }
      return FreeSlotsReport.report(
        free, from: known.model, asOf: known.asOf, skipped: known.skipped, query)
    }

    /// `30m`, `1h`, `1h30m`, in seconds.
    static func seconds(_ text: String) throws -> UInt32 {
      var seconds: UInt64 = 0
      var digits = ""
      var units = "hm"
      for character in text.lowercased() {
        if character.isASCII, character.isNumber, digits.count < 5 {
          digits.append(character)
        } else if let number = UInt64(digits), let unit = units.firstIndex(of: character) {
          seconds += number * (character == "h" ? 3600 : 60)
          units = String(units[units.index(after: unit)...])
          digits = ""
        } else {
          digits = "?"
          break
        }
      }
      guard digits.isEmpty, (1...86_400).contains(seconds) else {
        throw ToolFailure.usage(
          "--for \(text.quoted) is no duration; give one such as 30m, 1h or 1h30m, up to a day")
      }
      return UInt32(seconds)
    }

    /// `08:00-12:00`, in seconds of the day.
    static func part(_ text: String) throws -> (UInt32, UInt32) {
      let ends = text.split(separator: "-", omittingEmptySubsequences: false).map(second)
      guard ends.count == 2, let from = ends[0], let to = ends[1], from < to else {
        throw ToolFailure.usage(
          "--between \(text.quoted) is no part of a day; give one such as 08:00-12:30")
      }
      return (from, to)
    }

    private static func second(_ text: Substring) -> UInt32? {
      let parts = text.split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }),
        let hour = UInt32(parts[0]), let minute = UInt32(parts[1]), minute < 60,
        hour * 60 + minute <= 24 * 60
      else { return nil }
      return hour * 3600 + minute * 60
    }
  }
#endif
