import DaybookEvents
import DaybookLog
import DaybookTesting
import DaybookValues
import DaybookWorld
import Testing

@Suite struct `A backup` {
  @Test func `restores to the same book, which opens for writing`() throws {
    var place = try BackedUp(seed: 1, frames: 60)
    let outcome = try place.backUp()
    #expect(outcome.position == Position(UInt64(place.written.count)))
    #expect(outcome.fileCount > 3)
    #expect(outcome.keptCount == 0)
    #expect(outcome.previous == nil)
    let count = try place.check(restoringTo: BackedUp.restored)
    #expect(count == place.written.count)
    // The copy is a book like any other.
    try place.write(20, to: BackedUp.restored)
    #expect(try readAll(place.machine.start(), BackedUp.restored) == place.written)
    #expect(try failedChecks(place.machine.start(), BackedUp.restored).isEmpty)
  }

  @Test func `of a book without events restores to one`() throws {
    var place = try BackedUp(seed: 2, frames: 0)
    #expect(try place.backUp().position == .start)
    #expect(try place.check(restoringTo: BackedUp.restored) == 0)
    try place.write(3, to: BackedUp.restored)
    #expect(try readAll(place.machine.start(), BackedUp.restored) == place.written)
  }

  @Test func `taken again copies what is new and keeps the rest`() throws {
    var place = try BackedUp(seed: 3, frames: 80)
    let first = try place.backUp()
    let again = try place.backUp()
    #expect(again.keptCount == again.fileCount)
    #expect(again.copiedBytes == 0)
    #expect(again.previous == first.position)
    for round in 0..<6 {
      try place.write(7 * round)
      let next = try place.backUp()
      // The sealed ones are kept; what was begun is taken anew as far as it goes.
      #expect(next.keptCount >= first.fileCount - 1)
      #expect(next.copiedBytes < next.bytes)
      let count = try place.check(restoringTo: "\(BackedUp.restored)\(round)")
      #expect(count == place.written.count)
    }
  }

  @Test func `beside a writer ends at the watermark`() throws {
    var place = try BackedUp(seed: 4)
    let world = place.machine.start()
    var writer = try LogWriter.open(
      BackedUp.book, in: world, options: .small(segmentBytes: 6 << 10))
    for round in 0..<12 {
      let action = place.maker.action(records: 3)
      place.written += kept(action)
      writer.submit(action)
      // Queued is not written; what was acknowledged is there.
      #expect(try place.backUp().position == writer.watermark)
      try writer.step()
      #expect(try place.backUp().position == writer.watermark)
      try place.check(restoringTo: "\(BackedUp.restored)\(round)")
    }
    writer.close()
  }

  @Test func `reads like a book`() throws {
    let place = try BackedUp(seed: 5, frames: 40)
    try place.backUp()
    #expect(try readAll(place.machine.start(), BackedUp.backup) == place.written)
  }

  @Test func `is refused in a directory that is something else`() throws {
    let place = try BackedUp(seed: 6)
    let world = place.machine.start()
    try world.files.createDirectory("/other")
    try world.files.replaceFile("/other/letter", with: [1, 2, 3].span)
    try world.files.replaceFile("/file", with: [1, 2, 3].span)
    for path in ["/other", BackedUp.book, "/file"] {
      let before = try place.files(path)
      let error = #expect(throws: BackupError.self) { try place.backUp(to: path) }
      #expect(error?.kind == .occupied)
      #expect(try place.files(path) == before)
    }
    let none = #expect(throws: LogError.self) { try place.backUp("/nothing", to: "/x") }
    #expect(none?.kind == .noLog)
    #expect(!world.files.exists("/x"))
    let lost = #expect(throws: BackupError.self) { try place.restore("/other") }
    #expect(lost?.kind == .noBackup)
    try place.backUp()
    let taken = #expect(throws: BackupError.self) { try place.restore(to: BackedUp.book) }
    #expect(taken?.kind == .alreadyExists)
  }

  @Test func `of another log, a shorter or a diverged copy is refused, and stays as it was`() throws
  {
    var place = try BackedUp(seed: 7, frames: 40)
    try place.backUp()
    try place.restore()
    let old = place.written.count
    try place.write(10)
    let original = place
    try place.backUp()
    var checks = 0
    func refused(_ book: String) throws -> String {
      let error = #expect(throws: BackupError.self) { try place.backUp(book) }
      #expect(error?.kind == .otherLog)
      checks += 1
      #expect(try original.check(restoringTo: "/check-\(checks)") == original.written.count)
      return error?.detail ?? ""
    }
    // The copy lacks what was written since.
    #expect(try refused(BackedUp.restored).contains("ends at \(old)"))
    // It was written to apart, less far or further.
    var apart = original
    apart.written.removeLast(original.written.count - old)
    apart.maker = ActionMaker(seed: 99)
    apart.maker.position = UInt64(old)
    apart.maker.recorded = original.maker.recorded
    for frames in [2, 60] {
      try apart.write(frames, to: BackedUp.restored)
      #expect(try refused(BackedUp.restored).contains("they part at position \(old + 1), recorded"))
    }
    var other = BackedUp.Other(place)
    try other.write()
    #expect(try refused("/another").contains("it is of log"))
  }

