import DaybookAccounting
import DaybookBytes
import DaybookClinicEvents
import DaybookEvents
import DaybookReporting
import DaybookValues
import Testing

@Suite struct `Lines of an audit that belong together` {
  private var books = Books()

  init() throws {
    try books.clinic()
    try books.patientRegistered(1)
    try books.partyRegistered(4, .supplier)
  }

  private func audit(_ code: String, on day: String) throws -> [String] {
    var filter = JournalFilter()
    filter.accounts = [code]
    let query = AccountingQuery(on: try Day(parsing: day))
    return try AccountingReports.auditJournal(filter, books.view, query) { _ in books.details }
      .texts("position", "match", "matchedOn", "reverses", "reversedBy")
  }

  // 121.00 of the 10th, paid on the 20th; a second invoice of 50.00 stays open.
  @Test mutating func `are a supplier's invoice and what pays it`() throws {
    for (number, cents) in [(1, 12_100), (2, 5_000)] as [(UInt64, Int64)] {
      try books.take(
        SupplierInvoiceRecorded.with {
          $0.invoice = SupplierInvoiceID(number)
          $0.supplier = PartyID(4)
          $0.lines = [
            SupplierInvoiceLine.with {
              $0.account = "6110"
              $0.net = money(cents)
            }
          ]
          $0.total = money(cents)
        }, on: number, day: "2026-03-10")
    }
    let paid = try books.take(
      PaymentMade.with {
        $0.payment = PaymentID(1)
        $0.to = .party(PartyID(4))
        $0.amount = money(12_100)
        $0.method = .transfer(BankTender())
        $0.settles = [
          PaidItem.with {
            $0.item = .invoice(SupplierInvoiceID(1))
            $0.amount = money(12_100)
          }
        ]
      }, on: 1, day: "2026-03-20")
    let name = SupplierInvoiceID(1).description
    #expect(
      try audit("2000", on: "2026-03-20") == [
        "\(paid - 2) \(name) 2026-03-20 - -", "\(paid - 1) - - - -",
        "\(paid) \(name) 2026-03-20 - -",
      ])
    #expect(
      try audit("2000", on: "2026-03-19") == ["\(paid - 2) - - - -", "\(paid - 1) - - - -"])
  }

  @Test mutating func `are an entry and the one that undoes it`() throws {
    let charge = ChargePosted.with {
      $0.charge = ChargeID(1)
      $0.patient = PatientID(1)
      $0.service = ServiceID(1)
      $0.units = 1
      $0.list = money(10_000)
      $0.net = money(10_000)
      $0.responsible = patient(1)
    }
    let first = try books.take(charge, on: 1)
    let undone = try Reversed.with { (reversed) throws(WireError) in
      reversed.of = Position(first)
      reversed.reason = "wrong patient"
      reversed.family = UInt32(ChargePosted.Tag.family.rawValue)
      reversed.tag = UInt32(ChargePosted.tag.rawValue)
      reversed.originalAt = Instant(milliseconds: 1_772_442_000_000)
      reversed.payload = try charge.encoded(base: reversed.originalAt)
    }
    let at = try books.take(undone, onStream: StreamID(.charge, 1), day: "2026-03-03")
    #expect(
      try audit("1200", on: "2026-03-03") == [
        "\(first) C1 2026-03-03 - \(at)", "\(at) C1 2026-03-03 \(first).1.1.1 -",
      ])
    #expect(try audit("1200", on: "2026-03-02") == ["\(first) - - - \(at)"])
    var filter = JournalFilter()
    filter.event = "Reversed"
    let journal = try AccountingReports.journal(filter, books.view, AccountingQuery())
    #expect(journal.texts("position") == ["\(at)", "\(at)"])
    filter.event = "ChargePosted"
    let charges = try AccountingReports.ledger(filter, books.view, AccountingQuery())
    #expect(
      charges.texts("account", "position").filter { !$0.hasSuffix("-") } == [
        "1200 \(first)", "4000 \(first)",
      ])
    let late = try AccountingReports.late(
      since: Position(first), books.view, AccountingQuery()
    ) { _ in books.details }
    #expect(
      late.texts("position", "event", "reason", "reverses")
        == ["\(at) Reversed wrong patient \(first).1.1"])
  }
}
