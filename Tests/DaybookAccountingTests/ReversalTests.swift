import DaybookAccounting
import DaybookBytes
import DaybookClinicEvents
import DaybookEvents
import DaybookReporting
import DaybookValues
import Testing

@Suite struct `A reversal in the books` {
  var books = Books()

  init() throws {
    try books.clinic()
    try books.clinic(2)
  }

  private func reversed<E: EventPayload>(_ event: E, at position: UInt64) throws -> Reversed {
    try Reversed.with { (reversed) throws(WireError) in
      reversed.of = Position(position)
      reversed.reason = "a mistake"
      reversed.family = UInt32(E.Tag.family.rawValue)
      reversed.tag = UInt32(E.tag.rawValue)
      reversed.originalAt = Instant(milliseconds: 1_772_442_000_000)
      reversed.payload = try event.encoded(base: reversed.originalAt)
    }
  }

  private func charge(_ number: UInt64, _ cents: Int64) -> ChargePosted {
    .with {
      $0.charge = ChargeID(number)
      $0.patient = PatientID(1)
      $0.service = ServiceID(1)
      $0.units = 1
      $0.list = money(cents)
      $0.net = money(cents)
      $0.responsible = patient(1)
    }
  }

  // 123.00 charged and undone on the next day: the same amounts on the other sides.
  @Test mutating func `of a charge negates its entry, linked and by the same rule`() throws {
    let event = charge(1, 12_300)
    let first = try books.take(event, on: 1)
    let at = try books.take(
      try reversed(event, at: first), onStream: StreamID(.charge, 1), day: "2026-03-03")
    #expect(books.lines(at: at) == ["1200 P1 C1 -123.00", "4000 P1 C1 123.00"])
    var links: [String] = []
    books.model.forEachPosting {
      if $0.position.number == at { links.append("\($0.entry) \($0.reverses?.description ?? "")") }
    }
    #expect(links == ["\(at).1.1.1 \(first).1.1.1", "\(at).1.1.2 \(first).1.1.2"])
    for check in AccountingChecks.run(books.model) {
      #expect(check.passed, "\(check.name): \(check.detail)")
    }
    // Either event is explained by the other.
    let undone = try AccountingReports.explain(
      .position(Position(first)), books.view, AccountingQuery())
    #expect(undone.title == "Event at position \(first): charge, reversed at \(at), C1")
    #expect(
      undone.notes.last == "It was reversed by the event at position \(at) of 2026-03-03.")
    let undoing = try AccountingReports.explain(
      .position(Position(at)), books.view, AccountingQuery())
    #expect(undoing.title == "Event at position \(at): reversal of \(first), charge, C1")
    #expect(undoing.notes.last == "It reverses the event at position \(first) of 2026-03-02.")
    // By the day before, the charge counts; from the reversal on nothing of it does.
    func net(_ day: String) throws -> [Cell] {
      let query = AccountingQuery(on: try Day(parsing: day))
      return AccountingReports.revenue(by: .clinic, books.view, query).rows.map { $0[5] }
    }
    #expect(try net("2026-03-02") == [.amount(Amount(minorUnits: 12_300, .eur))])
    #expect(try net("2026-03-03") == [.amount(Amount(minorUnits: 0, .eur))])
  }

  // 50.00 of a charge of clinic 2 is paid at clinic 1: each pair on 1990 is undone with its entry.
  @Test mutating func `of a payment across clinics leaves each of them balanced`() throws {
    try books.charge(1, to: patient(1), 5_000, clinic: 2)
    let event = PaymentReceived.with {
      $0.payment = PaymentID(1)
      $0.from = .patient(PatientID(1))
      $0.amount = money(5_000)
      $0.method = .card(CardTender())
      $0.allocations = [Allocation(ChargeID(1), owedBy: patient(1), money(5_000))]
    }
    let first = try books.take(event, on: 1)
    let at = try books.take(try reversed(event, at: first), onStream: StreamID(.payment, 1))
    #expect(
      books.lines(at: at) == [
        "1150 P1 M1 -50.00", "1200 P1 M1 50.00", "1990 - M1 50.00", "1990 - M1 -50.00",
      ])
    for check in AccountingChecks.run(books.model) {
      #expect(check.passed, "\(check.name): \(check.detail)")
    }
    let revenue = AccountingReports.revenue(by: .clinic, books.view, AccountingQuery())
    #expect(revenue.rows.map { $0[6] }.contains(.amount(Amount(minorUnits: 0, .eur))))
  }

  @Test mutating func `of what made no entry makes none`() throws {
    let event = charge(1, 0)
    let first = try books.take(event, on: 1)
    let at = try books.take(try reversed(event, at: first), onStream: StreamID(.charge, 1))
    #expect(books.lines(at: at).isEmpty)
    #expect(AccountingChecks.run(books.model).allSatisfy { $0.passed })
  }

  @Test mutating func `shows in the digest, and not before its position`() throws {
    let event = charge(1, 0)
    let first = try books.take(event, on: 1)
    let before = books.model.digest
    try books.take(try reversed(event, at: first), onStream: StreamID(.charge, 1))
    #expect(books.model.digest != before)
    #expect(books.model.digest(at: Position(first)) == before)
  }
}
