import DaybookClinicEvents
import DaybookEvents
import DaybookLogistics
import DaybookReporting
import DaybookValues
import Testing

@Suite struct `A recall trace` {
  private func room() throws -> Stockroom {
    var room = try Stockroom()
    try room.receive(
      Stockroom.stent, "3", lot: "L1", expiry: "2027-01-31", cents: 900,
      at: "2026-02-01T08:00:00Z")
    try room.start(1, patient: 2, at: "2026-02-02T09:00:00Z")
    try room.treat(1, line: 1, devices: [("L1", "SN-9")], at: "2026-02-02T09:05:00Z")
    try room.issue(
      Stockroom.stent, [("L1", "1", 300)], on: EncounterLine(EncounterID(1), line: 1),
      patient: 2, at: "2026-02-02T09:05:00Z")
    return room
  }

  @Test func `leads from a lot to its receipts, what is on hand and its patients`() throws {
    let report = try room().recall { $0.lot = "L1" }
    #expect(
      report.rows("kind", "date", "clinic", "quantity", "reference", "visit", "patientRef") == [
        "receipt 2026-02-01 L1 3 R1  ",
        "onHand  L1 2   ",
        "patient 2026-02-02 L1 1 E1 V71 patient-2",
      ])
    #expect(
      report.rows("item", "ref", "code", "lot", "expiry", "patient", "practitioner", "serial").last
        == "I2 item-2 A-7 L1 2027-01-31 P2 D3 SN-9")
    #expect(report.rows("practitionerRef").last == "provider-3")
  }

  @Test func `names nobody whose treatment was undone, and the lot is on hand again`() throws {
    var room = try room()
    let issue = room.feed.position
    let undone = { (position: Position) in
      Reversed.with {
        $0.of = position
        $0.reason = "another patient"
      }
    }
    try room.feed.append(
      undone(issue), onStream: StreamID(.stock, 21), at: "2026-02-03T09:00:00Z")
    try room.feed.append(
      undone(issue.previous), onStream: StreamID(.encounter, 1), at: "2026-02-03T09:00:00Z")
    let rows = try room.recall { $0.lot = "L1" }.rows("kind", "quantity", "patient")
    #expect(rows == ["receipt 3 ", "onHand 3 "])
    // The day before, it had been used.
    let before = try day("2026-02-02")
    let used = try room.recall {
      $0.lot = "L1"
      $0.on = before
    }
    #expect(used.rows("kind", "quantity", "patient").last == "patient 1 P2")
    let moved = try room.movements().rows("event", "in", "out", "running")
    #expect(moved == ["GoodsReceived 3  3", "StockIssued  1 2", "Reversed  -1 3"])
    #expect(LogisticsChecks.run(room.feed.model).allSatisfy { $0.passed })
  }

  @Test func `finds a device that only the treatment names`() throws {
    var room = try room()
    try room.start(2, patient: 1, at: "2026-02-03T09:00:00Z")
    try room.treat(2, line: 1, devices: [(" L1 ", "SN-1")], at: "2026-02-03T09:05:00Z")
    let rows = try room.recall { $0.lot = "L1" }.rows(
      "kind", "purpose", "quantity", "patient", "serial")
    #expect(rows.suffix(2) == ["patient treatment 1 P2 SN-9", "patient device  P1 SN-1"])
  }

  @Test func `takes an issue for the whole encounter as that of its devices`() throws {
    var room = try room()
    try room.start(2, patient: 1, at: "2026-02-03T09:00:00Z")
    try room.treat(2, line: 4, devices: [("L1", "SN-1")], at: "2026-02-03T09:05:00Z")
    try room.issue(
      Stockroom.stent, [("L1", "1", 300)], on: EncounterLine(EncounterID(2)),
      at: "2026-02-03T09:05:00Z")
    let rows = try room.recall().rows("kind", "purpose", "patient", "serial")
    #expect(rows.suffix(2) == ["patient treatment P2 SN-9", "patient treatment P1 SN-1"])
  }

  @Test func `names who treated where that was not who began the encounter`() throws {
    var room = try room()
    try room.treat(1, line: 2, by: 5, at: "2026-02-02T09:10:00Z")
    try room.issue(
      Stockroom.stent, [("L1", "1", 300)], on: EncounterLine(EncounterID(1), line: 2),
      at: "2026-02-02T09:10:00Z")
    #expect(try room.recall().rows("kind", "practitioner").last == "patient D5")
  }

  @Test func `says what else left the stock`() throws {
    var room = try room()
    try room.issue(
      Stockroom.stent, [("L1", "2", 600)], purpose: .expired, at: "2026-02-09T09:00:00Z")
    let rows = try room.recall().rows("kind", "purpose", "quantity")
    #expect(rows == ["receipt delivery 3", "onHand  0", "patient treatment 1", "issue expired 2"])
  }

  @Test func `keeps lots of one name apart by item, and items without lots out`() throws {
    var room = try room()
    try room.define(ItemID(9), "B-1", "Pin", lotTracked: true)
    try room.receive(ItemID(9), "4", lot: "L1", at: "2026-02-01T08:00:00Z")
    try room.receive(Stockroom.gloves, "4", at: "2026-02-01T08:00:00Z")
    #expect(try room.recall { $0.lot = "L1" }.rows("item") == ["I2", "I2", "I2", "I9", "I9"])
    #expect(try room.recall { $0.item = ItemID(9) }.rows("item") == ["I9", "I9"])
    #expect(try room.recall { $0.lot = "L9" }.rows.isEmpty)
  }

  @Test func `on an earlier day or position shows what was then known`() throws {
    let room = try room()
    #expect(
      try room.recall { $0.on = try day("2026-02-01") }.rows("kind") == ["receipt", "onHand"])
    let before = Position(room.feed.position.number - 1)
    #expect(
      try room.recall { $0.knownAt = before }.rows("kind", "purpose", "quantity") == [
        "receipt delivery 3", "onHand  3", "patient device ",
      ])
  }

  @Test func `names no patient but by number and reference`() throws {
    for format in ReportFormat.allCases {
      #expect(!render(try room().recall(), as: format).contains("Nobody"))
      #expect(!render(try room().movements(), as: format).contains("Nobody"))
    }
  }
}
