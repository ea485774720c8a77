import DaybookBytes
import DaybookLog
import DaybookTesting
import DaybookValues
import DaybookWorld
import Testing

@testable import DaybookEngine

@Suite struct `The index of source references` {
  @Test(arguments: [48, 8, 3], [0, 1, 4, 9])
  func `finds exactly what a plain list has, whatever shares a fingerprint`(
    _ bits: Int, _ sealed: Int
  ) throws {
    var book = ReferenceBook(seed: UInt64(bits * 100 + sealed))
    try book.seal(sealed)
    let world = book.machine.start()
    // First without files, then with those that it wrote.
    for round in 0..<3 {
      var index = try book.open(world, bits: bits, leaving: round == 2)
      #expect(index.events.rebuilt.count == (round == 0 ? sealed : 0))
      #expect(try book.faults(&index, bits: bits) == 0)
      index.settle()
      #expect(try book.faults(&index, bits: bits) == 0)
      #expect(index.extent.count == book.references.count)
    }
  }

  @Test(arguments: [(0, 0), (1, 1), (3, 2), (4, 1), (7, 3), (10, 2), (16, 1), (21, 3)])
  func `keeps few files, however many segments are sealed`(_ sealed: Int, _ files: Int) throws {
    var book = ReferenceBook(seed: UInt64(sealed))
    try book.seal(sealed, bytes: 6 << 10)
    let world = book.machine.start()
    var index = try book.open(world)
    index.settle()
    #expect(index.extent.files == files)
    #expect(book.names(world).count == files)
    // Another opening finds them, and has nothing to do.
    let again = try book.open(world)
    #expect(again.events == ReferenceEvents())
    #expect(again.extent.files == files)
  }

  @Test func `puts the references of segments that are sealed meanwhile into files`() throws {
    var book = ReferenceBook(seed: 11)
    let world = book.machine.start()
    try book.seal(0)
    var index = try book.open(world)
    var noted = book.references.count
    for _ in 0..<9 {
      try book.seal(2)
      for reference in book.references[noted...] {
        index.note(clinic: reference.clinic, reference.text, at: reference.position)
      }
      noted = book.references.count
      let before = index.extent.memoryBytes
      let segments = try LogReader(ReferenceBook.path, in: world).sealedSegments
      index.keepUp(openSegment: segments[segments.count - 1].lastPosition.next)
      #expect(try book.faults(&index) == 0)
      index.settle()
      #expect(try book.faults(&index) == 0)
      #expect(index.extent.memoryBytes < before)
      #expect(index.extent.count == book.references.count)
    }
    #expect(index.events == ReferenceEvents())
    #expect(index.extent.files == 2)
  }

  @Test func `keeps what is sealed while small files become one`() throws {
    var book = ReferenceBook(seed: 13)
    try book.seal(6)
    for _ in 0..<10 {
      let world = book.machine.start()
      var log = try LogReader(ReferenceBook.path, in: world)
      let segments = log.sealedSegments
      var index = try SourceIndex(
        ReferenceBook.path, world, ReferenceHash(log.logID), Array(segments[..<4]),
        driver: .thread)
      try log.scan(from: index.notedFrom) { index.note($0) }
      // The first begins to merge, the second comes while that is going on.
      index.keepUp(openSegment: segments[4].firstPosition)
      index.keepUp(openSegment: segments[5].firstPosition)
      index.settle()
      #expect(try book.faults(&index) == 0)
      #expect(index.extent.files == 2)
      try world.files.removeAll(ReferenceBook.folder)
    }
  }

  /// Puts the files of one book into another.
  private func copyFiles(of book: ReferenceBook, to other: ReferenceBook) throws -> World {
    let (from, to) = (book.machine.start(), other.machine.start())
    for name in book.names(from) {
      let path = FilePath.join(ReferenceBook.folder, name)
      let bytes = try from.files.bytes(of: path, atMost: 1 << 20)
      try to.files.replaceFile(path, with: bytes.span)
    }
    return to
  }

  @Test func `does not take files of another log`() throws {
    var book = ReferenceBook(seed: 5)
    try book.seal(3)
    _ = try book.open(book.machine.start())
    var other = ReferenceBook(seed: 6)
    try other.seal(3)
    let world = try copyFiles(of: book, to: other)
    var index = try other.open(world)
    #expect(index.events.rebuilt.count >= 3)
    #expect(try other.faults(&index) == 0)
  }

  @Test func `does not take files of a copy of the log that went another way`() throws {
    // The same seed is the same log, until it is written to otherwise.
    var book = ReferenceBook(seed: 5)
    try book.seal(2)
    var other = ReferenceBook(seed: 5)
    try other.seal(2)
    other.numbers = SeededNumbers(seed: 99)
    try book.seal(1)
    try other.seal(1)
    _ = try book.open(book.machine.start())
    let world = try copyFiles(of: book, to: other)
    var index = try other.open(world)
    #expect(index.events.rebuilt.count > 0)
    #expect(try other.faults(&index) == 0)
    #expect(book.names(book.machine.start()).count == 3)
  }

