import Daybook
import DaybookInterchange
import Testing

@Suite struct `A faulty Synthea export` {
  static let ledger = "claims_transactions.csv"

  /// Imports a changed fixture; whoever changes it says which row.
  private func take(
    strict: Bool = false, _ change: (Export) throws -> Int
  ) async throws -> (report: ImportReport, row: Int, export: Export, book: ImportedBook) {
    let export = try Export()
    let row = try change(export)
    let book = try ImportedBook()
    return (try await book.take(export.path, strict: strict), row, export, book)
  }

  /// Imports an export that is refused as a whole.
  private func refusal(_ change: (Export) throws -> Void) async throws -> CSVError? {
    let export = try Export()
    try change(export)
    let book = try ImportedBook()
    var found: CSVError?
    do {
      try await book.take(export.path)
    } catch let error as CSVError {
      found = error
    }
    #expect(await book.office.lastPosition == .start)
    await book.office.close()
    return found
  }

  @Test(arguments: SyntheaFile.allCases)
  func `is refused before anything is appended if a file is empty`(_ file: SyntheaFile)
    async throws
  {
    let error = try await refusal { try $0.write(file.fileName, []) }
    #expect(error?.kind == .empty && error?.file == file.fileName)
  }

  @Test(arguments: SyntheaFile.allCases)
  func `is refused if a file that is needed is missing`(_ file: SyntheaFile) async throws {
    if !file.isRequired { return }
    let error = try #require(try await refusal { try $0.remove(file.fileName) })
    guard case .file = error.kind else {
      Issue.record("not a missing file: \(error)")
      return
    }
    #expect(error.file == file.fileName)
  }

