import DaybookAccounting
import DaybookClinicEvents
import DaybookEvents
import DaybookReporting
import DaybookValues
import Testing

@Suite struct `A late entry` {
  private var books = Books()
  private let friday = Instant(milliseconds: 1_772_810_000_000)  // 6 March 2026, 15:13

  init() throws {
    try books.clinic()
    try books.patientRegistered(1)
    try books.hired(4)
    books.recorded = friday
    try books.charge(1, to: patient(1), 10_000)
  }

  private func late(
    _ signs: LateSigns = [], _ filter: JournalFilter = JournalFilter(), since: UInt64 = 4,
    on: String = "2026-03-31"
  ) throws -> Report {
    try AccountingReports.late(
      since: Position(since), books.view, AccountingQuery(on: try Day(parsing: on)),
      signs: signs, filter: filter
    ) { _ in books.details }
  }

  @Test mutating func `says by whom and why it was recorded`() throws {
    books.actor = .staff(4)
    let at = try books.take(
      AdjustmentPosted.with {
        $0.charge = ChargeID(1)
        $0.debtor = patient(1)
        $0.type = .badDebt
        $0.amount = money(4_000)
        $0.reasonCode = "left the country"
        $0.approver = StaffID(9)
      }, on: 1, day: "2026-03-03")
    let report = try late()
    #expect(
      report.texts(
        "entry", "position", "date", "days", "event", "document", "amount", "actor", "ref",
        "reason", "approver") == [
          "\(at).3.1 \(at) 2026-03-03 3 AdjustmentPosted C1 40.00 D4 provider-4 "
            + "badDebt: left the country D9"
        ])
    #expect(report.footer.entries == 1)
    #expect(try late(since: at).rows.isEmpty)
    #expect(try late(on: "2026-03-02").rows.isEmpty)
  }

  @Test mutating func `was recorded at a weekend or at night`() throws {
    // Saturday at noon; Monday at 23:00; Tuesday at 05:59; Tuesday at 06:00.
    for (index, hours) in [21, 80, 87, 87].enumerated() {
      let minutes: Int64 = index == 2 ? -14 : index == 3 ? -13 : 0
      books.recorded = Instant(
        milliseconds: friday.milliseconds + Int64(hours) * 3_600_000 + minutes * 60_000)
      try books.pay(UInt64(index + 1), from: .walkIn, 700)
    }
    let first = books.position - 3
    func positions(_ signs: LateSigns) throws -> [String] { try late(signs).texts("position") }
    #expect(try positions(.weekend) == ["\(first)"])
    #expect(try positions(.night) == ["\(first + 1)", "\(first + 2)"])
    #expect(try positions([.weekend, .night]).isEmpty)
    #expect(try positions([]).count == 4)
  }

  @Test mutating func `is round, or approved by who recorded it`() throws {
    try books.pay(1, from: .walkIn, 50_000)
    let round = books.position
    try books.pay(2, from: .walkIn, 50_010)
    books.actor = .staff(4)
    for approver in [4, 5] as [UInt64] {
      try books.take(
        RefundPaid.with {
          $0.refund = PaymentID(approver)
          $0.to = .walkIn
          $0.amount = money(1_000)
          $0.method = .card(CardTender())
          $0.parts = [RefundedPart(PaymentID(1), money(1_000))]
          $0.reason = "a mistake"
          $0.approver = StaffID(approver)
        }, on: approver)
    }
    #expect(try late(.round).texts("position") == ["\(round)"])
    #expect(try late(.ownApproval).texts("approver") == ["D4"])
    var filter = JournalFilter()
    filter.actor = .staff(4)
    #expect(try late([], filter).rows.count == 2)
  }
}

@Suite struct `A journal for an audit file` {
  private var books = Books()

  init() throws {
    try books.clinic()
    try books.patientRegistered(1)
    try books.patientRegistered(2)
    try books.partyRegistered(4, .supplier)
    try books.hired(1)
  }

  private func audit(
    _ filter: JournalFilter = JournalFilter(), _ query: AccountingQuery = AccountingQuery()
  ) throws -> Report {
    try AccountingReports.auditJournal(filter, books.view, query) { _ in books.details }
  }

