import Daybook
import DaybookBytes
import DaybookInterchange
import DaybookTesting
import Testing

/// What the books of the public exports come to: nothing of the exports is kept here but sums.
@Suite(.serialized) struct `The reports of a public export` {
  /// A book that was made at a fixed time, from its log.
  private func models(of set: String) async throws -> ProjectionHost {
    let export = try Export(copying: Export.shared(set))
    var world = World.live
    world.clock = SimulatedClock(Instant(milliseconds: 1_772_452_800_000))
    let book = try ImportedBook(in: world)
    #expect(try await book.take(export.path).refused == [])
    await book.office.close()
    var log = try LogReader(book.path, in: world)
    let models = ProjectionHost(.clinic)
    try models.catchUp(&log)
    return models
  }

  private func check(_ set: String) async throws {
    let models = try await models(of: set)
    let reports = RealReports(models, of: set)
    for (name, report) in try reports.sums {
      try Golden.expect(report.page, is: "\(set)/reports/\(name).txt")
    }
    // Of a long one what it comes to, and a digest of every line.
    let lists = try reports.lists.map { name, report in
      let page = Array(report.page.utf8)
      let totals = zip(report.columns, report.totals).compactMap { column, cell in
        if case .amount(let amount) = cell { "  \(column.name) \(amount.decimal)\n" } else { nil }
      }
      return "\(name), \(report.rows.count) rows\n\(totals.joined())  \(SHA256.hash(page.span))\n"
    }
    try Golden.expect(lists.joined(), is: "\(set)/reports/lists.txt")
    try expectTies(models)
  }

  /// All of it, and each of three years, as far as half of the log knows it, too.
  private func expectTies(_ models: ProjectionHost) throws {
    let last: Snapshot<AccountingModel> = models.snapshot()
    var queries = [AccountingQuery()]
    for year in 2021...2023 {
      queries.append(
        AccountingQuery(
          from: try Day(parsing: "\(year)-01-01"), to: try Day(parsing: "\(year)-12-31")))
    }
    queries.append(AccountingQuery(knownAt: Position(last.asOf.number / 2)))
    queries.append(AccountingQuery(clinic: 1))
    for query in queries {
      for check in try ReportTies.run(models, query) {
        #expect(check.passed, "\(query): \(check.name): \(check.detail)")
      }
    }
  }

  @Test(.realData("synthea-a")) func `of synthea-a are as a person last saw them, and tie`()
    async throws
  {
    try await check("synthea-a")
  }

  @Test(.realData("synthea-b"), .enabled(if: Effort.isFull, "takes the optimiser"))
  func `of synthea-b are as a person last saw them, and tie`()
    async throws
  {
    try await check("synthea-b")
  }
}
