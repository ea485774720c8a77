#if Tool
  import ArgumentParser
  import Daybook
  import DaybookInterchange

  struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "verify",
      abstract: "Proves everything: files, actions, books, staff, stock, visits; one line a check.",
      discussion: """
        Exit 1 if a check failed, 3 if the files are damaged. When it was run last, `status` says: by a \
        note in checkpoints/, where one can be written.
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
      // A replay has all read models in memory: each is let go before the next begins.
      let replayed = try proveBooks(open, &page)
      page.add("replay", try replayChecks(open, replayed))
      page.add("checkpoints", try open.checkpointChecks(output))
      page.add("events", replayed.checks)
      leaveNote(of: page, at: replayed.position)
      page.report.book = replayed.name
      page.report.knownAt = replayed.position
      page.report.footer = Footer(
        position: replayed.position, entries: Int(replayed.position.number),
        skipped: replayed.skipped)
      try output.give(page.report)
      if page.failed > 0 { throw ToolFailure(.refused, page.failureText) }
    }

    /// Replays the book and proves what it comes to.
    private func proveBooks(_ open: OpenBook, _ page: inout CheckPage) throws -> Replayed {
      let host = try open.host(at: nil, output)
      for (area, checks) in BookChecks.run(host) { page.add(area, checks) }
      page.add("items", try open.itemChecks(host, output))
      let register: Snapshot<Register> = host.snapshot()
      let clinics = register.model.clinicNames(knownAt: host.position)
      return Replayed(
        name: OpenBook.heading(clinics.map(\.name)), position: host.position, lost: host.lost,
        skipped: host.skipped, digests: host.digests)
    }

    /// Leaves word of what was found, for `status`.
    private func leaveNote(of page: CheckPage, at position: Position) {
      let world = ToolContext.current.world
      guard let log = try? LogReader.identity(of: book.path, in: world) else { return }
      VerifiedNote(log: "\(log)", position: position, failed: page.failed)
        .leave(in: book.path, world.files)
    }

    /// A second replay comes to the same, byte for byte.
    private func replayChecks(_ open: OpenBook, _ first: Replayed) throws -> [Check] {
      let again = try open.host(at: first.position, output)
      return zip(first.digests, again.digests).map { one, other in
        Check(
          "replaying \(one.name) again gives the same digest", passed: one.digest == other.digest,
          detail: one.digest == other.digest ? one.digest : "\(one.digest), then \(other.digest)")
      }
    }
  }

  /// What a replay came to, without its read models.
  private struct Replayed {
    let name: String
    let position: Position
    let lost: Int
    let skipped: Int
    let digests: [(name: String, digest: String)]

    var checks: [Check] {
      [
        Check(
          "every event is there", passed: lost == 0,
          detail: "\(position) positions, \(lost) lost before a salvage"),
        Check(
          "every event is understood", passed: skipped == 0,
          detail: "\(position) \(position.number == 1 ? "event" : "events"), \(skipped) skipped"),
      ]
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
