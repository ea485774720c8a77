import DaybookBytes
import DaybookEngine
import DaybookEvents
import DaybookLog
import DaybookTesting
import DaybookValues
import DaybookWorld
import Testing

@Suite struct `Numbers that are not Daybook's own` {
  private func catalogue(family: String = "bees", kind: String = "hive") -> Catalogue {
    var catalogue = Catalogue()
    catalogue.add(
      FamilyDescription(family, BeeTag.family, events: [EventDescription(BeeCounted.self)]))
    catalogue.add([StreamKindDescription(kind, hive)])
    catalogue.add(state: Hives.self)
    return catalogue
  }

  private func engine(_ machine: SimulatedMachine, _ catalogue: Catalogue) throws -> Engine {
    try Engine(
      "/book", catalogue: catalogue, world: machine.start(),
      options: LogOptions(preallocateBytes: 65_536, creation: .ifMissing), driver: .caller)
  }

  @Test func `get their names in the log before their first use, once`() throws {
    let machine = SimulatedMachine(seed: 1)
    for round in 0..<2 {
      let engine = try engine(machine, catalogue())
      for _ in 0..<2 { _ = try engine.submit(CountBees(), Envelope()).result.get() }
      #expect(engine.lastPosition.number == UInt64(4 + 2 * round))
      engine.close()
    }
    let world = machine.start()
    var log = try LogReader("/book", in: world)
    let names = try log.declaredNames()
    #expect(names.map(\.name) == ["bees", "hive"] && names.map(\.number) == [1000, 1001])
    #expect(names[0].schema.count == 32 && names[1].schema.isEmpty)
    var order: [Bool] = []
    try log.scan(from: Position(1)) { order.append(NameDeclared.isOne($0.header)) }
    #expect(order == [true, true, false, false, false, false])
    #expect(try LogVerifier.verify("/book", in: world) { _ in })
    #expect(try LogInfo("/book", in: world).names == names)
  }

  @Test func `are not declared by a command that is refused`() throws {
    let machine = SimulatedMachine(seed: 2)
    let engine = try engine(machine, catalogue())
    var command = CountBees()
    command.bees = 0
    #expect(throws: Refusal.self) {
      _ = try engine.submit(command, Envelope()).result.get()
    }
    #expect(engine.lastPosition == .start)
    engine.close()
  }

  @Test(arguments: [("wasps", "hive"), ("bees", "nest")])
  func `are refused under another name, by writer and reader`(_ family: String, _ kind: String)
    throws
  {
    let machine = SimulatedMachine(seed: 3)
    let first = try engine(machine, catalogue())
    _ = try first.submit(CountBees(), Envelope()).result.get()
    first.close()
    let other = catalogue(family: family, kind: kind)
    let refused = #expect(throws: NameConflict.self) { try engine(machine, other) }
    #expect("\(try #require(refused))".contains("give"))
    #expect(throws: NameConflict.self) {
      var archive = try Archive("/book", catalogue: other, world: machine.start())
      _ = try archive.host()
    }
  }
}

private enum BeeTag: UInt16, FamilyTag {
  case beeCounted = 1
  static var family: FamilyNumber { FamilyNumber(1000) }
}

private let hive = StreamKind(1001)

private struct BeeCounted: EventPayload {
  var bees: UInt64 = 0

  static var tag: BeeTag { .beeCounted }
  static var nature: Nature { .fact }
  static var streamKind: StreamKind { hive }

  mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "bees", &bees)
  }
}

private struct Hives: DecisionState {
  mutating func evolve(_ event: borrowing Event) throws(WireError) {}
}

private struct CountBees: Command {
  typealias State = Hives
  var bees: UInt64 = 7

  mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "bees", &bees)
  }

  func decide(
    given state: Hives, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    if bees == 0 { throw Refusal(ShelfRefusal.unlucky, field: "bees") }
    var event = BeeCounted()
    event.bees = bees
    try decision.append(event, to: decision.nextNumber(hive), expecting: .noStream)
  }
}
