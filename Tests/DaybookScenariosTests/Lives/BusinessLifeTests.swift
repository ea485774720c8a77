import Daybook
import DaybookAccounting
import DaybookClinicEvents
import DaybookDesk
import DaybookEngine
import DaybookEvents
import DaybookReporting
import DaybookScenarios
import DaybookTesting
import DaybookValues
import DaybookWorld
import Testing

/// Lives of 90 days, of seeds 1 to 3 or of `DAYBOOK_LIVES=1..<50`; of 400 days only where
/// `DAYBOOK_LONG_LIVES` says of which seeds.
@Suite struct `The life of a business` {
  static let seeds = seeds(of: "DAYBOOK_LIVES") ?? Effort.cases([1, 2, 3], few: 1)
  static let longSeeds = seeds(of: "DAYBOOK_LONG_LIVES") ?? []

  private static func seeds(of variable: String) -> [UInt64]? {
    guard let text = Environment.variable(variable) else { return nil }
    let ends = text.split(separator: "..<").compactMap { UInt64($0) }
    return ends.count == 2 && ends[0] < ends[1] ? Array(ends[0]..<ends[1]) : ends
  }

  static let trades: [BusinessLife.Trade] = [.clinic, .shop]

  static func life(
    _ trade: BusinessLife.Trade, _ seed: UInt64, from: String = "2026-02-02"
  ) throws -> BusinessLife {
    let first = try Day(parsing: from)
    return trade == .clinic
      ? BusinessLife.clinic(seed: seed, from: first) : BusinessLife.shop(seed: seed, from: first)
  }

  @Test(arguments: trades, seeds)
  func `goes on for 90 days without a refusal, and every book proves itself`(
    _ trade: BusinessLife.Trade, _ seed: UInt64
  ) throws {
    let note: Comment = "\(trade) of seed \(seed)"
    var book = try LivedBook(Self.life(trade, seed))
    defer { book.engine.close() }
    try book.live(90)
    try book.expectChecksPass(note)
    #expect(book.actions.count > 2_000, note)
    try expectTillDays(book, note)
    try expectPayroll(book, note)
    let closed = try Day(parsing: "2026-03-31")
    for area in PeriodArea.all {
      #expect(book.state.isClosed(closed, for: area, at: ClinicID(1)), note)
    }
    #expect(!book.life.isOpen(on: try Day(parsing: "2026-02-08")), "a Sunday")
    #expect(!book.life.isOpen(on: try Day(parsing: "2026-05-01")), "a holiday")
  }

  @Test(.enabled(if: !longSeeds.isEmpty), arguments: trades, longSeeds)
  func `goes on for more than a year, its end included`(
    _ trade: BusinessLife.Trade, _ seed: UInt64
  ) throws {
    var book = try LivedBook(Self.life(trade, seed, from: "2025-10-13"))
    defer { book.engine.close() }
    try book.live(480)
    try book.expectChecksPass("\(trade) of seed \(seed)")
  }

  @Test(arguments: Effort.cases(trades, few: 1))
  func `is the same from the same seed, and another from another`(
    _ trade: BusinessLife.Trade
  ) throws {
    func digest(_ seed: UInt64) throws -> String {
      var book = try LivedBook(Self.life(trade, seed))
      defer { book.engine.close() }
      try book.live(21)
      return "\(try book.digest())"
    }
    let one = try digest(4)
    #expect(try digest(4) == one)
    #expect(try digest(5) != one)
  }

  // MARK: - Tills

  /// Each day is closed with what it should hold and the variance that was stated, and the next one
  /// begins with what was left.
  private func expectTillDays(_ book: LivedBook, _ note: Comment) throws {
    var tills = TillDays()
    try book.scan { try tills.take($0) }
    #expect(tills.faults == [], note)
    #expect(tills.closed > 60, note)
    let said = book.actions.filter { $0.action.command is CloseTill }.map(\.text)
    #expect(said.count == tills.closed, note)
    for (text, variance) in zip(said, tills.variances) {
      #expect(text.contains(" short") == (variance < 0), "\(note.rawValue): \(text)")
      #expect(text.contains(" over") == (variance > 0), "\(note.rawValue): \(text)")
    }
  }

