#if Tool
  import Daybook

  /// Walks the events of a book: each with its entry and the balances that it changed.
  struct ReplaySteps {
    let open: OpenBook
    let first: Position
    let end: Position
    let clinic: UInt64?
    let output: OutputOptions
    var filter: StepFilter

    private struct Ended: Error {}

    /// Prints them: at a terminal one after the other, as somebody asks for them; else all.
    ///
    /// - Returns: Whether it went to the end.
    @discardableResult
    mutating func run(waits: Bool) throws -> Bool {
      if first > end, !waits { return true }
      let books: Snapshot<AccountingModel> = try open.snapshot(at: end, output)
      guard output.format == .text else {
        try report(books.model)
        return true
      }
      let output = output
      let (register, page) = (try open.register(), StepPage())
      let isAsked = waits && output.width != nil
      var prompt = StepPrompt(isAsked: isAsked)
      var isFirst = true
      do {
        try output.stream { write in
          try forEach(in: books.model) { record, step in
            if isAsked, !isFirst, !(try prompt.wantsNext()) { throw Ended() }
            isFirst = false
            let text = try page.text(record, step, register, width: output.width)
            if isAsked { try output.give(text) } else { try write(text) }
          }
          if isFirst { try write("Nothing to report.\n") }
        }
      } catch is Ended {
        return false
      }
      return true
    }

    /// Calls `body` with every event that is asked for, and what it did.
    private mutating func forEach(
      in model: AccountingModel, _ body: (RecordView, BookStep) throws -> Void
    ) throws {
      var filter = filter
      var steps = BookSteps(model, from: first, clinic: clinic)
      let (first, end) = (first, end)
      try open.withLog { log in
        // What is a patient's own is told by what came before.
        try log.scan(from: filter.asksForPatient ? Position(1) : first, through: end) { record in
          let isWanted = try filter.wants(record)
          guard record.header.position >= first else { return }
          // The balances go on with every event.
          let step = steps.step(model, at: record.header.position)
          if isWanted { try body(record, step) }
        }
      }
      self.filter = filter
    }

    private mutating func report(_ model: AccountingModel) throws {
      let (register, page) = (try open.register(), StepPage())
      var report = Report(
        name: "replay-step", title: "The books, event by event",
        book: try open.name(knownAt: end), knownAt: end, columns: StepPage.columns)
      var (events, entries) = (0, 0)
      try forEach(in: model) { record, step in
        events += 1
        if !step.lines.isEmpty { entries += 1 }
        for row in try page.rows(record, step, register) { report.append(row) }
      }
      report.notes = ["\(events) events, of which \(entries) make entries."]
      report.footer = Footer(
        position: end, entries: events, digest: { [model, end] in model.digest(at: end) })
      try output.give(report)
    }
  }
#endif
