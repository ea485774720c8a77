import Daybook
import DaybookAccounting
import DaybookClinicEvents
import DaybookDesk
import DaybookEngine
import DaybookEvents
import DaybookInterchange
import DaybookReporting
import DaybookScenarios
import DaybookValues
import DaybookWorld
import Testing

/// A book of one clinic into which opening balances are imported.
struct OpenedBook {
  let folder: TemporaryDirectory
  let office: BackOffice

  init() async throws {
    folder = try TemporaryDirectory()
    office = try BackOffice.open(
      folder.file("book"), options: LogOptions(creation: .ifMissing))
    var clinic = DefineClinic()
    clinic.name = "Sol"
    clinic.timeZone = "UTC"
    clinic.transitions = [DaybookClinicEvents.ZoneTransition(at: nil, offset: .utc)]
    clinic.currency = .eur
    clinic.fiscalYearStartMonth = 1
    var envelope = Envelope()
    envelope.actor = Importer.journal.actor
    envelope.role = .import
    envelope.effective = try Moment(parsing: "2025-01-01T00:00:00Z")
    _ = try await office.perform(clinic, envelope)
  }

  func take(
    _ text: String, strict: Bool = false, names: JournalNames = JournalNames()
  ) async throws -> ImportReport {
    try await take(Array(text.utf8), strict: strict, names: names)
  }

  func take(
    _ bytes: [UInt8], strict: Bool = false, names: JournalNames = JournalNames()
  ) async throws -> ImportReport {
    let path = folder.file("openings.csv")
    try LiveFileSystem().replaceFile(path, with: bytes.span)
    let source = JournalImport(path: path, names: names, world: .live, strict: strict)
    try source.check()
    let state = await office.state(of: DeskState.self)
    let site = try #require(ImportSite(ClinicID(1), in: state))
    return try await source.run(into: office, at: site) { _ in }
  }

  func books() async throws -> Snapshot<AccountingModel> {
    try await office.snapshot(of: AccountingModel.self)
  }

  /// What every account comes to, those without a balance left out.
  func balances() async throws -> [String: Int64] {
    var balances: [String: Int64] = [:]
    for row in AccountingReports.trialBalance(try await books(), AccountingQuery()).rows {
      guard case .identifier(let account) = row[0], case .amount(let balance) = row[5],
        !balance.isZero
      else { continue }
      balances[account] = balance.minorUnits
    }
    return balances
  }

  /// The buckets of all that is owed.
  func aging(on day: Day) async throws -> [Int64] {
    var buckets: [Int64] = [0, 0, 0, 0, 0]
    let report = AccountingReports.receivables(try await books(), AccountingQuery(on: day))
    for row in report.rows {
      for index in buckets.indices {
        if case .amount(let amount) = row[3 + index] { buckets[index] += amount.minorUnits }
      }
    }
    return buckets
  }

  func failures() async throws -> [String] {
    let models = ProjectionHost(.clinic)
    var log = try LogReader(folder.file("book"), in: .live)
    try models.catchUp(&log)
    return BookChecks.run(models).flatMap(\.checks).filter { !$0.passed }.map(\.name)
  }
}

@Suite struct `Importing opening balances` {
  static let first = "2026-01-01"
  static let header = "account,date,party,document,due,debit,credit\n"

  /// The repository's root: four folders above a test.
  static let root: String = {
    var path = #filePath
    for _ in 0..<4 { path = FilePath.folder(of: path) }
    return path
  }()

  static let fixture = FilePath.join(root, "Fixtures/imports/journal/openings.csv")

  static func openings(_ seed: UInt64 = 7) throws -> OpeningBalances {
    OpeningBalances(seed: seed, on: try Day(parsing: first))
  }

  @Test func `the fixture is what the scenario writes`() throws {
    if Environment.variable("DAYBOOK_ACCEPT") == "1" {
      try LiveFileSystem().replaceFile(
        Self.fixture, with: Array(try Self.openings().text.utf8).span)
    }
    let bytes = try LiveFileSystem().bytes(of: Self.fixture, atMost: 1 << 20)
    #expect(String(decoding: bytes, as: UTF8.self) == (try Self.openings().text))
  }

  @Test(arguments: [7, 8, 9, 10, 11] as [UInt64])
  func `the first day has the balances, the open items and their age`(
    _ seed: UInt64
  ) async throws {
    let openings = try Self.openings(seed)
    let book = try await OpenedBook()
    let report = try await book.take(openings.text)
    #expect(report.refused == [])
    #expect(report.rowsRead == openings.rows.count)
    #expect(try await book.balances() == openings.balances)
    #expect(try await book.aging(on: openings.day) == openings.aging)
    #expect(try await book.failures() == [])
    let last = await book.office.lastPosition
    let again = try await book.take(openings.text)
    #expect(again.isComplete && again.eventsAppended == 0)
    #expect(await book.office.lastPosition == last)
    await book.office.close()
  }

