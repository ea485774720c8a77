import DaybookAccounting
import DaybookClinicEvents
import DaybookEngine
import DaybookLog
import DaybookReporting
import DaybookScenarios
import DaybookValues
import Testing

/// What is owed in a business that lives, on any day as known at any moment.
@Suite struct `What is owed in a life` {
  @Test(arguments: BusinessLifeTrade.all)
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
    let books: Snapshot<AccountingModel> = book.host.snapshot()
    let view = AccountingView(books)
    var random = SystemOfSeeds(seed: 11)
    let first = try Day(parsing: "2026-02-01")
    for _ in 0..<40 {
      let day = first.advanced(by: Int(random.upTo(70)))
      let position = Position(random.upTo(books.asOf.number))
      let found = ItemsByHand.difference(books.model, on: day, at: position)
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
