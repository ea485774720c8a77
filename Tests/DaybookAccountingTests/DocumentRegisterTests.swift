import DaybookAccounting
import DaybookClinicEvents
import DaybookEngine
import DaybookEvents
import DaybookReporting
import DaybookTesting
import DaybookValues
import Testing

@Suite struct `The register of documents` {
  private let columns = [
    "series", "number", "date", "due", "customer", "base", "tax", "total", "rectifies",
  ]

  private func texts(_ report: Report) -> [String] {
    let indexes = columns.compactMap { name in report.columns.firstIndex { $0.name == name } }
    return report.rows.map { row in
      indexes.map { index in
        switch row[index] {
        case .text(let text), .identifier(let text): text
        case .amount(let amount): amount.decimal
        case .count(let count): "\(count)"
        case .day(let day): "\(day)"
        default: "-"
        }
      }.joined(separator: " ")
    }
  }

  // 90 + 50 - 20 - 10 + 19 - 19 + 10 = 120; 18.90 - 4.20 - 2.10 + 3.99 - 3.99 + 2.10 = 14.70.
  @Test func `has a row for each rate, and adds up`() throws {
    let report = try DocumentMonth().registers().register()
    #expect(
      texts(report) == [
        "A 1 2026-03-02 2026-04-01 P1 90.00 18.90 108.90 -",
        "A 1 2026-03-02 2026-04-01 P1 50.00 0.00 50.00 -",
        "AR 1 2026-03-10 - P1 -20.00 -4.20 -24.20 A-1",
        "R 1 2026-03-12 - walk-in -10.00 -2.10 -12.10 T-2",
        "T 1 2026-03-10 - walk-in 19.00 3.99 22.99 -",
        "T 1 2026-03-10 - walk-in -19.00 -3.99 -22.99 T-1 undone",
        "T 2 2026-03-11 - walk-in 10.00 2.10 12.10 -",
      ])
    #expect(report.totals[8] == .amount(euros(12_000)))
    #expect(report.totals[10] == .amount(euros(1_470)))
    #expect(report.totals[11] == .amount(euros(13_470)))
    #expect(
      report.notes == [
        "0%: base 50.00, tax 0.00, total 50.00 EUR",
        "21%: base 70.00, tax 14.70, total 84.70 EUR",
        "A of L1: number 1, without a hole.", "AR of L1: number 1, without a hole.",
        "R of L1: number 1, without a hole.", "T of L1: numbers 1 to 2, without a hole.",
      ])
    for format in [ReportFormat.text, .csv] {
      try Golden.expect(
        render(report, as: format),
        is: "accounting/documents.\(format == .text ? "txt" : "csv")")
    }
  }

  @Test func `lists invoices and credit notes alone unless it is asked for more`() throws {
    let registers = try DocumentMonth().registers()
    let report = registers.register(DocumentsReport.usual)
    #expect(report.title == "Register of invoices and credit notes")
    #expect(report.rows.count == 3)
    #expect(report.notes.last == "Not listed: 2 tickets, 1 return.")
    #expect(registers.register([.creditNote]).rows.count == 1)
    #expect(registers.register(of: .walkIn).rows.count == 4)
    let patient = registers.register(of: PartyKey(PatientID(1)))
    #expect(patient.rows.count == 3)
    #expect(registers.register(of: PartyKey(PatientID(2))).rows.isEmpty)
  }

  @Test func `is of the days, the clinic and the position that are asked for`() throws {
    let registers = try DocumentMonth().registers()
    let (first, tenth) = (try Day(parsing: "2026-03-01"), try Day(parsing: "2026-03-10"))
    #expect(registers.register { $0.on = tenth }.rows.count == 5)
    let later = registers.register { $0.from = tenth.advanced(by: 1) }
    #expect(
      texts(later).map { $0.prefix(16) } == [
        "R 1 2026-03-12 -", "T 2 2026-03-11 -",
      ])
    #expect(later.notes.last == "T of L1: number 2, without a hole.")
    #expect(registers.register { $0.clinic = 2 }.rows.isEmpty)
    #expect(registers.register { $0.to = first }.rows.isEmpty)
    let none = try Registers([])
    #expect(none.register().rows.isEmpty)
  }

  @Test(arguments: [1, 2, 3, 65_536])
  func `answers for every earlier position as it did then, byte for byte`(chunk: Int) throws {
    let events = try DocumentMonth().desk.taken
    let all = try Registers(events, chunkRows: chunk)
    for count in 0...events.count {
      let then = try Registers(Array(events.prefix(count)), chunkRows: chunk)
      let known = Position(UInt64(count))
      #expect(all.model.digest(knownAt: known) == then.model.digest)
      #expect(
        render(all.register { $0.knownAt = known }, as: .json)
          == render(then.register(), as: .json))
    }
  }

  @Test(arguments: [3, 8, 14]) func `from a checkpoint and the tail behind it is what a replay is`(
    cut: Int
  ) throws {
    let events = try DocumentMonth().desk.taken
    let replayed = try Registers(events, chunkRows: 2)
    var resumed = try Registers(Array(events.prefix(cut)), chunkRows: 2)
    resumed.model = try MemoryPages.copy(&resumed.model, into: DocumentsModel(chunkRows: 2)).model
    for event in events.dropFirst(cut) { try resumed.take(event) }
    #expect(resumed.model.digest == replayed.model.digest)
    #expect(
      try MemoryPages.state(of: resumed.model) == MemoryPages.state(of: replayed.model))
  }

  // All charges are invoiced as a whole, so that the register's tax is that of 2200: 14.70. Credit notes
  // and returns come to 20.00 + 10.00 of 4095.
  @Test func `agrees with the books`() throws {
    let month = try DocumentMonth()
    let registers = try month.registers()
    #expect(month.desk.balance("2200") == -1_470)
    #expect(registers.register().totals[10] == .amount(euros(1_470)))
    #expect(month.desk.balance("4095") == 3_000)
    #expect(
      registers.register([.creditNote, .saleReturn]).totals[8] == .amount(euros(-3_000)))
    #expect(
      DocumentsChecks.run(registers.model, month.desk.books.model).filter { !$0.passed } == [])
    let others = DocumentsChecks.run(registers.model, AccountingModel())
    #expect(others.map(\.passed) == [true, false])
    #expect(others[1].detail.hasPrefix("AR-1 at position"))
  }

  // MARK: - Told event by event

  private func issued(_ number: UInt64, to patient: UInt64, on day: String) throws -> InvoiceIssued
  {
    let day = try Day(parsing: day)
    return InvoiceIssued.with {
      $0.invoice = InvoiceID(number)
      $0.series = "A"
      $0.number = number
      $0.date = day
      $0.customer.party = .patient(PatientID(patient))
      $0.taxes = [TaxSum.with { $0.net = money(1_000) }]
      $0.total = money(1_000)
    }
  }

  private func told(_ numbers: [UInt64]) throws -> Feed<DocumentsModel> {
    var feed = Feed(DocumentsModel())
    try feed.append(
      ClinicDefined.with {
        $0.clinic = ClinicID(1)
        $0.currency = .eur
      }, to: 1, at: "2026-03-01T09:00:00Z")
    for (index, number) in numbers.enumerated() {
      let day = Day(daysSince1970: 20_514 + Int32(index)).description
      try feed.append(
        try issued(number, to: 1, on: day), to: UInt64(index) + 1, at: "\(day)T09:00:00Z")
    }
    return feed
  }

  @Test func `names the holes of a series, and what stands twice`() throws {
    let feed = try told([1, 2, 4, 4, 7])
    let view = Snapshot(feed.model, asOf: feed.position)
    let all = DocumentsReport.register(view, AccountingQuery())
    #expect(
      all.notes.last
        == "A of L1: numbers 1 to 7; 3 is missing, 4 stands twice, 5 to 6 are missing.")
    // The third is of 4 March.
    let later = DocumentsReport.register(
      view, AccountingQuery(from: try Day(parsing: "2026-03-04")))
    #expect(
      later.notes.last
        == "A of L1: numbers 4 to 7; 3 is missing, 4 stands twice, 5 to 6 are missing.")
    let first = try told([2])
    let from2 = DocumentsReport.register(
      Snapshot(first.model, asOf: first.position), AccountingQuery())
    #expect(from2.notes.last == "A of L1: number 2; 1 is missing.")
  }

  @Test func `shows a patient who was merged under the one who stays, from then on`() throws {
    var feed = Feed(DocumentsModel())
    try feed.append(
      try issued(1, to: 2, on: "2026-03-02"), to: 1, at: "2026-03-02T09:00:00Z")
    try feed.append(
      PatientsMerged.with {
        $0.from = PatientID(2)
        $0.into = PatientID(1)
      }, to: 2, at: "2026-03-03T09:00:00Z")
    let view = Snapshot(feed.model, asOf: feed.position)
    let now = DocumentsReport.register(to: PartyKey(PatientID(1)), view, AccountingQuery())
    #expect(now.texts("customer") == ["P1"])
    let then = DocumentsReport.register(view, AccountingQuery(knownAt: Position(1)))
    #expect(then.texts("customer") == ["P2"])
  }
}

