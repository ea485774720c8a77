import Daybook
import Testing

@Suite struct `Callers at once` {
  @Test func `are told the truth, each of its own command, while the book is closed`() async throws
  {
    let book = try await OpenBook()
    let told = try await withThrowingTaskGroup(of: [ActionReceipt].self) { group in
      for caller in 0..<64 {
        group.addTask {
          var receipts: [ActionReceipt] = []
          do {
            for number in 0..<1_000 {
              receipts.append(
                try await book.register("N\(caller)", reference: "\(caller)/\(number)"))
            }
          } catch let error as LogError {
            #expect(error.kind == .closed)
          }
          return receipts
        }
      }
      while await book.office.lastPosition < Position(500) { await Task.yield() }
      await book.office.close()
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(told.count > 0 && told.count < 64_000)
    var archive = try Archive(book.path, catalogue: .clinic, world: .live)
    let end = try archive.host().position
    #expect(told.allSatisfy { $0.events.count == 1 && $0.last <= end })
    #expect(Set(told.map(\.last)).count == told.count)
  }

  @Test func `leave a turn to whoever asks for a report`() async throws {
    let book = try await OpenBook()
    try await withThrowingTaskGroup(of: Void.self) { group in
      let isAnswered = Locked(false)
      for caller in 0..<32 {
        group.addTask {
          // They go on until the report is there.
          while !isAnswered.withLock({ $0 }) { _ = try await book.register("N\(caller)") }
        }
      }
      while await book.office.lastPosition < Position(200) { await Task.yield() }
      let staff = try await book.office.snapshot(of: HumanResourcesModel.self)
      #expect(staff.asOf > .start)
      isAnswered.withLock { $0 = true }
      try await group.waitForAll()
    }
    await book.office.close()
  }

  @Test func `are refused each for its own reason`() async throws {
    let book = try await OpenBook()
    let outcomes = await withTaskGroup(of: (Int, Bool).self) { group in
      for caller in 0..<100 {
        group.addTask {
          let name = caller % 3 == 0 ? "" : "N\(caller)"
          let isRefused = await (try? book.register(name)) == nil
          return (caller, isRefused)
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(outcomes.allSatisfy { $1 == ($0 % 3 == 0) })
    #expect(await book.office.lastPosition == Position(UInt64(1 + 66)))
    await book.office.close()
  }
}
