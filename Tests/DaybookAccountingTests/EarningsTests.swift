import DaybookBytes
import DaybookClinicEvents
import DaybookEngine
import DaybookEvents
import DaybookReporting
import DaybookValues
import Testing

@testable import DaybookAccounting

/// The books and what treatments earned, side by side.
private struct CareBooks {
  private(set) var books = Books()

  var earnings: Snapshot<EarningsModel> { Snapshot(books.earnings, asOf: books.earnings.asOf) }
  var view: Snapshot<AccountingModel> { books.view }

  /// An event that was taken in, and what undoes it.
  struct Taken {
    let position: UInt64
    fileprivate let stream: StreamID
    fileprivate let reversed: Reversed
  }

  init() throws {
    try books.clinic()
    try books.patientRegistered(1)
    try take(
      ServiceDefined.with {
        $0.service = ServiceID(1)
        $0.code = "PEEL"
        $0.name = "Peeling"
        $0.type = .treatment
        $0.recipe = [RecipeLine(ItemID(1), Quantity(thousandths: 2_000))]
      })
    try take(
      EncounterStarted.with {
        $0.encounter = EncounterID(1)
        $0.patient = PatientID(1)
        $0.practitioner = StaffID(1)
      })
  }

  @discardableResult
  private mutating func take<E: EventPayload>(
    _ event: E, on number: UInt64 = 1, day: String = "2026-03-02"
  ) throws -> Taken {
    let stream = StreamID(E.streamKind, number)
    let position = try books.take(event, onStream: stream, day: day)
    let reversed = try Reversed.with { (reversed) throws(WireError) in
      reversed.of = Position(position)
      reversed.reason = "a mistake"
      reversed.family = UInt32(E.Tag.family.rawValue)
      reversed.tag = UInt32(E.tag.rawValue)
      reversed.payload = try event.encoded(base: reversed.originalAt)
    }
    return Taken(position: position, stream: stream, reversed: reversed)
  }

  mutating func undo(_ taken: Taken) throws {
    try books.take(taken.reversed, onStream: taken.stream, day: "2026-03-04")
  }

  @discardableResult
  mutating func treat(_ line: UInt32, price: Int64, discount: Int64 = 0) throws -> Taken {
    try take(
      TreatmentPerformed.with {
        $0.encounter = EncounterID(1)
        $0.line = line
        $0.service = ServiceID(1)
        $0.units = 1
        $0.practitioner = StaffID(1)
        $0.listPrice = money(price)
        $0.discount = money(discount)
      })
  }

  @discardableResult
  mutating func charge(_ number: UInt64, line: UInt32, _ price: Int64) throws -> Taken {
    try take(
      ChargePosted.with {
        $0.charge = ChargeID(number)
        $0.patient = PatientID(1)
        $0.encounterLine = EncounterLine(EncounterID(1), line: line)
        $0.service = ServiceID(1)
        $0.units = 1
        $0.practitioner = StaffID(1)
        $0.list = money(price)
        $0.net = money(price)
        $0.responsible = patient(1)
      }, on: number)
  }

  @discardableResult
  mutating func use(_ thousandths: Int64, worth value: Int64, line: UInt32) throws -> Taken {
    try take(
      StockIssued.with {
        $0.clinic = ClinicID(1)
        $0.item = ItemID(1)
        $0.purpose = .treatment
        $0.encounterLine = EncounterLine(EncounterID(1), line: line)
        $0.lines = [
          IssueLine(quantity: Quantity(thousandths: thousandths), value: money(value))
        ]
      })
  }

  mutating func pay(
    _ number: UInt64, _ cents: Int64, _ parts: [(charge: UInt64, cents: Int64)]
  ) throws {
    try books.pay(
      number, from: .patient(PatientID(1)), cents,
      parts.map { ($0.charge, patient(1), $0.cents) }, day: "2026-03-04")
  }

