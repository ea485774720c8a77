#if Tool
  import ArgumentParser
  import Daybook

  struct LogCheckpointCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "checkpoint",
      abstract: "Saves the read models, so that the book opens faster.",
      discussion: """
        Writes to checkpoints/ what has changed since the last checkpoint. Nothing depends on that \
        folder but speed: it may be deleted at any time.
        """)

    @OptionGroup var book: BookOption
    @OptionGroup var writing: WritingOptions
    @OptionGroup var output: OutputOptions

    mutating func run() async throws {
      let office = try writing.open(book.path, creation: .never, checkpoints: .never)
      let written: [WrittenCheckpoint]
      do {
        written = try await office.checkpoint()
        try await writing.close(office)
      } catch {
        await office.close()
        throw error
      }
      await office.sayNotices()
      try output.give(report(written, office.log.watermark))
    }

    private func report(_ written: [WrittenCheckpoint], _ position: Position) -> Report {
      var report = Report(
        name: "log-checkpoint", title: "Checkpoint", book: "", knownAt: position,
        columns: [
          Column("model", .text), Column("position", .position), Column("bytes", .count),
          Column("pagesWritten", .count), Column("pagesKept", .count),
        ])
      for one in written {
        report.append([
          .text(one.model), .position(one.position), .count(Int64(one.bytes)),
          .count(Int64(one.pagesWritten)), .count(Int64(one.pagesKept)),
        ])
      }
      if written.isEmpty { report.notes.append("Every checkpoint reaches as far as the log.") }
      report.footer = Footer(position: position, entries: Int(clamping: position.number))
      return report
    }
  }

  extension BackOffice {
    /// Says what was wrong with checkpoints and files of references; the book is complete without them.
    func sayNotices() {
      for notice in notices { ToolContext.current.output.say("daybook: \(notice)\n") }
    }
  }
#endif
