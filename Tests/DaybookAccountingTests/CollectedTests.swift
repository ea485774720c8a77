import DaybookAccounting
import DaybookClinicEvents
import DaybookEvents
import DaybookReporting
import DaybookTesting
import DaybookValues
import Testing

/// What a report has in a column, all rows together; nothing where there is no such column.
private func sum(_ report: Report, _ column: String) -> Int64? {
  guard let index = report.columns.firstIndex(where: { $0.name == column }) else { return nil }
  return report.rows.reduce(0) { sum, row in
    if case .amount(let amount) = row[index] { sum + amount.minorUnits } else { sum }
  }
}

@Suite struct `What is collected of charges` {
  private var told: MoneyBooks

  init() throws { told = try MoneyBooks() }

  /// What revenue says is collected, as its explanation and the settlement say too.
  private func collected() -> String {
    let view = told.books.view
    let found = AccountingReports.revenue(by: .payer, view, AccountingQuery())
    let explained = AccountingReports.explain(
      revenue: .collected, in: nil, by: .payer, view, AccountingQuery())
    #expect(sum(explained, "amount") == sum(found, "collected"))
    return money(sum(found, "collected") ?? -1).decimal
  }

  private var received: [String] {
    AccountingReports.revenue(by: .month, told.books.view, AccountingQuery())
      .texts("month", "received")
  }

  // 100.00, of which the contract takes 20.00 off: 80.00 come, and 30.00 of them go back.
  @Test mutating func `is what an insurer remits, less what it takes back`() throws {
    try told.charge(10_000, insured: true)
    try told.adjust(1, .contractual, 2_000)
    try told.remit([(1, 8_000)])
    #expect(collected() == "80.00")
    try told.remit([(1, -3_000)])
    #expect(collected() == "50.00")
  }

  @Test mutating func `is nothing of a payment that was released`() throws {
    try told.charge(4_000)
    try told.pay(4_000, [(1, 4_000)])
    #expect(collected() == "40.00")
    try told.release(1, 4_000)
    #expect(collected() == "0.00")
    try told.apply(1, 1_500)
    #expect(collected() == "15.00")
  }

  // 60.00 and 40.00 are paid at once, 70.00 of them taken back: 30.00 are left of the second.
  @Test mutating func `is less by what the bank takes back`() throws {
    try told.charge(6_000)
    try told.charge(4_000)
    try told.pay(10_000, [(1, 6_000), (2, 4_000)])
    try told.returnPayment(7_000, [(1, 6_000), (2, 1_000)])
    #expect(collected() == "30.00")
  }

  // Of 100.00 are 60.00 paid. A credit note of 50.00 takes the 40.00 that are open, and 10.00 that were
  // paid; one of something open takes nothing.
  @Test mutating func `is less by what of a credit note was paid, not by what was open`() throws {
    try told.charge(10_000)
    try told.pay(6_000, [(1, 6_000)])
    try told.creditNote(1, open: 4_000, paid: 1_000)
    #expect(collected() == "50.00")
    try told.charge(2_000)
    try told.creditNote(2, open: 500, paid: 0)
    #expect(collected() == "50.00")
  }

  @Test mutating func `is less by the cents that an invoice asks less than was paid`() throws {
    try told.charge(10_000)
    try told.pay(10_000, [(1, 10_000)])
    try told.invoice(1, less: 1)
    #expect(collected() == "99.99")
  }

  // Of 90.00 are 60.00 paid. 40.00 are due back: first the 30.00 that are open, then 10.00 of credit.
  @Test mutating func `is less by what of a package that is given up becomes credit`() throws {
    let package = try told.sellPackage(9_000)
    try told.pay(6_000, [(1, 6_000)])
    try told.cancelPackage(package, of: 1, open: 3_000, paid: 1_000, kept: 5_000)
    #expect(collected() == "50.00")
  }

  @Test(arguments: [
    AdjustmentType.contractual, .denied, .writeOff, .badDebt, .courtesy, .rounding, .recovery,
  ])
  mutating func `is never what is taken off or passed on`(_ type: AdjustmentType) throws {
    try told.charge(10_000)
    try told.pay(2_500, [(1, 2_500)])
    try told.adjust(1, type, 1_000)
    try told.transfer(1, 3_000)
    try told.refund(700)
    #expect(collected() == "25.00")
  }

  // Paid 50.00, and by credit 10.00; returned 5.00, released 4.00, credited 3.00, cents 0.02; 20.00
  // remitted: 67.98. Each of them undone, all the others stay.
  @Test mutating func `is by each event that is undone as if it had not been`() throws {
    try told.charge(10_000)
    try told.charge(3_000, insured: true)
    try told.pay(5_000, [(1, 5_000)])
    try told.apply(1, 1_000)
    try told.returnPayment(500, [(1, 500)])
    try told.release(1, 400)
    try told.creditNote(1, open: 100, paid: 300)
    try told.invoice(1, less: 2)
    try told.remit([(2, 2_000)])
    #expect(collected() == "67.98")
    var left: [String] = []
    while told.toldCount > 0 {
      try told.undo(told.toldCount - 1)
      left.append(collected())
    }
    #expect(left == ["47.98", "48.00", "51.00", "55.00", "60.00", "50.00", "0.00"])
  }

