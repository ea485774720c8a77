#if Tool
  import ArgumentParser
  import Daybook

  struct LogSalvageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "salvage",
      abstract: "Copies all that is valid of a damaged log to a new book.",
      discussion: """
        Everything outside the damaged frames and the rest of their chains keeps its position; in \
        place of each lost event stands a record that says so. The damaged book is only read. One \
        line a loss; exit 1 if anything was lost.
        """)

    @OptionGroup var book: BookOption

    @Option(
      name: [.customShort("o"), .customLong("output")],
      help: "The new book's directory; it must hold no book yet.")
    var directory: String

    @Option(help: "text, csv, json or html.")
    var format = ReportFormat.text

    mutating func run() throws {
      let context = ToolContext.current
      let outcome = try LogSalvage.run(book.path, to: directory, in: context.world)
      let report = page(outcome)
      try context.output.write(render(report, as: format, width: context.output.columns))
      if outcome.lostCount > 0 {
        throw ToolFailure(
          .refused,
          "\(outcome.lostCount) events are lost; \(outcome.copied) were copied to \(directory). That book "
            + "can be read, reported on and exported, but not written to, since numbers of what is lost "
            + "could be given again; carry on in a new book, or in one restored from a backup")
      }
    }

    private func page(_ outcome: LogSalvage.Outcome) -> Report {
      var report = Report(
        name: "log-salvage", title: "Salvage", book: directory, knownAt: outcome.lastPosition,
        columns: [
          Column("result", .text), Column("segment", .identifier), Column("offset", .count),
          Column("first", .count), Column("last", .count), Column("detail", .text),
        ])
      for loss in outcome.losses {
        report.append([
          .text("lost"), loss.segment.isEmpty ? .empty : .identifier(loss.segment),
          .count(Int64(clamping: loss.offset)),
          .count(Int64(clamping: loss.positions.lowerBound.number)),
          .count(Int64(clamping: loss.positions.upperBound.number)), .text(loss.detail),
        ])
      }
      func note(_ what: String, _ detail: String) {
        report.append([.text(what), .empty, .empty, .empty, .empty, .text(detail)])
      }
      let catalogue = ToolContext.current.catalogue
      for stream in outcome.streams {
        note("stream", "\(catalogue.name(of: stream)) lost events and goes on behind them")
      }
      for remark in outcome.remarks { note("remark", remark) }
      note("copied", "\(outcome.copied) events, SHA-256 \(outcome.digest)")
      report.footer = Footer(
        position: outcome.lastPosition, entries: Int(clamping: outcome.copied))
      return report
    }
  }
#endif
