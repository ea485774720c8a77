import DaybookEvents
import DaybookLog
import DaybookTesting
import DaybookValues
import DaybookWorld
import Testing

/// Whether `steps` occur in the journal, one behind the other, whatever stands between them.
private func occur(_ steps: [String], in journal: [String]) -> Bool {
  var rest = journal[...]
  for step in steps {
    guard let found = rest.firstIndex(of: step) else { return false }
    rest = rest[(found + 1)...]
  }
  return true
}

@Suite struct `Rotation` {
  private static let first = "/book/log/00000000000000000001.seg"
  private static let options = LogOptions(
    segmentBytes: 5200, preallocateBytes: 4096, creation: .ifMissing)

  /// A log whose next step rotates, and the records that are acknowledged.
  private func ready(_ disk: MemoryFileSystem) throws -> (maker: ActionMaker, written: [Kept]) {
    // How many actions fit is found out on another disk.
    let trial = MemoryFileSystem()
    var count = 0
    var maker = ActionMaker(seed: 71)
    var writer = try LogWriter.open("/book", in: .memory(trial), options: Self.options)
    while trial.names.filter({ $0.hasSuffix(".seg") }).count < 2 {
      writer.submit(maker.action(records: 2))
      try writer.step()
      count += 1
    }
    writer.close()
    maker = ActionMaker(seed: 71)
    writer = try LogWriter.open("/book", in: .memory(disk), options: Self.options)
    var written: [Kept] = []
    for _ in 1..<count {
      let action = maker.action(records: 2)
      written += kept(action)
      writer.submit(action)
      try writer.step()
    }
    writer.close()
    return (maker, written)
  }

  /// Does the step that rotates.
  private func rotate(_ disk: MemoryFileSystem, _ action: EncodedAction) throws {
    var writer = try LogWriter.open("/book", in: .memory(disk), options: Self.options)
    writer.submit(action)
    _ = disk.takeJournal()
    try writer.step()
    writer.close()
  }

  @Test func `goes through its steps in order`() throws {
    let disk = MemoryFileSystem()
    var (maker, written) = try ready(disk)
    try rotate(disk, maker.action())
    let next = "/book/log/\(SegmentName(Position(UInt64(written.count + 1))))"
    let steps = [
      "write \(Self.first)", "sync \(Self.first)", "truncate \(Self.first)", "sync \(Self.first)",
      "write \(next).new", "sync \(next).new", "rename \(next).new", "syncDirectory /book/log",
      "write \(next)", "sync \(next)", "store 1 /book/log/tail",
    ]
    #expect(occur(steps, in: disk.takeJournal()))
  }

  @Test(arguments: Effort.cases([2, 1] as [UInt64], few: 1))
  func `stopped at any of its changes is finished or undone by the next opening`(
    _ boot: UInt64
  ) throws {
    let start = MemoryFileSystem()
    let (ready, written) = try ready(start)
    var stops = 0
    var finished = 0
    while true {
      let disk = start.copy()
      var maker = ready
      let action = maker.action()
      var writer = try LogWriter.open("/book", in: .memory(disk), options: Self.options)
      writer.submit(action)
      disk.fail(after: stops)
      let failed = (try? writer.step()) == nil
      writer.close()
      disk.heal()
      if !failed { break }
      let what: Comment = "stop \(stops)"
      let tail = disk.bytes("/book/log/tail")
      let seen = try readAll(.memory(disk))
      #expect(seen == written, what)
      disk.setBytes(tail, "/book/log/tail")
      let again = try LogWriter.open(
        "/book", in: .memory(disk, boot: boot), options: .small(.never))
      let names = disk.names.filter { $0.hasSuffix(".seg") }
      if again.recovery.finishedRotation { finished += 1 }
      // The frame itself may have been written, whole, before its sync failed.
      #expect(Int(again.watermark.number) >= written.count, what)
      #expect(names.count == 2 || disk.bytes(Self.first).count > 5200, what)
      again.close()
      let found = try readAll(.memory(disk))
      #expect(Array(found.prefix(written.count)) == written, what)
      #expect(found.count == written.count || found == written + kept(action), what)
      #expect(try failedChecks(.memory(disk)).isEmpty, what)
      stops += 1
    }
    #expect(stops >= 9 && finished >= 3)
  }

  @Test func `a successor's name is made durable before anything is acknowledged`() throws {
    let disk = MemoryFileSystem()
    var (maker, _) = try ready(disk)
    try rotate(disk, maker.action())
    _ = disk.takeJournal()
    let writer = try LogWriter.open("/book", in: .memory(disk), options: Self.options)
    writer.close()
    #expect(occur(["syncDirectory /book/log", "store 1 /book/log/tail"], in: disk.takeJournal()))
  }
}

@Suite struct `Frames above the watermark` {
  private static let first = "/book/log/00000000000000000001.seg"

  /// A log with frames that the page does not know of.
  private func unacknowledged() throws -> (disk: MemoryFileSystem, written: [Kept], before: Int) {
    let disk = MemoryFileSystem()
    var maker = ActionMaker(seed: 72)
    let first = try write(frames: 3, to: .memory(disk), maker: &maker)
    let tail = disk.bytes("/book/log/tail")
    let second = try write(frames: 1, to: .memory(disk), maker: &maker)
    disk.setBytes(tail, "/book/log/tail")
    _ = disk.takeJournal()
    return (disk, first + second, first.count)
  }

