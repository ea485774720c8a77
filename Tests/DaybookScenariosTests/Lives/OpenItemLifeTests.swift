import DaybookAccounting
import DaybookClinicEvents
import DaybookEngine
import DaybookEvents
import DaybookLog
import DaybookReporting
import DaybookScenarios
import DaybookTesting
import DaybookValues
import Testing

/// What is owed in a business that lives, on any day as known at any moment.
@Suite struct `What is owed in a life` {
  @Test(arguments: Effort.cases(BusinessLifeTrade.all, few: 1))
  func `is what a recomputation from every posting has, and sums to the control accounts`(
    _ trade: BusinessLifeTrade
  ) throws {
    var book = try LivedBook(
      trade == .clinic
        ? BusinessLife.clinic(seed: 11, from: try Day(parsing: "2026-02-02"))
        : BusinessLife.shop(seed: 11, from: try Day(parsing: "2026-02-02")))
    defer { book.engine.close() }
    try book.live(60)
    try book.expectChecksPass("\(trade)")
    let view: Snapshot<AccountingModel> = book.host.snapshot()
    var random = SystemOfSeeds(seed: 11)
    let first = try Day(parsing: "2026-02-01")
    for _ in Effort.rounds(40, few: 10) {
      let day = first.advanced(by: Int(random.upTo(70)))
      let position = Position(random.upTo(view.asOf.number))
      let found = ItemsByHand.difference(view.model, on: day, at: position)
      #expect(found == nil, "\(trade) on \(day) at \(position)")
      let query = AccountingQuery(on: day, knownAt: position)
      let trial = AccountingReports.trialBalance(view, query)
      let owed = AccountingReports.receivables(view, query)
      let owing = AccountingReports.payables(view, query)
      #expect(sum(owed, "total") == balance(trial, ["1200", "1210"]))
      #expect(sum(owed, "credit") == -balance(trial, ["2100", "2150"]))
      #expect(sum(owing, "total") == -balance(trial, ["2000"]))
    }
  }

  // Claims of a life ask for all that the payer owes, and answers lay out all of it: what is to come of
  // those that are answered is then what the books have of their charges. Of a claim that waits, the books
  // may have less: a patient's payment lowers what the payer owes and not what it was asked for.
  @Test func `is to come of the claims that were answered`() throws {
    var book = try LivedBook(
      BusinessLife.clinic(seed: 12, from: try Day(parsing: "2026-02-02")))
    defer { book.engine.close() }
    try book.live(75)
    try book.expectChecksPass("claims")
    let view: Snapshot<AccountingModel> = book.host.snapshot()
    let clearing: Snapshot<ClearingModel> = book.host.snapshot()
    var random = SystemOfSeeds(seed: 12)
    let first = try Day(parsing: "2026-02-20")
    // Some of them where an answer is known and its money is not.
    var positions = (0..<30).map { _ in Position(random.upTo(view.asOf.number)) }
    try book.scan { event in
      if event.header.family == .accounting,
        event.header.tag == AccountingTag.remittanceReceived.rawValue
      {
        positions.append(event.header.position.previous)
      }
    }
    var seen: Set<ClaimStatus> = []
    for (index, position) in positions.enumerated() {
      let day = index < 30 ? first.advanced(by: Int(random.upTo(60))) : nil
      let query = AccountingQuery(on: day, knownAt: position)
      for status in [ClaimStatus.adjudicated, .closed, .denied, .open] {
        let claims = AccountingReports.claims(
          clearing, view, query, ClaimFilter(status: status))
        if !claims.rows.isEmpty { seen.insert(status) }
        let (open, owed) = (sum(claims, "open"), sum(claims, "owed"))
        #expect(status == .open ? open >= owed : open == owed, "\(status) at \(position)")
      }
      let debts = AccountingReports.payersDebts(clearing, view, query)
      let trial = AccountingReports.trialBalance(view, query)
      let all = (debts.claimed + debts.beside).reduce(0) { $0 + $1.minorUnits }
      #expect(all == balance(trial, ["1210"]), "at \(position)")
    }
    #expect(seen == [.adjudicated, .closed, .denied, .open])
  }

  private func sum(_ report: Report, _ name: String) -> Int64 {
    let index = report.columns.firstIndex { $0.name == name } ?? 0
    return report.rows.reduce(0) { $0 + number($1[index]) }
  }

  private func balance(_ trial: Report, _ codes: [String]) -> Int64 {
    let rows = trial.rows.filter { row in codes.contains { row[0] == .identifier($0) } }
    return rows.reduce(0) { $0 + number($1[5]) }
  }

  private func number(_ cell: Cell) -> Int64 {
    if case .amount(let amount) = cell { amount.minorUnits } else { 0 }
  }
}

/// The businesses that live.
enum BusinessLifeTrade: Sendable {
  case clinic, shop

  static let all: [BusinessLifeTrade] = [.clinic, .shop]
}

/// Numbers that are the same for the same seed.
struct SystemOfSeeds {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func upTo(_ largest: UInt64) -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return (state >> 33) % largest + 1
  }
}
