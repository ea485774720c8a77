import DaybookAccounting
import DaybookClinicEvents
import DaybookValues

/// Two clinics over three months, small enough to be kept by hand.
///
/// | position | day | what | debit | credit |
/// |---|---|---|---|---|
/// | 1-9 | 01-01 | L1, L2 (write-off limit 5.00), D1, D2, P1, P2, payer Y1 (30 days), supplier Y2, X1 | | |
/// | 10 | 01-10 | C1: P1 100.00, by D1 at L1 | 1200 P1 100 | 4000 100 |
/// | 11 | 01-20 | C2: Y1 250.00 for P1, by D1 at L1 | 1210 Y1 250 | 4000 250 |
/// | 12 | 01-20 | of C2 Y1 to P1 50.00 | 1200 P1 50 | 1210 Y1 50 |
/// | 13 | 02-05 | C3: P2 80.00 less 10.00, by D2 at L2 | 1200 P2 80, 4090 10 | 4000 80, 1200 P2 10 |
/// | 14 | 02-10 | M1: P1 120.00 cash, 100.00 for C1 | 1020 120 | 1200 P1 100, 2150 P1 20 |
/// | 15 | 03-01 | M2: Y1 140.00 for C2 | 1100 140 | 1210 Y1 140 |
/// | 16 | 03-01 | contract takes 30.00 off C2 | 4096 30 | 1210 Y1 30 |
/// | 17 | 03-02 | M3: P2 60.00 by card at L1 for C3 of L2 | 1150 60, 1990 L2 60 | 1200 P2 60, 1990 L1 60 |
/// | 18 | 03-03 | M4: P2 40.00 cash at L2, a deposit | 1020 40 | 2100 P2 40 |
/// | 19 | 03-04 | C4: P2 100.00 and 21.00 tax, by D2 at L1 | 1200 P2 121 | 4010 100, 2200 21 |
/// | 20 | 03-05 | R1: goods of Y2 90.00 | 1400 90 | 2010 90 |
/// | 21 | 03-05 | used on P2 12.00 | 5010 12 | 1400 12 |
/// | 22 | 01-15 | C5, recorded late: P1 60.00, by D1 at L1 | 1200 P1 60 | 4000 60 |
/// | 23 | 03-20 | of C2 Y1 to P1 20.00 | 1200 P1 20 | 1210 Y1 20 |
/// | 24 | 03-21 | 4.00 of C5 not worth asking for | 6910 4 | 1200 P1 4 |
/// | 25 | 03-22 | 15.00 of M1's credit to C5 | 2150 P1 15 | 1200 P1 15 |
///
/// P1 then owes 70.00 of C2 and 41.00 of C5 and has 5.00 to the credit; P2 owes 10.00 of C3 and
/// 121.00 of C4 and has deposited 40.00; Y1 owes 10.00 of C2.
struct SmallClinic {
  var books = Books()
  /// The last position before the late charge.
  static let beforeLate = Position(21)

  init() throws {
    books.recordedStep = 60_000
    try books.clinic(1, writeOff: 500)
    try books.clinic(2, writeOff: 500)
    try books.hired(1)
    try books.hired(2)
    try books.patientRegistered(1)
    try books.patientRegistered(2)
    try books.partyRegistered(1, terms: 30)
    try books.partyRegistered(2, .supplier)
    var service = ServiceDefined()
    service.service = ServiceID(1)
    service.code = "97110"
    service.name = "Therapeutic exercise"
    service.type = .treatment
    try books.take(service, on: 1, day: "2026-01-01")
    try charges()
    try payments()
    try late()
  }

  private mutating func charges() throws {
    try books.charge(1, to: patient(1), 10_000, day: "2026-01-10")
    try books.charge(2, to: payer(1), 25_000, day: "2026-01-20")
    try books.transfer(2, from: payer(1), to: patient(1), 5_000, day: "2026-01-20")
    try books.charge(
      3, to: patient(2), 8_000, discount: 1_000, of: 2, practitioner: 2, day: "2026-02-05",
      clinic: 2)
  }

  private mutating func payments() throws {
    try books.pay(
      1, from: .patient(PatientID(1)), 12_000, [(1, patient(1), 10_000)], day: "2026-02-10")
    try books.pay(
      2, from: .payer(PartyID(1)), 14_000, by: .transfer(BankTender()),
      [(2, payer(1), 14_000)], day: "2026-03-01")
    try books.adjust(2, of: payer(1), .contractual, 3_000, day: "2026-03-01")
    try books.pay(
      3, from: .patient(PatientID(2)), 6_000, by: .card(CardTender()), [(3, patient(2), 6_000)],
      day: "2026-03-02")
    try books.pay(4, from: .patient(PatientID(2)), 4_000, day: "2026-03-03", clinic: 2) {
      $0.deposit = Deposit()
    }
    try books.charge(
      4, to: patient(2), 10_000, tax: 2_100, taxCode: 1, of: 2, practitioner: 2,
      day: "2026-03-04")
    try books.receive(1, from: 2, [9_000], day: "2026-03-05")
    try books.issue(1, .treatment, 1_200, on: 2, day: "2026-03-05")
  }

  private mutating func late() throws {
    try books.charge(5, to: patient(1), 6_000, day: "2026-01-15")
    try books.transfer(2, from: payer(1), to: patient(1), 2_000, day: "2026-03-20")
    try books.adjust(5, of: patient(1), .writeOff, 400, day: "2026-03-21")
    try books.allocate(
      1, of: .patient(PatientID(1)), to: 5, owedBy: patient(1), 1_500, day: "2026-03-22")
  }

  /// A query on `day`, with whatever else `ask` wants.
  func query(
    on day: String? = "2026-03-31", _ ask: (inout AccountingQuery) throws -> Void = { _ in }
  ) throws -> AccountingQuery {
    var query = AccountingQuery(book: "Small clinic")
    query.on = try day.map { try Day(parsing: $0) }
    try ask(&query)
    return query
  }
}
