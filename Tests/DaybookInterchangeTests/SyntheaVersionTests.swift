import Daybook
import DaybookInterchange
import Testing

/// What exporters of other versions and other runs write, and what they leave out.
@Suite struct `Another Synthea export` {
  private typealias Row = SmallExport.Row

  private static let charge: Row = ["TYPE": "CHARGE", "AMOUNT": "100.00", "TRANSFERTYPE": "1"]
  private static let byPayer: Row = ["TYPE": "PAYMENT", "METHOD": "ECHECK", "PAYMENTS": "80.00"]
  private static let byCard: Row = ["TYPE": "PAYMENT", "METHOD": "CC", "PAYMENTS": "20.00"]
  private static let out: Row = ["TYPE": "TRANSFEROUT", "TRANSFERS": "20.00"]
  private static let back: Row = ["TYPE": "TRANSFERIN", "AMOUNT": "20.00", "TRANSFERTYPE": "p"]

  /// One visit whose charge the payer pays in part.
  private static func small() -> SmallExport {
    var export = SmallExport()
    export.visit("e1")
    export.claim(
      "k1", of: "e1", from: 7, [:], charge, byPayer, out,
      back.merging(["TRANSFEROUTID": "9"]) { $1 }, byCard)
    return export
  }

  @Test func `of the newest columns is read`() async throws {
    let (report, found) = try await Self.small().imported()
    #expect(report.refused == [])
    #expect(found["charges_total_cents"] == "10000")
    #expect(found["payments_by_payer/y1"] == "8000")
    #expect(found["payments_by_patient_total_cents"] == "2000")
    #expect(found["transfers_to/patient"] == "2000")
    #expect(found["balance_total_cents"] == "0")
    #expect(found["encounter_seconds_by_provider/d1"] == "3600")
  }

  /// Their CHARGEID begins at 0 in each claim, a charge has no TRANSFERTYPE and the second row of a
  /// transfer no TRANSFEROUTID, and PROVIDERID is the organization.
  @Test func `of the first version with a ledger is read`() async throws {
    var export = SmallExport()
    export.visit("e1")
    let place = ["PROVIDERID": "o1"]
    for claim in ["k1", "k2"] {
      export.claim(
        claim, of: "e1", from: 0, ["SECONDARYPATIENTINSURANCEID": "0"],
        Self.charge.merging(["TRANSFERTYPE": "", "PROVIDERID": "o1"]) { $1 },
        Self.byPayer.merging(place) { $1 },
        Self.out.merging(["TRANSFERTYPE": "1", "PROVIDERID": "o1"]) { $1 },
        Self.back.merging(place) { $1 }, Self.byCard.merging(place) { $1 })
    }
    let (report, found) = try await export.imported()
    #expect(report.refused == [])
    #expect(found["charges_by_provider/d1"] == "20000")
    #expect(found["payments_by_payer/y1"] == "16000")
    #expect(found["transfers_to/patient"] == "4000")
    #expect(found["balance_total_cents"] == "0")
  }

  @Test func `with a visit that goes on leaves it open`() async throws {
    var export = Self.small()
    export.tables["encounters"]?[0]["STOP"] = ""
    let (report, found) = try await export.imported()
    #expect(report.isComplete)
    #expect(found["charges_total_cents"] == "10000")
    #expect(found["encounter_seconds_by_provider/d1"] ?? "0" == "0")
  }

  @Test func `without names goes by identifiers`() async throws {
    var export = Self.small()
    export.tables["patients"]?[0]["FIRST"] = ""
    export.tables["patients"]?[0]["LAST"] = " "
    export.tables["providers"]?[0]["NAME"] = ""
    export.tables["organizations"]?[0]["NAME"] = ""
    let (report, found) = try await export.imported()
    #expect(report.isComplete)
    #expect(found["balance_total_cents"] == "0")
  }

  @Test func `needs a place and a provider only where a row says who did what where`()
    async throws
  {
    var export = Self.small()
    for index in 0..<5 {
      export.tables["claims_transactions"]?[index]["PROVIDERID"] = ""
      if ![0, 1, 4].contains(index) {
        export.tables["claims_transactions"]?[index]["PLACEOFSERVICE"] = ""
      }
    }
    let (report, found) = try await export.imported()
    #expect(report.refused == [])
    #expect(found["charges_by_provider/d1"] == "10000")
    #expect(found["balance_total_cents"] == "0")
  }

  @Test func `with a byte order mark and carriage returns gives the same totals`() async throws {
    let export = try Export()
    for file in SyntheaFile.allCases {
      let path = export.folder.file(file.fileName)
      var text = String(
        decoding: try LiveFileSystem().bytes(of: path, atMost: 1 << 24), as: UTF8.self)
      text = String(text.unicodeScalars.filter { $0 != "\u{feff}" && $0 != "\r" })
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      try export.write(
        file.fileName, [0xef, 0xbb, 0xbf] + Array(lines.joined(separator: "\r\n").utf8))
    }
    let book = try ImportedBook()
    let report = try await book.take(export.path)
    #expect(report.isComplete)
    let differences = try await `Importing a Synthea export`.differences(
      book, report, FilePath.join(Export.fixture, "expected-totals.json"))
    #expect(differences.prefix(20) == [])
    await book.office.close()
  }

