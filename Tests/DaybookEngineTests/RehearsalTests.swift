import DaybookEngine
import DaybookEvents
import DaybookLog
import DaybookTesting
import DaybookValues
import DaybookWorld
import Testing

@Suite struct `Commands that are rehearsed, or one action together` {
  private func open(_ seed: UInt64) throws -> Engine {
    let options = LogOptions(preallocateBytes: 8 << 10, creation: .ifMissing)
    return try Engine(
      "/book", catalogue: .jars, world: SimulatedMachine(seed: seed).start(), options: options,
      driver: .caller)
  }

  private func steps(_ beans: [Few<UInt64>], _ reference: String? = nil) -> [ActionStep] {
    beans.map { ActionStep(fill($0), envelope(reference)) }
  }

  private func submit(_ steps: [ActionStep], to engine: Engine) throws -> Submission {
    switch try engine.offer(together: steps) {
    case .decided(let submission): return submission
    case .mustWait(let bytes):
      try engine.log.waitForRoomBlocking(bytes)
      return try submit(steps, to: engine)
    }
  }

  @Test func `a rehearsal says what would be appended, and appends nothing`() throws {
    let engine = try open(1)
    defer { engine.close() }
    guard case .events(let action, _) = try engine.rehearse(steps([[3, 4], [5]])) else {
      Issue.record("not rehearsed")
      return
    }
    #expect(action.headers.map(\.position.number) == [1, 2, 3])
    #expect(action.headers.map(\.stream.number) == [1, 2, 3])
    #expect(action.headers.allSatisfy { $0.actionCount == 3 })
    #expect(engine.lastPosition == .start && engine.state(of: Shelf.self).beans.isEmpty)
    guard case .refused(let refusal) = try engine.rehearse(steps([[1_001]])) else {
      Issue.record("not refused")
      return
    }
    #expect(refusal.violations.map(\.field) == ["beans"])
  }

  @Test func `each step is decided on what those before it have done`() throws {
    let engine = try open(2)
    defer { engine.close() }
    let receipt = try submit(steps([[600], [400]]), to: engine).result.get()
    #expect(receipt.begun(jar) == [1, 2])
    #expect(engine.state(of: Shelf.self).total == 1_000)
    engine.log.step()
  }

  @Test func `one refusal refuses all, names its step, and leaves nothing behind`() throws {
    let engine = try open(3)
    defer { engine.close() }
    let submission = try submit(steps([[600], [401]]), to: engine)
    guard case .failure(let refusal) = submission.result else {
      Issue.record("not refused")
      return
    }
    #expect(refusal.violations.map(\.field) == ["2.beans"])
    #expect(engine.lastPosition == .start && engine.state(of: Shelf.self).total == 0)
    // What was tried at a position does not show in what happens there.
    let receipt = try engine.submit(fill([7]), envelope()).result.get()
    #expect(receipt.events.map(\.position.number) == [1])
    #expect(engine.state(of: Shelf.self).beans == [1: 7])
  }

  @Test func `a repeat under one reference is answered with the first, other content is not`()
    throws
  {
    let engine = try open(4)
    defer { engine.close() }
    let first = try submit(steps([[1], [2]], "both"), to: engine).result.get()
    let again = try submit(steps([[1], [2]], "both"), to: engine).result.get()
    #expect(again.isRepeat && again.events == first.events)
    guard case .failure(let refusal) = try submit(steps([[2], [1]], "both"), to: engine).result
    else {
      Issue.record("not refused")
      return
    }
    #expect(refusal.violations.map(\.code) == [.duplicateSource])
    #expect(try engine.receipt(named: "both", clinic: 0)?.events == first.events)
    #expect(try engine.receipt(named: "neither", clinic: 0) == nil)
  }

  @Test func `a stream that has moved on refuses who expects it elsewhere`() throws {
    let engine = try open(5)
    defer { engine.close() }
    _ = try engine.submit(fill([1]), envelope()).result.get()
    var expecting = envelope()
    expecting.expecting = StreamVersion(StreamID(jar, 1), version: 2)
    guard case .failure(let refusal) = try engine.submit(fill([1]), expecting).result else {
      Issue.record("not refused")
      return
    }
    #expect(refusal.violations.map(\.code) == [.versionConflict])
    expecting.expecting?.version = 1
    #expect(try engine.submit(fill([1]), expecting).result.get().events.count == 1)
  }
}
