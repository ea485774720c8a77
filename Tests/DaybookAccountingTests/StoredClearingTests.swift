import DaybookAccounting
import DaybookClinicEvents
import DaybookEvents
import DaybookReporting
import DaybookTesting
import DaybookValues
import Testing

@Suite struct `What clears what` {
  private func tell(_ books: inout Books, _ number: UInt64) throws {
    let day = "2026-03-0\(number % 9 + 1)"
    switch number % 4 {
    case 0: try books.receive(number, from: 4, [Int64(number) * 100, 250], day: day)
    case 1:
      try books.take(
        ClaimSubmitted.with {
          $0.claim = ClaimID(number)
          $0.payer = PartyID(1)
          $0.patient = PatientID(1)
          $0.charges = [ClaimedCharge(ChargeID(number), money(500))]
          $0.total = money(500)
        }, on: number, day: day)
    case 2:
      try books.take(
        ClaimAdjudicated.with {
          $0.claim = ClaimID(number - 1)
          $0.outcome = .denied
          $0.lines = [
            .with {
              $0.charge = ChargeID(number - 1)
              $0.billed = money(500)
              $0.other = money(500)
            }
          ]
        }, on: number - 1, day: day)
    default:
      try books.take(
        BankLineReconciled.with {
          $0.bankAccount = BankAccountID(1)
          $0.line = "line \(number)"
          $0.date = Day(daysSince1970: 20_514)
          $0.amount = money(Int64(number))
          $0.matches = [BankMatch(.account("1980"), money(Int64(number)))]
          $0.unbooked = money(Int64(number))
        }, on: 1, day: day)
    }
  }

  /// All reports of all that is known at a position.
  private func pages(_ books: Books, _ known: UInt64?) throws -> [[[String]]] {
    let query = AccountingQuery(knownAt: known.map { Position($0) })
    let (clearing, view) = (books.clearingView, books.view)
    return [
      AccountingReports.claims(clearing, view, query),
      AccountingReports.remittances(clearing, view, query),
      try AccountingReports.bankReconciliation(clearing, view, query, isDetailed: true),
      AccountingReports.goodsNotInvoiced(clearing, view, query),
    ].map { report in report.rows.map { row in row.map { "\($0)" } } }
  }

  @Test(arguments: [1, 2, 3, 7, 65_536])
  func `answers for every earlier position as it did then, stored or not`(_ chunk: Int) throws {
    var books = Books(chunkRows: chunk)
    try books.clinic()
    try books.partyRegistered(1)
    try books.partyRegistered(4, .supplier)
    var then: [(position: UInt64, digest: String, pages: [[[String]]])] = []
    for number in 1...40 as ClosedRange<UInt64> {
      try tell(&books, number)
      if number % 11 == 3 {
        books.clearing = try MemoryPages.copy(
          &books.clearing, into: ClearingModel(chunkRows: chunk)
        ).model
      }
      then.append((books.position, books.clearing.digest, try pages(books, nil)))
    }
    for past in then {
      #expect(books.clearing.digest(knownAt: Position(past.position)) == past.digest)
      #expect(try pages(books, past.position) == past.pages)
    }
    #expect(Set(then.map(\.digest)).count == then.count)
  }
}
