#if Tool
  import ArgumentParser
  import Daybook

  struct ReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "replay",
      abstract: "Rebuilds every read model from the first event, or walks through the events.",
      discussion: """
        Without --step it says what each read model came to: the same log gives the same digests, on \
        every machine and in every run. Behind -- stands a report to be shown as the log stood then:
          daybook replay --to 81377 -- accounts receivables
        With --step each event is told, with the entry that it made and every balance that it changed, \
        before and after; at a terminal one at a time, Enter for the next, q to end. --watch goes on \
        with the events that come, whoever records them.
        """)

    @OptionGroup var book: BookOption

    @Option(
      parsing: .unconditional,
      help: ArgumentHelp(
        "The last position, inclusive, or a time; default the whole log.",
        valueName: "position|time|day"))
    var to: String?

    @Flag(help: "Walk through the events, with their entries and the balances that they change.")
    var step = false

    @Flag(help: "The same for events as they come; --from begins with earlier ones.")
    var watch = false

    @Option(
      parsing: .unconditional,
      help: ArgumentHelp(
        "The first position to walk through, or a time.", valueName: "position|time|day"))
    var from: String?

    @Option(
      help: ArgumentHelp(
        "Only events of this type, PaymentReceived or payment; may be repeated.",
        valueName: "type"))
    var type: [String] = []

    @Option(
      help: ArgumentHelp(
        "Only events of this thing, C311 or charge/311; may be repeated.", valueName: "stream"))
    var stream: [String] = []

    @Option(help: ArgumentHelp("Only what concerns this patient.", valueName: "who"))
    var patient: String?

    @Option(
      name: [.customLong("clinic"), .customLong("site")],
      help: "Only events and balances of one clinic.")
    var clinic: String?

    @OptionGroup var output: OutputOptions

    @Argument(
      parsing: .postTerminator,
      help: ArgumentHelp("A report to be shown as the log stood then.", valueName: "report"))
    var then: [String] = []

    mutating func validate() throws {
      let walks = step || watch
      let asks = from != nil || !type.isEmpty || !stream.isEmpty || patient != nil || clinic != nil
      if !walks, asks {
        throw ValidationError("--from, --type, --stream, --patient and --clinic go with --step")
      }
      if walks, !then.isEmpty {
        throw ValidationError("a report goes with --to, and not with --step or --watch")
      }
      if watch, output.format != .text { throw ValidationError("--watch prints text alone") }
    }

    mutating func run() throws {
      let open = try book.open()
      if watch || step { return try walk(open) }
      let end = try to.map { try DayReader(book: open, clinic: nil).position($0, "--to") }
      let report = then.isEmpty ? nil : try command(then, at: end ?? open.last)
      try giveDigests(open, end)
      if var report {
        try ToolContext.current.output.write("\n")
        try report.run()
      }
    }

    /// What each read model comes to.
    private func giveDigests(_ open: OpenBook, _ end: Position?) throws {
      let host = try open.host(at: end, output)
      var report = Report(
        name: "replay", title: "Replay", book: try open.name(knownAt: host.position),
        knownAt: host.position,
        columns: [
          Column("model", .text), Column("events", .count), Column("digest", .identifier),
        ])
      for model in host.digests {
        report.append([
          .text(model.name), .count(Int64(host.position.number)), .identifier(model.digest),
        ])
      }
      report.footer = Footer(
        position: host.position, entries: Int(host.position.number), skipped: host.skipped)
      if then.isEmpty {
        report.notes = [
          "`daybook replay --to \(host.position) -- accounts tb` shows the books as they stood."
        ]
      }
      try output.give(report)
    }

    /// The command that shows a report as it was known at `position`.
    private func command(
      _ words: [String], at position: Position
    ) throws -> any ParsableCommand {
      let command = try RootCommand.parseAsRoot(
        words + ["--known-at", "\(position)", "--book", book.path])
      guard command is any ReportCommand || command is ShowCommand else {
        throw ToolFailure.usage(
          "\(words.joined(separator: " ").quoted) is no report; give one such as `accounts tb`")
      }
      return command
    }

    private func walk(_ open: OpenBook) throws {
      let number = try open.clinic(clinic)
      let days = DayReader(book: open, clinic: number)
      let first = try from.map { text in
        // What is still to come may be meant.
        if watch, let number = UInt64(text) { return Position(max(number, 1)) }
        return try days.first(text, "--from")
      }
      let until = watch ? to.flatMap { UInt64($0) }.map { Position($0) } : nil
      let asked = try until ?? to.map { try days.position($0, "--to") }
      let end = min(asked ?? open.last, open.last)
      let filter = try StepFilter(
        types: type,
        streams: try stream.map {
          try open.stream($0, orElse: "an identifier (C311) or a stream (charge/311)")
        }, clinic: number,
        patient: try patient.map {
          PatientID(try open.find($0, among: .patients).stream.number)
        }, try open.register())
      if step || first != nil {
        var steps = ReplaySteps(
          open: open, first: first ?? Position(1), end: end, clinic: number, output: output,
          filter: filter)
        guard try steps.run(waits: !watch) else { return }
        try open.check()
      }
      guard watch else { return }
      var watching = ReplayWatch(
        open: open, path: book.path, until: until, clinic: number, output: output, filter: filter)
      try watching.run(behind: end)
    }
  }
#endif
