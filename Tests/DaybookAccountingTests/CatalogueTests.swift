import DaybookAccounting
import DaybookClinicEvents
import DaybookClinicRules
import DaybookEvents
import DaybookReporting
import DaybookValues
import Testing

@Suite struct `What the catalogue makes of entries` {
  var books = Books()

  init() throws { try books.clinic() }

  private func charge(
    _ number: UInt64, _ list: Int64, discount: Int64 = 0, tax: Int64, listTax: Int64? = nil,
    code: UInt64? = 1
  ) -> ChargePosted {
    .with {
      $0.charge = ChargeID(number)
      $0.patient = PatientID(1)
      $0.service = ServiceID(1)
      $0.units = 1
      $0.list = money(list)
      $0.discount = money(discount)
      $0.net = money(list - discount)
      $0.tax = money(tax)
      $0.listTax = listTax.map { money($0) }
      $0.taxCode = code.map { TaxCodeID($0) }
      $0.responsible = patient(1)
    }
  }

  private func taxCode(_ number: UInt64, _ taxClass: TaxClass, from: String) throws -> TaxCodeSet {
    let from = try Day(parsing: from)
    return .with {
      $0.taxCode = TaxCodeID(number)
      $0.taxClass = taxClass
      $0.from = from
    }
  }

  private func rule(_ slots: Few<PostingSlot>, from: String) throws -> PostingRuleSet {
    let from = try Day(parsing: from)
    return .with {
      $0.rule = PostingRuleID(1)
      $0.eventType = "ChargePosted"
      $0.slots = slots
      $0.from = from
    }
  }

  private mutating func define(_ code: String, _ type: LedgerAccountType) throws {
    try books.take(
      AccountDefined.with {
        $0.account = LedgerAccountID(1)
        $0.code = code
        $0.name = "Night surgery"
        $0.type = type
      }, on: 1)
  }

  private func entries(at position: UInt64) -> [String] {
    var names: [String] = []
    books.model.forEachPosting {
      if $0.position.number == position { names.append("\($0.entry)") }
    }
    return names
  }

  private func checkAll() {
    for check in AccountingChecks.run(books.model) {
      #expect(check.passed, "\(check.name): \(check.detail)")
    }
  }