  mutating func accrue(_ amount: Int64, on charge: UInt64, basis: Int64) throws {
    try take(
      CommissionAccrued.with {
        $0.rule = CommissionRuleID(1)
        $0.staff = StaffID(1)
        $0.charge = ChargeID(charge)
        $0.cause = .charge
        $0.basis = money(basis)
        $0.amount = money(amount)
      }, day: "2026-03-03")
  }
}

@Suite struct `The footer of what was earned` {
  // A treatment with its recipe, its charge, the goods, the commission, and a payment, which is no part of
  // a margin: four events. Of a settlement the goods are none: charge, commission and payment are three.
  @Test func `counts each event once, and those alone that its rows have`() throws {
    var care = try CareBooks()
    try care.treat(1, price: 5_000)
    try care.charge(1, line: 1, 5_000)
    try care.use(3_000, worth: 450, line: 1)
    try care.accrue(1_000, on: 1, basis: 5_000)
    try care.pay(1, 5_000, [(1, 2_000), (1, 3_000)])
    for dimension in GroupedReport.margin.dimensions {
      let margin = try AccountingReports.margin(
        care.earnings, care.view, AccountingQuery(), form: RowForm(by: dimension))
      #expect(margin.footer.entries == 4, "\(dimension)")
    }
    let ofNobody = RowForm(terms: [.practitioner: 2])
    let none = try AccountingReports.margin(
      care.earnings, care.view, AccountingQuery(), form: ofNobody)
    #expect(none.footer.entries == 0)
    func settled(_ form: RowForm) -> Int {
      AccountingReports.settlement(care.earnings, care.view, AccountingQuery(), form: form)
        .footer.entries
    }
    #expect(settled(RowForm()) == 3)
    #expect(settled(RowForm(terms: [.practitioner: 1])) == 3)
    #expect(settled(ofNobody) == 0)
  }
}

@Suite struct `Treatments not charged` {
  // 60.00 less 5.00, not charged: 55.00, ten days old on the twelfth.
  @Test func `are listed with what they are worth and how old they are`() throws {
    var care = try CareBooks()
    try care.treat(1, price: 5_000)
    try care.charge(1, line: 1, 5_000)
    try care.treat(2, price: 6_000, discount: 500)
    let report = try AccountingReports.unbilled(
      care.earnings, care.view, AccountingQuery(on: try Day(parsing: "2026-03-12")))
    #expect(
      report.texts("encounter", "line", "date", "patient", "service", "value", "age")
        == ["E1 2 2026-03-02 P1 X1 55.00 10"])
  }

  // 50.00, and 60.00 less 5.00: 105.00 of two, ten days old on the twelfth.
  @Test(arguments: [
    (ReportDimension.age, "1-30"), (.practitioner, "D1"), (.service, "X1"), (.month, "2026-03"),
    (.clinic, "L1"), (.party, "P1"),
  ])
  func `are summed up by what is asked`(_ dimension: ReportDimension, _ group: String) throws {
    var care = try CareBooks()
    try care.treat(1, price: 5_000)
    try care.treat(2, price: 6_000, discount: 500)
    let report = try AccountingReports.unbilled(
      care.earnings, care.view, AccountingQuery(on: try Day(parsing: "2026-03-12")),
      form: RowForm(by: dimension))
    #expect(report.texts(dimension.rawValue, "rows", "value") == ["\(group) 2 105.00"])
  }

  @Test func `are those of the day and the position that are asked for`() throws {
    var care = try CareBooks()
    let treated = try care.treat(1, price: 5_000)
    let charged = try care.charge(1, line: 1, 5_000)
    func listed(_ position: UInt64, on day: String = "2026-03-12") throws -> Int {
      try AccountingReports.unbilled(
        care.earnings, care.view,
        AccountingQuery(on: try Day(parsing: day), knownAt: Position(position))
      ).rows.count
    }
    #expect(try listed(treated.position) == 1)
    #expect(try listed(treated.position, on: "2026-03-01") == 0)
    #expect(try listed(charged.position) == 0)
  }

  @Test func `come back where the charge is undone, and are gone where the treatment is`() throws {
    var care = try CareBooks()
    let treated = try care.treat(1, price: 5_000)
    let charged = try care.charge(1, line: 1, 5_000)
    try care.undo(charged)
    #expect(
      try AccountingReports.unbilled(care.earnings, care.view, AccountingQuery()).rows.count == 1)
    try care.undo(treated)
    #expect(
      try AccountingReports.unbilled(care.earnings, care.view, AccountingQuery()).rows.isEmpty)
  }
}

