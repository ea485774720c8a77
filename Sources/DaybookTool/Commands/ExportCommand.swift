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
      help: ArgumentHelp(
        "The file, or the folder of csv; written aside and renamed. - is standard output.",
        valueName: "path"))
    var path: String

    @OptionGroup var book: BookOption

    @Option(
      parsing: .unconditional,
      help: ArgumentHelp(
        "The last effective day, inclusive; default the latest day of anything that happened.",
        valueName: "day"))
    var on: String?

    @Option(
      parsing: .unconditional,
      help: ArgumentHelp(
        "What the log held then: a position, a time or a day.", valueName: "position|time|day"))
    var knownAt: String?

    @Flag(help: "No progress bar.")
    var quiet = false

    mutating func validate() throws { try OutputOptions.validate(path) }

    mutating func run() throws {
      let open = try book.open()
      let days = DayReader(book: open, clinic: nil)
      let day = try on.flatMap { try days.day($0, "--on") }
      let position = try knownAt.map { try days.position($0) }
      var output = try OutputOptions.parse(quiet ? ["--quiet"] : [])
      output.path = path
      if kind == .jsonl {
        guard day == nil else {
          throw ToolFailure.usage("--on goes with the books, not with jsonl")
        }
        return try exportEvents(of: open, through: position, to: output)
      }
      let view = try open.snapshot(of: AccountingModel.self, output)
      if let format = JournalFormat(rawValue: kind.rawValue) {
        let journal = JournalExport(view, on: day, knownAt: position)
        return try output.stream { write in
          try journal.forEachChunk(as: format, write)
          try open.check()
        }
      }
      guard path != "-" else {
        throw ToolFailure.usage("csv makes four files; name a folder with -o")
      }
      // Everything is read once before any of the four files is replaced.
      _ = view.model.extent(through: position ?? view.asOf, on: day ?? .max)
      try open.check()
      try CSVExport(view, on: day, knownAt: position)
        .write(to: path, in: ToolContext.current.world.files)
      try open.check()
    }

    private func exportEvents(
      of open: OpenBook, through position: Position?, to output: OutputOptions
    ) throws {
      let bar = output.progress("exporting")
      defer { bar.clear() }
      let total = (position ?? open.last).number
      try output.stream { write in
        _ = try open.withLog { log in
          try EventExport(ToolContext.current.catalogue).forEachChunk(
            &log, through: position, progress: { bar.show($0.number, of: total) }, write)
        }
      }
    }
  }
#endif
