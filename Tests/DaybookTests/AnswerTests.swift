import Daybook
import DaybookTesting
import Testing

/// Whether a task has ended, as far as one that does not wait can tell.
private final class Told: Sendable {
  private let names = Locked<[String]>([])

  var all: [String] { names.withLock { $0 }.sorted() }

  func note(_ name: String) { names.withLock { $0.append(name) } }
}

/// Appends a clinic's name change to a version of its own choice, or nothing at all.
private struct Odd: Command {
  typealias State = DeskState
  var version: UInt64 = 0
  var text = ""

  mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "version", &version)
    try fields.visit(2, "text", &text)
  }

  func decide(
    given state: DeskState, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    if version == 0 { return }
    try decision.append(PatientRegistered(), to: 1, expecting: .exactly(version))
  }
}

@Suite struct `What leaves the back office` {
  /// A book whose next sync is held up, behind one action that is on its way to the disk.
  private func held() async throws -> (book: OpenBook, disk: FaultyDisk) {
    let disk = FaultyDisk()
    var world = World.live
    world.files = disk
    let book = try await OpenBook(world)
    _ = try await book.register("First", reference: "first")
    disk.hold()
    let office = book.office
    _ = try await office.submit(patient("Second"), importing("second"))
    disk.waitUntilHeld()
    return (book, disk)
  }

  /// Everything that a command can come to.
  private func commands(
    _ office: BackOffice
  ) -> [(String, @Sendable () async throws -> Void)] {
    var cashier = Envelope()
    cashier.role = .cashier
    var long = importing(String(repeating: "x", count: 201))
    long.clinic = 1
    return [
      ("done", { _ = try await office.perform(patient("Third"), importing()) }),
      ("repeat", { _ = try await office.perform(patient("Second"), importing("second")) }),
      ("other content", { _ = try await office.perform(patient("Other"), importing("second")) }),
      ("not allowed", { [cashier] in _ = try await office.perform(patient("No"), cashier) }),
      ("reference too long", { [long] in _ = try await office.perform(patient("No"), long) }),
      ("stream moved", { _ = try await office.perform(Odd(version: 9), importing()) }),
      (
        "not writable",
        {
          let odd = Odd(text: String(repeating: "x", count: 5_000))
          _ = try await office.perform(odd, importing("odd"))
        }
      ),
      ("nothing to do", { _ = try await office.perform(Odd(), importing()) }),
    ]
  }

  @Test func `waits until the disk has what it rests on, answer, repeat or refusal`() async throws {
    let (book, disk) = try await held()
    let told = Told()
    let all = commands(book.office)
    let tasks = all.map { name, body in
      Task {
        var outcome = "answered"
        do { try await body() } catch is Refusal { outcome = "refused" }
        told.note("\(name): \(outcome)")
      }
    }
    // What rests on synced events alone does not wait for others.
    #expect(try await book.register("First", reference: "first").isRepeat)
    for _ in 0..<20 {
      await Task.yield()
      try await Task.sleep(for: .milliseconds(2))
    }
    #expect(told.all == [])
    #expect(await book.office.lastPosition == Position(4))
    disk.release()
    for task in tasks { try await task.value }
    #expect(
      told.all == [
        "done: answered", "not allowed: refused", "not writable: refused",
        "nothing to do: answered", "other content: refused", "reference too long: refused",
        "repeat: answered", "stream moved: refused",
      ])
    await book.office.close()
  }

  @Test func `is the disk's error, to each of them, when the sync fails`() async throws {
    let (book, disk) = try await held()
    let all = commands(book.office)
    let tasks = all.map { _, body in
      Task { () -> LogError.Kind? in
        do { try await body() } catch let error as LogError { return error.kind }
        return nil
      }
    }
    while await book.office.lastPosition < Position(4) { await Task.yield() }
    disk.fail("sync")
    disk.release()
    for task in tasks { #expect(try await task.value == .file) }
    disk.heal()
    await #expect(throws: LogError.self) { try await book.register("Late") }
    await book.office.close()
    let again = try BackOffice.open(book.path)
    // The first is there, and what was never acknowledged may be.
    #expect(await again.lastPosition >= Position(2))
    await again.close()
  }
}

@Suite struct `Callers that are too many for the disk` {
  @Test func `wait before anything is decided, in their order, and all are served`() async throws {
    let disk = FaultyDisk()
    var world = World.live
    world.files = disk
    let book = try await OpenBook(world, LogOptions(queueBytesMax: 8_000, creation: .ifMissing))
    let office = book.office
    disk.hold()
    _ = try await office.submit(patient("P0"), importing())
    disk.waitUntilHeld()
    let count: UInt64 = 300
    var tasks: [Task<UInt64?, any Error>] = []
    for index in 1...count {
      tasks.append(
        Task { try await office.perform(patient("P\(index)"), importing()).first(.patient) })
      // So that they come in this order.
      if index % 10 == 0 { for _ in 0..<50 { await Task.yield() } }
    }
    try await Task.sleep(for: .milliseconds(50))
    let decided = await office.lastPosition.number
    #expect(decided > 2 && decided < count / 2)
    disk.release()
    var numbers: [UInt64] = []
    for task in tasks { numbers.append(try #require(try await task.value)) }
    #expect(numbers.sorted() == Array(2...count + 1))
    // Tasks start in no strict order; nobody is overtaken by a crowd.
    for (index, number) in numbers.enumerated() {
      #expect(abs(Int(number) - index - 2) < 60)
    }
    await office.close()
  }

  @Test func `are told of a full disk, and go on when there is room`() async throws {
    let disk = FaultyDisk()
    var world = World.live
    world.files = disk
    let options = LogOptions(preallocateBytes: 16_384, creation: .ifMissing)
    let book = try await OpenBook(world, options)
    disk.fail("allocate", .noSpace)
    let outcomes = await withTaskGroup(of: LogError.Kind?.self) { group in
      for index in 0..<400 {
        group.addTask {
          do {
            _ = try await book.register("N\(index)", reference: "n-\(index)")
            return nil
          } catch { return (error as? LogError)?.kind ?? .noSuchRecord }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    let done = outcomes.count { $0 == nil }
    #expect(done > 10 && done < 400)
    #expect(outcomes.allSatisfy { $0 == nil || $0 == .diskFull })
    #expect(await book.office.lastPosition.number == UInt64(done + 1))
    // Books are read, checks pass, and the same office goes on.
    let staff = try await book.office.snapshot(of: HumanResourcesModel.self)
    #expect(staff.asOf.number == UInt64(done + 1))
    #expect(try LogVerifier.verify(book.path, in: .live) { _ in })
    disk.heal()
    var repeats = 0
    for index in 0..<400 {
      if try await book.register("N\(index)", reference: "n-\(index)").isRepeat { repeats += 1 }
    }
    #expect(repeats == done)
    #expect(await book.office.lastPosition == Position(401))
    await book.office.close()
    #expect(try LogVerifier.verify(book.path, in: .live) { _ in })
  }
}
