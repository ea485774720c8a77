import Testing

/// Every event of a clinic is accepted in some test, and every code that refuses is told in one.
@Suite struct `The Desk's cases` {
  private static func cases() throws -> DeskCases {
    let sources = ["DaybookDesk", "DaybookClinicEvents", "DaybookEvents"]
    return DeskCases(
      sources: try sources.flatMap { try Tree.swiftFiles(below: "Sources/\($0)") },
      tests: try Tree.swiftFiles(below: "Tests").filter { $0.target != "ArchitectureTests" })
  }

  @Test func `have an accepting test for every event`() throws {
    let cases = try Self.cases()
    #expect(!cases.events.isEmpty)
    let untested = cases.events.filter { cases.accepted[$0, default: 0] == 0 }
    #expect(untested == [])
  }

  @Test func `have a test for every code that a program may see`() throws {
    let cases = try Self.cases()
    #expect(cases.allCodes.count >= 40)
    let untested = cases.allCodes.filter { cases.refusedCodes[$0, default: 0] == 0 }
    #expect(untested == [])
  }

  @Test func `are at least 170 in the tests of its deciders`() throws {
    #expect(try Self.cases().deciderCases >= 170)
  }
}
