public import DaybookClinicEvents
import DaybookEvents
public import DaybookReporting
public import DaybookValues

extension AccountingReports {
  /// The settlement of each practitioner from `from` to D as known at S: what was done, charged and
  /// collected, what of it is theirs, what was paid out of that, and what is owed to them on D.
  ///
  /// `collected` is what payments have settled of these charges up to D. `commission` is what was accrued
  /// in the range on `basis`, whenever the charge was; `opening` is what was owed before it, `settled`
  /// what payrolls and invoices took over, and `owed` the balance of commission payable. What was posted
  /// there without a person, as the invoice of a contractor is, has a row of its own, so that the total is
  /// the account's. `withheld` is the tax kept back of their pay. The footer counts the events behind it.
  ///
  /// Source: Books, section 2, rows of commission and payroll.
  ///
  /// - Throws: `.overflow` where the bases of somebody do not fit.
  /// - Complexity: O(charges, commissions, and postings up to D).
  public static func settlement(
    of practitioner: StaffID? = nil, _ earnings: EarningsView, _ view: AccountingView,
    _ query: AccountingQuery
  ) throws(ValueError) -> Report {
    let scope = Scope(view, query)
    var report = scope.report(
      "settlement", "Practitioner settlement",
      [
        Column("practitioner", .identifier), Column("ref", .text), Column("treatments", .count),
        Column("net", .amount), Column("collected", .amount), Column("basis", .amount),
        Column("opening", .amount), Column("commission", .amount), Column("settled", .amount),
        Column("owed", .amount), Column("withheld", .amount),
      ])
    var sums = SettlementSums()
    var events = EventTally(through: scope.position)
    func isAsked(_ staff: UInt64) -> Bool { practitioner?.number ?? staff == staff }
    RevenueParts(scope, .practitioner).walk { part in
      guard part.key != 0, isAsked(UInt64(part.key)) else { return }
      events.note(part.position)
      sums.change(UInt64(part.key), part.currency) {
        $0.units += part.units
        $0.net += part.gross - part.discount
        $0.collected += part.collected
      }
    }
    scope.forEach(earnings.model.commissions) { row in
      guard row.occasion.day >= scope.from, isAsked(row.staff) else { return }
      events.note(row.position)
      sums.change(row.staff, scope.currency(row.occasion)) { $0.basis.add(row.basis) }
    }
    let owing = CommissionAccounts(scope.model)
    scope.forEachPosting { row, _ in
      owing.sort(row, from: scope.from) { staff, place in
        guard isAsked(staff) else { return }
        events.note(row.position)
        sums.change(staff, scope.currency(row.clinic)) { $0[keyPath: place] -= row.amount }
      }
    }
    for line in sums.sorted() where !line.isNothing {
      let staff = StaffID(line.staff)
      let basis = try line.basis.narrowed()
      report.append(
        [
          .identifier(staff), .text(scope.model.reference(staff.stream, at: scope.position)),
          .count(line.units),
        ]
          + [
            line.net, line.collected, basis, line.opening, line.commission, -line.settled,
            line.opening + line.commission + line.settled, line.withheld,
          ].map { .amount(Amount(minorUnits: $0, line.currency)) })
    }
    report.total(
      "treatments", "net", "collected", "basis", "opening", "commission", "settled", "owed",
      "withheld")
    report.footer = scope.footer(entries: events.count, debits: CurrencySum())
    return report
  }
}

/// Which postings of a person are commission, what settles it, and tax withheld.
private struct CommissionAccounts {
  private let payable: Set<Int>
  private let withheld: Set<Int>
  private static let accrual = PostingRule.builtIn.firstIndex { $0.isOf(CommissionAccrued.self) }

  init(_ model: AccountingModel) {
    payable = Set(model.accounts(of: [.commissionPayable]))
    withheld = Set(model.accounts(of: [.withheldTax]))
  }

  /// Calls `body` with the person, 0 for nobody, and the figure that the posting changes.
  func sort(
    _ row: Posting, from: Int32,
    _ body: (UInt64, WritableKeyPath<SettlementSums.Line, Int64>) -> Void
  ) {
    let account = Int(row.account)
    let staff = PartyKey(rawValue: row.party).staff?.number ?? 0
    if payable.contains(account) {
      if row.day < from { return body(staff, \.opening) }
      body(staff, Int(row.rule) == Self.accrual ? \.commission : \.settled)
    } else if staff != 0, row.day >= from, withheld.contains(account) {
      body(staff, \.withheld)
    }
  }
}

private struct SettlementSums {
  struct Line {
    let staff: UInt64
    let currency: Currency
    var units: Int64 = 0
    var net: Int64 = 0
    var collected: Int64 = 0
    var basis = MinorSum()
    /// What is owed, above zero.
    var opening: Int64 = 0
    var commission: Int64 = 0
    /// Below zero, what is owed no more.
    var settled: Int64 = 0
    var withheld: Int64 = 0

    var isNothing: Bool {
      units == 0 && basis.total == 0
        && [net, collected, opening, commission, settled, withheld].allSatisfy { $0 == 0 }
    }
  }

  private struct Key: Hashable {
    let staff: UInt64
    let currency: Currency
  }

  private var lines: [Line] = []
  // Only asked for a key, never iterated.
  private var places: [Key: Int] = [:]

  mutating func change(_ staff: UInt64, _ currency: Currency, _ body: (inout Line) -> Void) {
    let key = Key(staff: staff, currency: currency)
    let place = places[key] ?? lines.count
    if place == lines.count {
      places[key] = place
      lines.append(Line(staff: staff, currency: currency))
    }
    body(&lines[place])
  }

  func sorted() -> [Line] {
    // What is of nobody comes last.
    lines.sorted { ($0.staff &- 1, $0.currency) < ($1.staff &- 1, $1.currency) }
  }
}
