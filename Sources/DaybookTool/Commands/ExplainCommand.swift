#if Tool
  import ArgumentParser
  import Daybook

  struct ExplainCommand: ReportCommand {
    static let configuration = CommandConfiguration(
      commandName: "explain",
      abstract: "Where a figure comes from, and all that an event or a document made.",
      discussion: """
        A figure: an account (1200) with --clinic, --party, --from, --to; receivables, payables or \
        credit with --party, and --age for a column; revenue, tax or deferred, a cell of that report \
        in sums, with --by, --row and --column.
        A document or a thing (C311, M17, S412, V88, or an invoice by its number): everything that \
        it made. P17, Y3: all that concerns them.
        An event: its position; an entry (81377.3.1) or one line of it (81377.3.1.2).
        A terminal shows the first 100 entries and how to go on; everything else gets all of them. \
        The pages of a figure sum to it, whatever their size.
        """)

    static let examples = [
      ["1200"], ["receivables"], ["credit"], ["revenue"], ["tax"], ["C1"], ["P1"],
    ]

    @Argument(
      help: """
        An account (1200), receivables, payables, credit, revenue, tax, deferred, an identifier \
        (C311, M5, P17), an invoice's number, an entry (81377.3.1), a line of one (81377.3.1.2) or \
        a position.
        """)
    var subject: String

    @Option(
      help: ArgumentHelp(
        "Of an account, receivables, payables or credit, what concerns one party.",
        valueName: "who"))
    var party: String?

    @Option(
      help: ArgumentHelp(
        "Of receivables or payables, what is due for so long: current, d30, d60, d90 or over90.",
        valueName: "age"))
    var age: String?

    @Option(
      help: ArgumentHelp(
        "Of revenue, tax or deferred, what its rows are: month, practitioner, tax-code and so on.",
        valueName: "dimension"))
    var by: String?

    @Option(
      help: ArgumentHelp(
        "Of those, the row, as it begins: 2026-03, D1, X2, TX2, K3.", valueName: "row"))
    var row: String?

    @Option(
      help: ArgumentHelp(
        "Of those, the column: net, collected, outputTax, payable, used, closing and so on.",
        valueName: "column"))
    var column: String?

    @Option(help: ArgumentHelp("At most so many entries.", valueName: "count"))
    var limit: Int?

    @Option(
      help: ArgumentHelp(
        "Only what stands behind this entry, the last of the page before.",
        valueName: "entry|position"))
    var after: String?

    @Flag(help: "All entries, also at a terminal.")
    var all = false

    @OptionGroup var options: ReadingOptions

    func validate() throws {
      if let limit, limit < 1 { throw ValidationError("--limit takes a number from 1 on") }
      if all, limit != nil { throw ValidationError("give --limit or --all, not both") }
    }

    mutating func run() throws {
      let (book, question) = try options.ask()
      if options.output.format == .csv, limit == nil {
        return try stream(book, question)
      }
      try give(try report(book, question), book, question)
    }

    private static let streamedEntries = 20_000

    /// Prints all rows, page by page: there may be more than fit into memory.
    private func stream(_ book: OpenBook, _ question: Question) throws {
      var page = ExplainPage(limit: Self.streamedEntries, after: try page().after)
      let explain = try explanation(book, question)
      try options.output.stream { write in
        var isFirst = true
        while true {
          let report = try explain(page)
          try book.check()
          let text = render(report, as: .csv)
          // The names of the columns stand at the top alone.
          let head = isFirst ? nil : text.firstIndex(of: "\r\n")
          try write(head.map { String(text[text.index(after: $0)...]) } ?? text)
          isFirst = false
          guard report.rows.count >= Self.streamedEntries,
            case .position(let last) = report.rows[report.rows.count - 1][1]
          else { return }
          page.after = last
        }
      }
    }

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      try explanation(book, question)(try page())
    }

    /// What gives any page of what is asked for.
    private func explanation(
      _ book: OpenBook, _ question: Question
    ) throws -> (ExplainPage) throws -> Report {
      let view = try accounts(book)
      let query = AccountingQuery(question)
      if let cell = try ExplainedCell(subject, by: by, row: row, column: column) {
        if party != nil || age != nil {
          throw ToolFailure.usage("--party and --age do not go with \(subject); --by does")
        }
        return { try cell.report(view, query, page: $0) }
      }
      let explained = try ExplainedSubject(book, view, question).find(
        subject, party: party, age: age)
      let printed = subject.printable
      return { page in
        try Self.report(of: explained, printed, book, view, query, page)
      }
    }

    /// What explains a subject, and where it comes from.
    private static func report(
      of explained: ExplainSubject, _ subject: String, _ book: OpenBook,
      _ view: Snapshot<AccountingModel>,
      _ query: AccountingQuery, _ page: ExplainPage
    ) throws -> Report {
      var report = try AccountingReports.explain(explained, view, query, page: page)
      if let position = explained.event, position <= report.knownAt {
        report.notes.append(try book.origin(of: position))
      }
      if report.rows.isEmpty, explained.isSomethingToShow {
        report.notes.append("`daybook show \(subject)` tells what it is.")
      }
      return report
    }

    private static let terminalEntries = 100

    private func page() throws -> ExplainPage {
      let isRead = options.output.format == .text && options.output.width != nil
      return ExplainPage(
        limit: limit ?? (isRead && !all ? Self.terminalEntries : nil),
        after: try after.map(Self.position))
    }

    /// The position that `--after` names: an entry, a line of one, or the position itself.
    private static func position(_ text: String) throws -> Position {
      if let number = UInt64(text) { return Position(number) }
      guard let entry = EntryID(text) else {
        throw ToolFailure.usage(
          "--after \(text.quoted) is no entry; give one such as 81377.3.1, or a position")
      }
      return entry.position
    }
  }

  extension ExplainSubject {
    /// The only event that it is about; nil where there may be several.
    fileprivate var event: Position? {
      switch self {
      case .position(let position): position
      case .entry(let id): id.position
      case .account, .receivables, .payables, .credit, .party, .thing: nil
      }
    }

    /// Whether `show` knows it by the same words.
    fileprivate var isSomethingToShow: Bool {
      switch self {
      case .thing, .position: true
      case .account, .receivables, .payables, .credit, .party, .entry: false
      }
    }
  }
#endif
