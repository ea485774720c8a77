import Daybook
import DaybookInterchange
import DaybookScenarios
import DaybookTesting
import Testing

@Suite struct `Importing the tickets of a counter` {
  static let header = "id,date,time,name,size,type,price\n"

  private static func site() throws -> ImportSite {
    try ImportSite(
      making: ImportSite.Assumption(name: "Counter", currency: .usd, zone: "America/New_York"),
      world: .live)
  }

  private static func take(
    _ text: String
  ) async throws -> (report: ImportReport, book: ImportedBook) {
    try await ImportedBook.taking(text, at: site()) {
      TicketsImport(path: $0, in: LiveFileSystem())
    }
  }

  // The clock goes forward on the second day.
  static let fixture = TicketFile(
    seed: 3, days: 20, from: (try? Day(year: 2015, month: 3, day: 7)) ?? Day())

  @Test func `has a fixture that is what the generator writes`() throws {
    let file = "tickets.csv"
    if ImportFixture.isAccepting { try ImportFixture.write("tickets", file, Self.fixture.text) }
    #expect(try ImportFixture.bytes("tickets", file) == Array(Self.fixture.text.utf8))
  }

  @Test(arguments: [3, 1, 2] as [UInt64])
  func `comes to the figures of the counter that wrote them`(_ seed: UInt64) async throws {
    let day = try Day(year: 2015, month: 10, day: 25)
    let file = seed == 3 ? Self.fixture : TicketFile(seed: seed, days: 30, from: day)
    let figures = file.figures
    let (report, book) = try await Self.take(file.text)
    #expect(report.refused == [])
    #expect(report.findings == [])
    #expect(report.rowsRead == figures.rows && report.rowsAppended == figures.rows)
    let balances = try await book.balances()
    #expect(balances["4020"] == 0 - figures.cash)
    #expect(balances["1020"] == figures.cash)
    #expect(balances["1010"] == 0)
    await book.office.close()
    let totals = try book.totals()
    #expect(totals.counts["saleCompleted"] == figures.tickets)
    #expect(totals.counts["tillOpened"] == figures.days)
    #expect(totals.counts["tillClosed"] == figures.days)
    #expect(totals.withoutTill == 0)
    #expect(try book.failedChecks() == [])
  }

  @Test func `refuses a day with a bad row whole, and takes it once the row is mended`()
    async throws
  {
    let export = try Export(copying: nil)
    let book = try ImportedBook()
    let source = TicketsImport(path: export.folder.file("t.csv"), in: LiveFileSystem())
    func take(_ price: String) async throws -> ImportReport {
      let rows =
        "1,2015-01-01,10:00:00,a,S,x,5\n1,2015-01-01,10:00:00,b,S,x,\(price)\n"
        + "2,2015-01-01,11:00:00,a,S,x,5\n3,2015-01-02,11:00:00,a,S,x,5\n"
      try export.write("t.csv", Array((Self.header + rows).utf8))
      return try await book.take(source, at: Self.site())
    }
    let broken = try await take("-1")
    #expect(
      broken.refused.map { "\($0.place.row) \($0.code)" } == [
        "2 badValue", "1 unknownReference", "3 unknownReference",
      ])
    #expect(broken.rowsAppended == 1)
    let mended = try await take("7.5")
    #expect(mended.isComplete && mended.rowsAppended == 3)
    // A day that was open before one that is closed already: worth knowing, and nothing more.
    #expect(mended.findings.allSatisfy { $0.field == "effective" })
    #expect(try await book.balances()["1020"] == 22_50)
    await book.office.close()
    #expect(try book.failedChecks() == [])
  }

  @Test func `refuses rows of a ticket at two times, and a day that comes twice`() async throws {
    let (report, book) = try await Self.take(
      Self.header + "1,2015-01-01,10:00:00,a,S,x,5\n1,2015-01-01,10:01:00,a,S,x,5\n"
        + "2,2015-01-02,10:00:00,a,S,x,5\n3,2015-01-03,10:00:00,a,S,x,5\n"
        + "4,2015-01-02,12:00:00,a,S,x,5\n")
    #expect(
      report.refused.map { "\($0.place.row) \($0.code)" } == [
        "1 unknownReference", "2 badValue", "3 unknownReference", "5 badValue",
      ])
    #expect(report.rowsAppended == 1)
    await book.office.close()
  }

  @Test func `refuses a ragged row with the day before it`() async throws {
    let (report, book) = try await Self.take(
      Self.header + "1,2015-01-01,10:00:00,a,S,x,5\n2,2015-01-01,10:00:00\n"
        + "3,2015-01-02,10:00:00,a,S,x,5\n")
    #expect(report.refused.map(\.place.row) == [2, 1] && report.rowsAppended == 1)
    await book.office.close()
  }

  @Test(arguments: Effort.cases([12, 0, 1, 60], few: 2))
  func `goes on where it stopped, to the same books`(_ actions: Int) async throws {
    let source = TicketsImport(
      path: ImportFixture.path("tickets", "tickets.csv"), in: LiveFileSystem())
    let whole = try ImportedBook()
    try await whole.take(source, at: Self.site())
    let digest = try await whole.digest()
    let book = try ImportedBook()
    await #expect(throws: Interrupted.Killed.self) {
      _ = try await source.run(
        into: Interrupted(book.office, after: actions), at: Self.site()
      ) { _ in }
    }
    #expect(try await book.take(source, at: Self.site()).isComplete)
    #expect(try await book.digest() == digest)
    await book.office.close()
    await whole.office.close()
  }

  @Test(.realData("pizzaplace"), .enabled(if: Effort.isFull, "takes the optimiser"))
  func `gives every total of pizzaplace`() async throws {
    let real = try RealFile("pizzaplace")
    let book = try ImportedBook()
    let source = TicketsImport(path: real.path, in: LiveFileSystem())
    let report = try await book.take(source, at: Self.site())
    #expect(report.refused == [] && report.findings == [])
    #expect(report.rowsRead == 37_490 && report.rowsAppended == 37_490)
    #expect(try await book.take(source, at: Self.site()).eventsAppended == 0)
    #expect(try await book.balances()["4020"] == -618_735_95)
    #expect(try await book.balances()["1020"] == 618_735_95)
    await book.office.close()
    let totals = try book.totals()
    #expect(totals.counts["saleCompleted"] == 16_232)
    #expect(totals.counts["tillClosed"] == 271)
    #expect(try book.failedChecks() == [])
  }
}
