import Daybook
import DaybookScenarios
import DaybookTesting

extension LivedHistory {
  /// Stops, looks at what is there, closes the book or loses power, and goes on from the checkpoint of
  /// the stop before and its tail.
  func stop() throws {
    outcome.stops += 1
    try trespass(isWatched: true)
    try look()
    guard checks(.checkpoint) || plan.crashes else { return }
    if plan.crashes { try crash() } else { try reopen() }
    try catchUp()
    try engine.checkpoint()
    for pending in try host.pendingCheckpoints(&reader) { _ = try pending.write() }
  }

  /// Everything is synced; what the events tell, what the Desk knows and what the departments make of it
  /// agrees, and is noted.
  ///
  /// - Parameter isAtEnd: Whether the books are held to the events, too, which takes every posting; those
  ///   of a short history are each time.
  private func look(isAtEnd: Bool = false) throws {
    try catchUp()
    if !plan.rules.isEmpty { try compareRules(withBooks: isAtEnd || plan.isShort) }
    let mark = HistoryMark(
      position: engine.lastPosition, desk: try MemoryPages.digest(of: state), models: host.digests)
    marks.append(mark)
    if plan.isShort, checks(.checkpoint) {
      var live = state
      copies.append((try MemoryPages.copy(&live, into: DeskState()).model, mark.position))
    }
  }

  /// The rules take in what has come since, and are held to the Desk and the books.
  private func compareRules(withBooks: Bool) throws {
    let decoder = EventDecoder()
    try reader.scan(from: rules.position.next, by: decoder) { event in
      try rules.take(event)
      let name = ClinicEvents.name(event.header.family, event.header.tag) ?? "unknown"
      outcome.names[name, default: 0] += 1
    }
    rules.compare(with: state)
    if withBooks {
      let books: Snapshot<AccountingModel> = host.snapshot()
      rules.compare(with: books.model)
      rules.compare(books.model, with: state)
    }
    if let fault = rules.faults.list.first {
      throw broken(.rule(fault.rule), "position \(fault.text); \(rules.faults.list.count) in all")
    }
  }

  // MARK: - Closed, crashed and opened again

  /// Closes the book, and opens it in another process.
  private func reopen() throws {
    let decided = try engine.decisionDigest()
    engine.close()
    machine.end(world)
    try open()
    try expectDecided(decided)
    try expectModels()
  }

  /// The power goes while somebody is told nothing yet of what they asked for.
  private func crash() throws {
    outcome.crashes += 1
    var digests = [engine.lastPosition: try engine.decisionDigest()]
    var promised = engine.log.watermark
    for _ in 0..<dice.below(6) {
      try act()
      digests[engine.lastPosition] = try engine.decisionDigest()
    }
    let submitted = engine.lastPosition
    // Who closes a period waits until everything before it is synced.
    promised = max(promised, engine.log.watermark)
    if dice.chance(60) {
      // In the middle of writing, or just behind it.
      machine.stop(world, after: dice.below(8))
      engine.log.step()
      if machine.isAlive(world) { promised = max(promised, engine.log.watermark) }
    }
    machine.losePower()
    engine.close()
    try open()
    let last = engine.lastPosition
    guard last >= promised, last <= submitted else {
      throw broken(.checkpoint, "\(promised) was promised, and the book ends at \(last)")
    }
    guard let decided = digests[last] else {
      throw broken(.checkpoint, "the book ends at \(last), inside an action")
    }
    outcome.lost += digests.keys.count { $0 > last }
    clinic.forget(behind: last)
    trespasser.forget(behind: last)
    try expectDecided(decided)
    try expectModels()
  }

  private func open() throws {
    world = machine.start()
    engine = try Engine(
      Self.directory, catalogue: .clinic, world: world, options: Self.options, driver: .caller)
    host = ProjectionHost(.clinic)
    reader = try LogReader(Self.directory, in: world)
    try host.load(Checkpoints(Self.directory, in: world), from: &reader)
  }

