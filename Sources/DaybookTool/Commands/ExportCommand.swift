#if Tool
  import ArgumentParser
  import Daybook
  import DaybookInterchange

  /// What a book is exported as.
  enum ExportKind: String, CaseIterable, ExpressibleByArgument {
    case hledger, ledger, beancount, csv, jsonl
  }

  struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export", abstract: "The whole book, for another program.",
      discussion: """
        hledger, ledger and beancount: a journal. csv: a folder with journal, accounts, parties and \
        trial balance. jsonl: every event, one a line, with what is known of persons.
        """)

    @Argument(help: "hledger, ledger, beancount, csv or jsonl.")
    var kind: ExportKind

    @Option(
      name: [.customShort("o"), .customLong("output")],
      help: "The file, or the folder of csv; written aside and renamed.")
    var path: String

    @OptionGroup var book: BookOption

    @Option(
      help: "The last effective day, inclusive; default the latest day of anything that happened.")
    var on: String?

    @Option(help: "What the log held then: a position, a time or a day.")
    var knownAt: String?

    @Flag(help: "No progress bar.")
    var quiet = false

    mutating func run() throws {
      let open = try book.open()
      let days = DayReader(book: open, clinic: nil)
      let day = try on.flatMap { try days.day($0, "--on") }
      let position = try knownAt.map { try days.position($0) }
      let files = ToolContext.current.world.files
      var output = OutputOptions()
      output.quiet = quiet
      if kind == .jsonl {
        guard day == nil else {
          throw ToolFailure.usage("--on goes with the books, not with jsonl")
        }
        let bar = output.progress("exporting")
        defer { bar.clear() }
        let total = (position ?? open.last).number
        _ = try open.withLog { log in
          try EventExport(ToolContext.current.catalogue).write(
            &log, through: position, to: path, in: files
          ) { bar.show($0.number, of: total) }
        }
        return
      }
      let view = AccountingView(try open.snapshot(of: AccountingModel.self, output))
      if let format = JournalFormat(rawValue: kind.rawValue) {
        try JournalExport(view, on: day, knownAt: position).write(as: format, to: path, in: files)
      } else {
        try CSVExport(view, on: day, knownAt: position).write(to: path, in: files)
      }
    }
  }
#endif
