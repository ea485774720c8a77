import DaybookEvents
import DaybookLog
import DaybookValues
import DaybookWorld
import Testing

@Suite struct `What a stop leaves` {
  private static let first = "/book/log/00000000000000000001.seg"

  private func open(_ disk: MemoryFileSystem, boot: UInt64 = 1) throws -> LogRecovery {
    let writer = try LogWriter.open("/book", in: .memory(disk, boot: boot), options: .small())
    let recovery = writer.recovery
    writer.close()
    return recovery
  }

  private func refused(_ disk: MemoryFileSystem, _ comment: Comment? = nil) -> LogError? {
    #expect(throws: LogError.self, comment) { try open(disk) }
  }

  /// A log of several segments and what it holds.
  private func segmented() throws -> (disk: MemoryFileSystem, written: [Kept], names: [String]) {
    let disk = MemoryFileSystem()
    var maker = ActionMaker(seed: 15)
    let written = try write(
      frames: 100, to: .memory(disk), maker: &maker, options: .small(segmentBytes: 8000))
    return (disk, written, disk.names.filter { $0.hasSuffix(".seg") })
  }

  @Test func `bytes behind the end are cut, kept and zeroed`() throws {
    let disk = MemoryFileSystem()
    var maker = ActionMaker(seed: 14)
    let written = try write(frames: 5, to: .memory(disk), maker: &maker)
    let clean = disk.bytes(Self.first)
    let end = disk.bytes("/book/log/tail")[80..<88].reversed().reduce(0) { $0 << 8 | Int($1) }
    let rest: [UInt8] = [0x83, 0x40, 0, 0, 9, 0x44, 0x42, 0, 7]
    for _ in 0..<2 {
      var bytes = clean
      bytes.replaceSubrange(end..<end + rest.count, with: rest)
      disk.setBytes(bytes, Self.first)
      let recovery = try open(disk)
      #expect(recovery.cutBytes == UInt64(rest.count))
      #expect(recovery.cutOffset == UInt64(end))
      #expect(disk.bytes("/book/quarantine/\(recovery.quarantined[0])") == rest)
      #expect(disk.bytes(Self.first) == clean)
      #expect(try readAll(.memory(disk)) == written)
    }
    #expect(disk.names.filter { $0.hasPrefix("/book/quarantine") }.count == 2)
  }

  @Test func `a valid frame behind damage is never cut, whatever the watermark`() throws {
    let disk = MemoryFileSystem()
    var maker = ActionMaker(seed: 16)
    _ = try write(frames: 2, to: .memory(disk), maker: &maker)
    let damaged = disk.bytes("/book/log/tail")[80..<88].reversed().reduce(0) { $0 << 8 | Int($1) }
    let intact = maker.position
    _ = try write(frames: 1, to: .memory(disk), maker: &maker)
    let resumes = maker.position + 1
    _ = try write(frames: 3, to: .memory(disk), maker: &maker)
    try disk.remove("/book/log/tail")
    var bytes = disk.bytes(Self.first)
    bytes[damaged + 20] ^= 1
    disk.setBytes(bytes, Self.first)
    let error = refused(disk)
    #expect(error?.kind == .damaged)
    #expect(error?.offset == UInt64(damaged))
    #expect(error?.intactThrough == Position(intact))
    #expect(error?.resumesAt == Position(resumes))
    #expect(disk.bytes(Self.first) == bytes)
    #expect(error?.description.contains("byte \(damaged)") == true)
  }

