#if Tool
  import ArgumentParser
  import Daybook
  import DaybookBytes
  import DaybookInterchange

  struct LogReadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "read", abstract: "The events as they were recorded.",
      discussion: """
        --format json prints one event a line. What is known of a person stands in the personal group \
        of its payload, and nowhere else.
        """)

    @OptionGroup var book: BookOption

    @Option(help: ArgumentHelp("The event at one position.", valueName: "position"))
    var at: UInt64?

    @Option(help: ArgumentHelp("Only so many events, the newest.", valueName: "count"))
    var last: UInt64?

    @Option(
      parsing: .unconditional,
      help: ArgumentHelp(
        "What the log held then: a position, a time or a day.", valueName: "position|time|day"))
    var knownAt: String?

    @Flag(help: "Stored integers and texts, as `protoc --decode` shows them.")
    var stored = false

    @Flag(help: "The payload's bytes; goes with --at.")
    var raw = false

    @OptionGroup var output: OutputOptions

    mutating func validate() throws {
      if raw, at == nil { throw ValidationError("--raw goes with --at POSITION") }
      if at != nil, last != nil { throw ValidationError("give --at or --last, not both") }
    }

    mutating func run() throws {
      let open = try book.open()
      let end =
        try at ?? knownAt.map { try DayReader(book: open, clinic: nil).position($0).number }
        ?? open.last.number
      if let at, at == 0 || at > open.last.number {
        throw ToolFailure.usage("position \(at) is not known: the log ends at \(open.last)")
      }
      let first = at ?? last.map { end >= $0 ? end - $0 + 1 : 1 } ?? 1
      if raw {
        let bytes = try open.withLog {
          try $0.record(at: Position(end)) { $0.payload.copyRemaining() }
        }
        return try output.give(bytes)
      }
      if output.format == .html { return try page(open, first, end) }
      var lines = EventText(output.format, stored: stored, alone: at != nil)
      try output.stream { write in
        try write(lines.heading)
        try open.withLog { log in
          // From the first: amounts are printed in the currency that an earlier event gave the clinic.
          try log.scan(from: Position(1), through: Position(end)) { record in
            if record.header.position.number < first {
              try lines.note(record)
            } else {
              try write(try lines.text(of: record))
            }
          }
        }
      }
    }

    private func page(_ open: OpenBook, _ first: UInt64, _ end: UInt64) throws {
      var page = EventPage(ToolContext.current.catalogue, try open.register())
      try open.withLog { log in
        try log.scan(from: Position(first), through: Position(end)) { try page.add($0) }
      }
      var report = Report(
        name: "log-read", title: "Events", book: try open.name(knownAt: Position(end)),
        knownAt: Position(end), columns: EventPage.columns)
      for row in page.rows { report.append(row) }
      report.footer = Footer(position: Position(end), entries: page.rows.count)
      try output.give(report)
    }
  }
#endif
