import DaybookEvents
import DaybookLog
import DaybookTesting
import DaybookValues
import DaybookWorld

/// One life of a log on a simulated machine: actions, faults, crashes and openings, all from a seed.
///
/// Beside it stands a naive oracle: the list of all records submitted, in order, and how many of
/// them were promised, because they were acknowledged or because another process saw them.
///
/// Durability `none` is left out: it promises nothing, and several frames without a sync between
/// them may be kept in any order, which the next opening refuses as damage.
struct LogLife: ~Copyable {
  let seed: UInt64
  let machine: SimulatedMachine
  private var numbers: SeededNumbers
  private var options: LogOptions
  private var maker: ActionMaker
  /// How many actions it has submitted.
  private var step = 0
  private var submitted: [Kept] = []
  private var promised = 0
  /// Makers as they stood behind each action that was not promised yet.
  private var makers: [ActionMaker] = []
  private var follower: Follower?
  /// Whether all that wait have their room, so that no full disk may stop the next step.
  private var hasRoom = true

  /// A log that a reader of another process follows.
  private struct Follower: ~Copyable {
    var reader: LogReader
    var seen = 0
  }

  init(seed: UInt64, mistakes: Set<SeededMistake> = []) {
    self.seed = seed
    numbers = SeededNumbers(seed: seed)
    var faults = SimulatedFaults()
    // One life in four has nothing but crashes.
    if !numbers.oneIn(4) { faults = .drawn(oneIn: 24, from: &numbers) }
    faults.mistakes = mistakes
    machine = SimulatedMachine(seed: numbers.next(), faults: faults)
    maker = ActionMaker(seed: numbers.next())
    makers = [maker]
    options = LogOptions(
      segmentBytes: [5000, 6200, 9000, 20_000].randomElement(using: &numbers) ?? 5000,
      preallocateBytes: [512, 4096, 12_000].randomElement(using: &numbers) ?? 512,
      creation: .ifMissing)
  }

  /// Lives through several sessions, and looks at what is left when all is quiet.
  mutating func run() throws {
    for _ in 0..<Int.random(in: 2...6, using: &numbers) { try session() }
    machine.faults.quiet()
    machine.losePower()
    follower = nil
    try look()
    try lastSession()
    if numbers.oneIn(6) { try flip() }
  }

  // MARK: Sessions

  private mutating func session() throws {
    let process = machine.start()
    if !numbers.oneIn(3) {
      machine.stop(process, after: Int.random(in: 0...140, using: &numbers))
    }
    if numbers.oneIn(8) {
      machine.capacity = machine.usedBytes + Int.random(in: 0...12_000, using: &numbers)
    }
    defer { machine.capacity = nil }
    let away = numbers.oneIn(12) ? setClockBack() : 0
    let opened = try open(process)
    machine.clock.move(milliseconds: away)
    if let writer = opened {
      try work(writer, process)
    } else if numbers.oneIn(2) {
      machine.kill(process)
    }
    switch Int.random(in: 0..<4, using: &numbers) {
    case 0: machine.kill(process)
    case 1, 2:
      machine.losePower()
      follower = nil
    default: machine.end(process)
    }
    try look()
  }

  private func setClockBack() -> Int64 {
    let away = machine.clock.now().milliseconds - maker.recorded + 400_000
    machine.clock.move(milliseconds: -away)
    return away
  }

  /// Opens the log for writing; nil where a fault of the disk or a crash kept it from that.
  private mutating func open(_ process: World) throws -> LogWriter? {
    do {
      let writer = try LogWriter.open("/book", in: process, options: options)
      // Killed at the very end, it tells nobody what it found.
      if !machine.isAlive(process) { return nil }
      try resume(at: Int(writer.lastPosition.number))
      try expect(writer.watermark == writer.lastPosition, "what was found is not yet durable")
      if numbers.oneIn(2) { try verify() }
      return writer
    } catch let error as LogError {
      if !machine.isAlive(process) { return nil }
      switch error.kind {
      case .file, .diskFull: return nil
      case .clockBehind(let now, _) where now.milliseconds + 300_000 < maker.recorded: return nil
      default: throw broken("opening refused: \(error)")
      }
    }
  }

  /// Takes up the oracle where the log ends.
  private mutating func resume(at count: Int) throws {
    try expect(count >= promised, "the log ends at \(count), but \(promised) were promised")
    try expect(count <= submitted.count, "the log ends at \(count) of \(submitted.count)")
    guard let found = makers.first(where: { $0.position == UInt64(count) }) else {
      throw broken("the log ends at \(count), inside an action")
    }
    submitted.removeLast(submitted.count - count)
    maker = found
    makers = [found]
    maker.dice = Dice(numbers.next())
    promise(count)
  }

  private mutating func promise(_ count: Int) {
    promised = max(promised, count)
    makers.removeAll { $0.position < UInt64(promised) }
  }

  private mutating func work(_ writer: consuming LogWriter, _ process: World) throws {
    hasRoom = true
    for _ in 0..<Int.random(in: 1...16, using: &numbers) {
      for _ in 0..<Int.random(in: 1...3, using: &numbers) { try submit(to: &writer) }
      machine.clock.move(milliseconds: Int64.random(in: 0...1000, using: &numbers))
      do {
        let durable = try writer.step()
        // Killed between the sync and the watermark, it acknowledges nothing.
        if !machine.isAlive(process) { break }
        try expect(
          durable == writer.lastPosition && writer.waitingCount == 0, "a step left actions behind")
        promise(Int(durable.number))
      } catch let error as LogError {
        if error.kind == .closed || !machine.isAlive(process) { break }
        guard error.kind == .file || error.kind == .diskFull && !hasRoom else {
          throw broken("a step failed\(hasRoom ? " that had room" : ""): \(error)")
        }
      }
      if numbers.oneIn(4) { try follow(writer.watermark) }
    }
    writer.close()
  }

