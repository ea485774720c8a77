import DaybookClinicEvents
import DaybookEvents
import DaybookLogistics
import DaybookTesting
import DaybookValues
import Testing

@Suite struct `A check of the stock` {
  private func failed(_ room: Stockroom) -> [String] {
    LogisticsChecks.run(room.feed.model).filter { !$0.passed }.map(\.name)
  }

  @Test func `passes sound stock, whatever was recorded late`() throws {
    var room = try Stockroom()
    #expect(failed(room) == [])
    try room.receive(Stockroom.stent, "2", lot: "L1", cents: 300, at: "2026-03-02T10:00:00Z")
    try room.issue(Stockroom.stent, [("L1", "2", 300)], at: "2026-03-05T10:00:00Z")
    try room.receive(Stockroom.gloves, "1.5", cents: 7, at: "2026-03-01T10:00:00Z", clinic: 2)
    try room.issue(
      Stockroom.gloves, [("", "0.5", 2)], short: "3", at: "2026-03-06T10:00:00Z", clinic: 2)
    #expect(failed(room) == [])
    #expect(
      LogisticsChecks.run(room.feed.model).map(\.detail) == [
        "5 movements of 2 lots at clinics", "2 items, 5 movements", "1 of 2 lots",
        "0 statements",
      ])
  }

  @Test func `finds a lot that was used before it came in`() throws {
    var room = try Stockroom()
    try room.receive(Stockroom.stent, "2", lot: "L1", at: "2026-03-02T10:00:00Z")
    try room.issue(Stockroom.stent, [("L1", "1", 0)], at: "2026-03-01T10:00:00Z")
    #expect(failed(room) == ["no lot was ever below zero"])
    let check = LogisticsChecks.run(room.feed.model)[0]
    #expect(check.detail == "item I2 lot L1 at clinic L1 at position 9: -1000 thousandths")
    let before = LogisticsChecks.run(room.feed.model, at: room.feed.position.previous)
    #expect(before.filter { !$0.passed } == [])
  }

  @Test func `finds value that is left of nothing`() throws {
    var room = try Stockroom()
    try room.receive(Stockroom.stent, "1", lot: "L1", cents: 300, at: "2026-03-02T10:00:00Z")
    try room.issue(Stockroom.stent, [("L1", "1", 299)], at: "2026-03-03T10:00:00Z")
    #expect(failed(room) == ["a lot of which nothing is left is worth nothing"])
  }
}
