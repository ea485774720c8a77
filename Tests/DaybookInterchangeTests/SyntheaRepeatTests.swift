import Daybook
import DaybookInterchange
import DaybookTesting
import Testing

/// Lets so many actions through and then fails, as a process that is killed.
actor Interrupted: ActionSubmitter {
  struct Killed: Error {}

  private let office: BackOffice
  private var left: Int

  init(_ office: BackOffice, after count: Int) {
    self.office = office
    left = count
  }

  func submit<C: Command>(_ command: C, _ envelope: Envelope) async throws -> Submission {
    guard left > 0 else { throw Killed() }
    left -= 1
    return try await office.submit(command, envelope)
  }

  func settle() async throws { try await office.settle() }
}

@Suite struct `Importing a Synthea export again` {
  @Test(arguments: Effort.cases([151, 0, 500, 1, 7, 50, 150, 152, 300, 800], few: 3))
  func `goes on where it stopped, to the same books`(_ actions: Int) async throws {
    let whole = try ImportedBook()
    let expected = try await whole.take(Export.fixture)
    let digest = try await whole.digest()

    let book = try ImportedBook()
    await #expect(throws: Interrupted.Killed.self) {
      _ = try await SyntheaImport(directory: Export.fixture, world: .live)
        .run(into: Interrupted(book.office, after: actions))
    }
    let rest = try await book.take(Export.fixture)
    #expect(rest.isComplete)
    #expect(rest.actionsAlreadyThere + rest.actionsAppended == expected.actionsAppended)
    #expect(try await book.digest() == digest)
    #expect(await book.office.lastPosition == whole.office.lastPosition)
    await book.office.close()
    await whole.office.close()
  }

  /// Imports the fixture, then the same with one field changed.
  private func again(
    after change: (Export) throws -> Int
  ) async throws -> (first: ImportReport, second: ImportReport, row: Int) {
    let export = try Export()
    let book = try ImportedBook()
    let first = try await book.take(export.path)
    let digest = try await book.digest()
    let row = try change(export)
    #expect(row > 0)
    let second = try await book.take(export.path)
    #expect(second.eventsAppended == 0)
    #expect(try await book.digest() == digest)
    await book.office.close()
    return (first, second, row)
  }

  @Test func `refuses the row of a payment whose amount has changed, and nothing else`()
    async throws
  {
    let (first, second, row) = try await again { export in
      try export.set("PAYMENTS", of: "claims_transactions.csv", to: "1.23") {
        $0["TYPE"] == "PAYMENT" && $0["METHOD"] == "ECHECK"
      }
    }
    let refused = try #require(second.refused.first)
    #expect(second.rowsRefused == 1)
    #expect(refused.place == RowPlace("claims_transactions.csv", row: row))
    #expect(refused.code == "duplicateSource")
    #expect(second.rowsAlreadyThere == first.rowsAppended - 1)
    #expect(!second.isComplete)
  }

  @Test(arguments: ["999.99", "0.00"])
  func `refuses the encounter of a charge whose amount has changed, and nothing else`(
    _ amount: String
  ) async throws {
    let (first, second, row) = try await again { export in
      try export.set("AMOUNT", of: "claims_transactions.csv", to: amount) {
        $0["TYPE"] == "CHARGE" && $0["AMOUNT"] != "0.00"
      }
    }
    let rows = try Export().rows("claims_transactions.csv")
    let column = try #require(rows[0].firstIndex(of: "APPOINTMENTID"))
    let encounters = try Export().rows("encounters.csv")
    let id = try #require(encounters[0].firstIndex(of: "Id"))
    let encounter = try #require(encounters.firstIndex { $0[id] == rows[row][column] })
    #expect(second.refused.map(\.place) == [RowPlace("encounters.csv", row: encounter)])
    #expect(second.refused.map(\.code) == ["duplicateSource"])
    #expect(second.rowsAlreadyThere == first.rowsAppended - 1)
  }

  @Test(arguments: [
    ("patients.csv", "FIRST"), ("payers.csv", "NAME"), ("providers.csv", "NAME"),
    ("organizations.csv", "NAME"), ("payer_transitions.csv", "END_DATE"),
    ("supplies.csv", "QUANTITY"),
  ])
  func `refuses a row that says something else, and goes on with what stands`(
    _ file: String, _ column: String
  ) async throws {
    let text = column == "QUANTITY" ? "99" : column == "END_DATE" ? "2031-01-01T00:00:00Z" : "Other"
    let (_, second, row) = try await again { export in
      try export.set(column, of: file, to: text) { $0["MEMBERID"] != "" }
    }
    #expect(second.rowsRefused == 1)
    #expect(second.refused.map(\.code) == ["duplicateSource"])
    if file != "supplies.csv" {
      #expect(second.refused.map(\.place) == [RowPlace(file, row: row)])
    } else {
      #expect(second.refused.map(\.place.file) == ["encounters.csv"])
    }
  }

  @Test func `moves nothing later that moved nothing at first`() async throws {
    let export = try Export()
    try export.edit("claims_transactions.csv") { rows in
      let header = rows[0]
      func place(_ name: String) -> Int { header.firstIndex(of: name) ?? 0 }
      let first = rows.firstIndex {
        $0[place("TRANSFERTYPE")] == "2" && $0[place("TYPE")] == "TRANSFERIN"
      }
      let claim = rows[first ?? 1][place("CLAIMID")]
      let model = rows.first {
        $0[place("CLAIMID")] == claim && $0[place("TYPE")] == "CHARGE"
      }
      rows.removeAll { $0[place("CLAIMID")] == claim }
      // The fourth transfer finds nothing owed; at the end the first payer owes again.
      var number = 900_000
      func add(_ values: [String: String]) {
        var row = model ?? header
        number += 1
        row[place("ID")] = "story-\(number)"
        row[place("CHARGEID")] = "\(number)"
        for name in ["AMOUNT", "METHOD", "PAYMENTS", "TRANSFERS", "TRANSFERTYPE", "TRANSFEROUTID"] {
          row[place(name)] = values[name] ?? ""
        }
        row[place("TYPE")] = values["TYPE"] ?? ""
        rows.append(row)
      }
      func transfer(_ amount: String, to party: String) {
        add(["TYPE": "TRANSFEROUT", "TRANSFERS": amount])
        add([
          "TYPE": "TRANSFERIN", "AMOUNT": amount, "TRANSFERTYPE": party,
          "TRANSFEROUTID": "\(number)",
        ])
      }
      add(["TYPE": "CHARGE", "AMOUNT": "100.00", "TRANSFERTYPE": "1"])
      transfer("30.00", to: "p")
      transfer("10.00", to: "1")
      add(["TYPE": "PAYMENT", "METHOD": "ECHECK", "PAYMENTS": "80.00"])
      transfer("7.00", to: "p")
      transfer("20.00", to: "1")
    }
    let book = try ImportedBook()
    let report = try await book.take(export.path)
    #expect(report.isComplete)
    #expect(report.findings.contains { $0.code == .overAllocated && $0.field == "amount" })
    let digest = try await book.digest()
    let again = try await book.take(export.path)
    #expect(again.eventsAppended == 0 && again.isComplete)
    #expect(try await book.digest() == digest)
    await book.office.close()
  }

  @Test func `appends what is new in an export that has grown`() async throws {
    let small = try Export()
    // Encounters of the last years, with all that hangs on them.
    var late: Set<String> = []
    try small.edit("encounters.csv") { rows in
      let (id, start) = (rows[0].firstIndex(of: "Id") ?? 0, rows[0].firstIndex(of: "START") ?? 0)
      for row in rows.dropFirst() where row[start] >= "2021" { late.insert(row[id]) }
      rows = [rows[0]] + rows.dropFirst().filter { !late.contains($0[id]) }
    }
    for (name, key) in [
      ("claims.csv", "APPOINTMENTID"), ("claims_transactions.csv", "APPOINTMENTID"),
      ("supplies.csv", "ENCOUNTER"), ("devices.csv", "ENCOUNTER"),
    ] {
      try small.edit(name) { rows in
        let column = rows[0].firstIndex(of: key) ?? 0
        rows = [rows[0]] + rows.dropFirst().filter { !late.contains($0[column]) }
      }
    }
    let book = try ImportedBook()
    let before = try await book.take(small.path)
    #expect(before.isComplete && late.count > 10)
    let after = try await book.take(Export.fixture)
    #expect(after.isComplete)
    #expect(after.refused == [])
    let differences = try await `Importing a Synthea export`.differences(
      book, after, FilePath.join(Export.fixture, "expected-totals.json"))
    #expect(differences.prefix(20) == [])
    await book.office.close()
  }
}
