import DaybookEngine
import DaybookEvents
import DaybookLog
import DaybookTesting
import DaybookValues
import DaybookWorld
import Testing

@Suite struct `A checkpoint` {
  @Test(arguments: 1...12 as ClosedRange<UInt64>)
  func `and the log behind it come to what a replay comes to, and live does`(
    _ seed: UInt64
  ) throws {
    let book = try CheckpointBook(seed: seed)
    var numbers = SeededNumbers(seed: seed &+ 99)
    let world = book.machine.start()
    let live = ProjectionHost(.pagedJars)
    var log: LogReader?
    for _ in 0..<8 {
      try book.live(Int(numbers.next() % 12))
      if log == nil {
        var reader = try LogReader(book.path, in: world)
        try live.load(Checkpoints(book.path, in: world), from: &reader)
        log = consume reader
      }
      guard var reader = log.take() else { return }
      try reader.refresh()
      try live.catchUp(&reader)
      // Now the live host writes it, now one that begins with the checkpoint before.
      if numbers.next() % 2 == 0 {
        for pending in try live.pendingCheckpoints(behind: 1, &reader) { _ = try pending.write() }
      } else {
        try book.checkpoint()
      }
      log = consume reader
      try book.live(Int(numbers.next() % 5))
      let truth = try book.truth()
      let answer = try book.answer()
      #expect(answer.state == truth, "seed \(seed)")
      #expect(answer.notices == [], "seed \(seed)")
    }
    guard var reader = log.take() else { return }
    try reader.refresh()
    try live.catchUp(&reader)
    #expect(live.snapshot(of: BeanLedger.self).model.state == (try book.truth()))
  }

  @Test func `at any position serves every later one, and none before`() throws {
    let book = try CheckpointBook(seed: 5)
    try book.live(30)
    let last = try #require(book.engine).lastPosition
    try book.checkpoint(through: Position(20))
    for number in 1...last.number {
      var archive = try Archive(book.path, catalogue: .pagedJars, world: book.machine.start())
      let snapshot = try archive.snapshot(of: BeanLedger.self, at: Position(number))
      #expect(snapshot.asOf == Position(number))
      #expect(snapshot.model.state == (try book.truth(at: Position(number))))
    }
  }

  @Test func `writes each page once, and nothing when nothing happened`() throws {
    let book = try CheckpointBook(seed: 6)
    try book.live(20)
    let first = try #require(book.checkpoint().first)
    #expect(first.pagesKept == 0 && first.pagesWritten > 5)
    #expect(try book.checkpoint() == [])
    try book.live(1)
    let second = try #require(book.checkpoint().first)
    #expect(second.pagesWritten <= 4 && second.pagesKept > 5)
    #expect(try book.packs().count == 2)
  }

  @Test func `writes everything anew when less than half of its files is used`() throws {
    let book = try CheckpointBook(seed: 7)
    var most = 0
    for _ in 0..<60 {
      try book.live(1)
      try book.checkpoint()
      most = max(most, try book.packs().count)
      #expect(try book.answer().state == (try book.truth()))
    }
    #expect(most > 3)
    let used = try book.packs().reduce(0) { $0 + (try book.bytes($1)).count }
    try book.machine.start().files.createDirectory("/elsewhere")
    let host = try book.host(
      in: book.machine.start(), Checkpoints("/elsewhere", in: book.machine.start()))
    var log = try LogReader(book.path, in: book.machine.start())
    let whole = try host.pendingCheckpoints(&log).map { try $0.write() }
    #expect(used < 3 * (whole.first?.bytes ?? 0))
  }

  @Test func `is never spread over many files`() throws {
    let book = try CheckpointBook(seed: 14)
    var most = 0
    for _ in 0..<120 {
      try book.live(3)
      try book.checkpoint()
      most = max(most, try book.packs().count)
    }
    #expect((20...32).contains(most), "\(most)")
    let answer = try book.answer()
    #expect(answer.state == (try book.truth()))
    #expect(answer.notices == [])
  }

  @Test func `keeps an older snapshot readable when its files are gone`() throws {
    let book = try CheckpointBook(seed: 8)
    try book.live(20)
    try book.checkpoint()
    var archive = try Archive(book.path, catalogue: .pagedJars, world: book.machine.start())
    let snapshot = try archive.snapshot(of: BeanLedger.self)
    let truth = try book.truth()
    try book.live(1)
    try book.machine.start().files.removeAll(book.folder)
    try book.checkpoint()
    #expect(snapshot.model.state == truth)
    #expect(archive.checkpoints.notices == [])
  }

  @Test func `is of synced events only`() throws {
    let book = try CheckpointBook(seed: 9)
    try book.live(5)
    let synced = try #require(book.engine).lastPosition
    _ = try book.engine?.submit(fill([3]), envelope())
    #expect(try book.checkpoint().first?.position == synced)
  }

  @Test func `is not kept of a model that does not describe itself, which is replayed`() throws {
    let book = try CheckpointBook(seed: 10)
    try book.live(5)
    try book.checkpoint()
    #expect(try book.files().filter { !$0.hasPrefix("bean-ledger") } == [])
    try book.live(2)
    var archive = try Archive(book.path, catalogue: .pagedJars, world: book.machine.start())
    let host = try archive.host()
    #expect(host.snapshot(of: BeanCount.self).model.seen.count == Int(host.position.number))
    #expect(
      host.digests.map(\.digest) == (try archive.host(fromCheckpoints: false)).digests.map(\.digest)
    )
  }

  @Test func `is left alone by readers`() throws {
    let book = try CheckpointBook(seed: 11)
    try book.live(12)
    try book.checkpoint()
    try book.live(3)
    let before = try book.files().map { try book.bytes(FilePath.join(book.folder, $0)) }
    _ = try book.answer()
    #expect(try book.files().map { try book.bytes(FilePath.join(book.folder, $0)) } == before)
  }

  @Test func `can be deleted at any time`() throws {
    let book = try CheckpointBook(seed: 12)
    try book.live(12)
    try book.checkpoint()
    try book.machine.start().files.removeAll(book.folder)
    #expect(try book.answer().state == (try book.truth()))
    #expect(try book.answer().notices == [])
    #expect(try book.checkpoint().count == 1)
  }

  @Test func `tells of itself`() throws {
    let book = try CheckpointBook(seed: 13)
    try book.live(4)
    let written = try #require(book.checkpoint().first)
    let world = book.machine.start()
    let list = Checkpoints(book.path, in: world).list(
      of: try LogReader.identity(of: book.path, in: world))
    #expect(list.map(\.model) == ["bean-ledger"])
    #expect(list.map(\.position) == [written.position])
  }
}
