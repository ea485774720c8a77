import DaybookEngine
import DaybookEvents
import DaybookLog
import DaybookTesting
import DaybookValues
import DaybookWorld
import Testing

@Suite struct `A salvaged book` {
  @Test func `that lost events is read, and not written`() throws {
    let machine = SimulatedMachine(seed: 5)
    let world = machine.start()
    let options = LogOptions(segmentBytes: 8192, preallocateBytes: 4096, creation: .ifMissing)
    let engine = try Engine(
      "/book", catalogue: .jars, world: world, options: options, driver: .caller)
    for _ in 0..<200 {
      var command = FillJars()
      command.beans = [1]
      _ = try engine.submit(command, Envelope())
      engine.log.step()
    }
    engine.close()
    // In the first frames of the first segment, behind its header.
    let first = "/book/log/\(SegmentName(Position(1)))"
    let file = try world.files.open(first, .readWrite)
    try file.write([0xff, 0xff, 0xff].span, at: 4200)
    file.close()

    let outcome = try LogSalvage.run("/book", to: "/new", in: world)
    #expect(outcome.lostCount > 0)
    let error = #expect(throws: LogError.self) {
      try Engine("/new", catalogue: .jars, world: world, driver: .caller)
    }
    #expect(error?.kind == .salvaged(lost: Int(outcome.lostCount)))
    #expect(error?.description.contains("read and not written") == true)
    var log = try LogReader("/new", in: world)
    var count: UInt64 = 0
    try log.scan(from: Position(1)) { _ in count += 1 }
    #expect(count == outcome.lostCount + outcome.copied)
  }
}
