#if Tool
  import ArgumentParser
  import Daybook

  /// A command that answers with one report.
  protocol ReportCommand: ParsableCommand {
    var options: ReadingOptions { get set }

    /// Whether the day is that of the clock at a terminal, where none is given.
    static var isOfTheClock: Bool { get }

    /// Whether a first day tells it anything: not where it says how things stand on a day.
    var takesFirstDay: Bool { get }

    /// What has to be given, in each way that there is: words behind the command that a small book can
    /// answer, for the reference of reports.
    static var examples: [[String]] { get }

    /// The report that `question` asks of `book`.
    func report(_ book: OpenBook, _ question: Question) throws -> Report
  }

  extension ReportCommand {
    static var isOfTheClock: Bool { false }

    var takesFirstDay: Bool { true }

    static var examples: [[String]] { [[]] }

    mutating func run() throws {
      let (book, question) = try options.ask(ofTheClock: Self.isOfTheClock)
      if options.from != nil, !takesFirstDay {
        throw ToolFailure.usage(
          "--from does not go with \(Self.configuration.commandName ?? ""), which says how things stand "
            + "on one day; give --on")
      }
      try give(try report(book, question), book, question)
    }

    /// Prints a report, headed by the clinics that were asked for.
    func give(_ report: Report, _ book: OpenBook, _ question: Question) throws {
      var report = report
      // CSV has no heading, and need not wait for one.
      if options.output.format != .csv {
        report.book = try book.name(clinic: question.clinic, knownAt: report.knownAt)
      }
      try options.output.give(report, after: book.check)
    }

    func accounts(_ book: OpenBook) throws -> Snapshot<AccountingModel> {
      try book.accounts(options.output)
    }
  }
#endif