@Suite struct `The margin` {
  // Charged 50.00. The recipe is two gloves; three were used, worth 4.50, so two are 3.00. Commission
  // 10.00. Left: 50.00 - 4.50 - 10.00 = 35.50.
  @Test(arguments: [ReportDimension.service, .practitioner, .clinic, .month])
  func `is what was charged less materials and commission`(_ dimension: ReportDimension) throws {
    var care = try CareBooks()
    try care.treat(1, price: 5_000)
    try care.charge(1, line: 1, 5_000)
    try care.use(3_000, worth: 450, line: 1)
    try care.accrue(1_000, on: 1, basis: 5_000)
    let report = try AccountingReports.margin(
      care.earnings, care.view, AccountingQuery(), form: RowForm(by: dimension))
    #expect(
      report.texts("units", "net", "recipe", "materials", "commission", "contribution")
        == ["1 50.00 3.00 4.50 10.00 35.50"])
    let names: [ReportDimension: String] = [
      .service: "X1", .practitioner: "D1", .clinic: "L1", .month: "2026-03",
    ]
    #expect(report.texts(dimension.rawValue) == [names[dimension] ?? ""])
  }

  // Two gloves by the recipe and none used: at what the last three cost, 1.50 each, 3.00.
  @Test func `has the recipe at the last cost where nothing was used`() throws {
    var care = try CareBooks()
    try care.treat(1, price: 5_000)
    try care.use(3_000, worth: 450, line: 1)
    try care.treat(2, price: 5_000)
    let report = try AccountingReports.margin(
      care.earnings, care.view, AccountingQuery(), form: RowForm(by: .service))
    #expect(report.texts("recipe", "materials") == ["6.00 4.50"])
  }

  @Test func `of what was undone is nothing`() throws {
    var care = try CareBooks()
    let used = try care.use(3_000, worth: 450, line: 0)
    #expect(
      try AccountingReports.margin(
        care.earnings, care.view, AccountingQuery(), form: RowForm(by: .practitioner)
      )
      .texts("materials") == ["4.50"])
    try care.undo(used)
    #expect(
      try AccountingReports.margin(
        care.earnings, care.view, AccountingQuery(), form: RowForm(by: .practitioner)
      )
      .rows.isEmpty)
  }
}

@Suite struct `A practitioner's settlement` {
  // Earned 10.00 of 50.00; nothing settled yet, so 10.00 are owed. In April nothing is new: the 10.00
  // are what it opens with.
  @Test func `says what was done, what of it is theirs and what is owed`() throws {
    var care = try CareBooks()
    try care.treat(1, price: 5_000)
    try care.charge(1, line: 1, 5_000)
    try care.accrue(1_000, on: 1, basis: 5_000)
    func rows(_ query: AccountingQuery) throws -> [String] {
      AccountingReports.settlement(care.earnings, care.view, query).texts(
        "practitioner", "treatments", "net", "basis", "opening", "commission", "settled", "owed")
    }
    #expect(try rows(AccountingQuery()) == ["D1 1 50.00 50.00 0.00 10.00 0.00 10.00"])
    let april = AccountingQuery(
      from: try Day(parsing: "2026-04-01"), to: try Day(parsing: "2026-04-30"))
    #expect(try rows(april) == ["D1 0 0.00 0.00 10.00 0.00 0.00 10.00"])
  }
}
