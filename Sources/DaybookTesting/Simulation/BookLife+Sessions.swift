import DaybookEngine
import DaybookEvents
import DaybookLog
import DaybookValues
import DaybookWorld

/// A process that has the book open for writing.
struct BookSession<State: DecisionState> {
  let process: World
  let engine: Engine
  /// What it answers from, as a back office does.
  let host: ProjectionHost
  let checkpoints: Checkpoints
  /// Callers by the order in which they asked.
  var callers: [WaitingCaller<State>] = []
  /// How many of them were told something.
  var toldCount = 0
  /// Whether somebody was told that the log failed.
  var hasFailed = false
  /// What the log told callers, by their place in `callers`.
  let told = Locked<[(caller: Int, error: LogError?)]>([])
}

/// A caller who must not be answered before the log says so.
struct WaitingCaller<State: DecisionState> {
  enum Kind {
    case accepted(events: Int)
    case refused
    case repeated
    case clashed
  }

  var action: SimulatedAction<State>
  var kind: Kind
  /// What the answer rests on, by the oracle.
  var restsOn: Position
  var isTold = false
}

extension BookLife {
  typealias Session = BookSession<Workload.State>
  typealias Caller = WaitingCaller<Workload.State>

  mutating func session() throws {
    let process = start()
    if !numbers.oneIn(3) {
      machine.stop(process, after: Int.random(in: 0...240, using: &numbers))
    }
    if numbers.oneIn(8) {
      machine.capacity = machine.usedBytes + Int.random(in: 0...12_000, using: &numbers)
    }
    let away = numbers.oneIn(12) ? setClockBack() : 0
    let opened = try open(process)
    machine.clock.move(milliseconds: away)
    if var session = opened {
      for _ in 0..<Int.random(in: 1...30, using: &numbers) {
        guard step < stepsMax, try live(&session) else { break }
      }
      try leave(&session)
    } else {
      end(process)
    }
    machine.capacity = nil
    if numbers.oneIn(4) { try damageWhatIsDisposable() }
    try look()
  }

  private func setClockBack() -> Int64 {
    let away = machine.clock.now().milliseconds - oracle.lastRecorded.milliseconds + 400_000
    machine.clock.move(milliseconds: -away)
    return away
  }

  /// Ends a process in one of the ways that there are.
  private mutating func end(_ process: World) {
    switch Int.random(in: 0..<4, using: &numbers) {
    case 0: machine.kill(process)
    case 1, 2:
      machine.losePower()
      follower = nil
    default: machine.end(process)
    }
  }

  /// Leaves the book: in good order, or in the middle of something.
  private mutating func leave(_ session: inout Session) throws {
    if numbers.oneIn(3) {
      session.engine.log.step()
      noteDecisions(session)
      session.engine.close()
      try answer(&session)
      let isInOrder = machine.isAlive(session.process) && !session.hasFailed
      machine.end(session.process)
      // Beside a writer the verifier leaves alone what stands behind the last frame.
      if isInOrder, numbers.oneIn(2) { try verify() }
    } else {
      end(session.process)
    }
    // What a dead process still does has no effect.
    session.engine.close()
    // Who was told nothing asks again.
    retries += session.callers.filter { !$0.isTold && $0.action.envelope.reference != nil }
      .map(\.action)
  }

  // MARK: Opening

