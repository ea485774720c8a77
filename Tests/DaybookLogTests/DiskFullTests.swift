import DaybookEvents
import DaybookLog
import DaybookValues
import DaybookWorld
import Testing

@Suite struct `A full disk` {
  private static let options = LogOptions(
    segmentBytes: 6000, preallocateBytes: 4096, creation: .ifMissing)

  /// Writes until there is no room for an action, or 60 are written.
  ///
  /// - Returns: The action that found no room.
  private func fill(
    _ writer: inout LogWriter, _ maker: inout ActionMaker, _ written: inout [Kept]
  ) throws -> EncodedAction? {
    for _ in 0..<60 {
      let action = maker.action(records: 2)
      do {
        try writer.takeRoom(for: action)
      } catch {
        #expect(error.kind == .diskFull)
        return action
      }
      writer.submit(action)
      // Whatever the step has to do, a rotation among it, the room for it is there.
      try writer.step()
      written += kept(action)
    }
    return nil
  }

  @Test(arguments: Array(stride(from: 0, through: 40_000, by: 1000)))
  func `is met before anything is decided, and writing goes on when there is room`(
    _ room: Int
  ) throws {
    let disk = MemoryFileSystem()
    let world = World.memory(disk)
    var maker = ActionMaker(seed: 74)
    var writer = try LogWriter.open("/book", in: world, options: Self.options)
    disk.leaveRoom(room)
    var written: [Kept] = []
    if let refused = try fill(&writer, &maker, &written) {
      #expect(room < 40_000)
      // Reading goes on, and the check of the files passes.
      #expect(try readAll(world) == written)
      #expect(try failedChecks(world).isEmpty)
      #expect(throws: LogError.self) { try writer.takeRoom(for: refused) }
      disk.leaveRoom(nil)
      try writer.takeRoom(for: refused)
      writer.submit(refused)
      try writer.step()
      written += kept(refused)
    }
    disk.leaveRoom(nil)
    let refused = try fill(&writer, &maker, &written)
    #expect(refused == nil)
    writer.close()
    #expect(try readAll(world) == written)
    #expect(try failedChecks(world).isEmpty)
    let again = try LogWriter.open("/book", in: world, options: .small(.never))
    #expect(again.recovery.isClean)
    again.close()
  }

  @Test func `lets the segment go on that it leaves no successor for`() throws {
    let disk = MemoryFileSystem()
    let world = World.memory(disk)
    var maker = ActionMaker(seed: 75)
    var options = Self.options
    options.preallocateBytes = 32 << 10
    var writer = try LogWriter.open("/book", in: world, options: options)
    disk.leaveRoom(0)
    var written: [Kept] = []
    _ = try fill(&writer, &maker, &written)
    let segments = { disk.names.filter { $0.hasSuffix(".seg") } }
    #expect(segments().count == 1 && !disk.names.contains { $0.hasSuffix(".new") })
    let used = disk.bytes("/book/log/tail")[80..<88].reversed().reduce(0) { $0 << 8 | Int($1) }
    #expect(used > 6000)
    disk.leaveRoom(nil)
    _ = try fill(&writer, &maker, &written)
    #expect(segments().count > 2)
    writer.close()
    #expect(try readAll(world) == written)
    #expect(try failedChecks(world).isEmpty)
  }

  @Test func `hinders no opening, and no reading`() throws {
    let disk = MemoryFileSystem()
    let world = World.memory(disk)
    var maker = ActionMaker(seed: 76)
    let written = try write(frames: 40, to: world, maker: &maker, options: Self.options)
    disk.leaveRoom(0)
    var writer = try LogWriter.open("/book", in: world, options: Self.options)
    var more: [Kept] = []
    let refused = try fill(&writer, &maker, &more)
    #expect(refused != nil)
    #expect(try readAll(world) == written + more)
    writer.close()
  }

  @Test func `leaves a sealed last segment readable until it gets its successor`() throws {
    let disk = MemoryFileSystem()
    let world = World.memory(disk)
    var maker = ActionMaker(seed: 77)
    _ = try write(frames: 40, to: world, maker: &maker, options: Self.options)
    let last = try #require(disk.names.last { $0.hasSuffix(".seg") })
    let name = try #require(SegmentName(parsing: FilePath.name(of: last)))
    try disk.remove(last)
    try disk.remove("/book/log/tail")
    let before = Int(name.firstPosition.number) - 1
    disk.leaveRoom(0)
    for _ in 0..<2 {
      let error = #expect(throws: LogError.self) {
        let writer = try LogWriter.open("/book", in: world, options: Self.options)
        writer.close()
      }
      #expect(error?.kind == .diskFull)
      #expect(try readAll(world).count == before)
    }
    // A header's room and a page's are enough.
    disk.leaveRoom(8192)
    let writer = try LogWriter.open("/book", in: world, options: Self.options)
    #expect(writer.recovery.finishedRotation && writer.watermark.number == UInt64(before))
    writer.close()
    #expect(try failedChecks(world).isEmpty)
  }

  @Test func `met by a write and not by an allocation closes the writer for good`() throws {
    let disk = MemoryFileSystem()
    var maker = ActionMaker(seed: 78)
    var writer = try LogWriter.open("/book", in: .memory(disk), options: Self.options)
    let action = maker.action()
    try writer.takeRoom(for: action)
    writer.submit(action)
    disk.fail(after: 0, .noSpace, at: ["write"])
    let error = #expect(throws: LogError.self) { try writer.step() }
    #expect(error?.kind == .file && error?.cause?.kind == .noSpace)
    disk.heal()
    #expect(throws: LogError.self) { try writer.step() }
    #expect(throws: LogError.self) { try writer.takeRoom(for: action) }
    writer.close()
    #expect(try readAll(.memory(disk)).isEmpty)
  }
}
