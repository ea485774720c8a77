import DaybookAccounting
import DaybookClinicEvents
import DaybookEvents
import DaybookReporting
import DaybookTesting
import DaybookValues
import Testing

@Suite struct `An open item` {
  var books: Books

  init() throws {
    // Chunks of two postings: every item crosses the end of one.
    books = Books(chunkRows: 2)
    try books.clinic(1)
    try books.clinic(2)
    try books.clinic(3, .usd)
    try books.patientRegistered(1)
    try books.patientRegistered(2)
    try books.partyRegistered(1, terms: 30)
    try books.partyRegistered(2, .supplier, terms: 14)
  }

  private func query(
    _ on: String = "2026-06-30", _ known: UInt64? = nil, clinic: UInt64? = nil
  ) throws -> AccountingQuery {
    AccountingQuery(
      on: try Day(parsing: on), knownAt: known.map { Position($0) }, clinic: clinic)
  }

  private func receivables(
    _ on: String = "2026-06-30", _ known: UInt64? = nil, clinic: UInt64? = nil
  ) throws -> [String] {
    AccountingReports.openReceivables(books.view, try query(on, known, clinic: clinic))
      .texts("party", "document", "invoice", "date", "due", "amount", "open", "age", "credit")
      .map { $0.replacing("  ", with: " - ") }
  }

  private func payables(_ on: String = "2026-06-30", _ known: UInt64? = nil) throws -> [String] {
    AccountingReports.openPayables(books.view, try query(on, known))
      .texts("supplier", "document", "invoice", "date", "due", "amount", "open", "age")
  }

  /// Every day and every position, with and without a clinic: as a recomputation has it.
  private func expectAgreement(_ days: [String]) throws {
    for text in days {
      let day = try Day(parsing: text)
      for position in 0...books.position {
        for clinic in [nil, 1, 2, 3] as [UInt64?] {
          let found = ItemsByHand.difference(
            books.model, on: day, at: Position(position), clinic: clinic)
          #expect(found == nil, "on \(text) at \(position), clinic \(clinic ?? 0)")
        }
      }
    }
    #expect(AccountingChecks.run(books.model).filter { !$0.passed } == [])
  }

  private mutating func invoice(
    _ number: UInt64, _ charge: UInt64, _ debtor: Debtor, due: String, day: String
  ) throws {
    var issued = InvoiceIssued()
    issued.invoice = InvoiceID(number)
    issued.series = "F"
    issued.number = number
    issued.date = try Day(parsing: day)
    var line = InvoiceLine()
    line.charge = ChargeID(charge)
    line.owedBy = debtor
    issued.lines = [line]
    var part = DueDate()
    part.date = try Day(parsing: due)
    issued.due = [part]
    try books.take(issued, on: number, day: day)
  }

