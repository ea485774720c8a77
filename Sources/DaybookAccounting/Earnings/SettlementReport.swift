import DaybookClinicEvents
public import DaybookEngine
import DaybookEvents
public import DaybookReporting
import DaybookValues

extension AccountingReports {
  /// The settlement of each practitioner from `from` to D as known at S: what was done, charged and
  /// collected, what of it is theirs, what was paid out of that, and what is owed to them on D.
  ///
  /// `collected` is what money has settled of these charges up to D, as revenue has it. `commission` is
  /// what was accrued in the range on `basis`, whenever the charge was; `opening` is what was owed before
  /// it, `settled` what payrolls and invoices took over, and `owed` the balance of commission payable.
  /// What was posted there without a person, as the invoice of a contractor is, has a row of its own, so
  /// that the total is the account's. `withheld` is the tax kept back of their pay. What is settled is of
  /// no service. The footer counts the events behind it.
  ///
  /// Source: Books, section 2, rows of commission and payroll.
  ///
  /// - Parameter form: What it is summed up by, and the only values of those: dimensions of
  ///   `GroupedReport.settlement`; by practitioner if it says nothing.
  /// - Complexity: O(charges, commissions, and postings up to D).
  public static func settlement(
    _ earnings: Snapshot<EarningsModel>, _ view: Snapshot<AccountingModel>,
    _ query: AccountingQuery,
    form: RowForm = RowForm()
  ) -> Report {
    let scope = Scope(view, query)
    var form = form
    form.by = form.by ?? .practitioner
    let names = [
      "net", "collected", "basis", "opening", "commission", "settled", "owed", "withheld",
    ]
    var sums = SettlementSums(
      rows: GroupedRows(
        scope.report(
          "settlement", "Settlement",
          [Column("treatments", .count)] + names.map { Column($0, .amount) }),
        form, sums: ["treatments"] + names, figure: "owed", scope),
      events: EventTally(through: scope.position))
    let keys = RowKeys(scope)
    RevenueParts(scope, .practitioner).walk { part in
      guard let charge = part.charge, charge.practitioner != 0 else { return }
      sums.add(
        SettlementPart(
          units: part.units, net: part.gross - part.discount, collected: part.collected),
        of: part.position, part.currency
      ) { keys.key($0, charge) }
    }
    scope.forEach(earnings.model.commissions) { row in
      guard row.occasion.day >= scope.from else { return }
      let part = SettlementPart(basis: row.basis)
      sums.add(part, of: row.position, scope.currency(row.occasion)) { keys.key($0, row, scope) }
    }
    let owing = CommissionAccounts(scope.model)
    scope.forEachPosting { row, _ in
      owing.sort(row, from: scope.from) { staff, part in
        sums.add(part, of: row.position, scope.currency(row.clinic)) { dimension in
          switch dimension {
          case .practitioner: return GroupKey(staff)
          case .clinic: return keys.key(.clinic, row)
          default:
            let commissions = earnings.model.commissions
            guard let place = commissions.rows(of: row.position).first else { return .none }
            return keys.key(dimension, commissions[place], scope)
          }
        }
      }
    }
    var report = sums.rows.finished()
    report.footer = scope.footer(entries: sums.events.count, debits: CurrencySum())
    return report
  }
}

extension RowKeys {
  /// The group of a commission: of who gets it, and of the charge that it is of.
  fileprivate func key(
    _ dimension: ReportDimension, _ row: CommissionRow, _ scope: Scope
  ) -> GroupKey {
    switch dimension {
    case .practitioner: return GroupKey(row.staff)
    case .clinic: return GroupKey(row.occasion.clinic)
    default:
      guard let number = UInt32(exactly: row.charge),
        let charge = scope.model.charges.row(ofCharge: number)
      else { return .none }
      return key(dimension, charge)
    }
  }
}

/// The rows of a settlement, and the events behind them.
private struct SettlementSums {
  var rows: GroupedRows
  var events: EventTally

  mutating func add(
    _ part: SettlementPart, of event: Position, _ currency: Currency,
    _ key: (ReportDimension) -> GroupKey
  ) {
    if rows.add(key, currency, { part.add(to: &$0) }) { events.note(event) }
  }
}

/// What one charge, payment, commission or posting adds to a settlement.
private struct SettlementPart {
  var units: Int64 = 0
  var net: Int64 = 0
  var collected: Int64 = 0
  var basis: Int64 = 0
  /// What is owed, above zero.
  var opening: Int64 = 0
  var commission: Int64 = 0
  /// Below zero, what is owed no more.
  var settled: Int64 = 0
  var withheld: Int64 = 0

  /// Adds it, in the order of the columns.
  func add(to sums: inout [MinorSum]) {
    sums[0].add(units)
    sums[1].add(net)
    sums[2].add(collected)
    sums[3].add(basis)
    sums[4].add(opening)
    sums[5].add(commission)
    sums[6].total -= Int128(settled)
    for part in [opening, commission, settled] { sums[7].add(part) }
    sums[8].add(withheld)
  }
}

/// Which postings of a person are commission, what settles it, and tax withheld.
private struct CommissionAccounts {
  private enum Role { case payable, withheld, other }

  /// By account.
  private let roles: [Role]
  private static let accrual = PostingRule.builtIn.firstIndex { $0.isOf(CommissionAccrued.self) }

  init(_ model: AccountingModel) {
    var roles = [Role](repeating: .other, count: model.chart.accounts.count)
    for account in model.accounts(of: [.withheldTax]) { roles[account] = .withheld }
    for account in model.accounts(of: [.commissionPayable]) { roles[account] = .payable }
    self.roles = roles
  }

  /// Calls `body` with the person, 0 for nobody, and what the posting adds.
  func sort(_ row: Posting, from: Int32, _ body: (UInt64, SettlementPart) -> Void) {
    let role = roles[Int(row.account)]
    guard role != .other else { return }
    let staff = PartyKey(rawValue: row.party).staff?.number ?? 0
    // The smallest number has no counterpart, and no posting has it: the debits would not fit.
    let amount = 0 &- row.amount
    if role == .payable {
      if row.day < from { return body(staff, SettlementPart(opening: amount)) }
      body(
        staff,
        Int(row.rule) == Self.accrual
          ? SettlementPart(commission: amount) : SettlementPart(settled: amount))
    } else if staff != 0, row.day >= from {
      body(staff, SettlementPart(withheld: amount))
    }
  }
}
