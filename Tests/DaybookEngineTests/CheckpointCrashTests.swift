import DaybookEngine
import DaybookEvents
import DaybookLog
import DaybookTesting
import DaybookValues
import DaybookWorld
import Testing

@Suite struct `A checkpoint that is interrupted` {
  /// A book with a checkpoint, and enough behind it that the next one writes everything anew or not.
  private func book(_ seed: UInt64) throws -> CheckpointBook {
    let book = try CheckpointBook(seed: seed)
    try book.live(8)
    try book.checkpoint()
    try book.live(seed % 2 == 0 ? 1 : 6)
    return book
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>, [false, true])
  func `at any step leaves the one before or the new one, and nothing to complain of`(
    _ seed: UInt64, losesPower: Bool
  ) throws {
    var steps = 0
    var isDone = false
    while !isDone {
      let book = try book(seed)
      let writer = book.machine.start()
      book.machine.stop(writer, after: steps)
      isDone = (try? book.checkpoint(in: writer)) != nil && book.machine.isAlive(writer)
      if losesPower { book.machine.losePower() } else { book.machine.kill(writer) }
      let answer = try book.answer()
      let truth = try book.truth()
      #expect(answer.state == truth, "seed \(seed), stopped after \(steps)")
      #expect(answer.notices == [], "seed \(seed), stopped after \(steps)")
      // The next one comes to its end, and leaves nothing of the one that was interrupted.
      if losesPower { book.engine = try book.open() }
      try book.live(1)
      try book.checkpoint()
      let again = try book.answer()
      #expect(again.state == (try book.truth()))
      #expect(again.notices == [])
      #expect(try book.files().filter { $0.hasSuffix(".new") } == [])
      steps += 1
      #expect(steps < 100)
    }
    #expect(steps > 6)
  }

  @Test func `by a full disk says so, and the book goes on`() throws {
    let book = try book(1)
    let before = try book.answer()
    let used = book.machine.usedBytes
    var refused = 0
    for room in stride(from: 0, to: 4000, by: 37) {
      book.machine.capacity = used + room
      do {
        try book.checkpoint()
        break
      } catch let error as FileError {
        #expect(error.kind == .noSpace)
        refused += 1
      }
      #expect(book.machine.usedBytes == used, "with room for \(room)")
      #expect(try book.answer().state == before.state)
      #expect(try book.answer().notices == [])
    }
    #expect(refused > 5)
    book.machine.capacity = nil
    try book.live(3)
    #expect(try book.answer().state == (try book.truth()))
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func `by a failing disk leaves answers that are right`(_ seed: UInt64) throws {
    let book = try book(seed)
    book.machine.faults.failedWriteOneIn = 6
    book.machine.faults.failedSyncOneIn = 6
    _ = try? book.checkpoint()
    book.machine.faults = SimulatedFaults()
    #expect(try book.answer().state == (try book.truth()))
    book.machine.losePower()
    #expect(try book.answer().state == (try book.truth()))
  }

  @Test func `is told of among the notices`() throws {
    let book = try book(1)
    let world = book.machine.start()
    let checkpoints = Checkpoints(book.path, in: world)
    let host = try book.host(in: world, checkpoints)
    var log = try LogReader(book.path, in: world)
    book.machine.faults.failedWriteOneIn = 1
    for pending in try host.pendingCheckpoints(behind: 1, &log) {
      #expect(throws: FileError.self) { try pending.write() }
    }
    #expect(checkpoints.notices.map(\.kind) == [.notWritten])
    #expect(checkpoints.notices[0].description.contains("The book is complete without it"))
  }
}
