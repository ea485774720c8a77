import DaybookEngine
import DaybookEvents
import DaybookLog
import DaybookValues
import DaybookWorld

extension BookLife {
  /// Everything works again: the book opens, goes on, and is whole.
  mutating func lastSession() throws {
    // Opened and closed, it is in order: nothing was appended that could hide the contrary.
    let first = start()
    guard let opened = try open(first) else { throw broken("it cannot be opened any more") }
    opened.engine.close()
    machine.end(first)
    try verify()
    let process = start()
    guard var session = try open(process) else { throw broken("it cannot be opened again") }
    for _ in 0..<3 {
      guard try live(&session) else { throw broken("it cannot be written any more") }
    }
    session.engine.log.step()
    try answer(&session)
    try follow(session.engine.log.watermark)
    try query(session)
    noteDecisions(session)
    session.engine.close()
    machine.end(process)
    try verify()
    try rebuild()
    if let follower = follower.take() { try compare(follower.host, with: "as followed") }
    machine.losePower()
    try look()
    try expect(oracle.promised == oracle.records.count, "the last action is not there")
    if backedUp > .start { try restore() }
    let reader = machine.start()
    var archive = try Archive(Self.directory, catalogue: Workload.catalogue, world: reader)
    try compare(try archive.host(), with: "from the disk")
  }

  /// With one bit turned over in what was synced, everybody finds a fault, or everything.
  ///
  /// In the boot in which it was written, that is. After a loss of power nothing but the bytes says
  /// what was synced last, so that a last frame with a fault is taken for one that was not.
  mutating func flip() throws {
    step += 1
    let process = machine.start()
    let isSameBoot = numbers.oneIn(2)
    if isSameBoot { try openAgain(process)?.close() }
    let folder = "\(Self.directory)/log"
    let names = try process.files.list(folder).filter { $0.hasSuffix(".seg") }
    guard let name = names.randomElement(using: &numbers) else { return }
    let byte = machine.flipBit(in: "\(folder)/\(name)") ?? 0
    let place = "with byte \(byte) of \(name) changed"
    for _ in 0..<2 {
      var found: [ExpectedRecord] = []
      var isReported = false
      do {
        var reader = try LogReader(Self.directory, in: process)
        try reader.scan(from: Position(1)) { found.append(ExpectedRecord($0)) }
      } catch is LogError {
        isReported = true
      }
      do {
        try compare(found, from: 0)
      } catch {
        throw broken("\(place): \(error)")
      }
      let isWhole = found.count == oracle.records.count
      try expect(
        isReported || isWhole || !isSameBoot,
        "\(place), a reader finds \(found.count) of \(oracle.records.count) and no fault")
      // Also when it was opened for writing, and something was put right.
      guard let engine = try openAgain(process) else { continue }
      let last = engine.lastPosition
      try expect(
        Int(last.number) == oracle.records.count || !isSameBoot,
        "\(place), it opens at \(last) of \(oracle.records.count)")
      engine.close()
    }
  }

  /// An engine, unless the log says that it is damaged.
  private func openAgain(_ process: World) throws -> Engine? {
    do {
      return try Engine(
        Self.directory, catalogue: Workload.catalogue, world: process, options: options,
        driver: .caller)
    } catch is LogError {
      return nil
    } catch {
      throw broken("damage went unnoticed by the log: \(error)")
    }
  }
}