  @Test func `of a book with a damaged segment is refused, and stays as it was`() throws {
    var place = try BackedUp(seed: 8, frames: 40)
    try place.backUp()
    let before = try place.files(BackedUp.backup)
    let count = place.written.count
    try place.write(60)
    let world = place.machine.start()
    let names = try world.files.list("/book/log").compactMap { SegmentName(parsing: $0) }
    // A sealed one that is not in the backup yet.
    let name = try #require(names.dropLast().last)
    #expect(name.firstPosition.number > UInt64(count))
    let path = "/book/log/\(name)"
    var bytes = try world.files.bytes(of: path, atMost: 1 << 20)
    bytes[4200] ^= 4
    try world.files.replaceFile(path, with: bytes.span)
    let error = #expect(throws: LogError.self) { try place.backUp() }
    #expect(error?.kind == .damaged)
    #expect(error?.segment == "\(name)")
    #expect(try place.files(BackedUp.backup) == before)
    #expect(try place.check(restoringTo: BackedUp.restored) == count)
  }
}

extension BackedUp {
  /// A book of its own on the same machine.
  struct Other {
    private var place: BackedUp

    init(_ place: BackedUp) {
      self.place = place
      self.place.maker = ActionMaker(seed: 1234)
    }

    mutating func write() throws { try place.write(5, to: "/another") }
  }
}

@Suite struct `A comparison of logs` {
  @Test func `tells same, behind and parted, with the position and the times`() throws {
    var place = try BackedUp(seed: 11, frames: 50)
    try place.backUp()
    try place.restore()
    let world = place.machine.start()
    func compare(_ first: String, _ second: String) throws -> LogComparison {
      try LogComparison.compare(first, second, in: world)
    }
    let old = Position(UInt64(place.written.count))
    for path in [BackedUp.restored, BackedUp.backup, BackedUp.book] {
      let same = try compare(BackedUp.book, path)
      #expect(same.relation == .same)
      #expect(same.common == old)
      #expect(same.behindCount == 0)
    }
    let before = place
    try place.write(40)
    let new = Position(UInt64(place.written.count))
    let ahead = try compare(BackedUp.book, BackedUp.restored)
    #expect(ahead.relation == .secondBehind)
    #expect(ahead.behindCount == new.number - old.number)
    #expect(ahead.first.ownSince == place.written[Int(old.number)].header.recorded)
    let behind = try compare(BackedUp.restored, BackedUp.book)
    #expect(behind.relation == .firstBehind)
    #expect(behind.behindCount == ahead.behindCount)
    // The copy is written to as well.
    var apart = before
    apart.maker.recorded += 77
    try apart.write(3, to: BackedUp.restored)
    let parted = try compare(BackedUp.book, BackedUp.restored)
    #expect(parted.relation == .parted)
    #expect(parted.common == old)
    #expect(parted.first.logID == parted.second.logID)
    #expect(parted.second.ownSince == apart.written[Int(old.number)].header.recorded)
    #expect(parted.first.position == new)
  }

  @Test(arguments: 0..<12) func `finds the first record that differs`(_ seed: UInt64) throws {
    var place = try BackedUp(seed: seed, frames: 0)
    try place.write(Int(seed) * 3)
    // A log of its own with the same records, however framed, as far as they go.
    let world = place.machine.start()
    var maker = ActionMaker(seed: seed)
    let shared = try write(frames: Int(seed) * 3, to: world, maker: &maker, "/copy")
    #expect(shared == place.written)
    let same = try LogComparison.compare(BackedUp.book, "/copy", in: world)
    #expect(same.relation == .same)
    #expect(same.first.logID != same.second.logID)
    maker.recorded += 5
    _ = try write(frames: 4, to: world, maker: &maker, "/copy")
    try place.write(4)
    let parted = try LogComparison.compare(BackedUp.book, "/copy", in: world)
    #expect(parted.relation == .parted)
    #expect(parted.common.number == UInt64(shared.count))
  }
}
