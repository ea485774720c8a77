import DaybookClinicEvents
import DaybookEvents
import DaybookLogistics
import DaybookReporting
import DaybookTesting
import DaybookValues
import Testing

@Suite struct `Stock movements` {
  private func room() throws -> Stockroom {
    var room = try Stockroom()
    try room.receive(Stockroom.gloves, "100", at: "2026-02-01T08:00:00Z", opening: true)
    try room.start(1, patient: 2, at: "2026-02-02T09:00:00Z")
    try room.issue(
      Stockroom.gloves, [("", "4", 0)], on: EncounterLine(EncounterID(1)),
      at: "2026-02-02T09:10:00Z")
    try room.receive(Stockroom.gloves, "50", at: "2026-02-01T18:00:00Z", clinic: 2)
    try room.issue(Stockroom.gloves, [("", "1", 0)], purpose: .damaged, at: "2026-02-03T09:00:00Z")
    return room
  }

  @Test func `stand in the order of effective time with what is then on hand`() throws {
    #expect(
      try room().movements().rows(
        "date", "event", "purpose", "clinic", "in", "out", "running", "reference", "visit") == [
          "2026-02-01 GoodsReceived opening L1 100  100 R1 ",
          "2026-02-01 GoodsReceived delivery L2 50  150 R2 ",
          "2026-02-02 StockIssued treatment L1  4 146 E1 V71",
          "2026-02-03 StockIssued damaged L1  1 145  ",
        ])
  }

  @Test func `bring back what was sold, at what it had cost`() throws {
    var room = try room()
    try room.issue(Stockroom.gloves, [("", "5", 250)], purpose: .sale, at: "2026-02-04T09:00:00Z")
    let returned = SaleReturned.with {
      $0.saleReturn = SaleReturnID(9)
      $0.clinic = ClinicID(1)
      $0.lines = [
        ReturnLine.with {
          $0.item = Stockroom.gloves
          $0.restocked = [
            IssueLine(quantity: Quantity(thousandths: 2_000), value: Amount(minorUnits: 100))
          ]
        }
      ]
    }
    try room.feed.append(returned, to: 9, at: "2026-02-05T09:00:00Z", clinic: 1)
    #expect(
      try room.movements { $0.from = try day("2026-02-04") }
        .rows("date", "event", "purpose", "in", "out", "running", "reference") == [
          "2026-02-04 StockIssued sale  5 140 ",
          "2026-02-05 SaleReturned saleReturn 2  142 SR9",
        ])
  }

  @Test func `of a range run on from what was there before`() throws {
    let report = try room().movements {
      $0.from = try day("2026-02-02")
      $0.to = try day("2026-02-02")
    }
    #expect(report.rows("out", "running") == ["4 146"])
    #expect(report.footer.entries == 1)
  }

  @Test func `of one clinic run on in that clinic alone`() throws {
    #expect(
      try room().movements { $0.clinic = 1 }.rows("date", "running") == [
        "2026-02-01 100", "2026-02-02 96", "2026-02-03 95",
      ])
  }

  @Test func `a late receipt stands where it belongs`() throws {
    var room = try room()
    try room.receive(Stockroom.gloves, "7", at: "2026-02-02T09:10:00Z")
    #expect(
      try room.movements { $0.clinic = 1 }.rows("date", "running", "in") == [
        "2026-02-01 100 100", "2026-02-02 96 ", "2026-02-02 103 7", "2026-02-03 102 ",
      ])
  }

  @Test func `items stand by code, each with its own balance`() throws {
    var room = try room()
    try room.receive(Stockroom.stent, "2", lot: "L1", at: "2026-02-09T08:00:00Z")
    try room.receive(Stockroom.stent, "3", lot: "L2", at: "2026-02-08T08:00:00Z")
    let rows = try room.movements().rows("code", "ref", "lot", "running")
    #expect(rows.prefix(2) == ["A-7 item-2 L2 3", "A-7 item-2 L1 5"])
    #expect(rows.count == 6)
    #expect(try room.movements { $0.item = Stockroom.stent }.rows.count == 2)
    #expect(try room.movements { $0.lot = "L1" }.rows("lot", "running") == ["L1 2"])
  }

  @Test func `their last balance is what is on hand, on any day known at any position`() throws {
    var room = try Stockroom()
    var numbers = SeededNumbers(seed: 20_260_302)
    var left: Int64 = 0
    for _ in 0..<120 {
      let time = "2026-0\(1 + numbers.next(below: 6))-1\(numbers.next(below: 10))T10:00:00Z"
      let quantity = Int64(1 + numbers.next(below: 9))
      if left > quantity, numbers.next(below: 2) == 0 {
        left -= quantity
        try room.issue(Stockroom.gloves, [("", "\(quantity)", 0)], at: time)
      } else {
        left += quantity
        try room.receive(Stockroom.gloves, "\(quantity)", at: time)
      }
    }
    for _ in 0..<60 {
      let on = try day("2026-0\(1 + numbers.next(below: 6))-1\(numbers.next(below: 10))")
      let known = Position(numbers.next(below: room.feed.position.number + 1))
      let ask = { (query: inout StockQuery) in
        query.on = on
        query.knownAt = known
        query.includesEmpty = true
      }
      #expect(
        try room.movements(ask).rows("running").last == room.onHand(ask).rows("onHand").last,
        "on \(on) known at \(known), seed 20260302")
    }
    #expect(try room.onHand().rows("onHand") == ["\(left)"])
  }
}

/// The same numbers in every run.
struct SeededNumbers {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next(below limit: UInt64) -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return (state >> 33) % limit
  }
}
