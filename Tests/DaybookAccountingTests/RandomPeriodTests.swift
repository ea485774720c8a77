import DaybookBytes
import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookReporting
import DaybookTesting
import DaybookValues
import Testing

@testable import DaybookAccounting

/// Months and years closed and opened again at any time of a random history.
@Suite struct `Any history of closings` {
  /// A day of 2025 or of the first months of 2026.
  private static func day(_ numbers: inout SeededNumbers) -> String {
    Day(daysSince1970: 20_088 + Int32(numbers.upTo(480))).description
  }

  private static func month(_ number: Int64) -> Day {
    Month(monthsSince1970: 660 + Int32(number)).lastDay
  }

  /// What the Desk was asked to do, and whether it did.
  private struct History {
    var desk: DecidedBooks
    var numbers: SeededNumbers
    var refusals = 0
    var closings = 0

    init(seed: UInt64) throws {
      desk = try DecidedBooks()
      numbers = SeededNumbers(seed: seed)
      try desk.see()
      try desk.on("2026-05-20")
    }

    mutating func step() throws {
      switch numbers.upTo(12) {
      case ...5: try post()
      case ...7: try treat()
      case ...9: try close()
      case 10: try reopen()
      case 11: try closeYear()
      default: try reverse()
      }
    }

    private mutating func post() throws {
      let day = `Any history of closings`.day(&numbers)
      let amount = numbers.upTo(90_000)
      try desk.on(day, recorded: "2026-05-20")
      let isTaken = try desk.attempt(
        as: .accountant,
        PostJournal.with {
          $0.memo = "rent"
          $0.lines = [
            .with {
              $0.account = "6100"
              $0.debit = money(amount)
            },
            .with {
              $0.account = "1100"
              $0.credit = money(amount)
            },
          ]
        })
      let isClosed = desk.spec.state.isClosed(
        try Day(parsing: day), for: .accounting, at: ClinicID(1))
      #expect(isTaken != isClosed, "\(day)")
      if !isTaken { refusals += 1 }
      try desk.on("2026-05-20")
    }

    private mutating func treat() throws {
      let price = numbers.upTo(50_000)
      try desk.attempt(
        as: .practitioner,
        PerformTreatment.with {
          $0.encounter = EncounterID(1)
          $0.service = ServiceID(1)
          $0.listPrice = money(price)
          $0.priceReason = .agreed
        })
    }

    /// The next month, or some other; in one of ten cases for good.
    private mutating func close() throws {
      let periods = desk.spec.state.periods
      let next = periods.closedThrough(ClinicID(1), .accounting).map {
        $0.advanced(by: 1).lastOfMonth
      }
      let to =
        numbers.upTo(3) > 1 && next != nil
        ? next ?? .min : `Any history of closings`.month(numbers.upTo(15))
      let isHard = numbers.upTo(10) == 1
      let totals = desk.totals(through: to)
      if try desk.attempt(
        as: .accountant,
        ClosePeriod.with {
          $0.area = .accounting
          $0.closing = isHard ? .hard : .soft
          $0.to = to
          $0.totals = totals
        })
      {
        closings += 1
      }
    }

    private mutating func reopen() throws {
      let hard = desk.spec.state.periods.hardThrough(ClinicID(1), .accounting)
      try desk.attempt(
        as: .accountant,
        ReopenPeriod.with {
          $0.area = .accounting
          $0.reason = "a bill came late"
        })
      // What is closed for good stays closed.
      let through = desk.spec.state.periods.closedThrough(ClinicID(1), .accounting)
      #expect(through ?? .min >= hard ?? .min)
    }

    private mutating func closeYear() throws {
      let end = try Day(parsing: "2025-12-31")
      let totals = desk.totals(through: end)
      try desk.attempt(
        as: .accountant,
        CloseYear.with {
          $0.yearEnd = end
          $0.totals = totals
        })
    }

    /// A treatment is undone: on its own day, or on the first that is open.
    private mutating func reverse() throws {
      let charges = desk.taken.indices.filter { desk.taken[$0].tag == ChargePosted.tag.rawValue }
      guard let index = charges.randomElement(using: &numbers) else { return }
      let of = Position(UInt64(index) + 1)
      try desk.attempt(
        as: .accountant,
        ReverseEvent.with {
          $0.of = of
          $0.reason = "a mistake"
        })
    }
  }

  @Test(arguments: 0..<25) func `proves itself at its end, and after a replay`(
    _ seed: UInt64
  ) throws {
    var history = try History(seed: seed)
    for _ in 0..<120 { try history.step() }
    let desk = history.desk
    #expect(desk.faults.isEmpty, "seed \(seed): \(desk.faults)")
    #expect(history.closings > 0 && history.refusals > 0, "seed \(seed)")
    // In chunks of any size, and begun in the middle: the same books, and each closing holds.
    let again = try Books.replayed(desk.taken, into: AccountingModel(chunkRows: 16))
    let whole = try Books.replayed(desk.taken, into: AccountingModel())
    #expect(whole.model.digest == desk.books.model.digest)
    for check in AccountingChecks.run(again.model) {
      #expect(check.passed, "seed \(seed): \(check.name): \(check.detail)")
    }
    // The books as they were known at each closing are what it states, account by account.
    for row in again.model.periods.rows.rows(through: .end) where row.states {
      let now = again.model.totals(
        ofClinic: row.clinic, through: Day(daysSince1970: row.to), at: row.known)
      #expect(now.digest == row.digest.bytes && now.figure.minorUnits == row.figure)
      let stated = again.model.periods.accounts(statedAt: row.position)
      #expect(
        stated.map { "\($0.account) \($0.turnover.debit) \($0.turnover.credit)" }
          == now.accounts.map {
            "\($0.account) \($0.debit.minorUnits) \($0.credit.minorUnits)"
          })
    }
    // Income and expense of a closed year are nothing at its end, and the trial balance says why.
    let end = try Day(parsing: "2025-12-31")
    let closed = again.model.periods.list(through: .end).contains {
      $0.row.kind == .yearClosed && $0.reopened == nil
    }
    let trial = AccountingReports.trialBalance(
      again.view, AccountingQuery(on: end), closing: .apart)
    for row in trial.rows where closed {
      guard case .identifier(let code) = row[0], "4" <= code, case .amount(let balance) = row[6]
      else { continue }
      #expect(balance.isZero, "seed \(seed): \(code)")
    }
  }
}