  @Test func `what was open is paid, and its age goes on`() async throws {
    let book = try await OpenedBook()
    let report = try await book.take(
      Self.header + """
        1200,2026-01-01,Ana Soler,F-1,2025-11-30,120.00,
        1200,2026-01-01,Ana Soler,F-2,2026-01-20,30.00,
        1210,2026-01-01,Sanitas,F-3,2025-12-31,50,
        2150,2026-01-01,Ana Soler,A-1,2026-01-01,,20.00
        2000,2026-01-01,Depot,77,2026-01-15,,80
        3000,2026-01-01,,,,,100.00

        """)
    #expect(report.refused == [])
    let day = try Day(parsing: Self.first)
    #expect(try await book.aging(on: day) == [3_000, 5_000, 12_000, 0, 0])
    #expect(try await book.aging(on: day.advanced(by: 30)) == [0, 3_000, 5_000, 12_000, 0])
    var payment = ReceivePayment()
    payment.from = .party(.patient(PatientID(1)))
    payment.amount = Amount(minorUnits: 12_000)
    payment.method = .transfer(BankTender())
    payment.allocations = [ChargeAmount(ChargeID(1), Amount(minorUnits: 12_000))]
    var envelope = Envelope()
    envelope.clinic = 1
    envelope.actor = Importer.journal.actor
    envelope.role = .import
    envelope.effective = try Moment(parsing: "2026-01-05T10:00:00Z")
    _ = try await book.office.perform(payment, envelope)
    #expect(try await book.aging(on: day.advanced(by: 30)) == [0, 3_000, 5_000, 0, 0])
    let statement = AccountingReports.statement(
      of: PatientID(1), try await book.books(), AccountingQuery(on: day))
    #expect(statement.rows.last?[8] == .amount(Amount(minorUnits: 13_000, .eur)))
    #expect(try await book.failures() == [])
    await book.office.close()
  }

  @Test func `rows of several days are entries of their own where each day balances`() async throws
  {
    let book = try await OpenedBook()
    let report = try await book.take(
      Self.header + """
        1100,2026-01-01,,,,100,
        6100,2026-01-31,,,,40,
        3000,2026-01-01,,,,,100
        1100,2026-01-31,,,,,40

        """)
    #expect(report.refused == [] && report.actionsAppended == 2)
    #expect(try await book.balances() == ["1100": 6_000, "3000": -10_000, "6100": 4_000])
    await book.office.close()
  }

  @Test func `days of documents make one entry on the last day`() async throws {
    let book = try await OpenedBook()
    let report = try await book.take(
      Self.header + """
        1200,2025-11-02,Ana Soler,F-1,2025-12-02,120.00,
        3000,2026-01-01,,,,,120.00

        """)
    #expect(report.refused == [] && report.rowsAppended == 2)
    #expect(try await book.aging(on: try Day(parsing: "2026-01-01")) == [0, 12_000, 0, 0, 0])
    #expect(try await book.aging(on: try Day(parsing: "2025-12-31")) == [0, 0, 0, 0, 0])
    await book.office.close()
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var rows: String
    /// The row, its column and words of the reason.
    var row: Int
    var column: String?
    var reason: String

    init(_ name: String, _ rows: String, row: Int, _ column: String?, _ reason: String) {
      testDescription = name
      self.rows = rows
      self.row = row
      self.column = column
      self.reason = reason
    }
  }

