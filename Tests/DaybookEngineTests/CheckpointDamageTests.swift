import DaybookBytes
import DaybookEngine
import DaybookEvents
import DaybookLog
import DaybookTesting
import DaybookValues
import DaybookWorld
import Testing

@Suite struct `A damaged checkpoint` {
  private func book(_ seed: UInt64) throws -> (CheckpointBook, truth: String) {
    let book = try CheckpointBook(seed: seed)
    try book.live(9)
    try book.checkpoint()
    try book.live(3)
    try book.checkpoint()
    try book.live(2)
    return (book, try book.truth())
  }

  @Test func `root changes no answer, whichever byte is another`() throws {
    let (book, truth) = try book(1)
    let bytes = try book.bytes(book.root)
    for index in bytes.indices {
      var damaged = bytes
      damaged[index] ^= 1 << UInt8(index % 8)
      try book.overwrite(book.root, damaged)
      let answer = try book.answer()
      #expect(answer.state == truth, "byte \(index)")
      #expect(answer.notices.count == 1, "byte \(index)")
    }
  }

  @Test func `root changes no answer, wherever it is cut`() throws {
    let (book, truth) = try book(2)
    let bytes = try book.bytes(book.root)
    for count in bytes.indices {
      try book.overwrite(book.root, Array(bytes[..<count]))
      let answer = try book.answer()
      #expect(answer.state == truth, "cut to \(count)")
      #expect(answer.notices.count == 1, "cut to \(count)")
    }
  }

  @Test func `file of pages changes no answer, whichever byte is another`() throws {
    let (book, truth) = try book(3)
    for pack in try book.packs() {
      let bytes = try book.bytes(pack)
      var told = 0
      for index in bytes.indices {
        var damaged = bytes
        damaged[index] ^= 1 << UInt8(index % 8)
        try book.overwrite(pack, damaged)
        let answer = try book.answer()
        #expect(answer.state == truth, "\(pack), byte \(index)")
        told += answer.notices.count
      }
      // A byte of a page that is no longer used is nobody's business.
      #expect(told > 0 && told <= bytes.count)
      try book.overwrite(pack, bytes)
    }
  }

  @Test func `file of pages changes no answer where it is cut, missing or another`() throws {
    let (book, truth) = try book(4)
    let packs = try book.packs()
    let contents = try packs.map { try book.bytes($0) }
    for (pack, bytes) in zip(packs, contents) {
      for count in bytes.indices {
        try book.overwrite(pack, Array(bytes[..<count]))
        #expect(try book.answer().state == truth, "\(pack) cut to \(count)")
      }
      try book.machine.start().files.remove(pack)
      let answer = try book.answer()
      #expect(answer.state == truth)
      #expect(answer.notices.map(\.kind) == [.damaged])
      try book.overwrite(pack, bytes)
    }
    for (pack, bytes) in zip(packs, contents.reversed()) { try book.overwrite(pack, bytes) }
    let answer = try book.answer()
    #expect(answer.state == truth)
    #expect(!answer.notices.isEmpty)
  }

  @Test func `is written whole by the next one`() throws {
    let (book, _) = try book(5)
    for pack in try book.packs() {
      var bytes = try book.bytes(pack)
      for index in stride(from: 0, to: bytes.count, by: 5) { bytes[index] ^= 1 }
      try book.overwrite(pack, bytes)
    }
    let world = book.machine.start()
    let checkpoints = Checkpoints(book.path, in: world)
    let host = try book.host(in: world, checkpoints)
    var log = try LogReader(book.path, in: world)
    for pending in try host.pendingCheckpoints(behind: 1, &log) { _ = try pending.write() }
    #expect(!checkpoints.notices.isEmpty)
    let answer = try book.answer()
    #expect(answer.state == (try book.truth()))
    #expect(answer.notices == [])
  }

  @Test func `names the file and says that nothing is lost`() throws {
    let (book, _) = try book(6)
    try book.overwrite(book.root, [1, 2, 3])
    let notice = try #require(book.answer().notices.first)
    #expect(notice.description.contains("checkpoints/bean-ledger.root is not used"))
    #expect(notice.description.contains("nothing is lost"))
    var counted = 0
    let count = Locked(0)
    var world = book.machine.start()
    world.instruments.counter = { name, amount in
      if name == "checkpoint.damaged" { count.withLock { $0 += Int(amount) } }
    }
    var archive = try Archive(book.path, catalogue: .pagedJars, world: world)
    _ = try archive.snapshot(of: BeanLedger.self)
    counted = count.withLock { $0 }
    #expect(counted == 1)
  }

  @Test func `page over a damaged log gives an error and no answer`() throws {
    let book = try CheckpointBook(seed: 7)
    try book.live(12)
    try book.checkpoint()
    for pack in try book.packs() {
      var bytes = try book.bytes(pack)
      for index in bytes.indices { bytes[index] ^= 0x55 }
      try book.overwrite(pack, bytes)
    }
    var archive = try Archive(book.path, catalogue: .pagedJars, world: book.machine.start())
    let snapshot = try archive.snapshot(of: LazyBeans.self)
    let segment = FilePath.join(book.path, "log/00000000000000000001.seg")
    var log = try book.bytes(segment)
    for index in 4096..<log.count { log[index] ^= 0x55 }
    try book.overwrite(segment, log)
    #expect(throws: Never.self) { try snapshot.check() }
    _ = snapshot.model.rows.map(\.beans)
    let failure = #expect(throws: CheckpointFailure.self) { try snapshot.check() }
    #expect(failure?.description.contains("`daybook log verify` lists what is wrong") == true)
    #expect(throws: CheckpointFailure.self) { try archive.checkpoints.check() }
  }
}

