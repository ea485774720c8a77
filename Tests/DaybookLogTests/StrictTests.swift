import DaybookEvents
import DaybookLog
import DaybookValues
import DaybookWorld
import Testing

@Suite struct `A strict reading` {
  private static let first = "/book/log/00000000000000000001.seg"

  private func log() throws -> (disk: MemoryFileSystem, written: [Kept], names: [String]) {
    let disk = MemoryFileSystem()
    var maker = ActionMaker(seed: 81)
    let written = try write(
      frames: 60, to: .memory(disk), maker: &maker, options: .small(segmentBytes: 7000))
    return (disk, written, disk.names.filter { $0.hasSuffix(".seg") })
  }

  /// What a strict reader finds before the first error.
  private func strict(_ world: World) throws -> (found: [Kept], error: LogError?) {
    var found: [Kept] = []
    do {
      var reader = try LogReader("/book", in: world, strict: true)
      try reader.scan(from: Position(1)) { found.append(Kept($0)) }
      return (found, nil)
    } catch let error as LogError {
      return (found, error)
    }
  }

  private func strictChecks(_ world: World) throws -> [LogCheck] {
    var found: [LogCheck] = []
    let passed = try LogVerifier.verify("/book", in: world, strict: true) { found.append($0) }
    #expect(passed == found.allSatisfy { $0.passed })
    return found
  }

  @Test(arguments: [1, 2] as [UInt64])
  func `finds a whole log whole, and changes nothing`(_ boot: UInt64) throws {
    let (disk, written, _) = try log()
    let before = disk.names.map { disk.bytes($0) }
    disk.fail(after: 0, .readOnly)
    let (found, error) = try strict(.memory(disk, boot: boot))
    #expect(found == written && error == nil)
    #expect(try strictChecks(.memory(disk, boot: boot)).allSatisfy { $0.passed })
    #expect(disk.names.map { disk.bytes($0) } == before)
  }

  @Test func `refuses what an opening for writing would put right`() throws {
    let (clean, _, names) = try log()
    let last = names[names.count - 1]
    let end = clean.bytes("/book/log/tail")[80..<88].reversed().reduce(0) { $0 << 8 | Int($1) }
    let changes: [(String, Int, (MemoryFileSystem) throws -> Void)] = [
      (
        last, end,
        { disk in
          var bytes = disk.bytes(last)
          bytes.replaceSubrange(end..<end + 3, with: [0x83, 7, 7])
          disk.setBytes(bytes, last)
        }
      ),
      (
        last, 0,
        { disk in
          disk.setBytes([], last)
          try disk.remove("/book/log/tail")
        }
      ),
      (
        "/book/log/tail", 56,
        { disk in
          var bytes = disk.bytes("/book/log/tail")
          bytes[60] ^= 1
          disk.setBytes(bytes, "/book/log/tail")
        }
      ),
    ]
    for (path, offset, change) in changes {
      for boot: UInt64 in [1, 2] {
        let disk = clean.copy()
        try change(disk)
        let before = disk.names.map { disk.bytes($0) }
        disk.fail(after: 0, .readOnly)
        #expect(try readAll(.memory(disk, boot: boot)).isEmpty == false)
        let (found, error) = try strict(.memory(disk, boot: boot))
        #expect(found.isEmpty && error?.kind == .damaged)
        #expect(error?.segment == FilePath.name(of: path) && error?.offset == UInt64(offset))
        #expect(disk.names.map { disk.bytes($0) } == before)
      }
    }
  }

  @Test func `stops at the first error, in readers and in checks`() throws {
    let (disk, written, names) = try log()
    for name in [names[1], names[2]] {
      var bytes = disk.bytes(name)
      bytes[5000] ^= 1
      disk.setBytes(bytes, name)
    }
    let (found, error) = try strict(.memory(disk))
    #expect(error?.segment == FilePath.name(of: names[1]))
    #expect(found == Array(written.prefix(found.count)) && !found.isEmpty)
    let checks = try strictChecks(.memory(disk))
    #expect(checks.count { !$0.passed } == 1 && checks.last?.passed == false)
    #expect(checks.last?.segment == FilePath.name(of: names[1]))
    #expect(Set(try failedChecks(.memory(disk)).map(\.segment)).count == 2)
  }

  @Test func `beside a writer judges what is durable, and not what is being written`() throws {
    let disk = MemoryFileSystem()
    var maker = ActionMaker(seed: 82)
    var writer = try LogWriter.open("/book", in: .memory(disk), options: .small())
    let action = maker.action()
    writer.submit(action)
    try writer.step()
    var bytes = disk.bytes(Self.first)
    let end = disk.bytes("/book/log/tail")[80..<88].reversed().reduce(0) { $0 << 8 | Int($1) }
    bytes[end] = 0x83
    disk.setBytes(bytes, Self.first)
    let (found, error) = try strict(.memory(disk))
    #expect(found == kept(action) && error == nil)
    writer.close()
    #expect(try strict(.memory(disk)).error?.offset == UInt64(end))
  }
}
