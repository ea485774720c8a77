import DaybookBytes
import DaybookClinicEvents
import DaybookEvents
import DaybookValues

// Periods and years that were closed.
extension PostingScan {
  /// No entry has a day that was closed when it was recorded; but for the thirteenth period's.
  var closedDaysStand: Check {
    Check(
      "nothing was posted to a day that was closed",
      found: closedDay.map { row in
        "position \(row.position) on \(Day(daysSince1970: row.day)) at clinic "
          + "\(name(Int(row.clinic)))"
      },
      over: periodsOver)
  }

  private var periodsOver: String {
    let rows = model.periods.rows.rows(through: position)
    let closed = rows.count { $0.area == .accounting && $0.kind == .closed }
    let opened = rows.count { $0.area == .accounting && $0.kind == .reopened }
    return "\(closed) closed, \(opened) opened again"
  }

  /// What was stated when periods and years were closed is what the postings come to; else which
  /// period, which account, and by how much.
  var closedPeriodsAgree: Check {
    let rows = model.periods.rows.rows(through: position).filter(\.states)
    let faults = rows.compactMap(fault)
    let found = Self.some(of: faults, atMost: 3, "statements")
    return Check(
      "closed periods are what was stated of them", found: faults.isEmpty ? nil : found,
      over: "\(rows.count) statements")
  }

  private func fault(_ row: PeriodRow) -> String? {
    let through = Day(daysSince1970: row.to)
    let now = model.totals(ofClinic: row.clinic, through: through, at: row.known)
    if now.digest == row.digest.bytes, now.figure.minorUnits == row.figure { return nil }
    let currency = model.currency(ofClinic: row.clinic)
    let what = row.kind == .yearClosed ? "the year" : "\(row.area)"
    return "\(what) of \(ClinicID(row.clinic)) through \(through), closed at position "
      + "\(row.position): " + difference(row, now, currency)
  }

  private func difference(_ row: PeriodRow, _ now: Statement, _ currency: Currency) -> String {
    let stated = model.periods.accounts(statedAt: row.position)
    let figure = Amount(minorUnits: row.figure, currency)
    guard !stated.isEmpty else {
      return now.figure.minorUnits == row.figure
        ? "debits are \(figure) as stated, but on other accounts, and none were stated"
        : "debits of \(figure) were stated, now \(now.figure); no accounts were stated"
    }
    var was: [String: Turnover] = [:]
    for line in stated { was[line.account, default: Turnover()].add(line.turnover) }
    var sides: [String: Turnover] = [:]
    for account in now.accounts {
      sides[account.account] = Turnover(
        debit: account.debit.minorUnits, credit: account.credit.minorUnits)
    }
    let codes = Set(was.keys).union(sides.keys).sorted()
    let off = codes.filter { was[$0] ?? Turnover() != sides[$0] ?? Turnover() }
    let texts = off.map { code in
      Self.text(code, was[code] ?? Turnover(), sides[code] ?? Turnover(), currency)
    }
    return texts.isEmpty
      ? "the accounts are as stated, the digest is not"
      : Self.some(of: texts, atMost: 8, "accounts")
  }

  private static func text(
    _ code: String, _ was: Turnover, _ now: Turnover, _ currency: Currency
  ) -> String {
    func amount(_ minor: Int64) -> String { Amount(minorUnits: minor, currency).decimal }
    var sides: [String] = []
    for (side, before, after) in [
      ("debit", was.debit, now.debit), ("credit", was.credit, now.credit),
    ] where before != after {
      sides.append("\(side) \(amount(before)) is now \(amount(after))")
    }
    return "\(code) " + sides.joined(separator: " and ")
  }

  static func some(of texts: [String], atMost count: Int, _ what: String) -> String {
    let shown = texts.prefix(count).joined(separator: "; ")
    return texts.count > count ? "\(shown); and \(texts.count - count) more \(what)" : shown
  }
}