  private func expectDecided(_ digest: String?) throws {
    guard checks(.checkpoint), try engine.decisionDigest() != digest else { return }
    throw broken(.checkpoint, "what is decided on is another when it is opened again")
  }

  /// The departments, from their checkpoints and the tail, are what they were where it was stopped.
  private func expectModels() throws {
    guard checks(.checkpoint), let mark = marks.last else { return }
    try host.catchUp(&reader, through: mark.position)
    for (found, live) in zip(host.digests, mark.models) where found != live {
      throw broken(.checkpoint, "\(found.name) is another when it is opened again")
    }
  }

  // MARK: - Outside

  /// Writes the book's files, as every process of the machine sees them, to a folder that is not there.
  func save(to folder: String, in files: any FileSystem) throws {
    engine.log.step()
    engine.close()
    try copy(Self.directory, to: folder, in: files)
  }

  private func copy(_ path: String, to other: String, in files: any FileSystem) throws {
    guard world.files.isDirectory(path) else {
      let bytes = try world.files.bytes(of: path, atMost: .max)
      return try files.replaceFile(other, with: bytes.span)
    }
    try files.createDirectory(other)
    for name in try world.files.list(path) {
      try copy(FilePath.join(path, name), to: FilePath.join(other, name), in: files)
    }
  }

  // MARK: - At the end

  /// Looks once more, opens it once more, and proves it from the files alone.
  func end() throws {
    try look(isAtEnd: true)
    if checks(.verify) { try verify() }
    try ask()
    if checks(.checkpoint) {
      try reopen()
      try replayCopies()
    }
    if checks(.replay) { try replay() }
  }

  /// Files, books, staff, stock and visits prove themselves, as by `daybook verify`.
  private func verify() throws {
    var failed: [String] = []
    _ = try LogVerifier.verify(Self.directory, in: world) { check in
      if !check.passed { failed.append("log: \(check.name): \(check.detail)") }
    }
    let books: Snapshot<AccountingModel> = host.snapshot()
    let documents: Snapshot<DocumentsModel> = host.snapshot()
    let staff: Snapshot<HumanResourcesModel> = host.snapshot()
    let stock: Snapshot<LogisticsModel> = host.snapshot()
    let visits: Snapshot<VisitsModel> = host.snapshot()
    let checks =
      AccountingChecks.run(books.model) + DocumentsChecks.run(documents.model, books.model)
      + HumanResourcesChecks.run(staff.model) + LogisticsChecks.run(stock.model)
      + VisitsChecks.run(visits.model)
    failed += checks.filter { !$0.passed }.map { "\($0.name): \($0.detail)" }
    if host.skipped > 0 { failed.append("\(host.skipped) events are not understood") }
    if host.lost > 0 { failed.append("\(host.lost) events are not there") }
    if let first = failed.first { throw broken(.verify, "\(first); \(failed.count) failed") }
  }

  /// One replay from the first event, compared wherever the history was stopped.
  private func replay() throws {
    let replayed = ProjectionHost(.clinic)
    var desk = DeskState()
    var position = Position.start
    for mark in marks {
      try reader.scan(from: position.next, through: mark.position, by: EventDecoder()) {
        try desk.evolve($0)
      }
      position = mark.position
      if try MemoryPages.digest(of: desk) != mark.desk {
        throw broken(.replay, "replayed to \(position), the Desk knows something else")
      }
      try replayed.catchUp(&reader, through: mark.position)
      for (found, live) in zip(replayed.digests, mark.models) where found != live {
        throw broken(.replay, "replayed to \(position), \(found.name) is another")
      }
    }
  }

  /// From each copy of the decision state, as a checkpoint keeps it, the tail leads to the end.
  private func replayCopies() throws {
    guard let end = marks.last else { return }
    for (copy, position) in copies {
      var desk = copy
      try reader.scan(from: position.next, by: EventDecoder()) { try desk.evolve($0) }
      if try MemoryPages.digest(of: desk) != end.desk {
        throw broken(.checkpoint, "from \(position) on, the Desk comes to something else")
      }
    }
    copies = []
  }
}
