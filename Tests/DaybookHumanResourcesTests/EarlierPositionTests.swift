import DaybookEvents
import DaybookReporting
import DaybookTesting
import DaybookValues
import Testing

@testable import DaybookHumanResources

@Suite struct `A human resources model` {
  private func tell(_ clinic: inout Clinic, _ visit: (Clinic) throws -> Void = { _ in }) throws {
    for number in 10...30 {
      let end = number % 4 == 0 ? nil : "2026-03-\(number)T10:\(number):00Z"
      try clinic.encounter(
        with: 3 + UInt64(number % 2), from: "2026-03-\(number)T10:00:00Z", to: end,
        bookedMinutes: number % 3 == 0 ? nil : 15)
      try visit(clinic)
      if number == 20 { try clinic.hire(6, "NURSE", from: "2026-03-20", reference: "late") }
    }
    try visit(clinic)
  }

  @Test(arguments: [1, 2, 3, 7, 65_536])
  func `answers for every earlier position as it did then, byte for byte`(chunk: Int) throws {
    var then: [Position: (digest: String, reports: [String])] = [:]
    var clinic = try Clinic(HumanResourcesModel(chunkRows: chunk))
    try tell(&clinic) { clinic in
      then[clinic.feed.position] = (
        clinic.feed.model.digest,
        [render(try clinic.utilisation(), as: .json), render(try clinic.list(), as: .json)]
      )
    }
    for (position, was) in then {
      #expect(clinic.feed.model.digest(knownAt: position) == was.digest)
      #expect(render(try clinic.utilisation { $0.knownAt = position }, as: .json) == was.reports[0])
      #expect(render(try clinic.list { $0.knownAt = position }, as: .json) == was.reports[1])
    }
  }

  @Test func `has the same digest for the same history and another for any other`() throws {
    var one = try Clinic()
    var two = try Clinic()
    try tell(&one)
    try tell(&two)
    #expect(one.feed.model.digest == two.feed.model.digest)
    try two.encounter(with: 3, from: "2026-04-01T10:00:00Z", to: nil)
    #expect(one.feed.model.digest != two.feed.model.digest)
  }

  @Test func `a copy is a snapshot that later events do not reach`() throws {
    var clinic = try Clinic()
    try tell(&clinic)
    let snapshot = clinic
    let before = render(try snapshot.utilisation(), as: .text)
    try clinic.encounter(with: 3, from: "2026-04-01T10:00:00Z", to: "2026-04-01T11:00:00Z")
    #expect(render(try snapshot.utilisation(), as: .text) == before)
    #expect(render(try clinic.utilisation(), as: .text) != before)
  }
}
