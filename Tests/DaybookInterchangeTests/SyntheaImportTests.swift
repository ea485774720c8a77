import Daybook
import DaybookInterchange
import DaybookTesting
import Testing

@Suite struct `Importing a Synthea export` {
  /// All that expected-totals.json says of what the books, staff and stock tell.
  static let parts = [
    "patients", "encounters", "claims", "transactions", "payers", "providers_file",
    "organizations_file", "encounters_by_month", "encounters_by_provider",
    "encounters_by_organization", "encounter_seconds_by_provider", "charge_lines",
    "zero_amount_charge_lines", "charges_total_cents", "payments_total_cents",
    "payments_by_patient_total_cents", "payments_by_payer_total_cents", "balance_total_cents",
    "open_debit_lines", "open_debit_cents", "overpaid_credit_cents", "charges_by_month",
    "charges_by_provider", "charges_by_organization", "charges_by_procedure", "transfers_to",
    "payments_by_month", "payments_by_payer", "per_patient", "receivable_by_party_nonzero",
    "as_of", "supplies_quantity_by_code", "supplies_quantity_by_month", "device_lot_to_patients",
  ]

  static let days = [
    "2000-01-01", "2010-01-01", "2015-01-01", "2020-01-01", "2022-01-01", "2023-01-01",
  ]

  /// Every part that is not as expected, one a line.
  static func differences(
    _ book: ImportedBook, _ report: ImportReport, _ expectedPath: String
  ) async throws -> [String] {
    let expected = try ExpectedTotals(expectedPath).part(parts)
    let found = try await FoundTotals(book, report, asOf: days).values
    #expect(expected.count > 100)
    return Set(expected.keys).union(found.keys).sorted().compactMap { path in
      expected[path] == found[path]
        ? nil : "\(path): expected \(expected[path] ?? "-"), found \(found[path] ?? "-")"
    }
  }

  static func check(_ source: String) async throws -> ImportReport {
    let export = try Export(copying: source)
    let book = try ImportedBook()
    let report = try await book.take(export.path)
    #expect(report.refused == [])
    let differences = try await differences(
      book, report, FilePath.join(source, "expected-totals.json"))
    #expect(differences.prefix(20) == [])
    let digest = try await book.digest()
    let last = await book.office.lastPosition

    let again = try await book.take(export.path)
    #expect(again.eventsAppended == 0)
    #expect(again.isComplete)
    #expect(again.actionsAlreadyThere == report.actionsAppended)
    #expect(again.rowsAlreadyThere == report.rowsAppended)
    #expect(await book.office.lastPosition == last)
    #expect(try await book.digest() == digest)
    await book.office.close()
    return report
  }

  @Test func `gives every total of the fixture, and nothing more the second time`() async throws {
    let report = try await Self.check(Export.fixture)
    #expect(report.rowsRead == report.rowsAppended + report.rowsWithoutEvent)
  }

  @Test(
    .enabled(if: Export.isThere("synthea-a"), "the public export is not beside the repository"),
    .enabled(if: Effort.isFull, "takes the optimiser"))
  func `gives every total of synthea-a`() async throws {
    _ = try await Self.check(Export.shared("synthea-a"))
  }

  @Test(
    .enabled(if: Export.isThere("synthea-a"), "the public export is not beside the repository"))
  func `posts synthea-a to the accounts that the books name`() async throws {
    let export = try Export(copying: Export.shared("synthea-a"))
    let book = try ImportedBook()
    try await book.take(export.path)
    let view = try await book.office.snapshot(of: AccountingModel.self)
    let rows = AccountingReports.trialBalance(view, AccountingQuery()).named
    let balances = Dictionary(
      uniqueKeysWithValues: rows.map { ($0["account"]?.words ?? "", $0["balance"]?.number ?? 0) })
    #expect(
      balances == [
        "1020": 33_668_414, "1100": 47_212_190, "1150": 29_469_791, "1200": 0, "1210": 0,
        "2150": -1_110_122, "4000": -109_240_273,
      ])
    await book.office.close()
  }

  @Test(
    .enabled(if: Export.isThere("synthea-b"), "the public export is not beside the repository"))
  func `gives the totals of synthea-b`() async throws {
    let export = try Export(copying: Export.shared("synthea-b"))
    let book = try ImportedBook()
    let report = try await book.take(export.path)
    #expect(report.refused == [])
    let found = try await FoundTotals(book, report, asOf: []).values
    #expect(found["charges_total_cents"] == "121986722")
    #expect(found["balance_total_cents"] == "0")
    #expect(found["open_debit_cents"] == "0")
    await book.office.close()
  }
}
