import DaybookEngine
import DaybookEvents
import DaybookLog
import DaybookValues
import DaybookWorld

// Checkpoints, references and backups: what is made of the log beside it.
extension BookLife {
  private static var backup: String { "/backup" }
  private static var restored: String { "/restored" }

  /// Writes a checkpoint of every read model, unless a fault keeps it from that.
  mutating func checkpoint(_ session: Session) throws {
    step += 1
    do {
      var reader = try LogReader(Self.directory, in: session.process)
      try session.host.catchUp(&reader)
      for pending in try session.host.pendingCheckpoints(behind: 1, &reader) {
        _ = try pending.write()
        counts.checkpoints += 1
      }
      if try session.engine.checkpoint() != nil { counts.checkpoints += 1 }
    } catch let error as LogError {
      try expect(error.kind == .file, "a checkpoint failed: \(error)")
    } catch is FileError {
      // The one before it still stands, which the next opening shows.
    } catch is CheckpointFailure {
      // A page of the one before cannot be had now.
    }
  }

  /// Keeps a digest of what a session decides on, for those who open the book after it.
  mutating func noteDecisions(_ session: Session) {
    let position = session.engine.lastPosition
    guard machine.isAlive(session.process), session.engine.log.watermark == position,
      let digest = try? session.engine.decisionDigest()
    else { return }
    decisions = (position, digest)
  }

  /// What was read from a checkpoint, and what was rebuilt, is what was there when it was live.
  mutating func compareDecisions(_ engine: Engine) throws {
    guard let decisions, decisions.position == engine.lastPosition,
      let digest = try engine.decisionDigest()
    else { return }
    counts.comparisons += 1
    try expect(
      digest == decisions.digest,
      "at \(decisions.position) it decides on \(digest), and live that was \(decisions.digest)")
  }

  /// Opens the book without anything that is disposable: all is rebuilt from the log.
  mutating func rebuild() throws {
    let process = start()
    let folder = "\(Self.directory)/checkpoints"
    for name in try process.files.list(folder) { try process.files.remove("\(folder)/\(name)") }
    guard let session = try open(process) else { throw broken("it cannot be rebuilt") }
    session.engine.close()
    machine.end(process)
  }

  /// Removes or alters a file on which nothing depends but speed.
  mutating func damageWhatIsDisposable() throws {
    step += 1
    try quietly { life in
      let process = life.machine.start()
      defer { life.machine.end(process) }
      // Checkpoints and references stand in one folder.
      let folder = "\(Self.directory)/checkpoints"
      guard process.files.isDirectory(folder) else { return }
      let paths = try process.files.list(folder).map { "\(folder)/\($0)" }
        .filter { !process.files.isDirectory($0) }
      guard let path = paths.randomElement(using: &life.numbers) else { return }
      if life.numbers.oneIn(2) {
        try process.files.remove(path)
      } else {
        life.machine.flipBit(in: path)
      }
      life.counts.damagedFiles += 1
    }
  }

  /// Takes a backup from a process of its own, beside the writer.
  mutating func backUp(_ session: Session) throws {
    step += 1
    let watermark = session.engine.log.watermark
    guard watermark > .start else { return }
    try quietly { life in
      let capacity = life.machine.capacity
      life.machine.capacity = nil
      defer { life.machine.capacity = capacity }
      let process = life.machine.start()
      defer { life.machine.end(process) }
      do {
        let outcome = try LogBackup.run(
          Self.directory, to: Self.backup, in: process, toolVersion: "simulated")
        try life.expect(
          outcome.position == watermark,
          "a backup ends at \(outcome.position), and \(watermark) is synced")
      } catch let error as BrokenPromise {
        throw error
      } catch {
        throw life.broken("no backup could be taken: \(error)")
      }
      life.counts.backups += 1
      life.backedUp = watermark
      life.oracle.promise(Int(watermark.number))
    }
  }

  /// Restores the newest backup: everything acknowledged before it was begun is in it, and nothing
  /// else.
  mutating func restore() throws {
    step += 1
    let process = machine.start()
    defer { machine.end(process) }
    do {
      let outcome = try LogRestore.run(Self.backup, to: Self.restored, in: process)
      var reader = try LogReader(Self.restored, in: process)
      let found = try read(&reader, from: 0)
      try expect(
        outcome.position == backedUp && found.count == Int(backedUp.number),
        "the backup of \(backedUp) holds \(found.count) records")
      try compare(found, from: 0)
    } catch let error as BrokenPromise {
      throw error
    } catch {
      throw broken("the backup cannot be restored: \(error)")
    }
    counts.restores += 1
  }
}
