import DaybookEvents
import DaybookLog
import DaybookValues
import DaybookWorld
import Testing

@Suite struct `A live disk` {
  @Test func `a log over several segments is written, followed and opened again`() throws {
    let folder = try TemporaryDirectory()
    let book = folder.file("book")
    let world = World.live
    let options = LogOptions(
      segmentBytes: 32 << 10, preallocateBytes: 16 << 10, creation: .ifMissing)
    var maker = ActionMaker(seed: 51)
    var written: [Kept] = []
    for _ in 0..<2 {
      var writer = try LogWriter.open(book, in: world, options: options)
      var reader = try LogReader(book, in: world)
      #expect(writer.recovery.isClean)
      for _ in 0..<40 {
        for _ in 0..<20 {
          let action = maker.action(records: 2)
          written += kept(action)
          writer.submit(action)
        }
        try writer.step()
        #expect(try reader.refresh() == writer.watermark)
      }
      var found = 0
      try reader.scan(from: Position(1)) { _ in found += 1 }
      #expect(found == written.count)
      writer.close()
    }
    #expect(try readAll(world, book) == written)
    let failed = try checks(world, book).filter { !$0.passed }
    #expect(failed.isEmpty)
    let info = try LogInfo(book, in: world)
    #expect(info.segments.count > 2)
    #expect(info.events == UInt64(written.count))
  }

  @Test(arguments: ["", "\n", "x", "-1\n", "99999999999\n", "\u{0}\u{0}", "1\n2\n3"])
  func `whatever stands in LOCK, it only names a process`(_ text: String) throws {
    let folder = try TemporaryDirectory()
    let book = folder.file("book")
    var maker = ActionMaker(seed: 52)
    let written = try write(frames: 3, to: .live, maker: &maker, book)
    let lock = FilePath.join(book, "LOCK")
    try World.live.files.replaceFile(lock, with: Array(text.utf8).span)
    #expect(try readAll(.live, book) == written)
    #expect(try failedChecks(.live, book).isEmpty)
    let writer = try LogWriter.open(book, in: .live)
    #expect(writer.watermark.number == UInt64(written.count))
    // Overwritten while it is held: the holder is then not known by number, and is still there.
    let file = try World.live.files.open(lock, .readWrite)
    try file.truncate(to: 0)
    try file.write(Array(text.utf8).span, at: 0)
    file.close()
    let second = #expect(throws: LogError.self) {
      let second = try LogWriter.open(book, in: .live)
      second.close()
    }
    #expect(second?.kind == .locked(pid: World.live.process.processID))
    #expect(try readAll(.live, book) == written)
    writer.close()
  }

  @Test func `a second writer of one process is refused`() throws {
    let folder = try TemporaryDirectory()
    let book = folder.file("book")
    let writer = try LogWriter.open(book, in: .live, options: .small())
    let error = #expect(throws: LogError.self) {
      let second = try LogWriter.open(book, in: .live)
      second.close()
    }
    #expect(error?.kind == .locked(pid: World.live.process.processID))
    writer.close()
  }
}
