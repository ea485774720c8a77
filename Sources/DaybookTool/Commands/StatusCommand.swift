#if Tool
  import ArgumentParser
  import Daybook

  struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "status",
      abstract: "Where the book stands, at a glance, and what is open.",
      discussion: """
        Waiting are patients who arrived and are with nobody; unresolved, appointments of earlier days \
        to which nobody came; unbilled, treatments that were not charged; expiring, lots with an expiry \
        within thirty days, or behind. The lines of the log, its writer, the disk and the last `verify` are \
        always of now.
        """)

    @OptionGroup var book: BookOption

    @Option(
      parsing: .unconditional,
      help: ArgumentHelp(
        "What the log held then: a position, a time or a day.", valueName: "position|time|day"))
    var knownAt: String?

    @OptionGroup var output: OutputOptions

    mutating func run() throws {
      let open = try book.open()
      let known = try knownAt.map { try DayReader(book: open, clinic: nil).position($0) }
      let register = try open.register()
      let host = try open.host(at: known, fromCheckpoints: true, output)
      let accounting: Snapshot<AccountingModel> = host.snapshot()
      let stock: Snapshot<LogisticsModel> = host.snapshot()
      let begun: Snapshot<OpenWork> = host.snapshot()
      let work = begun.model
      let visits: Snapshot<VisitsModel> = host.snapshot()
      let desk = FrontOfficeCounts(visits.model, asOf: visits.asOf)
      let day = work.facts.day(knownAt: host.position)
      var page = StatusPage(try open.name(knownAt: host.position), host.position)
      page.add("day", day?.description ?? "nothing yet")
      page.add("clinics", register.count(.clinics, host.position))
      page.add("patients", register.count(.patients, host.position))
      page.add("staff", register.count(.staff, host.position))
      page.add(AccountingReports.receivables(accounting, AccountingQuery()))
      page.add("open tills", work.tillsText)
      page.add("waiting", "\(desk.waiting)")
      page.add("in progress", "\(desk.inProgress)")
      page.add("unresolved", "\(desk.unresolved)")
      page.add("unbilled", "\(work.unbilled)")
      page.add("claims unanswered", "\(work.unanswered)")
      page.add("expiring", "\(try expiring(stock, by: day?.adding(days: Self.daysAhead)))")
      try addLog(to: &page)
      let note = VerifiedNote.found(
        in: book.path, of: open.withLog { $0.logID }, ToolContext.current.world.files)
      page.add("last verify", note?.text(at: open.last) ?? "never")
      page.add(open.checkpointList(), at: open.last)
      page.report.footer = Footer(
        position: host.position, entries: Int(host.position.number), skipped: host.skipped)
      try open.check()
      try output.give(page.report)
    }

    private static let daysAhead = 30

    /// How many lots of which something is left end by `day`; those that ended before, too.
    private func expiring(_ stock: Snapshot<LogisticsModel>, by day: Day?) throws -> Int {
      guard let day else { return 0 }
      let report = try StockOnHandReport.report(from: stock.model, asOf: stock.asOf, StockQuery())
      guard let expiry = report.columns.firstIndex(where: { $0.name == "expiry" }) else { return 0 }
      return report.rows.count {
        if case .day(let last) = $0[expiry] { last <= day } else { false }
      }
    }

    /// The files and their writer, as they are now.
    private func addLog(to page: inout StatusPage) throws {
      let info = try LogInfo(book.path, in: ToolContext.current.world)
      page.add("events", "\(info.events)")
      page.add("actions", "\(info.actions)")
      page.add("last recorded", info.lastRecorded?.description ?? "never")
      page.add("segments", "\(info.segments.count)")
      page.add("bytes", "\(info.bytes)")
      let writer = try writer()
      page.add("writer", writer ?? "none")
      page.add("durability", durability(info.durability, isPresent: writer != nil))
    }

    private func durability(_ durability: Durability?, isPresent: Bool) -> String {
      guard let durability else { return "no writer has said so yet" }
      return "\(durability): \(durability.promise)\(isPresent ? "" : " (the last writer's)")"
    }

    private func writer() throws -> String? {
      let lock = FilePath.join(book.path, "LOCK")
      return switch try ToolContext.current.world.files.lockState(lock) {
      case .free: nil
      case .held(let pid?): "process \(pid)"
      case .held(nil): "another process"
      }
    }
  }

  /// Two columns: what, and how it stands.
  struct StatusPage {
    var report: Report

    init(_ book: String, _ position: Position) {
      report = Report(
        name: "status", title: "Status", book: book, knownAt: position,
        columns: [Column("what", .text), Column("value", .text)])
    }

    mutating func add(_ what: String, _ value: String) {
      report.append([.text(what), .text(value)])
    }
  }

  extension StatusPage {
    /// How far each checkpoint reaches, and how far that is behind the log.
    mutating func add(_ checkpoints: [CheckpointInfo], at last: Position) {
      if checkpoints.isEmpty { add("checkpoints", "none") }
      for one in checkpoints {
        let behind = last.number - min(one.position.number, last.number)
        add("checkpoint of \(one.model)", "position \(one.position) (\(behind) events behind)")
      }
    }

    /// What patients and payers owe together, and what they have to their credit.
    mutating func add(_ receivables: Report) {
      for (name, title) in [("total", "receivable"), ("credit", "unapplied credit")] {
        let index = receivables.columns.firstIndex { $0.name == name } ?? 0
        if index < receivables.totals.count, case .amount(let sum) = receivables.totals[index] {
          add(title, "\(sum)")
        } else {
          add(title, "in several currencies; see accounts receivables")
        }
      }
    }
  }

  extension Register {
    func count(_ kind: RegisterKind, _ position: Position) -> String {
      "\(count(kind, knownAt: position))"
    }
  }
#endif
