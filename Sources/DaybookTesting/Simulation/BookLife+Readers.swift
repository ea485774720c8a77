import DaybookEngine
import DaybookEvents
import DaybookLog
import DaybookValues
import DaybookWorld

extension BookLife {
  static var directory: String { "/book" }

  /// Reads on in a process of its own, beside a writer.
  mutating func follow(_ watermark: Position) throws {
    step += 1
    counts.readings += 1
    try quietly { life in
      var follower =
        try life.follower.take()
        ?? Follower(
          reader: LogReader(Self.directory, in: life.machine.start()),
          host: ProjectionHost(Workload.catalogue))
      try follower.reader.refresh()
      let durable = follower.reader.durable
      try life.expect(
        durable == watermark, "a reader sees \(durable), durable is \(watermark)")
      let first = Int(follower.host.position.number)
      try life.compare(try life.read(&follower.reader, from: first), from: first)
      try follower.host.catchUp(&follower.reader)
      life.oracle.promise(Int(durable.number))
      life.follower = consume follower
    }
  }

  /// Looks at the read models that the writer's process answers from, and now and then compares
  /// them with a replay from nothing.
  mutating func query(_ session: Session) throws {
    step += 1
    let watermark = session.engine.log.watermark
    do {
      var reader = try LogReader(Self.directory, in: session.process)
      try session.host.catchUp(&reader)
    } catch let error as LogError {
      guard error.kind == .file else { throw broken("it cannot read what it wrote: \(error)") }
      return
    } catch is CheckpointFailure {
      return
    }
    try expect(
      session.host.position == watermark,
      "it answers as of \(session.host.position), and \(watermark) is synced")
    try compare(session.host, with: "live", session.checkpoints)
  }

  /// Compares read models with what the oracle's records come to.
  mutating func compare(
    _ host: ProjectionHost, with name: String, _ checkpoints: Checkpoints? = nil
  ) throws {
    let digests = host.digests
    do throws(CheckpointFailure) {
      try checkpoints?.check()
    } catch {
      // What rests on a page that cannot be read now is not told.
      return
    }
    counts.comparisons += 1
    let replayed = ProjectionHost(Workload.catalogue)
    for record in oracle.records.prefix(Int(host.position.number)) {
      try record.withView { try replayed.apply($0) }
    }
    for (found, wanted) in zip(digests, replayed.digests) where found != wanted {
      throw broken("\(found.name) \(name) is \(found.digest), replayed \(wanted.digest)")
    }
  }

  /// Looks at what stands there as a new process does, and takes it for promised.
  mutating func look() throws {
    step += 1
    try quietly { life in
      let process = life.machine.start()
      defer { life.machine.end(process) }
      var reader: LogReader
      do throws(LogError) {
        reader = try LogReader(Self.directory, in: process)
      } catch {
        // A stop before the first opening ended leaves no log, or not yet a segment.
        if error.kind == .noLog, life.oracle.promised == 0 { return }
        throw life.broken("nobody can read it: \(error)")
      }
      let found = try life.read(&reader, from: 0)
      try life.expect(
        found.count >= life.oracle.promised,
        "a reader finds \(found.count) records, but \(life.oracle.promised) were promised")
      try life.compare(found, from: 0)
      try life.expect(
        life.oracle.canStand(at: found.count),
        "a reader finds half an action, up to \(found.count)")
      life.oracle.promise(found.count)
    }
  }

  func read(_ reader: inout LogReader, from first: Int) throws -> [ExpectedRecord] {
    var found: [ExpectedRecord] = []
    do {
      try reader.scan(from: Position(UInt64(first + 1))) { found.append(ExpectedRecord($0)) }
    } catch {
      throw broken("reading stopped after \(first + found.count) records: \(error)")
    }
    try expect(first + found.count == Int(reader.durable.number), "a scan ended too early")
    return found
  }

  func compare(_ found: [ExpectedRecord], from first: Int) throws {
    try expect(
      first + found.count <= oracle.records.count, "there are records that nobody submitted")
    for (index, record) in found.enumerated() where record != oracle.records[first + index] {
      throw broken("position \(first + index + 1) is not what was decided")
    }
  }

  mutating func verify() throws {
    try quietly { life in
      let process = life.machine.start()
      defer { life.machine.end(process) }
      let reported = Locked<[LogCheck]>([])
      let passed = try LogVerifier.verify(Self.directory, in: process) { check in
        reported.withLock { $0.append(check) }
      }
      let checks = reported.withLock { $0 }
      let failed = checks.filter { !$0.passed }
      try life.expect(passed && failed.isEmpty, "the verifier says: \(failed)")
      // Of what was not promised it may have seen some.
      let listed = Set(
        checks.compactMap(\.positions).flatMap { $0.lowerBound.number...$0.upperBound.number })
      let behind = life.oracle.timedBehind
      let promised = behind.filter { $0 <= UInt64(life.oracle.promised) }
      try life.expect(
        listed.isSubset(of: behind) && promised.isSubset(of: listed),
        "the verifier takes other times for the clock's")
    }
  }
}