  /// Submits an action, with room taken for it or without.
  private mutating func submit(to writer: inout LogWriter) throws {
    step += 1
    let isLong = numbers.oneIn(8)
    let before = maker
    let action = maker.action(
      records: Int.random(in: 1...4, using: &numbers),
      payloadBytes: isLong ? Int.random(in: 0...900, using: &numbers) : nil)
    let takesRoom = !numbers.oneIn(3)
    if takesRoom {
      do throws(LogError) {
        try writer.takeRoom(for: action)
      } catch {
        guard [.diskFull, .file, .closed].contains(error.kind) else {
          throw broken("room was refused: \(error)")
        }
        maker = before
        return
      }
    }
    // With it comes the room of all that wait.
    hasRoom = takesRoom
    submitted += kept(action)
    makers.append(maker)
    writer.submit(action)
  }

  // MARK: What others see

  /// Reads on in a process of its own, beside a writer.
  private mutating func follow(_ watermark: Position) throws {
    try quietly { life in
      var follower =
        try life.follower.take()
        ?? Follower(
          reader: LogReader("/book", in: life.machine.start()))
      try follower.reader.refresh()
      let durable = Int(follower.reader.durable.number)
      try life.expect(
        durable == Int(watermark.number), "a reader sees \(durable), durable is \(watermark)")
      let first = follower.seen
      let found = try life.read(&follower.reader, from: first)
      try life.compare(found, from: first)
      follower.seen = durable
      life.follower = consume follower
    }
  }

  /// Looks at what stands there as a new process does, and takes it for promised.
  private mutating func look() throws {
    try quietly { life in
      let process = life.machine.start()
      defer { life.machine.end(process) }
      var reader: LogReader
      do throws(LogError) {
        reader = try LogReader("/book", in: process)
      } catch {
        // A stop before the first opening ended leaves no log, or not yet a segment.
        if error.kind == .noLog, life.promised == 0 { return }
        throw life.broken("nobody can read it: \(error)")
      }
      let found = try life.read(&reader, from: 0)
      try life.expect(
        found.count >= life.promised,
        "a reader finds \(found.count) records, but \(life.promised) were promised")
      try life.compare(found, from: 0)
      try life.expect(
        life.makers.contains { $0.position == UInt64(found.count) },
        "a reader finds half an action, up to \(found.count)")
      life.promise(found.count)
    }
  }

  private func read(_ reader: inout LogReader, from first: Int) throws -> [Kept] {
    var found: [Kept] = []
    do {
      try reader.scan(from: Position(UInt64(first + 1))) { found.append(Kept($0)) }
    } catch {
      throw broken("reading stopped after \(first + found.count) records: \(error)")
    }
    try expect(first + found.count == Int(reader.durable.number), "a scan ended too early")
    return found
  }

  private func compare(_ found: [Kept], from first: Int) throws {
    try expect(first + found.count <= submitted.count, "there are records nobody submitted")
    for (index, record) in found.enumerated() where record != submitted[first + index] {
      throw broken("position \(first + index + 1) is not what was submitted")
    }
  }

  private mutating func verify() throws {
    try quietly { life in
      let process = life.machine.start()
      defer { life.machine.end(process) }
      let failed = try checks(process).filter { !$0.passed }
      try life.expect(failed.isEmpty, "the verifier says: \(failed)")
    }
  }

  /// Does something while the disk has no faults, though it still makes its mistakes.
  private mutating func quietly(_ body: (inout LogLife) throws -> Void) throws {
    let faults = machine.faults
    machine.faults.quiet()
    defer { machine.faults = faults }
    try body(&self)
  }

  // MARK: The end

  /// Everything works again: the log opens, goes on, and is whole.
  private mutating func lastSession() throws {
    let process = machine.start()
    guard var writer = try open(process) else { throw broken("it cannot be opened any more") }
    try verify()
    try submit(to: &writer)
    promise(Int(try writer.step().number))
    try follow(writer.watermark)
    writer.close()
    try verify()
    machine.losePower()
    follower = nil
    try look()
    try expect(promised == submitted.count, "the last action is not there")
  }

  /// With one bit turned over, a reader finds an error or an exact beginning, also after an opening
  /// for writing.
  private mutating func flip() throws {
    let process = machine.start()
    let names = try process.files.list("/book/log").filter { $0.hasSuffix(".seg") }
    guard let name = names.randomElement(using: &numbers) else { return }
    let byte = machine.flipBit(in: "/book/log/\(name)") ?? 0
    for _ in 0..<2 {
      var found: [Kept] = []
      do {
        var reader = try LogReader("/book", in: process)
        try reader.scan(from: Position(1)) { found.append(Kept($0)) }
      } catch is LogError {
        // Damage is said to be damage.
      }
      do {
        try compare(found, from: 0)
      } catch {
        throw broken("with byte \(byte) of \(name) changed: \(error)")
      }
      if let writer = try? LogWriter.open("/book", in: process, options: options) { writer.close() }
    }
  }

  private func expect(_ holds: Bool, _ otherwise: @autoclosure () -> String) throws {
    if !holds { throw broken(otherwise()) }
  }

  private func broken(_ what: String) -> BrokenPromise {
    BrokenPromise(seed: seed, step: step, what)
  }
}
