#if Tool
  import ArgumentParser
  import Daybook

  struct AuditCommand: ReportCommand {
    static let configuration = CommandConfiguration(
      commandName: "audit",
      abstract: "Every event: when, by whom, in which role, why, and what undid it.",
      discussion: """
        All departments, and also what makes no entry; `accounts late` has the entries with their \
        amounts, `show` the events of one thing with all that they say. The days are effective ones, \
        and inclusive; --known-at ends at a time of recording.
        """)

    static let examples = [[], ["C1"]]

    @Argument(help: "Only the events of one thing: P17, C311, charge/311; all if left out.")
    var subject: String?

    @Option(
      help: ArgumentHelp(
        "Only what this member of staff, system or import:NAME recorded.", valueName: "who"))
    var user: String?

    @Option(
      help: ArgumentHelp("Only events of this type: PaymentReceived.", valueName: "event"))
    var type: String?

    @OptionGroup var options: ReadingOptions

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      let catalogue = ToolContext.current.catalogue
      let stream = try subject.map {
        try book.stream($0, orElse: "an identifier (C311, M5, P17) or a stream (charge/311)")
      }
      let actor = try user.map { try book.actor($0) }
      let end = min(question.knownAt ?? book.last, book.last)
      let decoder = EventDecoder()
      var rows = AuditRows(catalogue)
      try book.withLog { log in
        try log.scan(from: Position(1), through: end) { record in
          let event = Event(record, decoder)
          try rows.noteReversal(event)
          let header = event.header
          let day = header.effective.day
          guard stream.map({ $0 == header.stream }) ?? true,
            actor.map({ $0 == header.actor }) ?? true,
            question.clinic.map({ $0 == header.clinic }) ?? true,
            question.from.map({ $0 <= day }) ?? true,
            (question.to ?? question.on).map({ day <= $0 }) ?? true
          else { return }
          if let type, catalogue.name(of: header).lowercased() != type.lowercased() { return }
          try rows.add(event)
        }
      }
      var report = Report(
        name: "audit", title: subject.map { "Events of \($0.printable)" } ?? "Events",
        book: "", on: question.on, from: question.from, to: question.to,
        knownAt: end, columns: AuditRows.columns)
      for row in rows.finished() { report.append(row) }
      report.footer = Footer(position: end, entries: rows.count)
      return report
    }
  }

  /// Events as rows that say who did what and why.
  private struct AuditRows {
    static let columns = [
      Column("position", .position), Column("recordedAt", .instant), Column("date", .day),
      Column("event", .text), Column("stream", .identifier), Column("clinic", .identifier),
      Column("actor", .identifier), Column("role", .text), Column("reason", .text),
      Column("approver", .identifier), Column("reverses", .position),
      Column("reversedBy", .position),
    ]

    private let catalogue: Catalogue
    private var rows: [(position: Position, cells: [Cell])] = []
    // Only asked for a key, never iterated: what was undone by what, and the other way round.
    private var undoneBy: [Position: Position] = [:]
    private var undoing: [Position: Position] = [:]

    var count: Int { rows.count }

    init(_ catalogue: Catalogue) { self.catalogue = catalogue }

    mutating func noteReversal(_ event: borrowing Event) throws {
      guard event.header.family == .corrections else { return }
      let reversed = try event.payload(Reversed.self)
      undoneBy[reversed.of] = event.header.position
      undoing[event.header.position] = reversed.of
    }

    mutating func add(_ event: borrowing Event) throws {
      let header = event.header
      let detail = try EventDetail(event)
      rows.append(
        (
          header.position,
          [
            .position(header.position), .instant(header.recorded), .day(header.effective.day),
            .text(catalogue.name(of: header)), .identifier(catalogue.name(of: header.stream)),
            .identifier(ClinicID(header.clinic)), .identifier(catalogue.name(of: header.actor)),
            .text(catalogue.name(of: header.role)), .text(detail.reason),
            detail.approver.map { .identifier($0) } ?? .empty,
          ]
        ))
    }

    /// The rows, with what undid them, which stands behind them in the log.
    func finished() -> [[Cell]] {
      rows.map { row in
        row.cells
          + [undoing[row.position], undoneBy[row.position]].map {
            $0.map { .position($0) } ?? .empty
          }
      }
    }
  }
#endif