  @Test func `goes on in memory where no file can be written, and says so`() throws {
    var book = ReferenceBook(seed: 7)
    try book.seal(5)
    book.machine.capacity = book.machine.usedBytes + 100
    let world = book.machine.start()
    var index = try book.open(world)
    #expect(index.events.unwritten.count == 5)
    #expect(index.extent.files == 0)
    #expect(try book.faults(&index) == 0)
    #expect(book.names(world).isEmpty)
    // With room again the next opening writes them.
    book.machine.capacity = nil
    index = try book.open(world)
    #expect(index.events.unwritten.isEmpty)
    #expect(index.extent.files == 5)
    #expect(try book.faults(&index) == 0)
  }
}

@Suite struct `A damaged file of references` {
  private func prepared(
    seed: UInt64, sealed: Int
  ) throws -> (book: ReferenceBook, world: World, path: String, bytes: [UInt8]) {
    var book = ReferenceBook(seed: seed)
    try book.seal(sealed, bytes: 6 << 10)
    let world = book.machine.start()
    var index = try book.open(world)
    index.settle()
    let path = FilePath.join(ReferenceBook.folder, book.names(world)[0])
    return (book, world, path, try world.files.bytes(of: path, atMost: 1 << 20))
  }

  /// Opens the index over damaged bytes: it must find everything, nothing else, and say so.
  private func check(
    _ book: ReferenceBook, _ world: World, _ path: String, _ bytes: [UInt8], _ what: String
  ) throws {
    if world.files.exists(path) { try world.files.remove(path) }
    let file = try world.files.open(path, .create)
    try file.write(bytes.span, at: 0)
    file.close()
    var index = try book.open(world)
    let faults = try book.faults(&index)
    if faults > 0 || index.events.rebuilt.isEmpty {
      Issue.record("\(what): \(faults) faults, \(index.events.rebuilt.count) made again")
    }
  }

  @Test(arguments: [1, 4]) func `neither hides nor invents, each byte turned over`(
    _ sealed: Int
  ) throws {
    let (book, world, path, bytes) = try prepared(seed: 3, sealed: sealed)
    let step = Effort.step(sealed == 1 ? 1 : 59, few: 7)
    for index in stride(from: 0, to: bytes.count, by: step) {
      var changed = bytes
      changed[index] ^= 1 << UInt8(index % 8)
      try check(book, world, path, changed, "byte \(index)")
    }
  }

  @Test func `neither hides nor invents, cut short`() throws {
    let (book, world, path, bytes) = try prepared(seed: 4, sealed: 1)
    for count in stride(from: 0, to: bytes.count, by: 3) {
      try check(book, world, path, Array(bytes.prefix(count)), "\(count) bytes")
    }
    try check(book, world, path, bytes + [0], "a byte more")
  }

  @Test func `is found out while several become one`() throws {
    var book = ReferenceBook(seed: 9)
    try book.seal(4)
    let world = book.machine.start()
    _ = try book.open(world)
    let path = FilePath.join(ReferenceBook.folder, book.names(world)[2])
    let file = try world.files.open(path, .readWrite)
    try file.write([1, 2, 3].span, at: try file.size() - 20)
    var index = try book.open(world)
    index.settle()
    #expect(index.events.rebuilt.count == 1)
    #expect(index.extent.files == 1)
    #expect(try book.faults(&index) == 0)
  }

  @Test func `is made again from a log whose reading fails now and then, or is no answer`() throws {
    var book = ReferenceBook(seed: 12)
    try book.seal(6)
    let reading = book.machine.start()
    _ = try book.open(reading)
    var failures = 0
    for round in 0..<60 {
      let world = book.machine.start()
      book.machine.faults.failedReadOneIn = 20 + round * 20
      do {
        var index = try book.open(world)
        for reference in book.references {
          let found = try index.candidates(clinic: reference.clinic, reference.text)
          #expect(found == [reference.position])
        }
      } catch is LogError {
        failures += 1
      }
      book.machine.faults.failedReadOneIn = 0
      book.machine.end(world)
    }
    #expect(failures > 5 && failures < 60)
  }
}

@Suite struct `A stop while files of references are written` {
  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func `leaves nothing that is believed and wrong`(_ seed: UInt64) throws {
    var book = ReferenceBook(seed: seed)
    // Files of some segments stand, and others are still to be written and merged.
    try book.seal(3 + Int(seed % 3))
    let first = book.machine.start()
    _ = try book.open(first)
    book.machine.end(first)
    try book.seal(2 + Int(seed % 5))
    var changes = 0
    var isDone = false
    while !isDone {
      let world = book.machine.start()
      book.machine.stop(world, after: changes)
      do {
        var index = try book.open(world)
        index.settle()
      } catch is LogError {}
      isDone = book.machine.isAlive(world)
      book.machine.kill(world)
      if seed % 2 == 0 { book.machine.losePower() }
      let next = book.machine.start()
      var index = try book.open(next)
      #expect(try book.faults(&index) == 0, "seed \(seed), stopped after \(changes) changes")
      #expect(!book.names(next).contains { $0.hasSuffix(".new") })
      book.machine.end(next)
      changes += 1
    }
    #expect(changes > 4)
  }
}
