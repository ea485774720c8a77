import DaybookAccounting
import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

/// What no book may take in: the Desk refuses it by the rule that it breaks, and the book stays as it
/// is, to the last byte.
@Suite struct `A posting that is refused` {
  private var desk: DecidedBooks

  init() throws {
    desk = try DecidedBooks()
    try desk.see()
    try desk.treat(18_000)
    try desk.perform(
      as: .accountant, Self.entry([("1100", 500_000, 0), ("3000", 0, 500_000)], "capital"))
    try desk.on("2026-04-05")
    try desk.close(through: "2026-03-31")
  }

  private static func entry(
    _ lines: [(account: String, debit: Int64, credit: Int64)], _ memo: String = "rent",
    _ change: (inout PostJournal) -> Void = { _ in }
  ) -> PostJournal {
    .with {
      $0.memo = memo
      for line in lines {
        $0.lines.append(
          .with {
            $0.account = line.account
            $0.debit = money(line.debit)
            $0.credit = money(line.credit)
          })
      }
      change(&$0)
    }
  }

  /// The command is refused for these reasons, and nothing of the book has changed.
  private func refuses<C: Command>(
    _ command: C, as role: ClinicRole = .accountant, on day: String? = nil,
    _ reasons: [any RefusalCase], sourceLocation: SourceLocation = #_sourceLocation
  ) throws where C.State == DeskState {
    var desk = desk
    if let day { try desk.on(day, recorded: "2026-04-05") }
    let (head, digest) = (desk.books.position, desk.books.model.digest)
    let trial = try desk.trialBalance(on: "2026-12-31")
    let state = desk.spec.state
    let refused = desk.spec.by(.staff(1), role.role).when(command)
    guard case .failure(let refusal) = refused.result else {
      Issue.record("it was taken", sourceLocation: sourceLocation)
      return
    }
    #expect(
      refusal.violations.map(\.reason.message) == reasons.map(\.message),
      sourceLocation: sourceLocation)
    #expect(refused.events.isEmpty, sourceLocation: sourceLocation)
    let isTaken = try desk.attempt(as: role, command)
    #expect(!isTaken, sourceLocation: sourceLocation)
    #expect(desk.books.position == head, sourceLocation: sourceLocation)
    #expect(desk.books.model.digest == digest, sourceLocation: sourceLocation)
    #expect(try desk.trialBalance(on: "2026-12-31") == trial, sourceLocation: sourceLocation)
    #expect(
      desk.spec.state.periods.lastPosition == state.periods.lastPosition,
      sourceLocation: sourceLocation)
    #expect(desk.faults.isEmpty, sourceLocation: sourceLocation)
  }

  private var march: Day { Day(daysSince1970: 20_543) }

  @Test func `stands in a closed period`() throws {
    #expect(march.description == "2026-03-31")
    let closed = PeriodRefusal.closed(
      Day(daysSince1970: 20_523), .accounting, ClinicID(1), through: march)
    try refuses(Self.entry([("6100", 500, 0), ("1100", 0, 500)]), on: "2026-03-11", [closed])
    try refuses(
      ReceivePayment.with {
        $0.from = .party(.patient(PatientID(1)))
        $0.amount = money(100)
        $0.method = .card(CardTender())
      }, as: .cashier, on: "2026-03-11", [closed])
  }

  @Test func `does not balance, or has one line`() throws {
    try refuses(
      Self.entry([("6100", 500, 0), ("1100", 0, 499)]),
      [
        LedgerRefusal.unbalanced(
          ClinicID(1), debits: Amount(minorUnits: 500, .eur), credits: Amount(minorUnits: 499, .eur)
        )
      ])
    try refuses(
      Self.entry([("6100", 500, 0)]),
      [
        LedgerRefusal.tooFewLines,
        LedgerRefusal.unbalanced(
          ClinicID(1), debits: Amount(minorUnits: 500, .eur), credits: Amount(minorUnits: 0, .eur)),
      ])
  }

  @Test func `names an account that there is none of`() throws {
    try refuses(
      Self.entry([("6105", 500, 0), ("1100", 0, 500)]),
      [DeskRefusal.unknown(kind: "account", name: "6105")])
  }

  @Test func `is on a control account without its party`() throws {
    try refuses(
      Self.entry([("1200", 500, 0), ("3000", 0, 500)]) { $0.opening = true },
      [
        DeskRefusal.missing("a document"), DeskRefusal.missing("a due date"),
        DeskRefusal.missing("a party"),
      ])
    for account in ["1200", "1210", "2000", "2100", "2150", "2300", "2330", "1400", "2010", "2110"]
    {
      try refuses(
        Self.entry([(account, 500, 0), ("1100", 0, 500)]), [LedgerRefusal.controlled(account)])
    }
  }

  @Test func `names the account between clinics`() throws {
    try refuses(
      Self.entry([("1990", 500, 0), ("1100", 0, 500)]), [LedgerRefusal.betweenClinics("1990")])
  }

  @Test func `mixes currencies`() throws {
    try refuses(
      Self.entry([("6100", 0, 0), ("1100", 0, 500)]) {
        $0.lines[0].debit = Amount(minorUnits: 500, .usd)
      },
      [DeskRefusal.currency(found: .usd, expected: .eur)])
  }

  @Test func `is more than a book can add up`() throws {
    let most: Int64 = 1_000_000_000_000_000
    try refuses(
      Self.entry([("6100", most + 1, 0), ("1100", 0, most)]) { $0.lines[1].credit = money(500) },
      [DeskRefusal.tooLarge("10000000000000.01 EUR")])
    // The largest is taken, and the books add up.
    var desk = desk
    try desk.perform(as: .accountant, Self.entry([("6100", most, 0), ("1100", 0, most)]))
    #expect(desk.faults.isEmpty)
  }
}