  /// Opens the book for writing; nil where a fault of the disk or a crash kept it from that.
  mutating func open(_ process: World, acceptsClock: Bool = false) throws -> Session? {
    step += 1
    do {
      var options = options
      options.acceptsClock = acceptsClock
      let engine = try Engine(
        Self.directory, catalogue: Workload.catalogue, world: process, options: options,
        driver: .caller)
      // Killed at the very end, it tells nobody what it found.
      guard machine.isAlive(process) else { return failedToOpen() }
      counts.openings += 1
      let recovery = engine.log.opened.recovery
      if recovery.cutBytes > 0 { counts.cuts += 1 }
      if recovery.rewrittenBytes > 0 { counts.rewrites += 1 }
      if recovery.finishedRotation { counts.finishedRotations += 1 }
      counts.setAside += recovery.quarantined.count - (recovery.cutBytes > 0 ? 1 : 0)
      try resume(at: Int(engine.lastPosition.number))
      try expect(
        engine.log.watermark == engine.lastPosition, "what was found is not yet durable")
      if !recovery.isClean || numbers.oneIn(4) { try verify() }
      try compareDecisions(engine)
      let host = ProjectionHost(Workload.catalogue)
      let checkpoints = Checkpoints(Self.directory, in: process)
      do {
        var reader = try LogReader(Self.directory, in: process)
        try host.load(checkpoints, from: &reader)
        if host.position > .start { counts.loadedCheckpoints += 1 }
      } catch {
        engine.close()
        throw error
      }
      return Session(process: process, engine: engine, host: host, checkpoints: checkpoints)
    } catch let error as LogError {
      guard machine.isAlive(process) else { return failedToOpen() }
      switch error.kind {
      case .file, .diskFull: return failedToOpen()
      case .clockBehind(let now, let last)
      where last <= oracle.lastRecorded && now.milliseconds + 300_000 < last.milliseconds:
        return numbers.oneIn(2) ? try open(process, acceptsClock: true) : failedToOpen()
      default: throw broken("opening refused: \(error)")
      }
    } catch is CheckpointFailure {
      // A page could neither be read nor made again: a fault of the disk.
      return failedToOpen()
    }
  }

  private mutating func failedToOpen() -> Session? {
    counts.failedOpenings += 1
    return nil
  }

  /// Takes up the oracle where the book ends.
  private mutating func resume(at count: Int) throws {
    try expect(
      count >= oracle.promised, "the book ends at \(count), but \(oracle.promised) were promised")
    try expect(
      count <= oracle.records.count, "the book ends at \(count) of \(oracle.records.count)")
    try expect(oracle.canStand(at: count), "the book ends at \(count), inside an action")
    guard oracle.resume(at: count) else { return }
    workload.forget()
    for receipt in oracle.receipts { workload.note(receipt) }
    begun = 0
  }

  // MARK: Work

  /// One turn of callers and writer; false when the process or its log is at an end.
  mutating func live(_ session: inout Session) throws -> Bool {
    // Now and then very many at once, so that a frame lies over several sectors.
    let most = numbers.oneIn(8) ? 40 : 4
    for _ in 0..<Int.random(in: 1...most, using: &numbers) {
      step += 1
      guard try submit(in: &session) else { return false }
    }
    // Some need not wait.
    try answer(&session)
    machine.clock.move(milliseconds: Int64.random(in: 0...100_000, using: &numbers))
    // A log that delays its syncs takes more into one.
    if options.durability != .synced, numbers.oneIn(2) { return true }
    step += 1
    session.engine.log.step()
    guard machine.isAlive(session.process) else { return false }
    counts.steps += 1
    try answer(&session)
    guard session.engine.log.watermark == session.engine.lastPosition else { return false }
    let left = session.callers.count - session.toldCount
    try expect(left == 0, "a step left \(left) callers waiting")
    if numbers.oneIn(4) { try follow(session.engine.log.watermark) }
    if numbers.oneIn(4) { try query(session) }
    if numbers.oneIn(12) { try openBeside(session) }
    if numbers.oneIn(12) { try checkpoint(session) }
    if numbers.oneIn(30) { try backUp(session) }
    return true
  }

