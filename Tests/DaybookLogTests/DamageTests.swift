import DaybookEvents
import DaybookLog
import DaybookTesting
import DaybookValues
import DaybookWorld
import Testing

/// A small log of one segment, all of it acknowledged, and what it holds.
private struct SmallLog {
  static let segment = "/book/log/00000000000000000001.seg"
  static let tail = "/book/log/tail"

  let disk = MemoryFileSystem()
  let written: [Kept]
  /// The end of the last frame.
  let end: Int
  /// The positions at which actions end.
  let ends: Set<UInt64>

  init(frames: Int = 16, seed: UInt64 = 42) throws {
    var maker = ActionMaker(seed: seed)
    let world = World.memory(disk)
    let options = LogOptions(preallocateBytes: 12 << 10, creation: .mustBeNew)
    written = try write(frames: frames, to: world, maker: &maker, options: options)
    // Word 10 of the page; the last byte of a frame may be zero.
    end = disk.bytes(SmallLog.tail)[80..<88].reversed().reduce(0) { $0 << 8 | Int($1) }
    ends = Set(written.filter { $0.header.endsAction }.map { $0.header.position.number } + [0])
  }
}

/// What a reader makes of a disk: records, or an error of the log. Anything else fails the test.
private func outcome(_ world: World, _ book: String = "/book") throws -> [Kept]? {
  do {
    return try readAll(world, book)
  } catch is LogError {
    return nil
  }
}

@Suite struct `Damage` {
  static let parts = 8
  static let tried = Effort.cases([0, 5, 2, 7, 1, 3, 4, 6], few: 2)

  @Test(arguments: tried)
  func `each byte flipped is found by a check, and never gives other content`(
    _ part: Int
  ) throws {
    let log = try SmallLog()
    let clean = log.disk.bytes(SmallLog.segment)
    #expect(clean.count >= log.end + 4096)
    let disk = log.disk.copy()
    let world = World.memory(disk)
    let rebooted = World.memory(disk, boot: 2)
    for offset in stride(from: part, to: log.end + 4096, by: Self.parts) {
      var bytes = clean
      bytes[offset] ^= offset % 2 == 0 ? 0xff : 1 << UInt8(offset / 2 % 8)
      disk.setBytes(bytes, SmallLog.segment)

      let failed = try failedChecks(world)
      #expect(
        failed.contains { $0.segment == "00000000000000000001.seg" }, "byte \(offset): \(failed)")
      // Behind the last frame nothing was acknowledged: what was is all there.
      let isBehind = offset >= log.end
      let isHeader = offset < 4096
      for world in [world, rebooted] {
        let found = try outcome(world)
        #expect(found == log.written || (found == nil && !isBehind), "byte \(offset)")
        if isHeader { #expect(found == nil, "byte \(offset)") }
      }
    }
  }

  @Test(arguments: tried)
  func `a log with a flipped byte opens for writing whole, or not at all`(_ part: Int) throws {
    let log = try SmallLog()
    let clean = log.disk.bytes(SmallLog.segment)
    for offset in stride(from: part, to: log.end + 4096, by: Self.parts) {
      let disk = log.disk.copy()
      var bytes = clean
      bytes[offset] ^= 1 << UInt8(offset % 8)
      disk.setBytes(bytes, SmallLog.segment)
      let world = World.memory(disk, boot: 1 + UInt64(offset % 2))
      do {
        let writer = try LogWriter.open("/book", in: world, options: .small(.never))
        #expect(offset >= log.end, "byte \(offset)")
        #expect(writer.recovery.cutBytes > 0)
        #expect(writer.watermark.number == UInt64(log.written.count))
        let name = try #require(writer.recovery.quarantined.first)
        let kept = disk.bytes("/book/quarantine/\(name)")
        #expect(kept == Array(bytes[log.end...offset]))
        writer.close()
        #expect(disk.bytes(SmallLog.segment) == clean)
      } catch let error as LogError {
        #expect(offset < log.end, "byte \(offset): \(error)")
        #expect(error.segment == "00000000000000000001.seg")
        #expect(disk.bytes(SmallLog.segment) == bytes, "nothing is changed")
      }
    }
  }

  @Test func `each byte of the watermark's page flipped is found by a check`() throws {
    let log = try SmallLog(frames: 5)
    let clean = log.disk.bytes(SmallLog.tail)
    let disk = log.disk.copy()
    for offset in 0..<clean.count {
      var bytes = clean
      bytes[offset] ^= offset % 2 == 0 ? 0xff : 1 << UInt8(offset / 2 % 8)
      disk.setBytes(bytes, SmallLog.tail)
      for world in [World.memory(disk), .memory(disk, boot: 2)] {
        let found = try outcome(world)
        #expect(found == log.written || found == nil, "byte \(offset)")
      }
      let failed = try failedChecks(.memory(disk))
      #expect(failed.contains { $0.segment == "tail" }, "byte \(offset): \(failed)")
    }
  }

