import DaybookAccounting
import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

/// Worked by hand: months and years that are closed, with what the books come to.
@Suite struct `Worked by hand at the end of a month` {
  // 2 March: a treatment of 100.00, of which 40.00 are paid by card. 10 March: one of 80.00, which was
  // nobody's: it is found out in April, when March is closed.
  //
  //              March: debit credit  balance  |  April: opening  debit  credit  balance
  //   1150 cards        40.00            40.00 |           40.00                   40.00
  //   1200 patients    180.00  40.00    140.00 |          140.00          80.00    60.00
  //   4000 income              180.00  -180.00 |         -180.00  80.00          -100.00
  //                    220.00  220.00     0.00 |            0.00  80.00   80.00     0.00
  //
  // The reversal is of 1 April, the first open day. It says that what it undoes was of 10 March, and
  // March stays as it was closed, to the last digit of its digest.
  @Test func `a correction of a closed month stands in the next open one`() throws {
    var desk = try DecidedBooks()
    try desk.see()
    #expect(try desk.treat(10_000) == ["1200 P1 C1 100.00", "4000 P1 C1 -100.00"])
    #expect(try desk.pay(1, 4_000) == ["1150 P1 M1 40.00", "1200 P1 M1 -40.00"])
    try desk.on("2026-03-10")
    #expect(try desk.treat(8_000) == ["1200 P1 C2 80.00", "4000 P1 C2 -80.00"])
    let wrong = Position(desk.books.position)
    let march = [
      "1150 0.00 40.00 0.00 40.00", "1200 0.00 180.00 40.00 140.00",
      "4000 0.00 0.00 180.00 -180.00",
    ]
    #expect(try desk.trialBalance(on: "2026-03-31") == march)

    try desk.on("2026-04-05")
    try desk.close(through: "2026-03-31")
    let end = try Day(parsing: "2026-03-31")
    let stated = desk.totals(through: end)
    #expect(stated.figure.minorUnits == 22_000)
    #expect(
      try desk.perform(
        as: .accountant,
        ReverseEvent.with {
          $0.of = wrong
          $0.reason = "nobody was treated"
        }) == ["1200 P1 C2 -80.00", "4000 P1 C2 80.00"])
    let event = try #require(desk.spec.events.first)
    let reversed = try event.decoded(as: Reversed.self)
    #expect(event.effective == (try Moment(parsing: "2026-04-01T00:00:00Z")))
    #expect(reversed.originalEffective == (try Moment(parsing: "2026-03-10T09:00:00Z")))
    #expect(reversed.of == wrong)

    // The month is as it was closed; the next one has the correction.
    #expect(try desk.trialBalance(on: "2026-03-31") == march)
    let now = desk.totals(through: end)
    #expect(now.figure == stated.figure && now.digest == stated.digest)
    #expect(
      try desk.trialBalance(from: "2026-04-01", on: "2026-04-30") == [
        "1150 40.00 0.00 0.00 40.00", "1200 140.00 0.00 80.00 60.00",
        "4000 -180.00 80.00 0.00 -100.00",
      ])
    #expect(desk.faults.isEmpty)
    // Each line of it leads to the line that it undoes.
    var links: [String] = []
    desk.books.model.forEachPosting {
      if let original = $0.reverses { links.append("\($0.day) \($0.account.code) \(original)") }
    }
    #expect(
      links == [
        "2026-04-01 1200 \(wrong.number).1.1.1", "2026-04-01 4000 \(wrong.number).1.1.2",
      ])
  }

  // Income of 2026 is 1,000.00 and 100.00 with 10.00 off; the laboratory cost 300.00. 1,090.00 less
  // 300.00 are 790.00 of profit. 1,000.00 are paid; 90.00 are still owed, and the 300.00 to the
  // laboratory. What 2027 began with is none of it.
  //
  //                     debit   credit   balance
  //   1150 cards      1,000.00          1,000.00
  //   1200 patients   1,100.00 1,010.00    90.00
  //   2000 suppliers             300.00  -300.00
  //   3100 retained              790.00  -790.00
  //   3900 result     1,100.00 1,100.00     0.00
  //   4000 income     1,100.00 1,100.00     0.00
  //   4090 discounts     10.00    10.00     0.00
  //   6130 laboratory   300.00   300.00     0.00
  //                   4,610.00 4,610.00     0.00
  @Test func `a year close`() throws {
    var desk = try DecidedBooks()
    try desk.see()
    #expect(try desk.treat(100_000) == ["1200 P1 C1 1000.00", "4000 P1 C1 -1000.00"])
    #expect(try desk.pay(1, 100_000) == ["1150 P1 M1 1000.00", "1200 P1 M1 -1000.00"])
    try desk.on("2026-06-01")
    #expect(
      try desk.treat(10_000) { $0.discount = money(1_000) } == [
        "1200 P1 C2 100.00", "4090 P1 C2 10.00", "4000 P1 C2 -100.00", "1200 P1 C2 -10.00",
      ])
    let date = try Day(parsing: "2026-05-31")
    #expect(
      try desk.perform(
        as: .accountant,
        RecordSupplierInvoice.with {
          $0.supplier = PartyID(2)
          $0.number = "L-5"
          $0.date = date
          $0.lines = [
            .with {
              $0.account = "6130"
              $0.net = money(30_000)
            }
          ]
        }) == ["6130 Y2 SI1 300.00", "2000 Y2 SI1 -300.00"])
    try desk.on("2027-01-10")
    #expect(try desk.treat(7_700) == ["1200 P1 C3 77.00", "4000 P1 C3 -77.00"])

    try desk.close(through: "2026-12-31")
    let end = try Day(parsing: "2026-12-31")
    let totals = desk.totals(through: end)
    // 1,000.00 + 1,000.00 + 110.00 + 300.00 of debits.
    #expect(totals.figure.minorUnits == 241_000)
    #expect(
      try desk.perform(
        CloseYear.with {
          $0.yearEnd = end
          $0.totals = totals
        }) == [
          "4000 - PD1 1100.00", "4090 - PD1 -10.00", "6130 - PD1 -300.00", "3900 - PD1 310.00",
          "3900 - PD1 -1100.00", "3900 - PD1 790.00", "3100 - PD1 -790.00",
        ])
    #expect(desk.spec.events[0].effective.day == end)
    #expect(
      try desk.trialBalance(on: "2026-12-31") == [
        "1150 0.00 1000.00 0.00 1000.00", "1200 0.00 1100.00 1010.00 90.00",
        "2000 0.00 0.00 300.00 -300.00", "3100 0.00 0.00 790.00 -790.00",
        "3900 0.00 1100.00 1100.00 0.00", "4000 0.00 1100.00 1100.00 0.00",
        "4090 0.00 10.00 10.00 0.00", "6130 0.00 300.00 300.00 0.00",
      ])
    // The new year begins with what is owned and owed, and with income of nothing.
    #expect(
      try desk.trialBalance(from: "2027-01-01", on: "2027-01-31").filter { !$0.hasSuffix(" 0.00") }
        == [
          "1150 1000.00 0.00 0.00 1000.00", "1200 90.00 77.00 0.00 167.00",
          "2000 -300.00 0.00 0.00 -300.00", "3100 -790.00 0.00 0.00 -790.00",
          "4000 0.00 0.00 77.00 -77.00",
        ])
    #expect(desk.faults.isEmpty)
  }
}
