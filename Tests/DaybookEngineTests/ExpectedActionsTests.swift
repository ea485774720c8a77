import DaybookEngine
import DaybookEvents
import DaybookLog
import DaybookTesting
import DaybookValues
import DaybookWorld
import Testing

@Suite struct `An action behind which more are expected` {
  private struct Opened {
    let book: JarBook
    let disk: FaultyDisk
    let engine: Engine
  }

  private func opened(_ options: LogOptions = LogOptions(creation: .ifMissing)) throws -> Opened {
    let book = try JarBook()
    let disk = FaultyDisk()
    let engine = try Engine(
      book.path, catalogue: .jars, world: .faulty(disk), options: options)
    engine.log.expectMore(true)
    return Opened(book: book, disk: disk, engine: engine)
  }

  private func fillJar(_ engine: Engine) throws -> Position {
    try engine.submit(fill([1]), envelope()).restsOn
  }

  @Test func `waits for them, and shares their sync`() throws {
    let opened = try opened()
    let engine = opened.engine
    let before = opened.disk.syncs
    var last = Position.start
    for _ in 0..<20 { last = try fillJar(engine) }
    #expect(opened.disk.syncs == before && engine.log.watermark == .start)
    engine.log.expectMore(false)
    try engine.log.waitBlocking(for: last)
    #expect(opened.disk.syncs == before + 1 && engine.log.watermark == last)
    engine.close()
  }

  @Test func `is written when enough wait, while more are decided`() throws {
    let engine = try opened().engine
    let first = try fillJar(engine)
    for _ in 0..<50 { _ = try fillJar(engine) }
    try engine.log.waitBlocking(for: first)
    #expect(engine.log.watermark >= first)
    engine.close()
  }

  @Test func `is written where somebody waits for room`() throws {
    let options = LogOptions(
      preallocateBytes: 1 << 20, queueBytesMax: 4_000, creation: .ifMissing)
    let engine = try opened(options).engine
    // `submit` waits for room whenever the queue is full: with fewer actions than would be enough.
    var last = Position.start
    for _ in 0..<100 { last = try fillJar(engine) }
    #expect(engine.log.watermark > .start && engine.lastPosition == last)
    engine.close()
    #expect(engine.log.watermark == last)
  }

  @Test func `is written when the log is closed`() throws {
    let engine = try opened().engine
    let last = try fillJar(engine)
    engine.close()
    #expect(engine.log.watermark == last)
  }
}
