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
