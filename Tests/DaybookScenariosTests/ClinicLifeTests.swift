import DaybookClinicEvents
import DaybookDesk
import DaybookEngine
import DaybookEvents
import DaybookLog
import DaybookScenarios
import DaybookTesting
import DaybookValues
import DaybookWorld
import Testing

@Suite struct `A clinic's life` {
  private func live(until events: Int, seed: UInt64) throws -> [RecordHeader] {
    let machine = SimulatedMachine(seed: 1)
    let world = machine.start()
    let engine = try Engine(
      "/book", catalogue: .desk, world: world,
      options: LogOptions(preallocateBytes: 65_536, creation: .mustBeNew))
    var life = ClinicLife(engine, seed: seed)
    try life.live(until: events)
    engine.close()
    var headers: [RecordHeader] = []
    var log = try LogReader("/book", in: world)
    try log.scan(from: Position(1)) { headers.append($0.header) }
    return headers
  }

  @Test func `is as long as it is asked to be, and the same from the same seed`() throws {
    let headers = try live(until: 4_000, seed: 5)
    #expect(headers.count >= 4_000 && headers.count < 4_400)
    #expect(try live(until: 4_000, seed: 5) == headers)
    #expect(try live(until: 4_000, seed: 6) != headers)
  }
}

extension Catalogue {
  /// What the Desk needs, and nobody who reads.
  static var desk: Catalogue {
    var catalogue = Catalogue()
    for family in ClinicEvents.families { catalogue.add(family) }
    catalogue.add(state: DeskState.self)
    return catalogue
  }
}
