import Daybook
import DaybookInterchange
import DaybookScenarios
import DaybookTesting
import Testing

@Suite struct `Importing the invoices of a shop` {
  static let header = "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID\n"

  private static func site() throws -> ImportSite {
    try ImportSite(
      making: ImportSite.Assumption(name: "Shop", currency: Currency("GBP"), zone: "Europe/London"),
      world: .live)
  }

  private static func take(
    _ text: String
  ) async throws -> (report: ImportReport, book: ImportedBook) {
    try await ImportedBook.taking(text, at: site()) {
      RetailImport(path: $0, in: LiveFileSystem())
    }
  }

  // MARK: - Generated files

  static let fixture = RetailFile(
    seed: 7, invoices: 120, from: (try? Day(year: 2010, month: 3, day: 26)) ?? Day())

  @Test func `has a fixture that is what the generator writes`() throws {
    let file = "invoices.csv"
    if ImportFixture.isAccepting { try ImportFixture.write("retail", file, Self.fixture.text) }
    #expect(try ImportFixture.bytes("retail", file) == Array(Self.fixture.text.utf8))
  }

  @Test(arguments: [7, 1, 2, 3] as [UInt64])
  func `comes to the figures of the shop that wrote them`(_ seed: UInt64) async throws {
    let day = try Day(year: 2010, month: 3, day: 26)
    let file = seed == 7 ? Self.fixture : RetailFile(seed: seed, invoices: 150, from: day)
    let figures = file.figures
    let (report, book) = try await Self.take(file.text)
    #expect(report.refused == [])
    #expect(report.rowsRead == figures.rows)
    #expect(report.rowsWithoutEvent == figures.emptyRows)
    #expect(report.rowsAppended == figures.rows - figures.emptyRows)
    let balances = try await book.balances()
    #expect(balances["4020"] == 0 - figures.sold)
    #expect(balances["4095"] ?? 0 == figures.takenBack)
    #expect(balances["1150"] == figures.sold - figures.takenBack)
    #expect(balances["6300"] ?? 0 == figures.badDebts)
    #expect(balances["1200"] ?? 0 == 0)
    await book.office.close()
    let totals = try book.totals()
    let sold = totals.sold
    #expect((sold[false] ?? 0) - figures.badDebts * 100 == figures.gross)
    #expect((sold[true] ?? 0) - totals.takenBack * 100 == figures.returns)
    #expect(totals.counts["saleCompleted"] ?? 0 == figures.sales)
    #expect(totals.counts["saleReturned"] ?? 0 == figures.saleReturns)
    #expect(totals.counts["journalPosted"] ?? 0 == figures.entries)
    #expect(totals.counts["stockCounted"] ?? 0 == figures.counts)
    #expect(report.findings.map(\.code) == (figures.writeOffs > 0 ? [.insufficientStock] : []))
    #expect(try book.failedChecks() == [])
  }

  // MARK: - Rows

  @Test func `keeps what is more exact than the cent`() async throws {
    let (report, book) = try await Self.take(
      Self.header + "1,A1,Pad,7,2010-01-01T10:00:00,0.001,\n")
    #expect(report.isComplete && report.rowsAppended == 1)
    await book.office.close()
    let totals = try book.totals()
    #expect(totals.sold == [false: 70])
    #expect(totals.counts["saleCompleted"] == 1)
  }

  @Test func `takes other names of columns, other times and any order`() async throws {
    let (report, book) = try await Self.take(
      "Country,CustomerID,UnitPrice,InvoiceDate,Quantity,Description,StockCode,InvoiceNo\n"
        + "UK,1,2.5,2010-01-01 10:00,4,Box,22,1\n")
    #expect(report.isComplete)
    #expect(try await book.balances()["4020"] == -10_00)
    await book.office.close()
  }