  @Test func `a footer followed by zeros is a sealed segment`() throws {
    let (disk, written, names) = try segmented()
    // Last but one: as if stopped before the third step, with and without a successor.
    let sealed = names[names.count - 2]
    let clean = disk.bytes(sealed)
    disk.setBytes(clean + [UInt8](repeating: 0, count: 9000), sealed)
    #expect(try readAll(.memory(disk)) == written)
    #expect(try open(disk).isClean)

    let last = names[names.count - 1]
    let number = try #require(SegmentName(parsing: FilePath.name(of: last)))
    try disk.remove(last)
    let tail = disk.bytes("/book/log/tail")
    let other = disk.copy()
    _ = try? other.remove("/book/log/tail")
    disk.setBytes(tail, "/book/log/tail")
    // The page says that the lost segment's records were acknowledged.
    #expect(refused(disk)?.kind == .endsBelowWatermark)
    let recovery = try open(other)
    #expect(recovery.finishedRotation)
    #expect(other.bytes(sealed) == clean)
    #expect(other.exists(last))
    let expected = Array(written.prefix(Int(number.firstPosition.number) - 1))
    #expect(try readAll(.memory(other)) == expected)
    #expect(try checks(.memory(other)).allSatisfy { $0.passed })
  }

  @Test(arguments: [0, 100, 4095, 20_000])
  func `a last file that holds nothing is set aside`(_ bytes: Int) throws {
    let (disk, written, names) = try segmented()
    let last = names[names.count - 1]
    let number = try #require(SegmentName(parsing: FilePath.name(of: last)))
    let before = Int(number.firstPosition.number) - 1
    try disk.remove("/book/log/tail")
    disk.setBytes([UInt8](repeating: 0, count: bytes), last)
    #expect(try readAll(.memory(disk)) == Array(written.prefix(before)))
    let recovery = try open(disk)
    #expect(recovery.quarantined == [FilePath.name(of: last)])
    #expect(disk.bytes("/book/quarantine/\(recovery.quarantined[0])").count == bytes)
    #expect(try readAll(.memory(disk)) == Array(written.prefix(before)))
    #expect(try checks(.memory(disk)).allSatisfy { $0.passed })
  }

  @Test func `an unsealed segment that is not the last is damage`() throws {
    let (disk, _, names) = try segmented()
    var bytes = disk.bytes(names[0])
    bytes.removeLast(30)
    disk.setBytes(bytes, names[0])
    #expect(refused(disk)?.segment == FilePath.name(of: names[0]))
    #expect(throws: LogError.self) { try readAll(.memory(disk)) }
    let failed = try checks(.memory(disk)).filter { !$0.passed }
    #expect(failed.map { $0.segment }.contains(FilePath.name(of: names[0])))
  }

  @Test func `damage in a sealed segment ends a scan after every intact record`() throws {
    let (disk, written, names) = try segmented()
    let path = names[1]
    var bytes = disk.bytes(path)
    bytes[5000] ^= 0x10
    disk.setBytes(bytes, path)
    var reader = try LogReader("/book", in: .memory(disk))
    var found: [Kept] = []
    let error = #expect(throws: LogError.self) {
      try reader.scan(from: Position(1)) { found.append(Kept($0)) }
    }
    #expect(error?.kind == .damaged)
    #expect(error?.segment == FilePath.name(of: path))
    #expect(error?.intactThrough == Position(UInt64(found.count)))
    #expect(found == Array(written.prefix(found.count)))
    // What stands behind the damaged chain is still read.
    let resumes = try #require(error?.resumesAt)
    var rest: [Kept] = []
    try reader.scan(from: resumes) { rest.append(Kept($0)) }
    #expect(rest == Array(written.dropFirst(Int(resumes.number) - 1)))
    let failed = try checks(.memory(disk)).filter { !$0.passed }
    #expect(failed.map { $0.name } == ["frames", "hash"])
    #expect(failed.allSatisfy { $0.segment == FilePath.name(of: path) })
  }

  @Test func `the log of another book's segment is refused`() throws {
    let (disk, _, names) = try segmented()
    let other = MemoryFileSystem()
    var world = World.memory(other)
    world.randomness = SeededRandomness(first: 9)
    var maker = ActionMaker(seed: 15)
    _ = try write(frames: 100, to: world, maker: &maker, options: .small(segmentBytes: 8000))
    disk.setBytes(other.bytes(names[1]), names[1])
    #expect(refused(disk)?.kind == .damaged)
    #expect(throws: LogError.self) { try readAll(.memory(disk)) }
    let failed = try checks(.memory(disk)).filter { !$0.passed }
    #expect(failed.contains { $0.segment == FilePath.name(of: names[1]) })
  }
}
