import DaybookClinicEvents
import DaybookEvents
import DaybookLogistics
import DaybookReporting
import DaybookTesting
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

  // Two patients are found to be one: a letter to the number that is used no more would reach nobody.
  @Test func `names who stays of patients who were merged, however often`() throws {
    var room = try room()
    let before = room.feed.position
    func merge(_ from: UInt64, _ into: UInt64) -> PatientsMerged {
      .with {
        $0.from = PatientID(from)
        $0.into = PatientID(into)
        $0.reason = .corrected
      }
    }
    try room.feed.append(merge(2, 1), to: 2, at: "2026-03-01T09:00:00Z")
    let letters = try room.recall { $0.lot = "L1" }.rows("kind", "patient", "patientRef").last
    #expect(letters == "patient P1 patient-1")
    // As it was known before, it was the other one; later it may be a third.
    let known = try room.recall {
      $0.lot = "L1"
      $0.knownAt = before
    }
    #expect(known.rows("patient").last == "P2")
    try room.feed.append(merge(1, 7), to: 1, at: "2026-03-02T09:00:00Z")
    #expect(try room.recall { $0.lot = "L1" }.rows("patient").last == "P7")
    let digest = room.feed.model.digest
    #expect(room.feed.model.digest(knownAt: before) != digest)
  }

  // Two of what was sold come back to the shelf: they are on hand, and the report says since when.
  @Test func `says what had been sold and came back to the shelf`() throws {
    var room = try room()
    try room.issue(
      Stockroom.stent, [("L1", "2", 600)], purpose: .sale, at: "2026-02-03T09:00:00Z")
    let returned = SaleReturned.with {
      $0.saleReturn = SaleReturnID(9)
      $0.clinic = ClinicID(1)
      $0.lines = [
        ReturnLine.with {
          $0.item = Stockroom.stent
          $0.restocked = [
            IssueLine(lot: "L1", quantity: .one, value: Amount(minorUnits: 300))
          ]
        }
      ]
    }
    let at = try room.feed.append(returned, to: 9, at: "2026-02-04T09:00:00Z", clinic: 1)
    #expect(
      try room.recall { $0.lot = "L1" }.rows("kind", "date", "quantity", "purpose", "reference")
        == [
          "receipt 2026-02-01 3 delivery R1", "onHand  1  ",
          "patient 2026-02-02 1 treatment E1", "restock 2026-02-04 1 saleReturn SR9",
          "issue 2026-02-03 2 sale ",
        ])
    // A return that was undone put nothing back.
    try room.feed.append(
      Reversed.with {
        $0.of = at
        $0.reason = "typed wrongly"
      }, onStream: StreamID(.saleReturn, 9), at: "2026-02-04T10:00:00Z")
    #expect(
      try room.recall { $0.lot = "L1" }.rows("kind", "quantity")
        == ["receipt 3", "onHand 0", "patient 1", "issue 2"])
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