  static let cases: [Case] = [
    Case(
      "unbalanced", "1100,2026-01-01,,,,100.00,\n3000,2026-01-01,,,,,99.99\n", row: 2, "credit",
      "the debits of all 2 rows are 100.00 EUR, their credits 99.99 EUR"),
    Case(
      "an unknown account", "1100,2026-01-01,,,,5,\n9999,2026-01-01,,,,,5\n", row: 1, nil,
      "openings.csv row 2, column account"),
    Case(
      "debit and credit", "1100,2026-01-01,,,,5,5\n3000,2026-01-01,,,,,5\n", row: 1, "credit",
      "stands beside a debit"),
    Case(
      "the account between clinics", "1990,2026-01-01,,,,5,\n3000,2026-01-01,,,,,5\n", row: 1,
      "account", "only the books make its lines"),
    Case(
      "a negative amount", "1100,2026-01-01,,,,-5,\n3000,2026-01-01,,,,-5,\n", row: 1, "debit",
      "write it on the other side"),
    Case(
      "no party", "1200,2026-01-01,,F-1,2026-01-31,5,\n3000,2026-01-01,,,,,5\n", row: 1, "party",
      "give whose open item it is"),
    Case(
      "no document", "2000,2026-01-01,Depot,,2026-01-31,,5\n3000,2026-01-01,,,,5,\n", row: 1,
      "document", "give the document that proves it"),
    Case(
      "no due day", "1200,2026-01-01,Ana,F-1,,5,\n3000,2026-01-01,,,,,5\n", row: 1, "due",
      "give the day on which it is due"),
    Case(
      "due before its document",
      "1200,2025-11-02,Ana,F-1,2025-11-01,5,\n3000,2026-01-01,,,,,5\n", row: 1, "due",
      "is before 2025-11-02, the day of its document"),
    Case(
      "stock", "1400,2026-01-01,,,,5,\n3000,2026-01-01,,,,,5\n", row: 1, "account",
      "stock by goods received with `opening`"),
    Case(
      "the other side of its account",
      "1200,2026-01-01,Ana,F-1,2026-01-31,,5\n3000,2026-01-01,,,,5,\n", row: 1, nil,
      "stands on the other side of its account"),
    Case(
      "no date", "1100,soon,,,,5,\n3000,2026-01-01,,,,,5\n", row: 1, "date", ""),
    Case(
      "no amount", "1100,2026-01-01,,,,five,\n3000,2026-01-01,,,,,5\n", row: 1, "debit", ""),
    Case(
      "three decimals", "1100,2026-01-01,,,,5.001,\n3000,2026-01-01,,,,,5.001\n", row: 1, "debit",
      ""),
    Case(
      "nobody of the staff", "2300,2026-01-01,Rosa,W-1,2026-01-31,,5\n3000,2026-01-01,,,,5,\n",
      row: 1, "party", "hire them first"),
    Case(
      "a patient whom nobody knows",
      "1200,2026-01-01,P99,F-1,2026-01-31,5,\n3000,2026-01-01,,,,,5\n", row: 1, nil, "P99"),
  ]

  @Test(arguments: cases)
  func `is refused with its place, and no entry posted`(_ one: Case) async throws {
    let book = try await OpenedBook()
    let report = try await book.take(Self.header + one.rows)
    let first = try #require(report.refused.first)
    #expect(first.place.file == "openings.csv" && first.place.row == one.row, "\(first)")
    #expect(one.column == nil || first.place.column == one.column, "\(first)")
    #expect(first.reason.contains(one.reason), "\(first)")
    #expect(try await book.balances() == [:])
    #expect(!report.isComplete)
    await book.office.close()
  }

  @Test func `is refused as other content once it was changed`() async throws {
    let book = try await OpenedBook()
    let rows = "1100,2026-01-01,,,,5,\n3000,2026-01-01,,,,,5\n"
    #expect(try await book.take(Self.header + rows).isComplete)
    let report = try await book.take(Self.header + rows.replacing("5", with: "6"))
    #expect(report.refused.map(\.code) == ["duplicateSource"])
    #expect(try await book.balances() == ["1100": 500, "3000": -500])
    await book.office.close()
  }

  @Test func `finds its parties in the book, and asks where there are several`() async throws {
    let book = try await OpenedBook()
    var patient = RegisterPatient()
    patient.person.familyName = "Soler"
    var envelope = Envelope()
    envelope.actor = Importer.journal.actor
    envelope.role = .import
    for _ in 0..<2 { _ = try await book.office.perform(patient, envelope) }
    var names = JournalNames()
    names.add("Soler", .patient, 1)
    names.add("Soler", .patient, 2)
    names.add("Ana Soler", .patient, 2)
    func rows(_ party: String) -> String {
      Self.header
        + "1200,2026-01-01,\(party),F-1,2026-01-31,5,\n3000,2026-01-01,,,,,5\n"
    }
    let several = try await book.take(rows("Soler"), names: names)
    #expect(several.refused.first?.reason.contains("2 of the book are called so") == true)
    #expect(several.refused.first?.reason.contains("write which as P1") == true)
    #expect(try await book.take(rows("Ana Soler"), names: names).isComplete)
    let report = AccountingReports.receivables(try await book.books(), AccountingQuery())
    #expect(report.rows.map { $0[0] } == [.identifier("P2")])
    await book.office.close()
  }

  @Test func `stops before anything where the file cannot be read to its end`() async throws {
    let book = try await OpenedBook()
    let before = await book.office.lastPosition
    let wide: [UInt8] = [0xff, 0xfe] + Self.header.utf8.flatMap { [$0, 0] as [UInt8] }
    let files: [[UInt8]] = [
      Array("account,date\n".utf8), [], Array((Self.header + "1100,2026-01-01,,,,\"5").utf8), wide,
    ]
    for bytes in files {
      await #expect(throws: CSVError.self) { _ = try await book.take(bytes) }
    }
    #expect(await book.office.lastPosition == before)
    await book.office.close()
  }
}