  @Test func `of two clinics with one name, of an unknown class and of the dead is recorded`()
    async throws
  {
    var export = Self.small()
    export.add("organizations", ["Id": "o2", "NAME": "North"])
    export.tables["patients"]?[0]["DEATHDATE"] = "2020-02-28"
    export.visit(
      "e2", ["ORGANIZATION": "o2", "ENCOUNTERCLASS": "astral", "CODE": "", "DESCRIPTION": ""])
    let (report, found) = try await export.imported()
    #expect(report.refused == [])
    #expect(found["encounters_by_organization/o1"] == "1")
    #expect(found["encounters_by_organization/o2"] == "1")
  }

  @Test func `with two charges of one number keeps both claims apart`() async throws {
    var export = Self.small()
    export.claim("k2", of: "e1", from: 7, [:], Self.charge, Self.byPayer)
    let (report, found) = try await export.imported()
    #expect(report.refused == [])
    #expect(found["charges_total_cents"] == "20000")
    #expect(found["balance_total_cents"] == "2000")
  }

  @Test func `with a claim of no rows makes no claim`() async throws {
    var export = Self.small()
    export.claim("k2", of: "e1", from: 100)
    let (report, _) = try await export.imported()
    #expect(report.isComplete)
    #expect(report.findings.contains { $0.code == .invalidState && $0.field == "charges" })
  }

  @Test func `loses a payment that comes before any charge of its claim`() async throws {
    var export = Self.small()
    export.claim("k2", of: "e1", from: 100, [:], Self.byPayer, Self.charge)
    let (report, found) = try await export.imported()
    #expect(report.refused.map(\.code) == ["unknownReference"])
    #expect(
      report.refused.map(\.place) == [RowPlace("claims_transactions.csv", row: 6)])
    #expect(found["charges_total_cents"] == "20000")
    #expect(found["payments_total_cents"] == "10000")
  }

  @Test func `loses what lies in the future`() async throws {
    var export = Self.small()
    export.visit("e2", ["START": "2999-01-01T10:00:00Z", "STOP": "2999-01-01T11:00:00Z"])
    export.claim("k2", of: "e1", from: 100, [:], Self.charge)
    export.claim(
      "k3", of: "e1", from: 200, [:], Self.charge,
      Self.byPayer.merging(["FROMDATE": "2999-01-01T10:00:00Z"]) { $1 })
    let (report, found) = try await export.imported()
    #expect(
      report.refused.map(\.place) == [
        // The payment, the answer to its claim, and the visit.
        RowPlace("claims_transactions.csv", row: 8), RowPlace("claims.csv", row: 3),
        RowPlace("encounters.csv", row: 2),
      ])
    #expect(report.refused.allSatisfy { $0.code == "futureNotAllowed" })
    #expect(found["charges_total_cents"] == "30000")
    #expect(found["payments_total_cents"] == "10000")
  }

  @Test func `with a device without an expiry traces its lot, and loses one without a lot`()
    async throws
  {
    var export = Self.small()
    let device = [
      "START": SmallExport.start, "PATIENT": "p1", "CODE": "dv", "DESCRIPTION": "Device",
    ]
    export.add(
      "devices", device.merging(["ENCOUNTER": "e1", "UDI": "(01)09506000134352(10)L1"]) { $1 })
    var (report, found) = try await export.imported()
    #expect(report.refused == [])
    #expect(found["device_lot_to_patients/L1|exp"] == "p1")

    export.visit("e2")
    export.add(
      "devices", device.merging(["ENCOUNTER": "e2", "UDI": "(01)09506000134352(21)S1"]) { $1 })
    (report, found) = try await export.imported()
    #expect(report.refused.map(\.code) == ["lotRequired", "unknownReference"])
    #expect(found["device_lot_to_patients/L1|exp"] == "p1")
  }

  @Test func `of another run goes into the same book, whatever it calls a code`() async throws {
    let book = try ImportedBook()
    var export = Self.small()
    let first = try export.written()
    #expect(try await book.take(first.path).isComplete)
    export.add(
      "procedures",
      ["START": SmallExport.start, "PATIENT": "p1", "CODE": "c1", "DESCRIPTION": "Procedure"])
    export.visit("e2")
    export.claim("k2", of: "e2", from: 100, [:], Self.charge)
    let second = try export.written()
    let report = try await book.take(second.path)
    #expect(report.refused == [])
    #expect(report.findings.contains { $0.code == .duplicateSource && $0.field == "reference" })
    let found = try await FoundTotals(book, report, asOf: []).values
    #expect(found["charges_by_procedure/c1"] == "20000")
    await book.office.close()
  }

  @Test(arguments: [
    ("2020-03-01T10:00:00.123Z", "2020-03-01"), ("2020-03-01T10:00:00+02:00", "2020-03-01"),
    ("2020-03-01", "2020-03-01"), ("2020-03-01T23:30:00-02:00", "2020-03-02"),
  ])
  func `reads times in each form`(_ text: String, _ day: String) async throws {
    var export = Self.small()
    for index in 0..<5 { export.tables["claims_transactions"]?[index]["FROMDATE"] = text }
    let (report, found) = try await export.imported()
    #expect(report.refused == [])
    #expect(found["charges_by_month/\(day.prefix(7))"] == "10000")
  }

  @Test(arguments: [
    ("100", "10000"), ("100.5", "10050"), ("0.00", "0"), ("0", "0"), ("-0.00", "0"),
    ("0100.00", "10000"),
  ])
  func `reads amounts in each form`(_ text: String, _ cents: String) async throws {
    var export = SmallExport()
    export.visit("e1")
    export.claim(
      "k1", of: "e1", from: 1, [:], Self.charge.merging(["AMOUNT": text, "UNITS": "1.0"]) { $1 })
    let (report, found) = try await export.imported()
    #expect(report.refused == [])
    #expect(found["charges_total_cents"] == cents)
  }
}
