#if Tool
  public import ArgumentParser
  import Daybook

  extension RevenueFigure: ExpressibleByArgument {}

  struct ExplainCommand: ReportCommand {
    static let configuration = CommandConfiguration(
      commandName: "explain",
      abstract: "Where a figure comes from, and all that an event or a document made.",
      discussion: """
        A figure: an account (1200) with --clinic, --party, --from, --to; receivables or credit \
        with --party, and --age for a column; revenue with --by, --row and --column.
        A document or a thing (C311, M17, S412, V88, or an invoice by its number): everything that \
        it made. P17, Y3: all that concerns them.
        An event: its position; an entry (81377.3.1) or one line of it (81377.3.1.2).
        A terminal shows the first 100 entries and how to go on; everything else gets all of them. \
        The pages of a figure sum to it, whatever their size.
        """)

    @Argument(
      help: """
        An account (1200), receivables, credit, revenue, an identifier (C311, M5, P17), an \
        invoice's number, an entry (81377.3.1), a line of one (81377.3.1.2) or a position.
        """)
    var subject: String

    @Option(
      help: ArgumentHelp(
        "Of an account or the receivables, what concerns one patient, payer or other party.",
        valueName: "who"))
    var party: String?

    @Option(
      help: ArgumentHelp(
        "Of the receivables, what is due for so long: current, d30, d60, d90 or over90.",
        valueName: "age"))
    var age: String?

    @Option(help: "Of revenue: month, practitioner, clinic, service or payer.")
    var by: RevenueDimension?

    @Option(
      help: ArgumentHelp("Of revenue, the row, as it begins: 2026-03, D1, X2.", valueName: "row"))
    var row: String?

    @Option(help: "Of revenue: units, gross, discount, net, collected or received.")
    var column: RevenueFigure?

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

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      let view = try accounts(book)
      let query = AccountingQuery(question)
      if subject == "revenue" {
        if party != nil || age != nil {
          throw ToolFailure.usage("--party and --age do not go with revenue; --by payer does")
        }
        return AccountingReports.explain(
          revenue: column ?? .net, in: row, by: by ?? .month, view, query, page: try page())
      }
      if by != nil || row != nil || column != nil {
        throw ToolFailure.usage("--by, --row and --column go with revenue")
      }
      let explained = try ExplainedSubject(book, view, question).find(
        subject, party: party, age: age)
      var report = try AccountingReports.explain(explained, view, query, page: try page())
      if let position = explained.event, position <= report.knownAt {
        report.notes.append(try book.origin(of: position))
      }
      if report.rows.isEmpty, explained.isSomethingToShow {
        report.notes.append("`daybook show \(subject.printable)` tells what it is.")
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
      case .account, .receivables, .credit, .party, .thing: nil
      }
    }

    /// Whether `show` knows it by the same words.
    fileprivate var isSomethingToShow: Bool {
      switch self {
      case .thing, .position: true
      case .account, .receivables, .credit, .party, .entry: false
      }
    }
  }
#endif