/// The rows of the ledger of beans, of which nothing is read before it is asked for.
struct LazyBeans: ReadModel {
  static let name = "bean-ledger"
  static let version: UInt32 = 1
  private var ledger = BeanLedger()

  var rows: History<BeanLedger.Row> { ledger.rows }

  mutating func apply(_ event: borrowing Event) throws { try ledger.apply(event) }

  mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try ledger.describe(&parts)
  }

  var digest: String { "" }
}

/// The ledger of beans, computed in another way.
struct NewerBeans: ReadModel {
  static let name = "bean-ledger"
  static let version: UInt32 = 2
  var total: UInt64 = 0

  mutating func apply(_ event: borrowing Event) throws { total += 1 }

  mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("total", &total)
  }

  var digest: String { "\(total)" }
}

@Suite struct `A checkpoint that does not belong` {
  @Test func `to this version of the model is not used, and the next one replaces it`() throws {
    let book = try CheckpointBook(seed: 1)
    try book.live(9)
    try book.checkpoint()
    let world = book.machine.start()
    var archive = try Archive(book.path, catalogue: .pagedJars, world: world)
    let snapshot = try archive.snapshot(of: NewerBeans.self)
    #expect(snapshot.model.total == snapshot.asOf.number)
    #expect(archive.checkpoints.notices.map(\.kind) == [.stale])
  }

  @Test func `to this catalogue is not used`() throws {
    let book = try CheckpointBook(seed: 2)
    try book.live(9)
    try book.checkpoint()
    var catalogue = Catalogue.pagedJars
    catalogue.add(FamilyDescription("others", FamilyNumber(901), events: []))
    catalogue.add(
      FamilyDescription("jars", JarTag.family, events: [EventDescription(JarFilled.self)]))
    var none = Catalogue()
    none.add(FamilyDescription("jars", JarTag.family, events: [EventDescription(JarFilled.self)]))
    var archive = try Archive(book.path, catalogue: none, world: book.machine.start())
    _ = try archive.snapshot(of: BeanLedger.self)
    #expect(archive.checkpoints.notices.map(\.kind) == [.stale])
    // A family without events changes nothing.
    archive = try Archive(book.path, catalogue: catalogue, world: book.machine.start())
    _ = try archive.snapshot(of: BeanLedger.self)
    #expect(archive.checkpoints.notices == [])
  }

  @Test func `to this log is not used, though it is whole`() throws {
    let machine = SimulatedMachine(seed: 3)
    let one = try CheckpointBook(seed: 1, machine: machine, path: "/one")
    let other = try CheckpointBook(seed: 2, machine: machine, path: "/other")
    try one.live(12)
    try other.live(20)
    try one.checkpoint()
    try other.checkpoint()
    for file in try one.files() {
      try other.overwrite(
        FilePath.join(other.folder, file), try one.bytes(FilePath.join(one.folder, file)))
    }
    let answer = try other.answer()
    #expect(answer.state == (try other.truth()))
    #expect(answer.notices.map(\.kind) == [.otherLog])
    other.engine?.close()
    // Nor does it keep the book from being opened for writing.
    #expect(throws: Never.self) { try other.open().close() }
  }

  /// Copies every file of a book on the simulated disk.
  private func copy(_ book: CheckpointBook, to path: String) throws -> CheckpointBook {
    let files = book.machine.start().files
    for folder in ["", "/log", "/checkpoints"] {
      try files.createDirectory(path + folder)
      for name in try files.list(book.path + folder) {
        let from = FilePath.join(book.path + folder, name)
        if files.isDirectory(from) { continue }
        let bytes = try files.bytes(of: from, atMost: 1 << 20)
        let file = try files.open(FilePath.join(path + folder, name), .create)
        try file.write(bytes.span, at: 0)
        file.close()
      }
    }
    return try CheckpointBook(seed: 77, machine: book.machine, path: path)
  }

  @Test func `to this copy of the log, which went another way, is not used`() throws {
    let book = try CheckpointBook(seed: 4)
    try book.live(9)
    try book.checkpoint()
    book.engine?.close()
    let twin = try copy(book, to: "/twin")
    book.engine = try book.open()
    try twin.live(12)
    try book.live(15)
    try book.checkpoint()
    for file in try book.files() {
      try twin.overwrite(
        FilePath.join(twin.folder, file), try book.bytes(FilePath.join(book.folder, file)))
    }
    try twin.live(12)
    let answer = try twin.answer()
    #expect(answer.state == (try twin.truth()))
    #expect(answer.notices.map(\.kind) == [.otherLog])
  }

  @Test func `to a log that ends before it says what the log has lost`() throws {
    let book = try CheckpointBook(seed: 5)
    try book.live(9)
    try book.checkpoint()
    book.engine?.close()
    let older = try copy(book, to: "/older")
    older.engine?.close()
    let last = try LogReader(older.path, in: book.machine.start()).durable
    book.engine = try book.open()
    try book.live(9)
    let position = try #require(book.checkpoint().first).position
    for file in try book.files() {
      try older.overwrite(
        FilePath.join(older.folder, file), try book.bytes(FilePath.join(book.folder, file)))
    }
    let reading = #expect(throws: LogError.self) { try older.answer() }
    let writing = #expect(throws: LogError.self) { try older.open() }
    for error in [try #require(reading), try #require(writing)] {
      #expect(error.kind == .endsBelowWatermark)
      #expect(error.intactThrough == last)
      #expect("\(error)".contains("reached position \(position)"), "\(error)")
      #expect("\(error)".contains("delete checkpoints/"), "\(error)")
    }
    try book.machine.start().files.removeAll(older.folder)
    #expect(throws: Never.self) { try older.open().close() }
  }
}