  @Test mutating func `is explained by the events that settled it and those that took it back`()
    throws
  {
    try told.charge(10_000)
    try told.pay(10_000, [(1, 10_000)])
    try told.creditNote(1, open: 0, paid: 2_000)
    try told.release(1, 500)
    let explained = AccountingReports.explain(
      revenue: .collected, in: "self-pay", by: .payer, told.books.view, AccountingQuery())
    #expect(
      explained.texts("amount", "running") == ["100.00 100.00", "-20.00 80.00", "-5.00 75.00"])
  }

  // In March 100.00 and by an insurer 80.00 come in; 30.00 are returned, 10.00 refunded: 140.00. The
  // tips of 1.00 and the bank's fee are none of it. In April the insurer takes 20.00 back.
  @Test mutating func `is one thing, and what was received by month another`() throws {
    try told.charge(10_000)
    try told.charge(8_000, insured: true)
    try told.pay(10_000, [(1, 5_000)])
    try told.remit([(2, 8_000)])
    try told.returnPayment(3_000, [(1, 3_000)])
    try told.refund(1_000)
    try told.remit([(2, -2_000)], day: "2026-04-01")
    #expect(received == ["2026-03 140.00", "2026-04 -20.00"])
    #expect(collected() == "80.00")
  }
}

/// Seeds and chunk sizes; tiny chunks, so that every entry crosses the end of one.
private let runs = Effort.cases(
  (0..<24 as Range<UInt64>).map { ($0, [7, 1, 65_536, 3][Int($0 % 4)]) }, few: 6)

@Suite struct `What is collected in random books` {
  private func told(_ seed: UInt64, _ chunkRows: Int) throws -> MoneyBooks {
    var told = try MoneyBooks(chunkRows: chunkRows)
    var numbers = SeededNumbers(seed: seed)
    func day() -> String { Day(daysSince1970: 20_513 + Int32(numbers.upTo(60))).description }
    var packages: [(package: UInt64, charge: UInt64)] = []
    for step in 0..<90 {
      let cents = numbers.upTo(9_000)
      let charge = step == 0 ? 0 : UInt64(numbers.upTo(Int64(told.chargeCount)))
      let other = step == 0 ? 0 : UInt64(numbers.upTo(Int64(told.chargeCount)))
      switch step == 0 ? 0 : numbers.upTo(14) {
      case 0, 1, 2: try told.charge(cents, insured: numbers.upTo(2) == 1, day: day())
      case 3, 4: try told.pay(3 * cents, [(charge, cents), (other, cents)], day: day())
      case 5: try told.apply(charge, cents, day: day())
      case 6: try told.release(charge, cents, day: day())
      case 7: try told.returnPayment(2 * cents, [(charge, cents), (other, cents / 2)], day: day())
      case 8: try told.remit([(charge, cents), (other, -cents / 2)], day: day())
      case 9: try told.creditNote(charge, open: cents, paid: numbers.upTo(500), day: day())
      case 10: try told.invoice(charge, less: numbers.upTo(3), day: day())
      case 11: try told.adjust(charge, [.writeOff, .recovery][Int(cents % 2)], cents, day: day())
      case 12: try told.transfer(charge, cents, day: day())
      case 13 where told.toldCount > 0:
        try told.undo(Int(numbers.upTo(Int64(told.toldCount))) - 1, day: day())
      default:
        if let known = packages.popLast() {
          try told.cancelPackage(
            known.package, of: known.charge, open: cents, paid: numbers.upTo(cents), kept: 5,
            day: day())
        } else {
          let package = try told.sellPackage(cents, day: day())
          packages.append((package, told.chargeCount))
        }
      }
    }
    return told
  }

  @Test(arguments: runs)
  func `is what the events say, one by one, on any day as known at any position`(
    _ seed: UInt64, _ chunkRows: Int
  ) throws {
    let told = try told(seed, chunkRows)
    for position in stride(from: 1, through: told.books.position, by: Effort.step(1, few: 5)) {
      for day in stride(from: 20_513, through: 20_575, by: Effort.step(3, few: 3)) {
        let (on, known) = (Day(daysSince1970: Int32(day)), Position(position))
        let report = AccountingReports.revenue(
          by: .month, told.books.view, AccountingQuery(on: on, knownAt: known))
        #expect(
          sum(report, "collected") == told.collected(on: on, knownAt: known),
          "seed \(seed): on \(on), known at \(known)")
      }
    }
    #expect(told.moves.contains { $0.cents < 0 })
  }

  @Test(arguments: runs)
  func `is explained by its events, and known then as it is now`(
    _ seed: UInt64, _ chunkRows: Int
  ) throws {
    let told = try told(seed, chunkRows)
    let view = told.books.view
    for figure in [RevenueFigure.collected, .received] {
      let report = AccountingReports.revenue(by: .month, view, AccountingQuery())
      let explained = AccountingReports.explain(
        revenue: figure, in: nil, by: .month, view, AccountingQuery())
      #expect(sum(explained, "amount") == sum(report, figure.rawValue), "seed \(seed)")
    }
  }
}
