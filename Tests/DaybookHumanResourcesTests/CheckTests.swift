import DaybookEvents
import DaybookHumanResources
import DaybookTesting
import Testing

@Suite struct `A check of the staff's time` {
  @Test func `passes what happened, and says how much it looked at`() throws {
    var clinic = try Clinic()
    try clinic.encounter(
      with: 3, from: "2026-03-02T10:00:00Z", to: "2026-03-02T10:30:00Z", bookedMinutes: 15)
    try clinic.encounter(with: 4, from: "2026-03-02T11:00:00Z", to: nil)
    let checks = HumanResourcesChecks.run(clinic.feed.model)
    #expect(checks.filter { !$0.passed } == [])
    #expect(
      checks.map(\.detail) == [
        "4 bookings, starts and ends", "2 practitioners", "0 runs", "0 statements",
      ])
    #expect(HumanResourcesChecks.run(HumanResourcesModel()).filter { !$0.passed } == [])
  }

  @Test func `finds an encounter that ended before it began`() throws {
    var clinic = try Clinic()
    try clinic.encounter(with: 3, from: "2026-03-02T10:00:00Z", to: "2026-03-02T09:59:00Z")
    let failed = HumanResourcesChecks.run(clinic.feed.model).filter { !$0.passed }
    #expect(failed.map(\.detail) == ["D3 at position 5: a time below zero"])
  }
}
