#if Tool
  import ArgumentParser
  import Daybook

  struct ReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "replay",
      abstract: "Rebuilds every read model from the first event, and says what each came to.",
      discussion: """
        The same log gives the same digests, on every machine and in every run. With --known-at every \
        other command shows its report as the log stood then.
        """)

    @OptionGroup var book: BookOption

    @Option(
      parsing: .unconditional,
      help: ArgumentHelp(
        "The last position, inclusive, or a time; default the whole log.",
        valueName: "position|time|day"))
    var to: String?

    @OptionGroup var output: OutputOptions

    mutating func run() throws {
      let open = try book.open()
      let end = try to.map { try DayReader(book: open, clinic: nil).position($0, "--to") }
      let host = try open.host(at: end, output)
      var report = Report(
        name: "replay", title: "Replay", book: try open.name(), knownAt: host.position,
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
      report.notes = [
        "`daybook accounts trial-balance --known-at \(host.position)` shows the books as they stood."
      ]
      try output.give(report)
    }
  }
#endif
