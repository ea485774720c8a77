import DaybookAccounting
import DaybookEngine
import DaybookEvents
import DaybookScenarios
import DaybookTesting
import DaybookValues
import Testing

/// The reports of a business that lives, on any days as known at any moment.
@Suite struct `The reports of a life` {
  @Test(arguments: Effort.cases(BusinessLifeTrade.all, few: 1))
  func `tie to the trial balance and to one another`(_ trade: BusinessLifeTrade) throws {
    let first = try Day(parsing: "2026-02-01")
    var book = try LivedBook(
      trade == .clinic
        ? BusinessLife.clinic(seed: 14, from: first.advanced(by: 1))
        : BusinessLife.shop(seed: 14, from: first.advanced(by: 1)))
    defer { book.engine.close() }
    try book.live(60)
    try book.expectChecksPass("\(trade)")
    let books: Snapshot<AccountingModel> = book.host.snapshot()
    var random = SystemOfSeeds(seed: 14)
    for round in Effort.rounds(12, few: 3) {
      var query = AccountingQuery(on: first.advanced(by: Int(random.upTo(70))))
      if round > 0 { query.knownAt = Position(random.upTo(books.asOf.number)) }
      if random.upTo(3) == 0 { query.clinic = 1 }
      if random.upTo(2) == 0 { query.from = first.advanced(by: Int(random.upTo(30))) }
      if let from = query.from, let on = query.on, from > on { query.from = on }
      for check in try ReportTies.run(book.host, query) {
        #expect(check.passed, "\(trade), \(query): \(check.name): \(check.detail)")
      }
    }
  }
}