  @Test func `the watermark's page cut at any length is an error, and nothing is changed`() throws {
    let log = try SmallLog(frames: 5)
    let clean = log.disk.bytes(SmallLog.tail)
    for length in stride(from: 0, to: clean.count, by: 13) {
      let disk = log.disk.copy()
      disk.setBytes(Array(clean.prefix(length)), SmallLog.tail)
      let read = #expect(throws: LogError.self) { try readAll(.memory(disk)) }
      #expect(read?.kind == .damaged && read?.segment == "tail", "length \(length)")
      let opened = #expect(throws: LogError.self) {
        let writer = try LogWriter.open("/book", in: .memory(disk), options: .small(.never))
        writer.close()
      }
      #expect(opened?.kind == .damaged && opened?.segment == "tail", "length \(length)")
      #expect(try failedChecks(.memory(disk)).contains { $0.segment == "tail" })
      #expect(disk.bytes(SmallLog.tail).count == length)
    }
  }

  @Test func `a flipped watermark's page opens for writing whole, or not at all`() throws {
    let log = try SmallLog(frames: 5)
    let clean = log.disk.bytes(SmallLog.tail)
    for offset in 0..<clean.count where offset < 112 || offset % 37 == 0 {
      for boot: UInt64 in [1, 2] {
        let disk = log.disk.copy()
        var bytes = clean
        bytes[offset] ^= offset % 2 == 0 ? 0xff : 1 << UInt8(offset / 2 % 8)
        disk.setBytes(bytes, SmallLog.tail)
        do {
          let writer = try LogWriter.open(
            "/book", in: .memory(disk, boot: boot), options: .small(.never))
          #expect(writer.watermark.number == UInt64(log.written.count), "byte \(offset)")
          writer.close()
          #expect(try readAll(.memory(disk)) == log.written)
          #expect(try failedChecks(.memory(disk)).isEmpty, "byte \(offset)")
        } catch let error as LogError {
          #expect(error.segment == "tail", "byte \(offset)")
          #expect(disk.bytes(SmallLog.tail) == bytes, "nothing is changed")
        }
        #expect(disk.bytes(SmallLog.segment) == log.disk.bytes(SmallLog.segment))
      }
    }
  }

  @Test(arguments: tried)
  func `a log cut at any length below the watermark is an error`(_ part: Int) throws {
    let log = try SmallLog()
    let clean = log.disk.bytes(SmallLog.segment)
    for length in stride(from: part, through: clean.count, by: Self.parts) {
      let disk = log.disk.copy()
      disk.setBytes(Array(clean.prefix(length)), SmallLog.segment)
      let isWhole = length >= log.end
      for boot in 1...2 {
        let world = World.memory(disk, boot: UInt64(boot))
        #expect(try outcome(world) == (isWhole ? log.written : nil), "length \(length)")
      }
      let world = World.memory(disk)
      if isWhole {
        let writer = try LogWriter.open("/book", in: world, options: .small(.never))
        #expect(writer.watermark.number == UInt64(log.written.count))
        writer.close()
      } else {
        #expect(throws: LogError.self, "length \(length)") {
          let writer = try LogWriter.open("/book", in: world, options: .small(.never))
          writer.close()
        }
        #expect(try failedChecks(world).isEmpty == false)
      }
    }
  }

  @Test(arguments: tried)
  func `a log cut above the watermark keeps the exact prefix of whole actions`(
    _ part: Int
  ) throws {
    let log = try SmallLog()
    try expectPrefixes(of: log, cutFrom: part, by: Self.parts, DamagedBook(of: log.disk))
  }

  @Test func `on the real disk a log cut above the watermark keeps the exact prefix, too`() throws {
    let log = try SmallLog()
    let book = try DamagedBook(of: log.disk, in: TemporaryDirectory())
    try expectPrefixes(of: log, cutFrom: 0, by: Effort.step(1, few: 67), book)
  }

  private func expectPrefixes(
    of log: SmallLog, cutFrom first: Int, by step: Int, _ damaged: DamagedBook
  ) throws {
    var book = damaged
    let clean = log.disk.bytes(SmallLog.segment)
    // The page as it stood after the first frames: what follows was never acknowledged.
    let early = try SmallLog(frames: 6)
    let acknowledged = early.written.count
    for length in stride(from: first, through: log.end, by: step) {
      try book.restore()
      try book.set(early.disk.bytes(SmallLog.tail), SmallLog.tail)
      try book.set(Array(clean.prefix(length)), SmallLog.segment)
      let boot = UInt64(1 + length % 2)
      if boot == 2 {
        let found = try outcome(book.world(boot: boot), book.path)
        try expectPrefix(found, log, atLeast: acknowledged, length: length)
      }
      do {
        let writer = try LogWriter.open(
          book.path, in: book.world(boot: boot), options: .small(.never))
        #expect(Int(writer.watermark.number) >= acknowledged)
        if writer.watermark.number > UInt64(acknowledged), boot == 1 {
          #expect(writer.recovery.rewrittenBytes > 0)
        }
        writer.close()
      } catch {
        #expect(length < early.end, "\(error)")
        continue
      }
      try expectPrefix(
        try outcome(book.world(), book.path), log, atLeast: acknowledged, length: length)
      #expect(try checks(book.world(), book.path).allSatisfy { $0.passed })
    }
  }

  private func expectPrefix(
    _ found: [Kept]?, _ log: SmallLog, atLeast acknowledged: Int, length: Int
  ) throws {
    guard let found else { return }
    #expect(found.count >= acknowledged, "length \(length)")
    #expect(found == Array(log.written.prefix(found.count)), "length \(length)")
    #expect(log.ends.contains(UInt64(found.count)), "length \(length)")
  }

  @Test func `without its page a log cut at any length is a prefix of whole actions`() throws {
    let log = try SmallLog(frames: 8)
    let clean = log.disk.bytes(SmallLog.segment)
    for length in stride(from: 4096, through: log.end, by: 3) {
      let disk = log.disk.copy()
      try disk.remove(SmallLog.tail)
      disk.setBytes(Array(clean.prefix(length)), SmallLog.segment)
      let found = try outcome(.memory(disk))
      #expect(found != nil)
      try expectPrefix(found, log, atLeast: 0, length: length)
    }
  }
}
