#if Tool
  import ArgumentParser
  import Daybook

  /// What the reading commands have in common: which book, which days, as known when, in which form.
  ///
  /// The options of `BookOption` and `OutputOptions` stand here by themselves. Each level of groups within
  /// groups is checked five times over by ArgumentParser in a debug build, which was a quarter of the time
  /// of all tests.
  struct ReadingOptions: ParsableArguments {
    @Option(name: BookOption.name, help: BookOption.help)
    var directory: String?

    // A day may begin with a minus: -7d.
    @Option(
      parsing: .unconditional,
      help: ArgumentHelp(
        """
        The effective day, inclusive: 2026-03-31, today, yesterday, tomorrow, +7d, -7d or last. Last, \
        the default, is the latest day of anything that happened, whatever the clock says.
        """, valueName: "day"))
    var on: String?

    @Option(
      name: [.customLong("from"), .customShort("b")], parsing: .unconditional,
      help: ArgumentHelp("The first effective day, inclusive.", valueName: "day"))
    var from: String?

    @Option(
      parsing: .unconditional,
      help: ArgumentHelp("The last effective day, inclusive.", valueName: "day"))
    var to: String?

    @Option(
      name: .customShort("e"), parsing: .unconditional,
      help: ArgumentHelp(
        "The day behind the last effective day, as in hledger.", valueName: "day"))
    var end: String?

    @Option(
      name: [.customLong("period"), .customShort("p")],
      help: "2026-03, 2026Q1, 2026, or FY2026: the fiscal year that ends in 2026.")
    var period: String?

    @Option(
      parsing: .unconditional,
      help: ArgumentHelp(
        """
        What the log held then, inclusive: a position, a time such as 2026-03-31T18:00:00Z, or a \
        date, which means the end of that day.
        """, valueName: "position|time|day"))
    var knownAt: String?

    @Option(name: [.customLong("clinic"), .customLong("site")], help: "One clinic; default all.")
    var clinic: String?

    @Option(help: OutputOptions.formatHelp)
    var format = ReportFormat.text

    @Option(name: OutputOptions.pathName, help: OutputOptions.pathHelp)
    var path: String?

    @Flag(help: OutputOptions.quietHelp)
    var quiet = false

    @Flag(help: OutputOptions.noColorHelp)
    var noColor = false

    mutating func validate() throws { try OutputOptions.validate(path) }

    var book: BookOption {
      var book = BookOption()
      book.directory = directory
      return book
    }

    var output: OutputOptions {
      var output = OutputOptions()
      (output.format, output.path, output.quiet, output.noColor) = (format, path, quiet, noColor)
      return output
    }
  }

  /// The days and the position that options come to.
  struct Question {
    var on: Day?
    var from: Day?
    var to: Day?
    var knownAt: Position?
    var clinic: UInt64?
  }

  extension Question {
    /// The same, asked of the last of its days: for reports that say how things stand on a day.
    var onItsLastDay: Question {
      var question = self
      (question.on, question.from, question.to) = (to ?? on, nil, nil)
      return question
    }
  }

  extension ReadingOptions {
    /// Whether no day is given and somebody reads the answer at a terminal.
    private var takesTheClock: Bool {
      on == nil && from == nil && to == nil && end == nil && period == nil && output.width != nil
    }

    /// Whether the days depend on what the clock shows: they are given so, or none is at a terminal.
    func dependOnTheClock(_ command: any ReportCommand.Type) -> Bool {
      let relative = ["today", "tomorrow"]
      let days = [on, from].compactMap { $0?.lowercased() }
      return days.contains { relative.contains($0) || $0.hasPrefix("+") }
        || (command.isOfTheClock && takesTheClock)
    }

    /// Opens the book and works out what is asked of it.
    ///
    /// - Parameters:
    ///   - ofTheClock: Whether the day is that of the clock at a terminal, where none is given.
    ///   - day: The day as the command's own argument, in the place of `--on`.
    /// - Throws: usage, where a day, period, time or clinic is not one, or the days are inverted.
    func ask(
      ofTheClock: Bool = false, day: String? = nil
    ) throws -> (book: OpenBook, question: Question) {
      let book = try book.open()
      var question = Question()
      question.clinic = try book.clinic(clinic)
      let days = DayReader(book: book, clinic: question.clinic)
      let name = day == nil ? "--on" : "the day"
      let on = day ?? on ?? (ofTheClock && takesTheClock ? "today" : nil)
      question.on = try on.flatMap { try days.day($0, name) }
      question.from = try from.flatMap { try days.day($0, "--from") }
      question.to = try to.flatMap { try days.day($0, "--to") }
      if let end {
        guard to == nil else { throw ToolFailure.usage("give --to or -e, not both") }
        question.to = try days.day(end, "-e").map { $0.advanced(by: -1) }
      }
      if let period {
        guard from == nil, to == nil, end == nil else {
          throw ToolFailure.usage("give --period, or --from and --to, not both")
        }
        (question.from, question.to) = try days.period(period)
      }
      if on != nil, question.from != nil || question.to != nil {
        throw ToolFailure.usage("give \(name), or a range of days, not both")
      }
      if let from = question.from, let to = question.to, to < from {
        throw ToolFailure.usage("the first day \(from) is behind the last day \(to)")
      }
      question.knownAt = try knownAt.map { try days.position($0) }
      // Nothing has happened yet on the days asked for: the range ends where it begins.
      if let from = question.from, question.to == nil,
        let last = try book.register().facts.day(knownAt: question.knownAt ?? book.last),
        last < from
      {
        question.to = from
      }
      return (book, question)
    }
  }

  extension AccountingQuery {
    init(_ question: Question) {
      self.init(
        on: question.on, from: question.from, to: question.to, knownAt: question.knownAt,
        clinic: question.clinic)
    }
  }

  extension StaffQuery {
    init(_ question: Question) {
      self.init()
      (on, from, to) = (question.on, question.from, question.to)
      (knownAt, clinic) = (question.knownAt, question.clinic)
    }
  }

  extension StockQuery {
    init(_ question: Question) {
      self.init()
      (on, from, to) = (question.on, question.from, question.to)
      (knownAt, clinic) = (question.knownAt, question.clinic)
    }
  }
#endif