  @Test func `is refused if a column is missing, with those that are there`() async throws {
    let error = try #require(
      try await refusal { export in
        try export.edit(Self.ledger) { rows in
          let column = rows[0].firstIndex(of: "PAYMENTS") ?? 0
          rows[0][column] = "PAYMENT"
        }
      })
    guard case .missingColumn(let found) = error.kind else {
      Issue.record("not a missing column: \(error)")
      return
    }
    #expect(error.column == "PAYMENTS" && error.file == Self.ledger)
    #expect(found.contains("PAYMENT"))
  }

  @Test func `is refused if a file ends inside a quote`() async throws {
    let error = try await refusal { export in
      var bytes = try LiveFileSystem().bytes(
        of: export.folder.file("payer_transitions.csv"), atMost: 1 << 24)
      bytes += Array("\"open".utf8)
      try export.write("payer_transitions.csv", bytes)
    }
    #expect(error?.kind == .unterminatedQuote)
  }

  @Test func `without supplies, devices and names of codes is imported`() async throws {
    let (report, _, _, book) = try await take { export in
      for file in SyntheaFile.allCases where !file.isRequired { try export.remove(file.fileName) }
      return 0
    }
    #expect(report.isComplete)
    #expect(report.files.map(\.name).contains("supplies.csv") == false)
    await book.office.close()
  }

  @Test func `with headers alone appends nothing`() async throws {
    let (report, _, _, book) = try await take { export in
      for file in SyntheaFile.allCases { try export.edit(file.fileName) { $0 = [$0[0]] } }
      return 0
    }
    #expect(report.isComplete && report.rowsRead == 0 && report.eventsAppended == 0)
    await book.office.close()
  }

  @Test func `loses a payment with a text for its amount, and nothing else`() async throws {
    let (report, row, export, book) = try await take { export in
      try export.set("PAYMENTS", of: Self.ledger, to: "twelve") { $0["METHOD"] == "CC" }
    }
    #expect(report.rowsRefused == 1)
    let refused = try #require(report.refused.first)
    #expect(refused.place == RowPlace(Self.ledger, row: row, column: "PAYMENTS"))
    #expect(refused.code == "badValue" && refused.reason.contains("twelve"))
    // Mended, it is imported.
    try export.set("PAYMENTS", of: Self.ledger, to: "1.00") { $0["PAYMENTS"] == "twelve" }
    let mended = try await book.take(export.path)
    #expect(mended.isComplete && mended.actionsAppended == 1)
    await book.office.close()
  }

  @Test(arguments: ["text", "ragged"])
  func `loses a visit whole with a charge that cannot be read, until it is mended`(
    _ fault: String
  ) async throws {
    var kept: [String] = []
    let (report, row, export, book) = try await take { export in
      var found = 0
      try export.edit(Self.ledger) { rows in
        let type = rows[0].firstIndex(of: "TYPE") ?? 0
        let amount = rows[0].firstIndex(of: "AMOUNT") ?? 0
        found = rows.firstIndex { $0[type] == "CHARGE" && $0[amount] != "0.00" } ?? 0
        kept = rows[found]
        if fault == "text" {
          rows[found][amount] = "abc"
        } else {
          rows[found].insert("stray", at: 3)
        }
      }
      return found
    }
    let first = try #require(report.refused.first)
    #expect(first.place.file == Self.ledger && first.place.row == row)
    #expect(first.code == (fault == "text" ? "badValue" : "ragged"))
    let others = report.refused.dropFirst()
    #expect(others.allSatisfy { $0.code == "unknownReference" })
    let visit = try #require(others.first { $0.place.file == "encounters.csv" })
    #expect(visit.reason.contains("\(Self.ledger) row \(row)"))
    #expect(others.allSatisfy { $0.reason.contains("row") })
    #expect(report.rowsRefused < 30)

    try export.edit(Self.ledger) { $0[row] = kept }
    let mended = try await book.take(export.path)
    #expect(mended.isComplete)
    let differences = try await `Importing a Synthea export`.differences(
      book, mended, FilePath.join(Export.fixture, "expected-totals.json"))
    #expect(differences.prefix(20) == [])
    await book.office.close()
  }

  @Test func `loses what names a patient that is not there, and what depends on it`()
    async throws
  {
    let (report, row, _, book) = try await take { export in
      try export.set("PATIENT", of: "encounters.csv", to: "nobody")
    }
    let first = try #require(report.refused.first)
    #expect(first.place == RowPlace("encounters.csv", row: row, column: "PATIENT"))
    #expect(first.code == "unknownReference" && first.reason.contains("nobody"))
    #expect(report.refused.allSatisfy { $0.code == "unknownReference" })
    #expect(report.refused.contains { $0.place.file == "claims.csv" })
    #expect(report.refused.contains { $0.place.file == Self.ledger })
    #expect(report.rowsAppended > 1_000)
    #expect(report.rowsRead == report.rowsAppended + report.rowsRefused + report.rowsWithoutEvent)
    await book.office.close()
  }

  @Test func `loses a row of the ledger that names a patient who is not there`() async throws {
    let (report, row, _, book) = try await take { export in
      try export.set("PATIENTID", of: Self.ledger, to: "nobody") { $0["TYPE"] == "PAYMENT" }
    }
    #expect(report.rowsRefused == 1)
    #expect(
      report.refused.map(\.place) == [RowPlace(Self.ledger, row: row, column: "PATIENTID")])
    await book.office.close()
  }

  @Test func `loses both rows of a transfer that is not whole`() async throws {
    let (report, row, _, book) = try await take { export in
      try export.set("TRANSFEROUTID", of: Self.ledger, to: "99999999") {
        $0["TYPE"] == "TRANSFERIN"
      }
    }
    #expect(report.rowsRefused == 2)
    #expect(
      report.refused.first?.place
        == RowPlace(Self.ledger, row: row, column: "TRANSFEROUTID"))
    #expect(report.refused.last?.place.column == "CHARGEID")
    await book.office.close()
  }

  @Test func `stops at the first bad row if asked to`() async throws {
    let (report, row, _, book) = try await take(strict: true) { export in
      try export.set("PAYMENTS", of: Self.ledger, to: "-5") { $0["TYPE"] == "PAYMENT" }
    }
    #expect(report.isStopped && report.rowsRefused == 1)
    #expect(report.refused.first?.place.row == row)
    #expect(report.refused.first?.code == "amountNotPositive")
    let again = try await book.take(Export.fixture)
    #expect(again.isComplete)
    await book.office.close()
  }

  @Test func `tells what it found, by kind`() async throws {
    let (report, _, _, book) = try await take { _ in 0 }
    let tills = try #require(report.findings.first { $0.code == .tillNotOpen })
    #expect(tills.count == 47 + 62)
    #expect(tills.examples.first?.place.file == Self.ledger)
    #expect(report.isComplete)
    let table = report.report(book: "fixture", knownAt: await book.office.lastPosition)
    let json = render(table, as: .json)
    #expect(json.contains("\"tillNotOpen method\""))
    let rows = table.named.filter { $0["kind"]?.words == "read" }
    #expect(rows.last?["count"]?.number == Int64(report.rowsRead))
    await book.office.close()
  }
}
