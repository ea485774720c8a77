import DaybookEngine
import DaybookEvents
import DaybookLog
import DaybookTesting
import DaybookValues
import DaybookWorld
import Testing

@Suite struct `An action that a command must be shown` {
  private func alike(_ position: UInt64) -> FillAlike {
    var command = FillAlike()
    command.position = position
    return command
  }

  private func open(_ world: World, segmentBytes: UInt64 = 64 << 20) throws -> Engine {
    let options = LogOptions(
      segmentBytes: segmentBytes, preallocateBytes: 8 << 10, creation: .ifMissing)
    return try Engine(
      "/book", catalogue: .jars, world: world, options: options, driver: .caller)
  }

  @Test func `is there before it is in the file, at once and whole`() throws {
    let machine = SimulatedMachine(seed: 1)
    let engine = try open(machine.start())
    defer { engine.close() }
    _ = try engine.submit(fill([3, 4]), envelope()).result.get()
    let before = engine.log.watermark
    let again = try engine.submit(alike(2), envelope()).result.get()
    #expect(engine.log.watermark == before, "nothing was waited for")
    #expect(again.begun(jar) == [3, 4])
    #expect(engine.state(of: Shelf.self).beans == [1: 3, 2: 4, 3: 3, 4: 4])
  }

  @Test func `is read back from the open segment, from sealed ones, and after reopening`() throws {
    let machine = SimulatedMachine(seed: 2)
    var engine = try open(machine.start(), segmentBytes: 8 << 10)
    _ = try engine.submit(fill([1, 2, 0]), envelope()).result.get()
    for _ in 0..<1_500 {
      _ = try engine.submit(fill([0]), envelope()).result.get()
      engine.log.step()
    }
    #expect(engine.log.openSegment > Position(3), "the first segment is sealed")
    let sealed = try engine.submit(alike(3), envelope()).result.get()
    #expect(sealed.events.count == 3)
    engine.log.step()
    let open = try engine.submit(alike(sealed.last.number - 1), envelope()).result.get()
    #expect(open.events.count == 3)
    engine.close()
    engine = try self.open(machine.start(), segmentBytes: 8 << 10)
    defer { engine.close() }
    let later = try engine.submit(alike(open.last.number), envelope()).result.get()
    #expect(later.events.count == 3 && engine.state(of: Shelf.self).total == 12)
  }

  @Test func `that nobody wrote is passed over`() throws {
    let engine = try open(SimulatedMachine(seed: 3).start())
    defer { engine.close() }
    _ = try engine.submit(fill([3]), envelope()).result.get()
    for position: UInt64 in [0, 2, .max] {
      let result = try engine.submit(alike(position), envelope()).result
      #expect(throws: Refusal(ShelfRefusal.unlucky, field: "position")) { try result.get() }
    }
  }

  @Test func `is the same in a history without files`() throws {
    var history = DecidedHistory<Shelf>()
    _ = try history.perform(fill([3, 4]), DecisionContext())
    _ = try history.perform(fill([5]), DecisionContext())
    let made = try history.perform(alike(1), DecisionContext())
    #expect(made.map(\.stream.number) == [4, 5])
    #expect(made.allSatisfy { $0.cause == .position(Position(1)) })
    #expect(history.state.total == 19 && history.lastPosition == Position(5))
    #expect(history.actions.map(\.events.count) == [2, 1, 2])
  }
}
