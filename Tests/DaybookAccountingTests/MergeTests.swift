import DaybookAccounting
import DaybookClinicEvents
import DaybookEvents
import DaybookReporting
import DaybookValues
import Testing

@Suite struct `Two patients who are one` {
  var books = Books()
  private var before: UInt64 = 0

  /// 100.00 charged to P1 and 50.00 to P2, of which 20.00 are paid; then P2 is merged into P1.
  init() throws {
    try books.clinic()
    try books.patientRegistered(1)
    try books.patientRegistered(2)
    try books.charge(1, to: patient(1), 100_00, of: 1)
    try books.charge(2, to: patient(2), 50_00, of: 2)
    before = try books.take(
      PaymentReceived.with {
        $0.payment = PaymentID(1)
        $0.from = .patient(PatientID(2))
        $0.amount = money(20_00)
        $0.method = .card(CardTender())
        $0.allocations = [Allocation(ChargeID(2), owedBy: patient(2), money(20_00))]
      }, on: 1)
    try books.take(
      PatientsMerged.with {
        $0.from = PatientID(2)
        $0.into = PatientID(1)
        $0.reason = .duplicate
      }, on: 2)
  }

  private func totals(_ query: AccountingQuery) -> [String] {
    AccountingReports.receivables(books.view, query).rows.map { "\($0[0]) \($0[8])" }
  }

  private func owed(_ amounts: [(UInt64, Int64)]) -> [String] {
    amounts.map {
      "\(Cell.identifier("P\($0.0)")) \(Cell.amount(Amount(minorUnits: $0.1, .eur)))"
    }
  }

  @Test func `are shown under the one who stays from then on, and as they were before`() throws {
    let day = try Day(parsing: "2026-03-02")
    #expect(totals(AccountingQuery(on: day)) == owed([(1, 130_00)]))
    var query = AccountingQuery(on: day)
    query.knownAt = Position(before)
    #expect(totals(query) == owed([(1, 100_00), (2, 30_00)]))
  }

  @Test func `have one statement, under either number`() throws {
    let query = AccountingQuery(on: try Day(parsing: "2026-03-02"))
    let one = AccountingReports.statement(of: PatientID(1), books.view, query)
    let other = AccountingReports.statement(of: PatientID(2), books.view, query)
    #expect(one.rows.count == 3 && one.rows == other.rows)
    #expect(one.rows.last?[8] == .amount(Amount(minorUnits: 130_00, .eur)))
  }

  @Test func `leave every entry and every balance as it was`() {
    #expect(books.lines().filter { $0.contains("P2") } == [])
    for check in AccountingChecks.run(books.model) {
      #expect(check.passed, "\(check.name): \(check.detail)")
    }
    #expect(
      books.model.standing(of: PatientID(2).stream).map(\.amount)
        == [Amount(minorUnits: 130_00, .eur)])
  }
}
