import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookReporting
import DaybookTesting
import DaybookValues
import Testing

@testable import DaybookAccounting

/// What `TillDay` works out by hand is what the reports of its day print.
@Suite struct `A day-end report` {
  private func expect(_ report: Report, is name: String, _ formats: [ReportFormat]) throws {
    for format in formats {
      let end = format == .text ? "txt" : format.rawValue
      try Golden.expect(render(report, as: format), is: "accounting/\(name).\(end)")
    }
  }

  private func lived() throws -> TillDay {
    var day = try TillDay()
    try day.open()
    try day.trade()
    try day.undo()
    try day.close()
    return day
  }

  @Test func `is a Z report once the till is closed`() throws {
    let day = try lived()
    let report = try day.report()
    let lines = report.texts("part", "line", "count", "amount", "tax")
    #expect(
      lines == [
        "session opened - - -", "float held by the books - 0.00 -",
        "float brought from the safe - 100.00 -", "float opening float - 100.00 -",
        "takings cash 4 127.80 -", "takings card 1 60.50 -", "tax not taxed - 100.00 0.00",
        "tax 4% - 2.80 0.10", "tax 21% - 62.00 10.76", "tax in advance - 20.00 0.00",
        "tips card 1 2.00 -", "refunds cash 2 -5.70 -", "voids cash 1 -2.80 -",
        "discounts on tickets 1 0.30 -", "pay-outs petty cash 1 -6.05 -", "moved bank 1 -50.00 -",
        "expected cash - 163.25 -", "counted cash - 163.00 -", "difference cash - -0.25 -",
        "expected card - 62.50 -", "counted card - 62.50 -", "difference card - 0.00 -",
        "receipts first - - -", "receipts last 7 - -", "grand total of the till - 179.80 -",
        "after the count left in the till - 100.00 -",
        "after the count taken to the safe - 63.00 -", "session closed - - -",
      ])
    let texts = report.texts("till", "z", "line", "text")
    #expect(texts.contains("T1 Z1 first M1") && texts.contains("T1 Z1 last S2"))
    #expect(day.desk.faults == [])
    try expect(report, is: "day-end", [.text, .csv, .json])
  }

  @Test func `has a row for each way of paying, if asked`() throws {
    let report = try lived().report(by: .method)
    #expect(
      report.texts(
        "method", "opening", "received", "change", "moved", "refunds", "expected", "counted",
        "variance") == [
          "cash 100.00 127.80 5.00 -56.05 -8.50 163.25 163.00 -0.25",
          "card 0.00 62.50 0.00 0.00 0.00 62.50 62.50 0.00",
        ])
    try expect(report, is: "day-end-by-method", [.text, .csv, .json])
  }

  @Test func `is an X report while the till is open, and as it was known then`() throws {
    var day = try TillDay()
    try day.open()
    try day.trade()
    let known = day.desk.books.position
    let open = try day.report()
    #expect(open.texts("z").allSatisfy { $0 == "X" })
    #expect(open.texts("part", "line", "amount").contains("expected cash 219.30"))
    #expect(!open.texts("part").contains("counted"))
    #expect(open.notes.count == 1)
    try day.undo()
    try day.close()
    #expect(try render(day.report(knownAt: known), as: .text) == render(open, as: .text))
    try expect(open, is: "day-end-open", [.text])
  }

  @Test func `shows every session of a day, and one till alone`() throws {
    var day = try lived()
    try day.desk.perform(
      as: .cashier,
      OpenTill.with {
        $0.till = TillID(1)
        $0.float = money(10_000)
      })
    try day.desk.perform(as: .cashier, OpenTill.with { $0.float = money(2_000) })
    let report = try day.report(by: .method)
    #expect(
      report.texts("till", "z", "session", "method", "expected") == [
        "T1 Z1 TS1 cash 163.25", "T1 Z1 TS1 card 62.50", "T1 X TS2 cash 100.00",
        "T2 X TS3 cash 20.00",
      ])
    #expect(try day.report(by: .method, till: 2).rows.count == 1)
    #expect(try day.report(on: "2026-03-01").rows.isEmpty)
    // On the next day the first session is over, and the others are open still.
    #expect(
      try day.report(by: .method, on: "2026-03-03").texts("z", "session") == ["X TS2", "X TS3"])
    // All that the till ever took: nothing more in the second session.
    #expect(
      try day.report().texts("session", "part", "amount").contains("TS2 grand total 179.80"))
  }
}

/// Days at tills in which anything may happen, against what the events themselves come to.
@Suite struct `Random tills` {
  @Test(arguments: 1...12 as ClosedRange<UInt64>)
  func `are reported as their events come to, on any day and as known at any position`(
    _ seed: UInt64
  ) throws {
    var life = try TillLife(seed: seed)
    try life.live(90)
    #expect(life.day.desk.faults == [], "seed \(seed)")
    for _ in 0..<25 {
      let (on, known) = life.question()
      let query = AccountingQuery(on: on, knownAt: known)
      let report = AccountingReports.dayEnd(by: .method, life.day.desk.books.view, query)
      #expect(
        report.texts("till", "z", "session", "method", "expected", "counted")
          == life.brute(on, known), "seed \(seed), on \(on), known at \(known)")
      let lines = AccountingReports.dayEnd(life.day.desk.books.view, query)
      #expect(
        lines.texts("session", "part", "line", "amount").filter { $0.contains("grand total") }
          == life.grandTotals(on, known), "seed \(seed), on \(on), known at \(known)")
    }
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func `hold what was posted for them, at every position`(_ seed: UInt64) throws {
    var life = try TillLife(seed: seed)
    try life.live(90)
    for position in 0...life.day.desk.books.position {
      let scan = PostingScan(life.day.desk.books.model, at: Position(position))
      let check = scan.cashInTillsAgrees
      #expect(check.passed, "seed \(seed), position \(position): \(check.detail)")
    }
  }
}
