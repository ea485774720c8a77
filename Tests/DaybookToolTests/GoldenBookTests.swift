import Daybook
import DaybookTool
import Testing

@Suite struct `Golden pages` {
  @Test func `of the bundled export are as a person last saw them`() async throws {
    try await GoldenBook.synthea.expectPages(of: try await Bench.withBundledExport())
  }

  @Test func `of the bundled export tie to its trial balance, year by year and clinic by clinic`()
    async throws
  {
    let bench = try await Bench.withBundledExport()
    let models = try bench.models()
    var queries = [AccountingQuery()]
    queries += (1...5).map { AccountingQuery(clinic: $0) }
    for year in 2015...2024 {
      queries.append(
        AccountingQuery(
          from: try Day(parsing: "\(year)-01-01"),
          to: try Day(parsing: "\(year)-12-31")))
      queries.append(
        AccountingQuery(on: try Day(parsing: "\(year)-06-30"), knownAt: Position(1_000)))
    }
    try expectTies(models, queries)
  }

  @Test func `are of every report of the books`() async throws {
    let commands = try await ReportList.all().commands
      .filter { $0.hasPrefix("accounts ") }.map { $0.dropping("accounts ") ?? "" }
    #expect(commands.count > 30)
    // A document is a page to print, and no report with columns.
    #expect((commands + ["document"]).sorted() == GoldenReport.all.map(\.command).sorted())
    for report in GoldenReport.all {
      #expect(!report.months.isEmpty, "\(report.command)")
      #expect(!report.synthea.isEmpty || report.command == "document", "\(report.command)")
    }
    for pages in [GoldenReport.all.flatMap(\.months), GoldenReport.all.flatMap(\.synthea)] {
      #expect(Set(pages.map(\.name)).count == pages.count, "two pages have one name")
    }
  }
}

extension Bench {
  /// The models of the book, made from its log.
  func models() throws -> ProjectionHost {
    var log = try LogReader(book, in: world)
    let models = ProjectionHost(.clinic)
    try models.catchUp(&log)
    return models
  }
}

/// The reports of each question tie to its trial balance, and to one another.
func expectTies(_ models: ProjectionHost, _ queries: [AccountingQuery]) throws {
  for query in queries {
    for check in try ReportTies.run(models, query) {
      #expect(check.passed, "\(query): \(check.name): \(check.detail)")
    }
  }
}
