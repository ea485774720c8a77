#if Tool
  import ArgumentParser
  import Daybook

  /// A command that answers with one report.
  protocol ReportCommand: ParsableCommand {
    var options: ReadingOptions { get set }

    /// Whether the day is that of the clock at a terminal, where none is given.
    static var isOfTheClock: Bool { get }

    /// What has to be given, in each way that there is: words behind the command that a small book can
    /// answer, for the reference of reports.
    static var examples: [[String]] { get }

    /// The report that `question` asks of `book`.
    func report(_ book: OpenBook, _ question: Question) throws -> Report
  }

  extension ReportCommand {
    static var isOfTheClock: Bool { false }

    static var examples: [[String]] { [[]] }

    mutating func run() throws {
      let (book, question) = try options.ask(ofTheClock: Self.isOfTheClock)
      let report = try report(book, question)
      try options.output.give(report, after: book.check)
    }

    func accounts(_ book: OpenBook) throws -> Snapshot<AccountingModel> {
      try book.snapshot(of: AccountingModel.self, options.output)
    }
  }
#endif