  @Test func `refuses the rows of an invoice with a bad one, each with its place`() async throws {
    let (report, book) = try await Self.take(
      Self.header + "1,22,Box,2,2010-01-01T10:00:00,1,\n1,22,Box,two,2010-01-01T10:00:00,1,\n"
        + "2,22,Box,3,2010-01-01T10:01:00,1,\n3,22,Box,3,2010-01-01T10:01:00,1\n"
        + "4,22,Box,3,2010-01-01T25:01:00,1,\n5,22,Box,1,2010-01-01T10:02:00,0.00001,\n"
        + "6,22,Box,1,2010-01-01T10:03:00,1,7\n6,22,Box,1,2010-01-01T10:03:00,1,8\n,,,,,,\n")
    #expect(
      report.refused.map { "\($0.place.row) \($0.place.column ?? "-") \($0.code)" } == [
        "2 Quantity badValue", "1 - unknownReference", "4 - ragged", "5 InvoiceDate badValue",
        "6 Price badValue", "8 Customer ID badValue", "7 - unknownReference",
        "9 Invoice badValue",
      ])
    #expect(!report.isComplete && report.rowsAppended == 1)
    #expect(try await book.balances()["4020"] == -3_00)
    await book.office.close()
  }

  @Test func `puts back an invoice once its row is mended, and refuses one that has changed`()
    async throws
  {
    let export = try Export(copying: nil)
    let book = try ImportedBook()
    let source = RetailImport(path: export.folder.file("i.csv"), in: LiveFileSystem())
    func take(_ rows: String) async throws -> ImportReport {
      try export.write("i.csv", Array((Self.header + rows).utf8))
      return try await book.take(source, at: Self.site())
    }
    let good = "1,22,Box,2,2010-01-01T10:00:00,1,\n"
    #expect(try await take(good + "2,22,Box,x,2010-01-01T10:01:00,1,\n").rowsRefused == 1)
    let mended = try await take(good + "2,22,Box,5,2010-01-01T10:01:00,1,\n")
    #expect(mended.isComplete && mended.rowsAppended == 1 && mended.rowsAlreadyThere == 1)
    let changed = try await take(good + "2,22,Box,6,2010-01-01T10:01:00,1,\n")
    #expect(changed.refused.map(\.code) == ["duplicateSource"])
    #expect(changed.refused.map(\.place) == [RowPlace("i.csv", row: 2)])
    #expect(changed.eventsAppended == 0)
    await book.office.close()
  }

  @Test func `records an invoice whole when its rows stand among others`() async throws {
    let (report, book) = try await Self.take(
      Self.header + "1,22,Box,1,2010-01-01T10:00:00,1,\n2,23,Lid,1,2010-01-01T10:01:00,2,\n"
        + "3,23,Lid,1,2010-01-01T10:02:00,2,\n1,23,Lid,2,2010-01-01T10:01:00,2,\n")
    #expect(report.isComplete && report.rowsAppended == 4)
    await book.office.close()
    #expect(try book.totals().counts["saleCompleted"] == 3)
  }

  @Test func `stops at the first refused row where that is asked`() async throws {
    let export = try Export(copying: nil)
    try export.write(
      "i.csv",
      Array((Self.header + "1,22,B,x,2010-01-01T10:00:00,1,\n2,,,,,,\n").utf8))
    let book = try ImportedBook()
    let report = try await book.take(
      RetailImport(path: export.folder.file("i.csv"), in: LiveFileSystem(), strict: true),
      at: Self.site())
    #expect(report.isStopped && report.rowsRefused == 1)
    await book.office.close()
  }

  @Test func `refuses a file without one of its columns before anything is made`() async throws {
    let export = try Export(copying: nil)
    try export.write("i.csv", Array("Invoice,StockCode\n".utf8))
    let source = RetailImport(path: export.folder.file("i.csv"), in: LiveFileSystem())
    #expect(throws: CSVError.self) { try source.check() }
  }

  @Test(arguments: [1, 90])
  func `goes on where it stopped, to the same books`(_ actions: Int) async throws {
    let path = ImportFixture.path("retail", "invoices.csv")
    let source = RetailImport(path: path, in: LiveFileSystem())
    let whole = try ImportedBook()
    try await whole.take(source, at: Self.site())
    let digest = try await whole.digest()
    let book = try ImportedBook()
    await #expect(throws: Interrupted.Killed.self) {
      _ = try await source.run(
        into: Interrupted(book.office, after: actions), at: Self.site()
      ) { _ in }
    }
    let rest = try await book.take(source, at: Self.site())
    #expect(rest.isComplete)
    #expect(try await book.digest() == digest)
    #expect(await book.office.lastPosition == whole.office.lastPosition)
    await book.office.close()
    await whole.office.close()
  }

  // MARK: - The real thing

  /// A quarter of a million lines: minutes without the optimiser, so `.ci/long` is where it runs.
  @Test(.realData("online-retail"), .enabled(if: Effort.isFull, "takes the optimiser"))
  func `gives every total of online-retail`() async throws {
    let real = try RealFile("online-retail")
    let book = try ImportedBook()
    let source = RetailImport(path: real.path, in: LiveFileSystem())
    let report = try await book.take(source, at: Self.site())
    #expect(report.refused == [])
    #expect(report.rowsRead == 257_045)
    #expect(report.rowsAppended == 257_045)
    let last = await book.office.lastPosition
    let again = try await book.take(source, at: Self.site())
    #expect(again.eventsAppended == 0 && again.isComplete)
    #expect(await book.office.lastPosition == last)
    await book.office.close()
    let totals = try book.totals()
    let posted = (totals.journal["1290"] ?? 0) * 100
    #expect((totals.sold[false] ?? 0) + posted == 49_053_677_610)
    #expect((totals.sold[true] ?? 0) - totals.takenBack * 100 == -2_968_577_000)
    let isCancellation = Dictionary(grouping: totals.documents) { $0.hasPrefix("C") }
    #expect(isCancellation[false]?.count == 12_409)
    #expect(isCancellation[true]?.count == 2_416)
    #expect(try book.failedChecks() == [])
  }
}
