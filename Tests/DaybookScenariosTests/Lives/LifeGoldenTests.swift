import Daybook
import DaybookAccounting
import DaybookClinicEvents
import DaybookEngine
import DaybookEvents
import DaybookReporting
import DaybookScenarios
import DaybookTesting
import DaybookValues
import Testing

/// Two months of one seed, as a person reads them; and what a year is made of.
@Suite struct `A lived book` {
  @Test(arguments: [BusinessLife.Trade.clinic, .shop])
  func `reads as a day of its people, and as a trial balance`(
    _ trade: BusinessLife.Trade
  ) throws {
    var book = try LivedBook(`The life of a business`.life(trade, 7))
    defer { book.engine.close() }
    try book.live(59)
    let day = try Day(parsing: "2026-03-05")
    let lines = book.actions.filter { $0.day == day }.map(\.text)
    let heading =
      "\(trade == .clinic ? "Clinica Sol" : "Frutas Marisol"), \(day.weekday) \(day)\n\n"
    try Golden.expect(
      heading + lines.joined(separator: "\n") + "\n", is: "lives/\(trade)-day.txt")
    try book.expectChecksPass("seed 7")
    let books: Snapshot<AccountingModel> = book.host.snapshot()
    let report = AccountingReports.trialBalance(
      books, AccountingQuery(book: "\(trade) of seed 7", clinic: 1))
    try Golden.expect(
      render(report, as: .text), is: "lives/\(trade)-trial-balance.txt")
  }

  /// Every event of the catalogue occurs in half a year of a clinic, at the end of a year, with two
  /// months of a shop beside it.
  @Test func `holds every event of the catalogue`() throws {
    var seen: Set<String> = []
    for (trade, days) in [(BusinessLife.Trade.clinic, 180), (.shop, 60)] {
      var book = try LivedBook(`The life of a business`.life(trade, 11, from: "2026-08-03"))
      defer { book.engine.close() }
      try book.live(days)
      try book.expectChecksPass("\(trade) of seed 11")
      try book.scan { event in
        seen.insert(ClinicEvents.name(event.header.family, event.header.tag) ?? "?")
      }
    }
    let all = ClinicEvents.families.flatMap { $0.events.map(\.name) }
    #expect(all.filter { !seen.contains($0) } == [])
    #expect(seen.count == all.count)
  }
}