  // MARK: - Pay

  /// Each month is settled once, and what it leaves to be paid is paid once.
  private func expectPayroll(_ book: LivedBook, _ note: Comment) throws {
    var months: [String] = []
    var owed: [PayrollItem: Int64] = [:]
    var paidTwice: [String] = []
    try book.scan { event in
      if event.header.family == .humanResources,
        event.header.tag == HumanResourcesTag.payrollApproved.rawValue
      {
        let run = try event.payload(PayrollApproved.self)
        months.append("\(run.from.monthOf)")
        for line in run.lines where line.net.isPositive {
          owed[PayrollItem(run.run, line.staff)] = line.net.minorUnits
        }
      } else if event.header.family == .accounting,
        event.header.tag == AccountingTag.paymentMade.rawValue
      {
        for paid in try event.payload(PaymentMade.self).settles {
          guard case .payrollLine(let line) = paid.item else { continue }
          if owed[line] != paid.amount.minorUnits { paidTwice.append("\(line)") }
          owed[line] = nil
        }
      }
    }
    #expect(months == ["2026-02", "2026-03", "2026-04"], note)
    #expect(paidTwice == [], note)
    // On the 90th day the last month is settled, and not paid yet.
    #expect(owed.keys.allSatisfy { $0.run == PayrollRunID(3) }, "\(note.rawValue): \(owed)")
  }
}

/// Till days, worked out from the events by nothing that the Desk uses.
private struct TillDays {
  private(set) var faults: [String] = []
  private(set) var closed = 0
  private(set) var variances: [Int64] = []
  private var cash: Int64 = 0
  private var left: Int64 = 0
  private var isOpen = false

  mutating func take(_ event: borrowing Event) throws {
    if event.header.family == .corrections {
      let reversed = try event.payload(Reversed.self)
      if let moved = try? reversed.original(TillCashMoved.self) { takeBack(moved) }
    }
    guard event.header.family == .accounting,
      let tag = AccountingTag(rawValue: event.header.tag)
    else { return }
    switch tag {
    case .tillOpened:
      let opened = try event.payload(TillOpened.self)
      if opened.held.minorUnits != left { faults.append("\(event.header.position): held") }
      cash = opened.float.minorUnits
      isOpen = true
    case .tillCashMoved:
      let moved = try event.payload(TillCashMoved.self)
      let amount = moved.amount.minorUnits
      if isOpen {
        cash += moved.direction == .out ? -amount : amount
      } else {
        left -= amount
      }
    case .tillClosed:
      let count = try event.payload(TillClosed.self).counts.first { $0.method == .cash }
      let (counted, variance) = (count?.counted?.minorUnits ?? 0, count?.variance?.minorUnits ?? 0)
      if count?.expected.minorUnits != cash || counted != cash + variance {
        faults.append("\(event.header.position): expected \(cash), counted \(counted)")
      }
      variances.append(variance)
      closed += 1
      left = counted
      isOpen = false
    case .paymentReceived:
      let received = try event.payload(PaymentReceived.self)
      if received.tillSession != nil { add(received.method, received.amount.minorUnits) }
    case .refundPaid:
      let paid = try event.payload(RefundPaid.self)
      if paid.tillSession != nil { add(paid.method, -paid.amount.minorUnits) }
    case .saleCompleted:
      for tender in try event.payload(SaleCompleted.self).tenders {
        add(tender.method, tender.amount.minorUnits)
      }
    case .saleReturned:
      for tender in try event.payload(SaleReturned.self).tenders {
        add(tender.method, -tender.amount.minorUnits)
      }
    default: break
    }
  }

  private mutating func takeBack(_ moved: TillCashMoved) {
    cash += moved.direction == .out ? moved.amount.minorUnits : -moved.amount.minorUnits
  }

  private mutating func add(_ method: PaymentMethod, _ amount: Int64) {
    if case .cash = method { cash += amount }
  }
}
