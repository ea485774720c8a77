#if Tool
  import ArgumentParser
  import Daybook
  import DaybookInterchange

  struct RecordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "record", abstract: "One action through the Desk, or one a line of JSON.")

    // The flags are those of the action's fields.
    @Argument(parsing: .captureForPassthrough)
    var words: [String] = []

    mutating func run() async throws {
      let context = ToolContext.current
      let actions = RecordAction.clinic + context.actions
      let request = try RecordRequest(words, actions)
      if request.wantsList { return try context.output.write(RecordHelp.list(actions)) }
      if request.wantsHelp {
        let text =
          try request.action.map { try RecordHelp.text(of: $0) }
          ?? RecordHelp.overview + RecordHelp.list(actions)
        return try context.output.write(text)
      }
      guard (request.action == nil) != (request.json == nil) else {
        throw ToolFailure.usage(
          request.json == nil
            ? "what happened? `daybook record --list` shows all actions"
            : "give an action, or --json with one action a line, not both")
      }
      try await Self.perform(request, actions)
    }

    /// Carries out what was asked, and prints what was made.
    static func perform(_ request: RecordRequest, _ actions: [RecordAction]) async throws {
      let path = try request.bookOption().path
      let writing = try request.writingOptions()
      let output = try request.outputOptions()
      let office = try writing.open(path, creation: .never)
      var failure: ToolFailure?
      do {
        let session = try RecordSession(office)
        if let json = request.json {
          var run = RecordLinesRun(session, actions, request, try request.defaults())
          failure = try await run.run(json)
        } else if let action = request.action {
          try await one(action, request, session, output)
        }
        try await writing.close(office)
      } catch {
        await office.close()
        throw error
      }
      await office.sayNotices()
      if let failure { throw failure }
    }

    private static func one(
      _ action: RecordAction, _ request: RecordRequest, _ session: RecordSession,
      _ output: OutputOptions
    ) async throws {
      var draft = RecordDraft(action, session, RecordedBy())
      // Words first: a flag says more of what a word has named, as of the cash that was handed over.
      try draft.take(words: request.words)
      for (name, value) in request.named { try draft.take(name, value) }
      draft.lines += request.lines.map { DraftLine(text: $0) }
      for file in request.lineFiles { try draft.take(fileOfLines: file) }
      let ready = try await session.ready(draft)
      let receipt: ActionReceipt
      do {
        if request.isDryRun { return try await rehearse(ready, session, output) }
        let submission = try await session.submit(ready)
        try await session.office.log.wait(for: submission.restsOn)
        receipt = try submission.result.get()
      } catch let refusal as Refusal {
        let text = RefusalText(session.register, clinic: ready.clinic).text(of: refusal)
        throw ToolFailure(.refused, "refused\n\(text)")
      }
      if output.format == .json {
        var json = JSONText()
        RecordResult(line: 1, outcome: .done(receipt)).write(to: &json)
        json.endLine()
        return try output.give(json.text)
      }
      try output.give(try await RecordMeanings.text(of: receipt, session))
    }

    /// Shows the events that an action would append.
    private static func rehearse(
      _ ready: ReadyAction, _ session: RecordSession, _ output: OutputOptions
    ) async throws {
      switch try await session.rehearse(ready) {
      case .refused(let refusal): throw refusal
      case .again(let receipt):
        try output.give(try await RecordMeanings.text(of: receipt, session))
      case .events(let action, _):
        var text = EventText(output.format, stored: false, alone: false)
        var shown = text.heading
        try action.forEachRecord { shown += try text.text(of: $0) }
        try output.give(shown)
        ToolContext.current.output.say("daybook: nothing was appended (--dry-run)\n")
      }
    }
  }

  extension RecordRequest {
    /// What lines of JSON have unless they say otherwise.
    func defaults() throws -> RecordedBy {
      var by = RecordedBy()
      for (name, value) in named {
        guard case .text(let text) = value, by.take(name, text) else {
          throw ToolFailure.usage("--\(name) goes with an action, not with --json")
        }
      }
      return by
    }
  }

  extension RecordDraft {
    /// Takes the rows of a CSV file as lines: its columns are `what`, `quantity`, `price` and fields.
    mutating func take(fileOfLines path: String) throws {
      guard let form = action.lines else {
        throw ToolFailure.usage("`record \(action.word)` has no lines")
      }
      var reader = try CSVReader(path: path, in: ToolContext.current.world.files)
      let columns = reader.columns
      while try reader.next() {
        var line = ""
        var fields: [EnteredValue.Member] = []
        for column in columns {
          let text = try reader.trimmedText(column)
          if text.isEmpty { continue }
          switch column.name.lowercased() {
          case "what", "item", "service", "code": line = text + line
          case "quantity", "qty", "units": line += " " + text
          case "price": line += " @" + text
          case let name: fields.append(.init(form.names[name] ?? column.name, .text(text)))
          }
        }
        if line.isEmpty {
          throw ToolFailure.usage("\(reader.name) row \(reader.row): the column \"what\" is empty")
        }
        lines.append(DraftLine(text: line, fields: fields))
      }
    }
  }

  extension EncodedAction {
    /// Calls `body` with each event as a record that was never written.
    func forEachRecord(_ body: (RecordView) throws -> Void) throws {
      try withReader(of: payloads) { reader in
        var reader = reader
        var start = 0
        for (header, end) in zip(headers, payloadEnds) {
          let payload = try reader.readBytes(end - start)
          start = end
          try body(RecordView(header: header, payload: payload))
        }
      }
    }
  }
#endif
