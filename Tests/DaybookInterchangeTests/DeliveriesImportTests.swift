import Daybook
import DaybookInterchange
import DaybookScenarios
import DaybookTesting
import Testing

@Suite struct `Importing deliveries` {
  static let header =
    "ID,PO / SO #,PO Sent to Vendor Date,Scheduled Delivery Date,Delivered to Client Date,Vendor,"
    + "Item Description,Line Item Quantity,Line Item Value,Pack Price\n"

  private static func site() throws -> ImportSite {
    try ImportSite(
      making: ImportSite.Assumption(name: "Warehouse", currency: .usd, zone: "UTC"), world: .live)
  }

  private static func take(
    _ text: String
  ) async throws -> (report: ImportReport, book: ImportedBook) {
    try await ImportedBook.taking(text, at: site()) {
      DeliveriesImport(path: $0, in: LiveFileSystem())
    }
  }

  static let fixture = DeliveryFile(
    seed: 5, orders: 40, from: (try? Day(year: 2011, month: 11, day: 1)) ?? Day())

  @Test func `has a fixture that is what the generator writes`() throws {
    let file = "deliveries.csv"
    if ImportFixture.isAccepting { try ImportFixture.write("deliveries", file, Self.fixture.text) }
    #expect(try ImportFixture.bytes("deliveries", file) == Array(Self.fixture.text.utf8))
  }

  @Test(arguments: [5, 1, 2] as [UInt64])
  func `comes to the figures of the warehouse that wrote them`(_ seed: UInt64) async throws {
    let day = try Day(year: 2008, month: 1, day: 1)
    let file = seed == 5 ? Self.fixture : DeliveryFile(seed: seed, orders: 60, from: day)
    let figures = file.figures
    let (report, book) = try await Self.take(file.text)
    #expect(report.refused == [])
    #expect(report.rowsRead == figures.rows && report.rowsAppended == figures.rows)
    let balances = try await book.balances()
    #expect(balances["1400"] == figures.value)
    #expect(balances["2010"] == 0 - figures.value)
    await book.office.close()
    let totals = try book.totals()
    #expect(totals.counts["purchaseOrderPlaced"] == figures.orders)
    #expect(totals.counts["goodsReceived"] == figures.rows)
    #expect(totals.received == figures.value)
    #expect(totals.late == figures.late)
    #expect(try book.failedChecks() == [])
  }

  @Test func `reads days in three forms, and words where no day is known`() async throws {
    let (report, book) = try await Self.take(
      Self.header + "1,P1,11/13/06,02-Jun-07,2007-06-05,V,Test,3,10.01,3.34\n"
        + "2,P2,Date Not Captured,02-Jun-07,01-Jun-07,V,Test,1,3.5,3.5\n")
    #expect(report.isComplete && report.rowsAppended == 2)
    await book.office.close()
    let totals = try book.totals()
    #expect(totals.received == 13_51 && totals.late == 1)
  }

  @Test func `refuses all rows of an order with a bad one, each with its place`() async throws {
    let (report, book) = try await Self.take(
      Self.header + "1,P1,x,02-Jun-07,02-Jun-07,V,Test,3,10,3\n"
        + "2,P1,x,02-Jun-07,02-Jam-07,V,Test,1,3.5,3.5\n"
        + "3,P2,x,02-Jun-07,02-Jun-07,V,Test,0,3.5,3.5\n"
        + "4,P3,x,02-Jun-07,02-Jun-07,V,Test,1,3.5,3.5\n"
        + "5,P3,x,02-Jun-07,02-Jun-07,W,Test,1,3.5,3.5\n"
        + "6,P4,x,02-Jun-07,02-Jun-07,V,Test,1,3.555,3.5\n"
        + "7,P5,x,02-Jun-07,02-Jun-07,V,Test,1,3.5,3.5\n"
        + "7,P5,x,02-Jun-07,02-Jun-07,V,Test,1,3.5,3.5\n"
        + "8,P6,x,02-Jun-07,02-Jun-07,V,Test,1,-3.5,3.5\n9,P6\n"
        + "10,P7,x,02-Jun-07,02-Jun-07,V,Test,1,2,2\n")
    #expect(
      report.refused.map { "\($0.place.row) \($0.place.column ?? "-") \($0.code)" } == [
        "1 - unknownReference", "2 Delivered to Client Date badValue",
        "3 Line Item Quantity badValue", "4 - unknownReference", "5 Vendor badValue",
        "6 Line Item Value badValue", "7 - unknownReference", "8 ID badValue",
        "9 Line Item Value badValue", "10 - ragged",
      ])
    #expect(report.rowsAppended == 1)
    await book.office.close()
    #expect(try book.totals().received == 2_00)
  }

  @Test(arguments: Effort.cases([9, 0, 1, 70], few: 2))
  func `goes on where it stopped, to the same books`(_ actions: Int) async throws {
    let source = DeliveriesImport(
      path: ImportFixture.path("deliveries", "deliveries.csv"), in: LiveFileSystem())
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

  @Test(
    .realData("medical-supply-deliveries"), .enabled(if: Effort.isFull, "takes the optimiser"))
  func `gives every total of medical-supply-deliveries`() async throws {
    let real = try RealFile("medical-supply-deliveries")
    let book = try ImportedBook()
    let source = DeliveriesImport(path: real.path, in: LiveFileSystem())
    let report = try await book.take(source, at: Self.site())
    #expect(report.refused == [])
    #expect(report.rowsRead == 6_514 && report.rowsAppended == 6_514)
    #expect(try await book.take(source, at: Self.site()).eventsAppended == 0)
    #expect(try await book.balances()["1400"] == 940_573_472_57)
    #expect(try await book.balances()["2010"] == -940_573_472_57)
    await book.office.close()
    let totals = try book.totals()
    #expect(totals.counts["purchaseOrderPlaced"] == 4_226)
    #expect(totals.counts["goodsReceived"] == 6_514)
    #expect(totals.received == 940_573_472_57)
    #expect(totals.late == 602)
    #expect(try book.failedChecks() == [])
  }
}