  /// One caller asks for something; false when that failed, which ends the session.
  private mutating func submit(in session: inout Session) throws -> Bool {
    let now = machine.clock.now()
    let action = nextAction(at: now)
    let submission: Submission
    do {
      submission = try session.engine.submit(action.command, action.envelope)
    } catch let error as LogError {
      // Nothing was decided, or nobody was told.
      guard machine.isAlive(session.process) else { return false }
      switch error.kind {
      case .diskFull:
        counts.fullDisks += 1
        // Now and then somebody makes room, and everything goes on.
        if numbers.oneIn(2) { machine.capacity = nil }
        return true
      case .file, .closed:
        session.hasFailed = true
        return false
      default: throw broken("submitting failed: \(error)")
      }
    } catch is CheckpointFailure {
      session.hasFailed = true
      return false
    }
    guard machine.isAlive(session.process) else { return false }
    let caller = try compare(submission, with: try oracle.take(action, at: now), of: action)
    try expect(
      session.engine.lastPosition == oracle.lastPosition,
      "the engine stands at \(session.engine.lastPosition), the oracle at \(oracle.lastPosition)")
    session.callers.append(caller)
    let (index, told) = (session.callers.count - 1, session.told)
    session.engine.log.whenSynced(submission.restsOn) { error in
      told.withLock { $0.append((index, error)) }
    }
    return true
  }

  private mutating func nextAction(at now: Instant) -> SimulatedAction<Workload.State> {
    let opening = Workload.opening(at: machine.clock.beginning)
    while begun < opening.count {
      begun += 1
      if !oracle.knows(opening[begun - 1].envelope) { return opening[begun - 1] }
    }
    if !retries.isEmpty, numbers.oneIn(2) { return retries.removeFirst() }
    return workload.next(at: now)
  }

  /// Another process must not write beside one that does.
  private mutating func openBeside(_ session: Session) throws {
    step += 1
    try quietly { life in
      let other = life.machine.start()
      defer { life.machine.end(other) }
      do throws(LogError) {
        _ = try LogWriter.open(Self.directory, in: other, options: life.options)
      } catch {
        let holder = session.process.process.processID
        return try life.expect(
          error.kind == .locked(pid: holder), "a second writer was told \(error)")
      }
      throw life.broken("two processes write")
    }
  }

  /// Compares what the engine says with what the oracle says.
  private mutating func compare(
    _ submission: Submission, with answer: BookOracle<Workload.State>.Answer,
    of action: SimulatedAction<Workload.State>
  ) throws -> Caller {
    func caller(_ kind: Caller.Kind, _ restsOn: Position) -> Caller {
      Caller(action: action, kind: kind, restsOn: restsOn)
    }
    switch (answer, submission.result) {
    case (.accepted(let wanted), .success(let receipt)):
      try expect(receipt == wanted, "it made \(receipt) where \(wanted) was to be made")
      workload.note(receipt)
      return caller(.accepted(events: receipt.events.count), oracle.lastPosition)
    case (.refused(let wanted), .failure(let refusal)):
      try expect(refusal == wanted, "it refused with \(refusal) where \(wanted) was due")
      return caller(.refused, oracle.lastPosition)
    case (.earlier(let wanted, isSame: true), .success(let receipt)):
      try expect(receipt == wanted, "a repeat was answered with \(receipt), not with \(wanted)")
      return caller(.repeated, wanted.last)
    case (.earlier(let wanted, isSame: false), .failure(let refusal)):
      try expect(
        submission.standing == wanted && refusal.violations[0].code == .duplicateSource,
        "a used reference was refused with \(refusal)")
      return caller(.clashed, wanted.last)
    default:
      throw broken("\(action.command): \(submission.result) where \(answer) was due")
    }
  }

  /// Takes in what callers were told; what they were told holds from now on.
  mutating func answer(_ session: inout Session) throws {
    let told = session.told.withLock { told in
      defer { told = [] }
      return told
    }
    // A dead process tells nobody.
    guard machine.isAlive(session.process) else { return }
    session.toldCount += told.count
    for (index, error) in told {
      let caller = session.callers[index]
      if let error {
        guard [.file, .closed].contains(error.kind) else {
          throw broken("a caller was told \(error)")
        }
        counts.failures += 1
        session.hasFailed = true
        continue
      }
      session.callers[index].isTold = true
      oracle.promise(Int(caller.restsOn.number))
      switch caller.kind {
      case .accepted(let events):
        counts.acknowledged += 1
        counts.events += events
      case .refused: counts.refusals += 1
      case .repeated: counts.repeats += 1
      case .clashed: counts.clashes += 1
      }
    }
  }
}
