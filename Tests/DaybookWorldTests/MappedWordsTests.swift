import DaybookBytes
import DaybookWorld
import Testing

@Suite struct `Mapped words` {
  let files = LiveFileSystem()
  let folder: TemporaryDirectory
  var path: String { folder.file("tail") }

  init() throws { folder = try TemporaryDirectory() }

  private func makePage(_ bytes: Int = MappedPage.bytes) throws {
    let file = try files.open(path, .create)
    try file.write([UInt8](repeating: 0, count: bytes).span, at: 0)
    try file.sync()
    file.close()
  }

  @Test func `a word stored through one mapping is seen through another`() throws {
    try makePage()
    let writer = try files.mapWords(path, writable: true)
    let reader = try files.mapWords(path, writable: false)
    #expect(reader.load(0) == 0)
    writer.store(81377, at: 0)
    writer.store(UInt64.max, at: 511)
    #expect(reader.load(0) == 81377)
    #expect(reader.load(511) == UInt64.max)
    #expect(reader.load(1) == 0)
  }

  @Test func `a word lies lowest byte first in the file`() throws {
    try makePage()
    try files.mapWords(path, writable: true).store(0x0102_0304_0506_0708, at: 1)
    let bytes = try files.bytes(of: path, atMost: MappedPage.bytes)
    #expect(Array(bytes[8..<16]) == [8, 7, 6, 5, 4, 3, 2, 1])
  }

  @Test func `a file shorter than a page is refused, since touching it would trap`() throws {
    try makePage(MappedPage.bytes - 1)
    let error = #expect(throws: FileError.self) { try files.mapWords(path, writable: false) }
    #expect(error?.kind == .tooShort)
  }

  @Test func `a store into a page mapped for reading stops the program`() async throws {
    try makePage()
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { [path = path as String] in
      try LiveFileSystem().mapWords(path, writable: false).store(1, at: 0)
    }
    #if DEBUG
      let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
      #expect(text.contains("a page mapped for reading"))
    #else
      // A release build traps without a word.
      _ = result
    #endif
  }

  @Test func `a missing file is not made`() throws {
    let error = #expect(throws: FileError.self) { try files.mapWords(path, writable: true) }
    #expect(error?.kind == .notFound)
    #expect(!files.exists(path))
  }

  @Test func `what was done before a store is seen after its load, on another thread`() throws {
    try makePage()
    let writer = try files.mapWords(path, writable: true)
    let reader = try files.mapWords(path, writable: false)
    let rounds: UInt64 = 20_000
    let thread = try WorkerThread(name: "writer") {
      for round in 1...rounds {
        writer.store(round, at: 100)
        writer.store(round, at: 0)
      }
    }
    var isOrdered = true
    while true {
      let announced = reader.load(0)
      if reader.load(100) < announced { isOrdered = false }
      if announced == rounds { break }
    }
    thread.join()
    #expect(isOrdered)
  }
}