  @Test func `are written again in place and synced before they count, in the same boot`() throws {
    let (disk, written, _) = try unacknowledged()
    let before = disk.bytes(Self.first)
    let writer = try LogWriter.open("/book", in: .memory(disk), options: .small(.never))
    #expect(writer.watermark == Position(UInt64(written.count)))
    #expect(writer.recovery.rewrittenBytes > 0)
    writer.close()
    #expect(disk.bytes(Self.first) == before)
    let steps = [
      "write \(Self.first)", "sync \(Self.first)", "syncDirectory /book/log",
      "store 1 /book/log/tail",
    ]
    let journal = disk.takeJournal()
    #expect(occur(steps, in: journal))
    #expect(journal.count { $0.hasPrefix("store 1 ") } == 1)
  }

  @Test func `are only synced in a later boot, since they came from the disk`() throws {
    let (disk, written, _) = try unacknowledged()
    let writer = try LogWriter.open("/book", in: .memory(disk, boot: 2), options: .small(.never))
    #expect(writer.watermark == Position(UInt64(written.count)))
    #expect(writer.recovery.rewrittenBytes == 0)
    writer.close()
    let journal = disk.takeJournal()
    #expect(!journal.contains("write \(Self.first)"))
    #expect(occur(["sync \(Self.first)", "store 1 /book/log/tail"], in: journal))
  }

  @Test func `are read where no boot is known and no writer is at work, and written again by one`()
    throws
  {
    let (disk, written, before) = try unacknowledged()
    #expect(try readAll(.memory(disk)) == Array(written.prefix(before)))
    #expect(try readAll(.memory(disk, boot: 0)) == written)
    let writer = try LogWriter.open("/book", in: .memory(disk, boot: 0), options: .small(.never))
    #expect(writer.watermark == Position(UInt64(written.count)))
    #expect(writer.recovery.rewrittenBytes > 0)
    writer.close()
  }

  @Test(arguments: ["write", "sync", "syncDirectory"])
  func `leave the watermark where it is when they cannot be made durable`(
    _ operation: String
  ) throws {
    let (disk, written, before) = try unacknowledged()
    disk.fail(after: 0, at: [operation])
    #expect(throws: LogError.self) {
      let writer = try LogWriter.open("/book", in: .memory(disk), options: .small(.never))
      writer.close()
    }
    disk.heal()
    #expect(try readAll(.memory(disk)) == Array(written.prefix(before)))
    let writer = try LogWriter.open("/book", in: .memory(disk), options: .small(.never))
    #expect(writer.watermark == Position(UInt64(written.count)))
    writer.close()
  }
}

@Suite struct `Bytes behind the end` {
  private static let first = "/book/log/00000000000000000001.seg"
  private static let rest: [UInt8] = [0x83, 0x40, 0, 0, 9, 0x44, 0x42, 0, 7]

  /// A log whose last frame is followed by bytes that are none.
  private func torn() throws -> (disk: MemoryFileSystem, written: [Kept], end: Int) {
    let disk = MemoryFileSystem()
    var maker = ActionMaker(seed: 73)
    let written = try write(frames: 5, to: .memory(disk), maker: &maker)
    let end = disk.bytes("/book/log/tail")[80..<88].reversed().reduce(0) { $0 << 8 | Int($1) }
    var bytes = disk.bytes(Self.first)
    bytes.replaceSubrange(end..<end + Self.rest.count, with: Self.rest)
    disk.setBytes(bytes, Self.first)
    _ = disk.takeJournal()
    return (disk, written, end)
  }

  @Test func `are kept durably before they are zeroed, and zeroed before all else`() throws {
    let (disk, _, end) = try torn()
    let writer = try LogWriter.open("/book", in: .memory(disk), options: .small(.never))
    writer.close()
    let kept = "/book/quarantine/00000000000000000001.seg-\(end).cut"
    let steps = [
      "create \(kept)", "write \(kept)", "sync \(kept)", "syncDirectory /book/quarantine",
      "write \(Self.first)", "sync \(Self.first)", "store 1 /book/log/tail",
    ]
    #expect(occur(steps, in: disk.takeJournal()))
  }

  @Test func `stay where they are when there is no room to keep them`() throws {
    let (disk, written, end) = try torn()
    let before = disk.bytes(Self.first)
    disk.leaveRoom(4)
    let error = #expect(throws: LogError.self) {
      let writer = try LogWriter.open("/book", in: .memory(disk), options: .small(.never))
      writer.close()
    }
    #expect(error?.kind == .diskFull)
    #expect(disk.bytes(Self.first) == before)
    #expect(!disk.names.contains { $0.hasPrefix("/book/quarantine") })
    #expect(try readAll(.memory(disk)) == written)
    disk.leaveRoom(nil)
    let writer = try LogWriter.open("/book", in: .memory(disk), options: .small(.never))
    #expect(writer.recovery.cutOffset == UInt64(end))
    writer.close()
  }

  @Test func `are damage below a checkpoint, although no watermark says so`() throws {
    let (disk, written, end) = try torn()
    try disk.remove("/book/log/tail")
    let before = disk.bytes(Self.first)
    let last = UInt64(written.count)
    for (reach, isRefused) in [(last, false), (last + 1, true)] {
      let other = disk.copy()
      do {
        let writer = try LogWriter.open(
          "/book", in: .memory(other), options: LogOptions(mustReach: Position(reach)))
        #expect(!isRefused && writer.recovery.cutBytes > 0)
        writer.close()
      } catch {
        #expect(isRefused && error.kind == .damaged && error.offset == UInt64(end))
        #expect(other.bytes(Self.first) == before)
      }
    }
  }
}
