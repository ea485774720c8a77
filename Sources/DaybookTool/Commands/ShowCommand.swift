#if Tool
  import ArgumentParser
  import Daybook

  struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "One thing: what it is now, and its events, the newest last.",
      discussion:
        "P17, C311, M5: by identifier; 81377: the event at a position; charge/311: a stream.")

    @Argument(help: "An identifier, a position, a stream, or ref:REFERENCE.")
    var subject: String

    @OptionGroup var book: BookOption

    @Option(help: "What the log held then: a position, a time or a day.")
    var knownAt: String?

    @OptionGroup var output: OutputOptions

    mutating func run() throws {
      let open = try book.open()
      let known =
        try knownAt.map { try DayReader(book: open, clinic: nil).position($0) } ?? open.last
      let number = UInt64(subject)
      if let number, number == 0 || number > known.number {
        throw ToolFailure.usage(
          "position \(subject) is not known: the log then ends at \(known)")
      }
      let stream = number == nil ? try open.stream(subject) : nil
      let register = try open.register()
      var page = EventPage(ToolContext.current.catalogue, register)
      var text = EventText(.text, stored: false, alone: false)
      var paragraphs = ""
      try open.withLog { log in
        try log.scan(from: Position(1), through: Position(number ?? known.number)) { record in
          guard record.header.position.number == number || record.header.stream == stream else {
            return try text.note(record)
          }
          try page.add(record)
          paragraphs += try text.text(of: record)
        }
      }
      if page.rows.isEmpty { throw ToolFailure.usage("there is no \(subject) in this book") }
      var report = Report(
        name: "show", title: "Event at position \(subject)", book: try open.name(),
        knownAt: known, columns: EventPage.columns)
      if let stream {
        report.title = Self.title(
          stream, register.entry(stream, knownAt: known), ToolContext.current.catalogue)
        report.notes = try standing(of: stream, at: known, open)
      }
      for row in page.rows { report.append(row) }
      report.footer = Footer(position: known, entries: page.rows.count)
      if output.format == .text {
        // A table of events is wider than any terminal.
        let heading = [report.title.printable] + report.notes.map { "  " + $0.printable }
        try output.give(heading.joined(separator: "\n") + "\n\n" + paragraphs)
      } else {
        try output.give(report)
      }
    }

    /// What the books say of it, in lines.
    private func standing(
      of stream: StreamID, at position: Position, _ open: OpenBook
    ) throws -> [String] {
      let books: Snapshot<AccountingModel> = try open.snapshot(at: position, output)
      return books.model.standing(of: stream).map { standing in
        let party = standing.party == .none ? "" : "\(standing.party) "
        return switch standing.figure {
        case .owes: "\(party)owes \(standing.amount)"
        case .credit: "\(party)has \(standing.amount) unapplied"
        }
      }
    }

    private static func title(
      _ stream: StreamID, _ entry: RegisterEntry?, _ catalogue: Catalogue
    ) -> String {
      guard let entry else {
        let kind = catalogue.streamKind(stream.kind)
        let id = kind.map { $0.prefix.isEmpty ? "" : " \($0.prefix)\(stream.number)" } ?? ""
        return catalogue.name(of: stream) + id
      }
      let details = zip(entry.kind.columns, entry.details).compactMap { column, cell in
        cell.words.map { "\(column.title) \($0)" }
      }
      return (["\(entry.id) \(entry.name)"] + details).joined(separator: ", ")
    }
  }

  extension Cell {
    /// What stands in a cell of a list; nil for nothing.
    fileprivate var words: String? {
      switch self {
      case .text(let text), .identifier(let text): text.isEmpty ? nil : text
      case .day(let day): "\(day)"
      case .count(let count): "\(count)"
      default: nil
      }
    }
  }
#endif