@Suite struct `A document of sales` {
  private let registers: Registers

  init() throws { registers = try DocumentMonth().registers() }

  @Test(arguments: [
    ("A-1", "invoice"), ("AR-1", "credit-note"), ("T-1", "ticket"), ("R-1", "return"),
  ])
  func `is printed as it was recorded`(_ number: String, _ name: String) throws {
    let page = try #require(try registers.document(number))
    let text = render(page, as: .text, width: 80)
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 || $0.hasPrefix("digest") })
    try Golden.expect(text, is: "accounting/document-\(name).txt")
    let html = render(page, as: .html)
    #expect(!html.contains("<script") && !html.contains("http"))
    try Golden.expect(html, is: "accounting/document-\(name).html")
  }

  // 100.00 less 10.00, and 18.90 on 90.00; all of the charge is asked for.
  @Test func `has its lines, and what they come to, for programs`() throws {
    let page = try #require(try registers.document("A-1"))
    #expect(
      page.texts("line", "document", "date", "taxCode", "text", "net", "tax", "total") == [
        "1 C1 2026-03-02 TX1 Treatment, 2026-03-02 90.00 18.90 108.90",
        "2 C2 2026-03-02 TX2 Treatment, 2026-03-02 50.00 0.00 50.00",
      ])
    #expect(page.rows[0][5] == .quantity(.one))
    #expect(page.rows[0][6] == .unitPrice(UnitPrice(tenThousandths: 1_000_000)))
    #expect(page.rows[0][7] == .amount(euros(1_000)))
    #expect(page.totals[11] == .amount(euros(15_890)))
    #expect(page.notes == ["E: LIVA art. 20.1.3"])
    #expect(
      page.letterhead
        == Letterhead(
          issuer: [
            "North Dental SL", "Tax number B12345678", "Calle Mayor 1", "45001 Toledo, ES",
          ],
          recipient: ["Ana Young", "Tax number 12345678Z", "Calle Alta 2, Toledo"],
          facts: [
            Letterhead.Fact("Date", "2026-03-02"), Letterhead.Fact("Due", "2026-04-01"),
            Letterhead.Fact("Customer", "P1"),
          ]))
  }

  @Test func `is found by its number as it is printed or typed, and by its stream`() throws {
    let (model, last) = (registers.model, registers.position)
    for text in ["A-1", "a-1", "A1", "A 1"] {
      #expect(model.documents(numbered: text, knownAt: last).map(\.number) == ["A-1"], "\(text)")
    }
    for text in ["A-2", "B-1", "A-", "A", "", "-1", "1", "A-1x", "A-99999999999999999999"] {
      #expect(model.documents(numbered: text, knownAt: last).isEmpty, "\(text)")
    }
    #expect(model.documents(numbered: "A-1", clinic: 2, knownAt: last).isEmpty)
    #expect(model.documents(numbered: "A-1", knownAt: Position(5)).isEmpty)
    let note = try #require(model.document(of: InvoiceID(2).stream, knownAt: last))
    #expect(note.number == "AR-1" && note.type == .creditNote)
    #expect(note.original == model.documents(numbered: "A-1", knownAt: last).first?.position)
    #expect(model.document(of: SaleID(9).stream, knownAt: last) == nil)
  }

  // The events before the documents, and the reversal of T-1, are no documents.
  @Test func `is at no other position`() throws {
    var found = 0
    for number in 1...registers.position.number {
      let position = Position(number)
      let known = registers.model.document(at: position, knownAt: registers.position)
      #expect((try registers.document(at: position) == nil) == (known == nil), "\(position)")
      if known != nil { found += 1 }
    }
    #expect(found == 5)
    #expect(registers.model.document(at: Position(999), knownAt: registers.position) == nil)
  }
}

private func euros(_ cents: Int64) -> Amount { Amount(minorUnits: cents, .eur) }