  // List 100.00 with 21.00 of tax; 10.00 is taken off, and its 2.10 with it: 90.00 and 18.90 owed.
  @Test mutating func `a discount takes its tax along`() throws {
    let at = try books.take(
      charge(1, 100_00, discount: 10_00, tax: 18_90, listTax: 21_00), on: 1)
    #expect(
      books.lines(at: at) == [
        "1200 P1 C1 121.00", "4090 P1 C1 10.00", "2200 P1 C1 2.10", "4010 P1 C1 -100.00",
        "2200 P1 C1 -21.00", "1200 P1 C1 -12.10",
      ])
    #expect(entries(at: at).first == "\(at).15.1.1")
    checkAll()
  }

  // Three times 3.35 less 0.05 at 21 %: 0.70 on the list, 0.69 on the rest, 0.01 on the discount.
  @Test mutating func `each tax is rounded once, and the discount has the difference`() throws {
    let rule = TaxRule(rate: Rate(basisPoints: 2100), .standard)
    let tax = try ChargeTax(list: 3_35, discount: 5, rule)
    #expect(tax.tax == 69 && tax.listTax == 70)
    let at = try books.take(
      charge(1, 3_35, discount: 5, tax: tax.tax, listTax: tax.listTax), on: 1)
    #expect(
      books.lines(at: at) == [
        "1200 P1 C1 4.05", "4090 P1 C1 0.05", "2200 P1 C1 0.01", "4010 P1 C1 -3.35",
        "2200 P1 C1 -0.70", "1200 P1 C1 -0.06",
      ])
    checkAll()
  }

  // Written before tax codes were events: the tax of what was taken off is not known.
  @Test mutating func `an old entry keeps its rule`() throws {
    let at = try books.take(charge(1, 100_00, discount: 10_00, tax: 18_90), on: 1)
    #expect(
      books.lines(at: at) == [
        "1200 P1 C1 118.90", "4090 P1 C1 10.00", "4010 P1 C1 -100.00", "2200 P1 C1 -18.90",
        "1200 P1 C1 -10.00",
      ])
    #expect(entries(at: at).first == "\(at).1.1.1")
    checkAll()
  }

  @Test mutating func `income stands where the class of the tax code has it on that day`() throws {
    try books.take(taxCode(1, .exempt, from: "2026-01-01"), on: 1)
    try books.take(taxCode(1, .zero, from: "2026-06-01"), on: 1)
    let exempt = try books.take(charge(1, 50_00, tax: 0), on: 1, day: "2026-05-31")
    #expect(books.lines(at: exempt) == ["1200 P1 C1 50.00", "4000 P1 C1 -50.00"])
    let zero = try books.take(charge(2, 50_00, tax: 0), on: 2, day: "2026-06-01")
    #expect(books.lines(at: zero) == ["1200 P1 C2 50.00", "4010 P1 C2 -50.00"])
    let none = try books.take(charge(3, 50_00, tax: 0, code: nil), on: 3)
    #expect(books.lines(at: none) == ["1200 P1 C3 50.00", "4000 P1 C3 -50.00"])
  }

  @Test mutating func `a rule gives income an account of the clinic's own, from its day on`()
    throws
  {
    try define("4005", .income)
    let before = try books.take(charge(1, 50_00, tax: 0, code: nil), on: 1)
    try books.take(
      rule([PostingSlot("exemptIncome", account: "4005")], from: "2026-04-01"), on: 1)
    let early = try books.take(charge(2, 50_00, tax: 0, code: nil), on: 2, day: "2026-03-31")
    let late = try books.take(charge(3, 50_00, tax: 0, code: nil), on: 3, day: "2026-04-01")
    #expect(books.lines(at: before).last == "4000 P1 C1 -50.00")
    #expect(books.lines(at: early).last == "4000 P1 C2 -50.00")
    #expect(books.lines(at: late) == ["1200 P1 C3 50.00", "4005 P1 C3 -50.00"])
    #expect(entries(at: early).first == "\(early).1.1.1")
    #expect(entries(at: late).first == "\(late).1.2.1")
    checkAll()
    // The report names it between its neighbours.
    let report = AccountingReports.trialBalance(
      books.view, AccountingQuery(on: try Day(parsing: "2026-04-01")))
    #expect(
      report.rows.map { $0[0] } == [
        .identifier("1200"), .identifier("4000"), .identifier("4005"),
      ])
  }

  @Test mutating func `the latest rule that was recorded before an entry makes it`() throws {
    try define("4005", .income)
    try books.take(rule([PostingSlot("exemptIncome", account: "4005")], from: "2026-01-01"), on: 1)
    try books.take(rule([PostingSlot("discount", account: "4095")], from: "2026-02-01"), on: 1)
    // What the later rule does not name is built in again.
    let at = try books.take(charge(1, 50_00, discount: 5_00, tax: 0, code: nil), on: 1)
    #expect(
      books.lines(at: at) == [
        "1200 P1 C1 50.00", "4095 P1 C1 5.00", "4000 P1 C1 -50.00", "1200 P1 C1 -5.00",
      ])
    #expect(entries(at: at).first == "\(at).1.3.1")
    checkAll()
  }

  @Test mutating func `every slot and event that a rule may name is one of the books`() throws {
    var position: UInt64 = 0
    for event in PostingSlots.events.sorted() {
      let set = PostingRuleSet.with {
        $0.eventType = event
        $0.slots = Few(
          PostingSlots.names.sorted().map { PostingSlot($0, account: "6120") })
      }
      position += 1
      try books.take(set, on: position)
    }
    for wrong in [PostingSlot("nowhere", account: "6120"), PostingSlot("discount", account: "1")] {
      #expect(throws: (any Error).self) {
        try books.take(rule([wrong], from: "2026-01-01"), on: 1)
      }
    }
  }
}
