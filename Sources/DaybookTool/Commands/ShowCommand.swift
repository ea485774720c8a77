#if Tool
  import ArgumentParser
  import Daybook

  struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "One thing: what it is now, and its events, the newest last.",
      discussion:
        """
        P17, C311, M5: by identifier; 81377: the event at a position; charge/311: a stream; \
        ref:REFERENCE: what was recorded under a source reference; or a part of a name.
        """)

    @Argument(help: "An identifier, a position, a stream, ref:REFERENCE or a part of a name.")
    var subject: String

    @OptionGroup var book: BookOption

    @Option(
      parsing: .unconditional,
      help: ArgumentHelp(
        "What the log held then: a position, a time or a day.", valueName: "position|time|day"))
    var knownAt: String?

    @OptionGroup var output: OutputOptions

    mutating func run() throws {
      let open = try book.open()
      let days = DayReader(book: open, clinic: nil)
      let known = try knownAt.map { try days.position($0) } ?? open.last
      let number = position
      if let number, number == 0 || number > known.number {
        throw ToolFailure.usage("position \(subject) is not known: the log then ends at \(known)")
      }
      let stream = number == nil ? try open.stream(subject, orElse: Self.forms) : nil
      let register = try open.register()
      var page = EventPage(ToolContext.current.catalogue, register)
      var circumstances = stream.map { Circumstances(of: $0, register) }
      var text = EventText(.text, stored: false, alone: false)
      var paragraphs = ""
      // What each event meant, for things of which nothing more is known.
      var meanings: [String] = []
      func show(_ record: RecordView) throws {
        try page.add(record)
        paragraphs += try text.text(of: record)
      }
      try open.withLog { log in
        if let number {
          // Found where it stands: the segments say which positions are theirs.
          text.note(register)
          return try log.record(at: Position(number), show)
        }
        try log.scan(from: Position(1), through: known) { record in
          try circumstances?.note(record)
          guard record.header.stream == stream else { return try text.note(record) }
          meanings += try RecordMeanings.line(of: record, register) ?? []
          try show(record)
        }
      }
      if page.rows.isEmpty { throw ToolFailure.usage("there is no \(subject.quoted) in this book") }
      var report = Report(
        name: "show", title: "Event at position \(subject)", book: try open.name(knownAt: known),
        knownAt: known, columns: EventPage.columns)
      if let stream, let circumstances {
        report.title = Self.title(
          stream, register.entry(stream, knownAt: known), ToolContext.current.catalogue)
        report.notes = circumstances.lines.isEmpty ? meanings : circumstances.lines
        let standing = Standings(open, at: known, output)
        report.notes += try standing.money(of: stream)
        if stream.kind == .patient {
          report.notes += try standing.visits(of: PatientID(stream.number))
        }
        if let stock = circumstances.stock {
          report.notes += try standing.onHand(of: stock.item, at: stock.clinic)
        }
      }
      for row in page.rows { report.append(row) }
      report.footer = Footer(position: known, entries: page.rows.count)
      try open.check()
      if output.format == .text {
        // A table of events is wider than any terminal.
        let heading = [report.title.printable] + report.notes.map { "  " + $0.printable }
        try output.give(heading.joined(separator: "\n") + "\n\n" + paragraphs)
      } else {
        try output.give(report)
      }
    }

    private static let forms =
      "an identifier (P17, C311), a position, a stream (charge/311), ref:REFERENCE or a part of a name"

    /// The position that the subject is; nil where it is something else.
    private var position: UInt64? {
      guard !subject.isEmpty, subject.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
      return UInt64(subject) ?? .max
    }

    private static func title(
      _ stream: StreamID, _ entry: RegisterEntry?, _ catalogue: Catalogue
    ) -> String {
      guard let entry else {
        guard let kind = catalogue.streamKind(stream.kind), !kind.prefix.isEmpty else {
          return catalogue.name(of: stream)
        }
        return "\(kind.prefix)\(stream.number), \(catalogue.name(of: stream))"
      }
      let details = zip(entry.kind.columns, entry.details).compactMap { column, cell in
        cell.words.map { "\(column.title) \($0)" }
      }
      return (["\(entry.id) \(entry.name)"] + details).joined(separator: ", ")
    }
  }
#endif
