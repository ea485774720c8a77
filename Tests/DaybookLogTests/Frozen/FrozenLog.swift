import DaybookBytes
import DaybookEvents
import DaybookValues
import DaybookWorld

@testable import DaybookLog

/// A log as `Fixtures/logs` keeps it for ever, and what must become of it.
///
/// Its files are read into memory and judged there: by a reader in the boot in which it was written and
/// in a later one, by the verifier, and by an opening for writing in either, after which an action is
/// appended and everything is read again.
struct FrozenLog {
  let disk: MemoryFileSystem

  /// Takes a folder of the live disk over.
  init(_ folder: String) throws {
    disk = MemoryFileSystem()
    try disk.createDirectory("/book")
    for part in ["log", "checkpoints", "quarantine"] {
      try disk.createDirectory("/book/\(part)")
    }
    let live = LiveFileSystem()
    let log = FilePath.join(folder, "log")
    for name in try live.list(log) {
      let bytes = try live.bytes(of: FilePath.join(log, name), atMost: 1 << 20)
      disk.setBytes(bytes, "/book/log/\(name)")
    }
  }

  /// The boot in which every frozen log was written.
  static let boot: UInt64 = 1

  /// What becomes of it, a line each.
  func judgement() -> String {
    var lines: [String] = []
    for (when, boot) in [("same boot", Self.boot), ("later boot", Self.boot + 1)] {
      lines.append("read, \(when): \(read(disk, boot))")
    }
    lines.append("verify: \(verified())")
    for (when, boot) in [("same boot", Self.boot), ("later boot", Self.boot + 1)] {
      lines.append("write, \(when): \(written(boot))")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func read(_ disk: MemoryFileSystem, _ boot: UInt64) -> String {
    var digest = LogDigest()
    var count = 0
    do {
      var reader = try LogReader("/book", in: .memory(disk, boot: boot))
      try reader.scan(from: Position(1)) { record in
        digest.add(record)
        count += 1
      }
      let names = try reader.declaredNames().map(\.name).joined(separator: " ")
      let named = names.isEmpty ? "" : ", names \(names)"
      return "\(count) records, digest \(digest.value())\(named)"
    } catch {
      return "\(count) records, digest \(digest.value()), then \(told(error))"
    }
  }

  private func verified() -> String {
    var failed: [String] = []
    var clock: [String] = []
    do {
      let world = World.memory(disk, boot: Self.boot + 1)
      let isSound = try LogVerifier.verify("/book", in: world) { check in
        if !check.passed { failed.append("\(check.name) \(check.segment) \(check.offset)") }
        if check.name == "clock" { clock.append(check.detail) }
      }
      if !isSound { return "failed: " + failed.joined(separator: "; ") }
      return (["sound"] + clock).joined(separator: "; ")
    } catch {
      return told(error)
    }
  }

  private func written(_ boot: UInt64) -> String {
    let disk = disk.copy()
    let world = World.memory(disk, boot: boot)
    var parts: [String] = []
    do {
      var writer = try LogWriter.open("/book", in: world, options: .small())
      let recovery = writer.recovery
      parts.append("opened at \(writer.lastPosition)")
      if recovery.cutBytes > 0 { parts.append("cut \(recovery.cutBytes) at \(recovery.cutOffset)") }
      if recovery.rewrittenBytes > 0 { parts.append("wrote \(recovery.rewrittenBytes) again") }
      if recovery.finishedRotation { parts.append("finished a rotation") }
      if !recovery.quarantined.isEmpty {
        parts.append("set aside \(recovery.quarantined.joined(separator: " "))")
      }
      writer.submit(Self.action(behind: writer.lastPosition, at: writer.lastRecorded))
      try writer.step()
      writer.close()
      parts.append("then read \(read(disk, boot))")
    } catch {
      parts.append(told(error))
    }
    return parts.joined(separator: ", ")
  }

  private static func action(behind last: Position, at recorded: Instant) -> EncodedAction {
    var header = RecordHeader()
    header.position = last.next
    header.stream = StreamID(StreamKind(999), last.number + 1)
    header.family = FamilyNumber(999)
    header.recorded = recorded
    header.effective = Moment(recorded, .utc)
    return EncodedAction(headers: [header], payloads: [1, 2, 3], payloadEnds: [3])
  }

  /// What is promised of an error: its kind and place, and not its words.
  private func told(_ error: any Error) -> String {
    guard let error = error as? LogError else { return "\(error)" }
    return "\(error.kind) \(error.segment) at \(error.offset), intact through "
      + "\(error.intactThrough)"
  }
}
