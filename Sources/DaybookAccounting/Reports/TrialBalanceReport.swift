public import DaybookReporting
import DaybookValues

/// The reports of the books: pure functions of the books and a query.
public enum AccountingReports {}

extension AccountingReports {
  /// All accounts on D as known at S: opening, debits, credits and balance; it sums to zero.
  ///
  /// Without `from`, turnover is since position 1 and every opening is zero. Balance is opening and
  /// debits less credits, a debit positive. Accounts that nothing was posted to are left out; where
  /// clinics keep several currencies, an account has a row for each.
  public static func trialBalance(_ view: AccountingView, _ query: AccountingQuery) -> Report {
    let scope = Scope(view, query)
    var report = scope.report(
      "trial-balance", "Trial balance",
      [
        Column("account", .identifier), Column("name", .text), Column("opening", .amount),
        Column("debit", .amount), Column("credit", .amount), Column("balance", .amount),
      ])
    let model = scope.model
    let end = model.turnovers(through: scope.through, at: scope.position)
    // An opening is what was there before the first day, and before a day there is always another.
    let before = query.from.map {
      model.turnovers(
        through: min($0.daysSince1970 - 1, scope.through), at: scope.position)
    }
    let clinics = (0..<model.slots.count).filter { scope.includes(clinic: UInt16($0)) }
    let currencies = Set(clinics.map { scope.currency(UInt16($0)) }).sorted()
    var debits = CurrencySum()
    for index in model.chart.listing {
      let account = model.chart.accounts[index]
      for currency in currencies {
        var (closing, opening) = (Turnover(), Turnover())
        for clinic in clinics where scope.currency(UInt16(clinic)) == currency {
          closing.add(end[index, clinic])
          if let before { opening.add(before[index, clinic]) }
        }
        guard closing != Turnover() else { continue }
        var turnover = closing
        turnover.subtract(opening)
        debits.add(turnover.debit, currency)
        let cells = [opening.balance, turnover.debit, turnover.credit, closing.balance]
        report.append(
          [.identifier(account.code), .text(account.name)]
            + cells.map { .amount(Amount(minorUnits: $0, currency)) })
      }
    }
    report.total("opening", "debit", "credit", "balance")
    let period = before.map { end.since($0) } ?? end
    report.footer = scope.footer(
      entries: clinics.reduce(0) { $0 + period.entryCount($1) }, debits: debits)
    return report
  }
}
