#if Tool
  import Daybook

  /// Records lines of JSON: one action a line, one result a line, in order.
  ///
  /// A result is printed once what it rests on is synced. What can be read at once is decided at once
  /// and synced together; whoever waits for an answer before the next line gets it.
  struct RecordLinesRun {
    private static let chunkBytes = 65_536
    private static let lineBytesMax = 1 << 20

    private let session: RecordSession
    private let actions: [RecordAction]
    private let defaults: RecordedBy
    private let isAtomic: Bool
    private let isDryRun: Bool
    private var results: [RecordResult] = []
    private var together: ReadyAction?
    private var count = 0
    private var failed: [Int] = []

    init(
      _ session: RecordSession, _ actions: [RecordAction], _ request: RecordRequest,
      _ defaults: RecordedBy
    ) {
      self.session = session
      self.actions = actions
      self.defaults = defaults
      isAtomic = request.isAtomic
      isDryRun = request.isDryRun
    }

    /// Reads `path`, or standard input for `-`, to its end.
    ///
    /// - Returns: What is to be said where a line was not carried out; nil where all were.
    mutating func run(_ path: String) async throws -> ToolFailure? {
      let context = ToolContext.current
      let file = path == "-" ? nil : try context.world.files.open(path, .read)
      defer { file?.close() }
      var buffer = ByteWriter(capacity: Self.chunkBytes)
      var offset: UInt64 = 0
      var line: [UInt8] = []
      while true {
        buffer.removeAll()
        let read =
          if let file {
            try file.read(at: offset, count: Self.chunkBytes, into: &buffer)
          } else {
            try context.input(Self.chunkBytes, &buffer)
          }
        offset += UInt64(read)
        if read == 0 { break }
        for byte in buffer.bytes {
          guard byte == 0x0a else {
            line.append(byte)
            guard line.count <= Self.lineBytesMax else {
              throw ToolFailure.usage("line \(count + 1) is longer than \(Self.lineBytesMax) bytes")
            }
            continue
          }
          try await take(line)
          line.removeAll(keepingCapacity: true)
        }
        try await answer()
      }
      if !line.isEmpty { try await take(line) }
      if isAtomic { try await end() }
      try await answer()
      return failure
    }

    /// Which lines were not carried out, and what became of the others.
    private var failure: ToolFailure? {
      if failed.isEmpty { return nil }
      let shown = failed.prefix(20).map(String.init).joined(separator: ", ")
      let more = failed.count > 20 ? " ..." : ""
      let lines = failed.count == 1 ? "line \(shown)" : "\(failed.count) lines (\(shown)\(more))"
      if isAtomic {
        return ToolFailure(
          .refused, "the lines are one action (--atomic), and none was carried out")
      }
      let was = isDryRun ? "would be" : failed.count == 1 ? "was" : "were"
      return ToolFailure(.refused, "\(lines) \(was) refused; the others stand by themselves")
    }

    private mutating func take(_ bytes: [UInt8]) async throws {
      count += 1
      if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0d }) { return }
      let number = count
      do {
        let ready = try await ready(bytes)
        if isAtomic {
          together = together?.joined(ready) ?? ready
        } else {
          note(RecordResult(line: number, outcome: try await outcome(of: ready)))
        }
      } catch let failure as ToolFailure where failure.status == .usage {
        note(RecordResult(line: number, outcome: .misunderstood(failure.message)))
        // All or none: the rest is still read, for what else is wrong with it.
        if isAtomic { together = nil }
      }
    }

    private mutating func note(_ result: RecordResult) {
      if !result.isDone { failed.append(result.line) }
      results.append(result)
    }

    /// Decides all lines as one action.
    private mutating func end() async throws {
      guard failed.isEmpty, let together else { return }
      note(RecordResult(line: 1, outcome: try await outcome(of: together)))
    }

    private func outcome(of ready: ReadyAction) async throws -> RecordResult.Outcome {
      if isDryRun {
        switch try await session.rehearse(ready) {
        case .events(let action, let findings):
          return .done(
            ActionReceipt(
              events: action.headers.map(ActionReceipt.Appended.init), findings: findings,
              isRepeat: false))
        case .again(let receipt): return .done(receipt)
        case .refused(let refusal): return .refused(refusal)
        }
      }
      switch try await session.submit(ready).result {
      case .success(let receipt): return .done(receipt)
      case .failure(let refusal): return .refused(refusal)
      }
    }

    private func ready(_ bytes: [UInt8]) async throws -> ReadyAction {
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw ToolFailure.usage("the line is not UTF-8")
      }
      let value = try RecordSession.usage("") { () throws(EntryError) in
        try EnteredValue(json: text)
      }
      guard case .object(let members) = value else {
        throw ToolFailure.usage("the line is no JSON object; begin with {\"action\":\"pay\"")
      }
      guard case .text(let word)? = value["action"],
        let action = actions.first(where: { $0.word == word })
      else {
        throw ToolFailure.usage(
          "\"action\" names no action; `daybook record --list` shows all of them")
      }
      var draft = RecordDraft(action, session, defaults)
      for member in members where EnteredName.plain(member.name) != "action" {
        try draft.take(member.name, member.value)
      }
      return try await session.ready(draft)
    }

    /// Prints the results so far, once they are safe.
    private mutating func answer() async throws {
      guard !results.isEmpty else { return }
      try await session.office.settle()
      var json = JSONText()
      for result in results {
        result.write(to: &json)
        json.endLine()
      }
      results.removeAll(keepingCapacity: true)
      do throws(FileError) {
        try ToolContext.current.output.write(json.text)
      } catch {
        guard error.kind == .brokenPipe else { throw error }
        // Who sent lines and hears no answers must not believe that all of them were taken.
        throw ToolFailure(
          .refused, "nobody reads the results; line \(count) is the last that was carried out")
      }
    }
  }
#endif