  @Test mutating func `has the contract's columns first, in their order`() throws {
    let names = try audit().columns.map(\.name)
    let plain = AccountingReports.journal(books.view, AccountingQuery()).columns.map(\.name)
    #expect(
      plain == [
        "entry", "position", "date", "recordedAt", "journal", "document", "account", "name",
        "party", "text", "debit", "credit", "reverses",
      ])
    #expect(Array(names.prefix(plain.count)) == plain)
  }

  @Test mutating func `names the supplier's document and its day, and opening entries`() throws {
    try books.take(
      SupplierInvoiceRecorded.with {
        $0.invoice = SupplierInvoiceID(1)
        $0.supplier = PartyID(4)
        $0.number = "F-778"
        $0.date = Day(daysSince1970: 20_504)
        $0.lines = [
          SupplierInvoiceLine.with {
            $0.account = "6110"
            $0.net = money(10_000)
            $0.tax = money(2_100)
            $0.deductible = money(2_100)
            $0.taxCode = TaxCodeID(2)
          }
        ]
        $0.total = money(12_100)
      }, on: 1)
    try books.take(
      JournalPosted.with {
        $0.entry = JournalID(1)
        $0.opening = true
        $0.lines = [
          JournalLine.with {
            $0.account = "1100"
            $0.debit = money(5_000)
            $0.document = "statement 12"
          },
          JournalLine.with {
            $0.account = "3000"
            $0.credit = money(5_000)
          },
        ]
      }, on: 1, reference: "opening-2026")
    #expect(
      try audit().texts(
        "number", "documentDate", "reference", "account", "taxCode", "opening") == [
          "1 2026-02-20 F-778 6110 \(TaxCodeID(2)) -", "1 2026-02-20 F-778 1450 \(TaxCodeID(2)) -",
          "1 2026-02-20 F-778 2000 - -",
          "2 2026-03-02 statement 12 1100 - opening", "2 2026-03-02 opening-2026 3000 - opening",
        ])
  }

  @Test mutating func `matches what is settled on the day, and no longer what was reopened`() throws
  {
    try books.charge(1, to: patient(1), 10_000)
    try books.pay(
      1, from: .patient(PatientID(1)), 4_000, [(1, patient(1), 4_000)], day: "2026-03-05")
    let paid = try books.pay(
      2, from: .patient(PatientID(1)), 6_000, [(1, patient(1), 6_000)], day: "2026-03-09")
    func matches(on: String, knownAt: UInt64? = nil) throws -> [String] {
      var query = AccountingQuery(on: try Day(parsing: on), knownAt: knownAt.map { Position($0) })
      query.clinic = 1
      var filter = JournalFilter()
      filter.accounts = ["1200"]
      return try audit(filter, query).texts("match", "matchedOn")
    }
    #expect(try matches(on: "2026-03-08") == ["- -", "- -"])
    #expect(try matches(on: "2026-03-09") == Array(repeating: "C1 2026-03-09", count: 3))
    try books.take(
      AllocationReleased.with {
        $0.part.payment = PaymentID(2)
        $0.part.from = .patient(PatientID(1))
        $0.part.allocation = Allocation(ChargeID(1), owedBy: patient(1), money(6_000))
      }, on: 2, day: "2026-03-10")
    #expect(try matches(on: "2026-03-10") == Array(repeating: "- -", count: 4))
    #expect(try matches(on: "2026-03-09") == Array(repeating: "C1 2026-03-09", count: 3))
    #expect(
      try matches(on: "2026-03-10", knownAt: paid) == Array(repeating: "C1 2026-03-09", count: 3))
  }

  @Test mutating func `shows merged patients under the one who stays`() throws {
    try books.charge(1, to: patient(1), 10_000, of: 1)
    try books.charge(2, to: patient(2), 5_000, of: 2)
    let before = try books.pay(1, from: .walkIn, 100)
    try books.take(
      PatientsMerged.with {
        $0.from = PatientID(2)
        $0.into = PatientID(1)
        $0.reason = .duplicate
      }, on: 2)
    var filter = JournalFilter()
    filter.party = PartyKey(PatientID(1))
    let ledger = try AccountingReports.ledger(filter, books.view, AccountingQuery())
    #expect(
      ledger.texts("account", "document", "party", "running").filter { $0.contains(" P") } == [
        "1200 C1 P1 100.00", "1200 C2 P1 150.00", "4000 C1 P1 -100.00", "4000 C2 P1 -150.00",
      ])
    let then = try AccountingReports.ledger(
      filter, books.view, AccountingQuery(knownAt: Position(before)))
    #expect(
      then.texts("account", "document", "party", "running").filter { $0.contains(" P") }
        == ["1200 C1 P1 100.00", "4000 C1 P1 -100.00"])
    #expect(throws: UnknownAccount.self) {
      var filter = JournalFilter()
      filter.accounts = ["9999"]
      _ = try AccountingReports.ledger(filter, books.view, AccountingQuery())
    }
  }
}