  @Test mutating func `is due by its invoice, else by the terms, and anew with a transfer`() throws
  {
    try books.charge(1, to: payer(1), 100_00, day: "2026-01-10")
    try books.charge(2, to: patient(1), 40_00, day: "2026-01-10")
    #expect(
      try receivables() == [
        "P1 C2 - 2026-01-10 2026-01-10 40.00 40.00 over 90 -",
        "Y1 C1 - 2026-01-10 2026-02-09 100.00 100.00 over 90 -",
      ])
    let before = books.position
    try invoice(1, 1, payer(1), due: "2026-06-15", day: "2026-05-15")
    #expect(
      try receivables().last == "Y1 C1 F-1 2026-01-10 2026-06-15 100.00 100.00 1-30 -")
    // Neither before the invoice was known, nor on a day before it.
    #expect(try receivables("2026-06-30", before).last?.contains("2026-02-09") == true)
    #expect(try receivables("2026-05-14").last?.contains("2026-02-09") == true)
    try books.transfer(1, from: payer(1), to: patient(1), 30_00, day: "2026-06-20")
    #expect(
      try receivables() == [
        "P1 C2 - 2026-01-10 2026-01-10 40.00 40.00 over 90 -",
        "P1 C1 - 2026-06-20 2026-06-20 30.00 30.00 1-30 -",
        "Y1 C1 F-1 2026-01-10 2026-06-15 100.00 70.00 1-30 -",
      ])
    try expectAgreement(["2026-01-09", "2026-01-10", "2026-05-15", "2026-06-20", "2026-07-31"])
  }

  @Test mutating func `of a payment is credit, never netted, and goes with what it settles`() throws
  {
    try books.charge(1, to: patient(1), 50_00, day: "2026-02-01")
    let who = Party.patient(PatientID(1))
    try books.pay(1, from: who, 80_00, [(1, patient(1), 20_00)], day: "2026-02-03")
    #expect(
      try receivables() == [
        "P1 C1 - 2026-02-01 2026-02-01 50.00 30.00 over 90 -",
        "P1 M1 - 2026-02-03 - 60.00 - - 60.00",
      ])
    try books.allocate(1, of: who, to: 1, owedBy: patient(1), 30_00, day: "2026-02-04")
    var refund = RefundPaid()
    refund.refund = PaymentID(2)
    refund.to = who
    refund.amount = money(10_00)
    refund.method = .cash(CashTender())
    refund.parts = [RefundedPart(PaymentID(1), money(10_00))]
    let refunded = try books.take(refund, on: 2, day: "2026-02-05")
    #expect(try receivables().count == 1)
    #expect(try receivables().first?.hasSuffix("60.00 - - 20.00") == true)
    // The refund is undone: the credit is M1's again.
    try books.take(
      try reversal(of: refund, at: refunded), onStream: PaymentID(2).stream, day: "2026-03-01")
    #expect(try receivables().first?.hasSuffix("60.00 - - 30.00") == true)
    #expect(try receivables("2026-02-28").first?.hasSuffix("60.00 - - 20.00") == true)
    try expectAgreement(["2026-02-02", "2026-02-03", "2026-02-04", "2026-02-05", "2026-03-01"])
  }

  private func reversal<E: EventPayload>(of event: E, at position: UInt64) throws -> Reversed {
    var reversed = Reversed()
    reversed.of = Position(position)
    reversed.reason = "wrong"
    reversed.family = UInt32(E.Tag.family.rawValue)
    reversed.tag = UInt32(E.tag.rawValue)
    return reversed
  }

  @Test mutating func `of a supplier is the invoice, and is what payments name`() throws {
    var invoice = SupplierInvoiceRecorded()
    invoice.invoice = SupplierInvoiceID(1)
    invoice.supplier = PartyID(2)
    invoice.number = "A/77"
    invoice.date = try Day(parsing: "2026-03-01")
    invoice.due = try Day(parsing: "2026-03-31")
    var line = SupplierInvoiceLine()
    line.account = "6100"
    line.net = money(100_00)
    invoice.lines = [line]
    invoice.total = money(100_00)
    try books.take(invoice, on: 1, day: "2026-03-02")
    (invoice.invoice, invoice.number) = (SupplierInvoiceID(2), "A/78")
    invoice.due = try Day(parsing: "2026-04-30")
    try books.take(invoice, on: 2, day: "2026-03-02")
    var made = PaymentMade()
    made.payment = PaymentID(1)
    made.to = .party(PartyID(2))
    made.amount = money(130_00)
    made.method = .transfer(BankTender())
    made.settles = [
      PaidItem(.invoice(SupplierInvoiceID(2)), money(30_00)),
      PaidItem(.invoice(SupplierInvoiceID(1)), money(100_00)),
    ]
    let paid = try books.take(made, on: 1, day: "2026-04-02")
    let document = SupplierInvoiceID(2).description
    #expect(
      try payables() == [
        "Y2 \(document) A/78 2026-03-01 2026-04-30 100.00 70.00 61-90"
      ])
    #expect(
      try payables("2026-04-01") == [
        "Y2 \(SupplierInvoiceID(1)) A/77 2026-03-01 2026-03-31 100.00 100.00 1-30",
        "Y2 \(document) A/78 2026-03-01 2026-04-30 100.00 100.00 current",
      ])
    let report = AccountingReports.payables(books.view, try query("2026-04-01"))
    #expect(
      report.texts("supplier", "ref", "current", "d30", "d60", "d90", "over90", "total") == [
        "Y2 party-2 100.00 100.00 0.00 0.00 0.00 200.00"
      ])
    for (report, name) in [
      (report, "payables"),
      (AccountingReports.openPayables(books.view, try query("2026-04-01")), "payables-items"),
    ] {
      try Golden.expect(render(report, as: .text), is: "accounting/\(name).txt")
    }
    try books.take(
      try reversal(of: made, at: paid), onStream: PaymentID(1).stream, day: "2026-05-01")
    #expect(try payables().count == 2)
    #expect(try payables("2026-04-30").count == 1)
    let statement = AccountingReports.statement(
      ofParty: PartyID(2), books.view, try query())
    #expect(
      statement.texts("date", "document", "charge", "paid", "adjusted", "balance") == [
        "2026-03-02 \(SupplierInvoiceID(1)) 100.00 0.00 0.00 100.00",
        "2026-03-02 \(document) 100.00 0.00 0.00 200.00",
        "2026-04-02 M1 0.00 130.00 0.00 70.00", "2026-05-01 M1 0.00 -130.00 0.00 200.00",
      ])
    #expect(statement.notes.count == 3)
    try expectAgreement(["2026-03-01", "2026-03-02", "2026-04-01", "2026-04-02", "2026-05-01"])
  }

  @Test mutating func `that was open when the books began is due when it was due`() throws {
    var entry = JournalPosted()
    entry.entry = JournalID(1)
    entry.opening = true
    func line(_ account: String, _ debit: Int64, _ credit: Int64, _ party: Counterparty?) throws
      -> JournalLine
    {
      var line = JournalLine()
      line.account = account
      line.debit = money(debit)
      line.credit = money(credit)
      line.party = party
      if party != nil {
        line.document = "old-\(account)"
        line.due = try Day(parsing: "2026-02-15")
      }
      return line
    }
    var owed = try line("1200", 70_00, 0, .patient(PatientID(1)))
    owed.charge = ChargeID(1)
    var credit = try line("2150", 0, 20_00, .patient(PatientID(2)))
    credit.payment = PaymentID(1)
    let payable = try line("2000", 0, 30_00, .party(PartyID(2)))
    entry.lines = [owed, credit, payable, payable, try line("3000", 10_00, 0, nil)]
    try books.take(entry, on: 1, day: "2026-01-01")
    var made = PaymentMade()
    made.payment = PaymentID(2)
    made.to = .party(PartyID(2))
    made.amount = money(30_00)
    made.method = .transfer(BankTender())
    var item = OpeningItem(JournalID(1), line: 4)
    item.account = "2000"
    made.settles = [PaidItem(.opening(item), money(30_00))]
    try books.take(made, on: 2, day: "2026-01-20")
    try books.allocate(
      1, of: .patient(PatientID(2)), to: 1, owedBy: patient(1), 5_00, day: "2026-01-21")
    #expect(
      try receivables("2026-02-20") == [
        "P1 C1 old-1200 2026-01-01 2026-02-15 70.00 65.00 1-30 -",
        "P2 M1 old-2150 2026-01-01 - 20.00 - - 15.00",
      ])
    let journal = JournalID(1).description
    #expect(
      try payables("2026-02-20") == [
        "Y2 \(journal) old-2000 2026-01-01 2026-02-15 30.00 30.00 1-30"
      ])
    let statement = AccountingReports.statement(
      of: PatientID(1), books.view, try query("2026-02-20"))
    #expect(statement.texts("charge", "payerPaid", "balance").last == "0.00 5.00 65.00")
    try expectAgreement(["2026-01-01", "2026-01-20", "2026-02-20"])
  }

  @Test mutating func `of patients who are one is one, and in whatever clinic of its currency`()
    throws
  {
    try books.charge(1, to: patient(2), 100_00, of: 2, day: "2026-01-10", clinic: 2)
    try books.charge(2, to: patient(1), 10_00, of: 1, day: "2026-01-12", clinic: 3)
    let before = books.position
    var merged = PatientsMerged()
    (merged.from, merged.into, merged.reason) = (PatientID(2), PatientID(1), .duplicate)
    try books.take(merged, on: 2)
    try books.pay(
      1, from: .patient(PatientID(1)), 40_00, [(1, patient(1), 40_00)], day: "2026-02-01")
    try books.transfer(1, from: patient(1), to: payer(1), 20_00, day: "2026-02-02", clinic: 2)
    #expect(
      try receivables() == [
        "P1 C1 - 2026-01-10 2026-01-10 100.00 40.00 over 90 -",
        "P1 C2 - 2026-01-12 2026-01-12 10.00 10.00 over 90 -",
        "Y1 C1 - 2026-02-02 2026-03-04 20.00 20.00 over 90 -",
      ])
    #expect(try receivables("2026-06-30", before).map { $0.prefix(2) } == ["P1", "P2"])
    for number in 1...2 as ClosedRange<UInt64> {
      let items = AccountingReports.openReceivables(
        books.view, try query(), of: PartyKey(PatientID(number)))
      #expect(items.rows.count == 2)
    }
    try expectAgreement(["2026-01-10", "2026-01-12", "2026-02-01", "2026-02-02"])
  }

  @Test mutating func `of a payment that comes back is open again`() throws {
    try books.charge(1, to: patient(1), 50_00, day: "2026-02-01")
    try books.pay(
      1, from: .patient(PatientID(1)), 60_00, [(1, patient(1), 50_00)], day: "2026-02-03")
    var returned = PaymentReturned()
    returned.payment = PaymentID(1)
    returned.from = .patient(PatientID(1))
    returned.amount = money(60_00)
    returned.method = .transfer
    returned.reopened = [Allocation(ChargeID(1), owedBy: patient(1), money(50_00))]
    try books.take(returned, on: 1, day: "2026-04-01")
    #expect(try receivables("2026-03-31").isEmpty == false)
    #expect(
      try receivables() == [
        "P1 C1 - 2026-02-01 2026-02-01 50.00 50.00 over 90 -"
      ])
    let statement = AccountingReports.statement(of: PatientID(1), books.view, try query())
    #expect(
      statement.texts("charge", "patientPaid", "balance") == [
        "50.00 0.00 50.00", "0.00 60.00 -10.00", "0.00 -60.00 50.00",
      ])
    try expectAgreement(["2026-02-01", "2026-02-03", "2026-04-01"])
  }

  // Columns, links and movements, with the places of documents and parties: what 200 bytes are for.
  @Test mutating func `takes less than 200 bytes in a checkpoint and in memory`() throws {
    for number in 1...2_000 as ClosedRange<UInt64> {
      try books.charge(number, to: payer(1), 10_00, day: "2026-01-10")
      try books.pay(number, from: .payer(PartyID(1)), 10_00, [(number, payer(1), 10_00)])
    }
    let size = books.model.openItemMemory()
    #expect(size.items == 2_000)
    #expect(size.bytes / size.items < 200, "\(size.bytes) bytes")
  }
}
