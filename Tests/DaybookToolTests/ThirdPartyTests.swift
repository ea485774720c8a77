// One import is enough for events of one's own; a second one for the tool.
import Daybook
import DaybookTool
import Testing

@Suite struct `The tool of a third party` {
  private static let catalogue: Catalogue = {
    var catalogue = Catalogue.clinic
    catalogue.add(
      FamilyDescription(
        "animals", AnimalTag.family, events: [EventDescription(AnimalSeen.self)]))
    catalogue.add([
      StreamKindDescription(
        AnimalKind.name, AnimalKind.streamKind, prefix: AnimalKind.prefix)
    ])
    catalogue.add(state: AnimalState.self)
    catalogue.add(model: Animals.self)
    return catalogue
  }()

  private func run(_ arguments: String..., on book: String) async -> ToolRun {
    let output = CapturedOutput()
    let status = await DaybookTool.run(
      arguments + ["--book", book],
      in: ToolContext(catalogue: Self.catalogue, output: output, variable: { _ in nil }))
    return ToolRun(status: status, answer: output.answer, said: output.said)
  }

  @Test func `reads, shows, replays and verifies events that the clinic has not`() async throws {
    let folder = try TemporaryDirectory()
    let book = folder.file("book")
    let office = try BackOffice.open(
      book, catalogue: Self.catalogue, options: LogOptions(creation: .ifMissing))
    var command = SeeAnimal()
    command.name = "Rex"
    _ = try await office.perform(command, Envelope())
    let animals: Snapshot<Animals> = try await office.snapshot()
    #expect(animals.model.names == ["Rex"])
    await office.close()

    #expect(await run("log", "read", on: book).answer.contains("AnimalSeen animal/1 v1"))
    let rex = await run("show", "Z1", on: book)
    #expect(rex.answer.contains("{\"animal\":\"Z1\",\"name\":\"Rex\"}"))
    #expect(await run("replay", "--format", "csv", on: book).answer.contains("animals,3,Rex"))
    #expect(await run("verify", on: book).status == .done)

    // The clinic's own tool carries them along, says so, and still finds their stream.
    let bench = try Bench()
    let verified = await bench.run("verify", "--book", book)
    #expect(verified.status == .refused)
    // Two records say what its numbers are called; the third is its event.
    #expect(verified.answer.contains("3 events, 1 skipped"))
    let info = await bench.run("log", "info", "--book", book)
    #expect(info.answer.contains("animals/1") && info.answer.contains("NameDeclared"))
    #expect(await bench.run("log", "verify", "--book", book).status == .done)
    let shown = await bench.run("show", "kind-1000/1", "--book", book)
    #expect(shown.answer.contains("family-1000/1"))
  }
}

enum AnimalTag: UInt16, FamilyTag {
  case animalSeen = 1
  static var family: FamilyNumber { FamilyNumber(1000) }
}

enum AnimalKind: StreamedKind {
  static var prefix: String { "Z" }
  static var name: String { "animal" }
  static var number: UInt16 { 1000 }
}

struct AnimalSeen: EventPayload {
  var animal = Identifier<AnimalKind>()
  var name = ""

  static var tag: AnimalTag { .animalSeen }
  static var nature: Nature { .fact }
  static var streamKind: StreamKind { AnimalKind.streamKind }

  mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "animal", &animal)
    try fields.visit(2, "name", &name)
  }
}

struct AnimalState: DecisionState {
  mutating func evolve(_ event: borrowing Event) throws(WireError) {}
}

struct SeeAnimal: Command {
  typealias State = AnimalState

  var name = ""

  mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "name", &name)
  }

  func decide(
    given state: AnimalState, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var seen = AnimalSeen()
    seen.animal = Identifier(decision.nextNumber(AnimalKind.streamKind))
    seen.name = name
    try decision.append(seen, to: seen.animal.number, expecting: .noStream)
  }
}

struct Animals: ReadModel {
  static var name: String { "animals" }
  static var version: UInt32 { 1 }

  private(set) var names: [String] = []

  mutating func apply(_ event: borrowing Event) throws {
    guard event.header.family == AnimalTag.family else { return }
    names.append(try event.payload(AnimalSeen.self).name)
  }

  var digest: String { names.joined(separator: " ") }
}
