import DaybookEngine
import DaybookEvents
import DaybookLog
import DaybookTesting
import DaybookValues
import DaybookWorld
import Testing

@Suite struct `An engine that its caller drives` {
  private let machine = SimulatedMachine(seed: 1)

  private func engine(in world: World) throws -> Engine {
    try Engine(
      "/book", catalogue: .jars, world: world,
      options: LogOptions(preallocateBytes: 8 << 10, creation: .ifMissing), driver: .caller)
  }

  @Test func `writes nothing before it steps`() throws {
    let engine = try engine(in: machine.start())
    _ = try engine.submit(fill([3]), envelope())
    _ = try engine.submit(fill([4]), envelope())
    #expect(engine.log.watermark == .start)
    engine.log.step()
    #expect(engine.log.watermark == Position(2))
    engine.log.step()
    #expect(engine.log.watermark == Position(2))
  }

  @Test func `steps where its caller blocks, and when it is closed`() throws {
    let engine = try engine(in: machine.start())
    try engine.log.waitBlocking(for: engine.submit(fill([3]), envelope()).restsOn)
    _ = try engine.submit(fill([4]), envelope())
    engine.close()
    #expect(throws: LogError.self) { try engine.submit(fill([5]), envelope()) }
    #expect(throws: LogError.self) { try engine.log.waitBlocking(for: Position(3)) }
    let again = try self.engine(in: machine.start())
    #expect(again.lastPosition == Position(2))
  }

  @Test func `tells everyone of a failure, and releases the book`() throws {
    let engine = try engine(in: machine.start())
    machine.faults.failedSyncOneIn = 1
    let submission = try engine.submit(fill([3]), envelope())
    #expect(throws: LogError.self) { try engine.log.waitBlocking(for: submission.restsOn) }
    #expect(throws: LogError.self) { try engine.submit(fill([4]), envelope()) }
    machine.faults.failedSyncOneIn = 0
    #expect(try self.engine(in: machine.start()).log.watermark <= Position(1))
  }
}
