import DaybookClinicEvents
import DaybookEvents
import DaybookLogistics
import DaybookReporting
import DaybookTesting
import DaybookValues
import Testing

@Suite struct `Stock on hand` {
  @Test func `is what came in less what went out, by clinic, item and lot`() throws {
    var room = try Stockroom()
    try room.receive(Stockroom.gloves, "100", cents: 500, at: "2026-02-01T08:00:00Z")
    try room.receive(
      Stockroom.stent, "2", lot: "L2", expiry: "2027-02-28", cents: 20_000,
      at: "2026-02-01T08:00:00Z")
    try room.receive(
      Stockroom.stent, "1", lot: "L1", expiry: "2026-12-31", cents: 9_000,
      at: "2026-02-01T08:00:00Z", clinic: 2)
    try room.issue(Stockroom.gloves, [("", "2.5", 13)], at: "2026-02-02T08:00:00Z")
    let report = try room.onHand()
    #expect(
      report.rows("clinic", "clinicRef", "item", "ref", "code", "name", "lot", "expiry", "onHand")
        == [
          "L2 clinic-2 I2 item-2 A-7 Stent L1 2026-12-31 1",
          "L1 clinic-1 I2 item-2 A-7 Stent L2 2027-02-28 2",
          "L1 clinic-1 I1 item-1 G-1 Gloves   97.5",
        ])
    #expect(
      report.rows("unitCost", "value") == ["90.0000 90.00", "100.0000 200.00", "0.0499 4.87"])
    #expect(report.totals.last == .amount(Amount(minorUnits: 29_487, .eur)))
    #expect(report.footer.entries == 4)
  }

  @Test func `a lot of which nothing is left is listed only when asked for`() throws {
    var room = try Stockroom()
    try room.receive(Stockroom.stent, "1", lot: "L1", cents: 900, at: "2026-02-01T08:00:00Z")
    try room.issue(Stockroom.stent, [("L1", "1", 900)], at: "2026-02-02T08:00:00Z")
    #expect(try room.onHand().rows.isEmpty)
    #expect(
      try room.onHand { $0.includesEmpty = true }.rows("lot", "onHand", "unitCost", "value")
        == ["L1 0  0.00"])
  }

  @Test func `a value that is left without a quantity is shown, and has no unit cost`() throws {
    var room = try Stockroom()
    try room.receive(Stockroom.gloves, "1", cents: 900, at: "2026-02-01T08:00:00Z")
    try room.issue(Stockroom.gloves, [("", "1", 899)], at: "2026-02-02T08:00:00Z")
    #expect(try room.onHand().rows("onHand", "unitCost", "value") == ["0  0.01"])
  }

  @Test func `what was short moves nothing and stays visible`() throws {
    var room = try Stockroom()
    try room.receive(Stockroom.gloves, "3", cents: 30, at: "2026-02-01T08:00:00Z")
    try room.issue(Stockroom.gloves, [("", "3", 30)], short: "2", at: "2026-02-02T08:00:00Z")
    #expect(try room.onHand().rows("onHand", "short", "value") == ["0 2 0.00"])
    #expect(
      try room.movements().rows("event", "in", "out", "short", "running") == [
        "GoodsReceived 3   3", "StockIssued  3  0", "StockIssued  0 2 0",
      ])
  }

  @Test func `on a day counts what was effective by then, however late it was recorded`() throws {
    var room = try Stockroom()
    try room.receive(Stockroom.gloves, "10", at: "2026-02-10T08:00:00Z")
    let before = room.feed.position
    try room.receive(Stockroom.gloves, "5", at: "2026-02-05T08:00:00Z")
    let on = { (text: String, known: Position?) in
      try room.onHand {
        $0.on = try day(text)
        $0.knownAt = known
      }.rows("onHand")
    }
    #expect(try on("2026-02-04", nil) == [])
    #expect(try on("2026-02-05", nil) == ["5"])
    #expect(try on("2026-02-05", before) == [])
    #expect(try on("2026-02-10", nil) == ["15"])
    #expect(try on("2026-02-10", before) == ["10"])
  }

  @Test func `a new name of an item holds from its day on`() throws {
    var room = try Stockroom()
    try room.receive(Stockroom.gloves, "1", at: "2026-02-01T08:00:00Z")
    try room.define(Stockroom.gloves, "G-1", "Gloves M", at: "2026-03-01T00:00:00Z")
    #expect(try room.onHand { $0.on = try day("2026-02-28") }.rows("name") == ["Gloves"])
    #expect(try room.onHand { $0.on = try day("2026-03-01") }.rows("name") == ["Gloves M"])
  }

  @Test func `clinics of two currencies have no total`() throws {
    var room = try Stockroom()
    try room.feed.append(
      ClinicDefined.with {
        $0.clinic = ClinicID(3)
        $0.currency = .usd
      }, to: 3, at: "2026-01-01T00:00:00Z", clinic: 3)
    try room.receive(Stockroom.gloves, "1", cents: 5, at: "2026-02-01T08:00:00Z")
    try room.receive(Stockroom.gloves, "1", cents: 7, at: "2026-02-01T08:00:00Z", clinic: 3)
    #expect(try room.onHand().totals.isEmpty)
    #expect(
      try room.onHand { $0.clinic = 3 }.totals.last == .amount(Amount(minorUnits: 7, .usd)))
  }

  @Test func `a value in another currency than the clinic's is an error`() throws {
    var room = try Stockroom()
    #expect(throws: ValueError.self) {
      try room.feed.append(
        StockIssued.with {
          $0.clinic = ClinicID(1)
          $0.item = Stockroom.gloves
          $0.lines = [IssueLine(quantity: .one, value: Amount(minorUnits: 1, .usd))]
        }, to: 1, at: "2026-02-01T08:00:00Z")
    }
  }

  @Test func `sums that leave 64 bits are an error, not a trap`() throws {
    var room = try Stockroom()
    let most = "9223372036854775.807"
    try room.receive(Stockroom.gloves, most, at: "2026-02-01T08:00:00Z")
    try room.receive(Stockroom.gloves, most, at: "2026-02-01T08:00:00Z")
    #expect(throws: ValueError.self) { try room.onHand() }
    #expect(throws: ValueError.self) { try room.movements() }
  }
}
