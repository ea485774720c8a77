#if Tool
  import ArgumentParser
  import Daybook

  struct PeriodsCommand: ReportCommand {
    static let configuration = CommandConfiguration(
      commandName: "periods",
      abstract: "Periods and years that were closed: state, figures, digest, who.")

    @OptionGroup var options: ReadingOptions

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      AccountingReports.periods(try accounts(book), AccountingQuery(question))
    }
  }

  /// What closing and opening again have in common: one action through the Desk, as `record` takes it.
  struct PeriodOptions: ParsableArguments {
    @OptionGroup var book: BookOption

    @Option(
      help: ArgumentHelp("The area.", valueName: "accounting|humanResources|logistics|tax"))
    var area = "accounting"

    @Option(name: .customLong("as"), help: ArgumentHelp("Who acts.", valueName: "staff[:role]"))
    var actor: String?

    @Option(help: ArgumentHelp("Who approves it, another one than who acts.", valueName: "staff"))
    var approver: String?

    @Option(help: ArgumentHelp("When it was done; default now.", valueName: "time"))
    var at: String?

    @Option(help: ArgumentHelp("A reference under which it is done once.", valueName: "text"))
    var ref: String?

    @Option(name: [.customLong("clinic"), .customLong("site")], help: "The clinic.")
    var clinic: String?

    @Flag(help: "Shows the events that it would append, and appends nothing.")
    var dryRun = false

    @OptionGroup var writing: WritingOptions

    @OptionGroup var output: OutputOptions

    /// Carries out the action of that word.
    func perform(_ words: [String]) async throws {
      var request = try RecordRequest(words, RecordAction.clinic)
      for (name, text) in [
        ("as", actor), ("approver", approver), ("at", at), ("ref", ref), ("clinic", clinic),
      ] {
        if let text { request.named.append((name, .text(text))) }
      }
      request.isDryRun = dryRun
      request.options = RecordRequest.Options(book: book, writing: writing, output: output)
      try await RecordCommand.perform(request, RecordAction.clinic)
    }

    /// The first and the last day of a period, by the calendar of the clinic.
    func days(of period: String) throws -> (Day, Day) {
      let book = try book.open()
      let days = DayReader(book: book, clinic: try book.clinic(clinic))
      return try days.period(period, "the period")
    }
  }

  struct ClosePeriodCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "close",
      abstract: "Closes a month of an area, or a year of the books.",
      discussion: """
        What the area comes to is added up and stated with a digest; nothing is dated there any more, \
        and `verify` adds it up again for ever. A year is closed once its months are: income and expense \
        are brought to zero in a thirteenth period, dated its last day. The first month that is closed \
        takes everything before it along. Closed softly, the last period may be opened again, with a \
        reason; --hard closes it and all before it for good.
        """)

    @Argument(
      help: "A month, 2026-03; or a year, 2026 or FY2026: the fiscal year that ends in 2026.")
    var period: String

    @Flag(help: "For good: nothing lifts it.")
    var hard = false

    @OptionGroup var options: PeriodOptions

    mutating func run() async throws {
      let (_, last) = try options.days(of: period)
      guard isYear else {
        return try await options.perform(
          ["close-period", options.area, "\(last)", hard ? "hard" : "soft"])
      }
      if options.area != "accounting" {
        throw ToolFailure.usage("only the books have years; close a month, such as \(last.monthOf)")
      }
      if hard {
        throw ToolFailure.usage(
          "a year is closed for good with its last month; give `accounts close \(last.monthOf) --hard`"
        )
      }
      try await options.perform(["close-year", "\(last)"])
    }

    private var isYear: Bool {
      period.uppercased().hasPrefix("FY") || (period.utf8.count == 4 && Int(period) != nil)
    }
  }

  struct ReopenPeriodCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "reopen",
      abstract: "Opens the period of an area again that was closed last.",
      discussion: """
        Only the last one, and none that is closed for good. Where its month is of a closed year, that \
        is undone first, by the same action.
        """)

    @Argument(help: "The month, 2026-03; whichever was closed last if it is left out.")
    var period: String?

    @Option(help: ArgumentHelp("Why.", valueName: "text"))
    var reason: String

    @OptionGroup var options: PeriodOptions

    mutating func run() async throws {
      var words = ["reopen-period", options.area]
      if let period { words.append("\(try options.days(of: period).1)") }
      try await options.perform(words + ["--reason=" + reason])
    }
  }
#endif
