#if Tool
  import Daybook

  /// A book opened for reading by one command.
  final class OpenBook {
    /// The book's directory.
    let path: String
    private var archive: Archive
    private var noticesSaid = 0
    private var restated: [RestatedPeriod] = []
    private var knownFinder: NameFinder?
    /// The books, once they were read.
    private(set) var knownBooks: Snapshot<AccountingModel>?

    /// Opens the book in the directory `path`.
    ///
    /// - Throws: `LogError` where there is none, or it is damaged or newer.
    init(_ path: String) throws {
      let context = ToolContext.current
      self.path = path
      archive = try Archive(path, catalogue: context.catalogue, world: context.world)
      archive.cores = .two
    }

    /// The position of the last durable event.
    var last: Position { archive.log.durable }

    /// Says what was wrong with checkpoints and closed periods, and throws where an answer would rest on
    /// a damaged page.
    ///
    /// To be called after computing and before printing.
    func check() throws {
      let notices = archive.checkpoints.notices
      for notice in notices[noticesSaid...] {
        ToolContext.current.output.say("daybook: \(notice)\n")
      }
      noticesSaid = notices.count
      for period in restated { ToolContext.current.output.say("daybook: \(period)\n") }
      restated = []
      try archive.checkpoints.check()
    }

    /// The book's checkpoints of this log.
    func checkpointList() -> [CheckpointInfo] {
      archive.checkpoints.list(of: archive.log.logID)
    }

    /// Proves the checkpoints against a replay.
    func checkpointChecks(_ output: OutputOptions) throws -> [Check] {
      let bar = output.progress("checkpoints")
      defer { bar.clear() }
      let total = last.number
      return try archive.checkpoints.verify(archive.catalogue, &archive.log) {
        bar.show($0.number, of: total, "\($0) events")
      }
    }

    /// Proves the accounts of `host` against items, stock and commission, and the numbers of documents.
    func itemChecks(_ host: ProjectionHost, _ output: OutputOptions) throws -> [Check] {
      let bar = output.progress("items")
      defer { bar.clear() }
      let total = host.position.number
      return try BookProofs.run(host, &archive.log) {
        bar.show($0.number, of: total, "\($0) events")
      }
    }

    /// Who and what is registered; read when it is first asked for.
    func register() throws -> Register { try finder().register }

    /// Finds what is registered by what people type.
    func finder() throws -> NameFinder {
      if let knownFinder { return knownFinder }
      let finder = NameFinder(try archive.snapshot().model)
      knownFinder = finder
      return finder
    }

    /// The model of type `M` with everything that the log holds, read with a progress bar.
    func snapshot<M: ReadModel>(
      of type: M.Type = M.self, at end: Position? = nil, _ output: OutputOptions
    ) throws -> Snapshot<M> {
      let bar = output.progress("reading")
      defer { bar.clear() }
      let total = min(end ?? last, last).number
      let snapshot: Snapshot<M> = try archive.snapshot(at: end) {
        bar.show($0.number, of: total, "\($0) events")
      }
      if let books = snapshot.model as? AccountingModel { restated = books.restatedPeriods }
      return snapshot
    }

    /// The books with everything that the log holds, read with a progress bar.
    func accounts(_ output: OutputOptions) throws -> Snapshot<AccountingModel> {
      let books: Snapshot<AccountingModel> = try snapshot(output)
      knownBooks = books
      return books
    }

    /// The built-in codes of the accounts that have others in a country's chart, by those.
    func builtInCodes() throws -> [String: String] {
      let books: Snapshot<AccountingModel> = try archive.snapshot()
      return books.model.builtInCodes
    }

    /// All models of the catalogue as known at `end`, from their checkpoints or from the first event.
    func host(
      at end: Position?, fromCheckpoints: Bool = false, _ output: OutputOptions
    ) throws -> ProjectionHost {
      let bar = output.progress("replaying")
      defer { bar.clear() }
      let total = min(end ?? last, last).number
      return try archive.host(at: end, fromCheckpoints: fromCheckpoints) {
        bar.show($0.number, of: total, "\($0) events")
      }
    }

    /// Calls `body` with the log.
    func withLog<Result>(_ body: (inout LogReader) throws -> Result) rethrows -> Result {
      try body(&archive.log)
    }
  }
#endif
