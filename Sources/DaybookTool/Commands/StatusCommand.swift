#if Tool
  import ArgumentParser
  import Daybook

  struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "status", abstract: "Where the book stands, at a glance.")

    @OptionGroup var book: BookOption
    @OptionGroup var output: OutputOptions

    mutating func run() throws {
      let open = try book.open()
      let register = try open.register()
      let host = try open.host(at: nil, output)
      let accounting: Snapshot<AccountingModel> = host.snapshot()
      let info = try LogInfo(book.path, in: ToolContext.current.world)
      var page = StatusPage(try open.name(), host.position)
      page.add("day", register.facts.day(knownAt: host.position)?.description ?? "nothing yet")
      page.add("clinics", register.count(.clinics, host.position))
      page.add("patients", register.count(.patients, host.position))
      page.add("staff", register.count(.staff, host.position))
      page.add(AccountingReports.receivables(AccountingView(accounting), AccountingQuery()))
      page.add("events", "\(info.events)")
      page.add("actions", "\(info.actions)")
      page.add("last recorded", info.lastRecorded?.description ?? "never")
      page.add("segments", "\(info.segments.count)")
      page.add("bytes", "\(info.bytes)")
      page.add("writer", try writer())
      page.add("durability", "synced: acknowledged means on the disk")
      page.report.footer = Footer(
        position: host.position, entries: Int(host.position.number), skipped: host.skipped)
      try output.give(page.report)
    }

    private func writer() throws -> String {
      let lock = FilePath.join(book.path, "LOCK")
      return switch try ToolContext.current.world.files.lockState(lock) {
      case .free: "none"
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
    /// What patients and payers owe together, and what they have to their credit.
    mutating func add(_ receivables: Report) {
      for (name, title) in [("total", "receivable"), ("credit", "unapplied credit")] {
        guard let index = receivables.columns.firstIndex(where: { $0.name == name }),
          index < receivables.totals.count, case .amount(let sum) = receivables.totals[index]
        else { continue }
        add(title, "\(sum)")
      }
    }
  }

  extension Register {
    func count(_ kind: RegisterKind, _ position: Position) -> String {
      "\(entries(kind, knownAt: position).count)"
    }
  }
#endif
