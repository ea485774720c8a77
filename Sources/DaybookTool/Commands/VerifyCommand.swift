#if Tool
  import ArgumentParser
  import Daybook
  import DaybookInterchange

  struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "verify",
      abstract: "Proves everything: files, actions, books, staff, stock, visits; one line a check.",
      discussion: """
        Exit 1 if a check failed, 3 if the files are damaged. When it was run last, `status` says: by a         note in checkpoints/, where one can be written.
        """)

    @OptionGroup var book: BookOption
    @OptionGroup var output: OutputOptions

    mutating func run() throws {
      let world = ToolContext.current.world
      var page = CheckPage("verify")
      let isSound = try LogVerifier.verify(book.path, in: world) { page.add($0) }
      guard isSound else {
        leaveNote(of: page, at: .start)
        try output.give(page.report)
        throw ToolFailure(.noBook, page.failureText)
      }
      let open = try book.open()
      let host = try open.host(at: nil, output)
      for (area, checks) in BookChecks.run(host) { page.add(area, checks) }
      page.add("items", try open.itemChecks(host, output))
      page.add("replay", try replayChecks(open, host))
      page.add("checkpoints", try open.checkpointChecks(output))
      page.add(
        "events",
        [
          Check(
            "every event is there", passed: host.lost == 0,
            detail: "\(host.position) positions, \(host.lost) lost before a salvage"),
          Check(
            "every event is understood", passed: host.skipped == 0,
            detail: "\(host.position) \(host.position.number == 1 ? "event" : "events"), "
              + "\(host.skipped) skipped"),
        ])
      leaveNote(of: page, at: host.position)
      page.report.book = try open.name()
      page.report.knownAt = host.position
      page.report.footer = Footer(
        position: host.position, entries: Int(host.position.number), skipped: host.skipped)
      try output.give(page.report)
      if page.failed > 0 { throw ToolFailure(.refused, page.failureText) }
    }

    /// Leaves word of what was found, for `status`.
    private func leaveNote(of page: CheckPage, at position: Position) {
      let world = ToolContext.current.world
      guard let log = try? LogReader.identity(of: book.path, in: world) else { return }
      VerifiedNote(log: "\(log)", position: position, failed: page.failed)
        .leave(in: book.path, world.files)
    }

    /// A second replay comes to the same, byte for byte.
    private func replayChecks(_ open: OpenBook, _ first: ProjectionHost) throws -> [Check] {
      let again = try open.host(at: first.position, output)
      return zip(first.digests, again.digests).map { one, other in
        Check(
          "replaying \(one.name) again gives the same digest", passed: one.digest == other.digest,
          detail: one.digest == other.digest ? one.digest : "\(one.digest), then \(other.digest)")
      }
    }
  }

  /// Checks as rows, one line each.
  struct CheckPage {
    var report: Report
    private(set) var failed = 0

    init(_ name: String) {
      report = Report(
        name: name, title: name == "verify" ? "Verify" : "Verify the files", book: "",
        knownAt: .start,
        columns: [
          Column("result", .text), Column("area", .text), Column("check", .text),
          Column("segment", .identifier), Column("offset", .count), Column("detail", .text),
        ])
    }

    mutating func add(_ check: LogCheck) {
      if !check.passed { failed += 1 }
      report.append([
        .text(check.passed ? "pass" : "fail"), .text("log"), .text(check.name),
        check.segment.isEmpty ? .empty : .identifier(check.segment),
        check.passed ? .empty : .count(Int64(clamping: check.offset)),
        .text(([check.detail] + check.streams.map(name)).joined(separator: " ")),
      ])
    }

    private func name(_ stream: StreamID) -> String {
      ToolContext.current.catalogue.name(of: stream)
    }

    mutating func add(_ area: String, _ checks: [Check]) {
      for check in checks {
        if !check.passed { failed += 1 }
        report.append([
          .text(check.passed ? "pass" : "fail"), .text(area), .text(check.name), .empty, .empty,
          .text(check.detail),
        ])
      }
    }

    /// What the tool says at its end, when not all is well.
    var failureText: String { "\(failed) of \(report.rows.count) checks failed" }
  }
#endif
