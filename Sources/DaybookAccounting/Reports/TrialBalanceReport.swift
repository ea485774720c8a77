public import DaybookEngine
public import DaybookReporting
import DaybookValues

/// The reports of the books: pure functions of the books and a query.
public enum AccountingReports {}

/// Where a trial balance has the entries of closed years, which are of the thirteenth period.
public enum ClosingEntries: String, CaseIterable, Hashable, Sendable {
  /// In the turnover of their day, the last of the year.
  case included
  /// In a column of their own, so that turnover is what happened.
  case apart
}

extension AccountingReports {
  /// All accounts on D as known at S: opening, debits, credits and balance; it sums to zero.
  ///
  /// Without `from`, turnover is since position 1 and every opening is zero. Balance is opening and
  /// debits less credits, a debit positive; with closing entries apart, also those. The footer counts
  /// them in any case, and a note says so where they stand apart. Accounts that nothing was posted to
  /// are left out; where clinics keep several currencies, an account has a row for each.
  public static func trialBalance(
    _ view: Snapshot<AccountingModel>, _ query: AccountingQuery, closing: ClosingEntries = .included
  ) -> Report {
    let scope = Scope(view, query)
    let isApart = closing == .apart
    var columns = [
      Column("account", .identifier), Column("name", .text), Column("opening", .amount),
      Column("debit", .amount), Column("credit", .amount), Column("balance", .amount),
    ]
    if isApart {
      columns.insert(Column("closing", .amount, title: "closing entries"), at: 5)
    }
    var report = scope.report("trial-balance", "Trial balance", columns)
    let model = scope.model
    let end = scope.turnovers(through: scope.through)
    // An opening is what was there before the first day, and before a day there is always another.
    let before = query.from.map { scope.turnovers(through: scope.lastDay(before: $0)) }
    let closed = isApart ? scope.closingTurnovers : nil
    let clinics = (0..<model.slots.count).filter { scope.covers($0) }
    let currencies = Set(clinics.map { model.slots.currencies[$0] }).sorted()
    var (debits, apartDebits) = (CurrencySum(), MoneySums())
    for index in model.chart.listing {
      let account = model.chart.accounts[index]
      for currency in currencies {
        var (last, opening, apart) = (Turnover(), Turnover(), Turnover())
        for clinic in clinics where model.slots.currencies[clinic] == currency {
          last.add(end[index, clinic])
          if let before { opening.add(before[index, clinic]) }
          if let closed { apart.add(closed[index, clinic]) }
        }
        guard last != Turnover() else { continue }
        var turnover = last
        turnover.subtract(opening)
        debits.add(turnover.debit, currency)
        turnover.subtract(apart)
        if apart.debit != 0 { apartDebits.add(apart.debit, currency) }
        let cells =
          [opening.balance, turnover.debit, turnover.credit] + (isApart ? [apart.balance] : [])
          + [last.balance]
        report.append(
          [.identifier(account.code), .text(account.name)]
            + cells.map { .amount(Amount(minorUnits: $0, currency)) })
      }
    }
    if isApart {
      report.total("opening", "debit", "credit", "closing", "balance")
    } else {
      report.total("opening", "debit", "credit", "balance")
    }
    let period = before.map { end.since($0) } ?? end
    func entries(_ turnovers: Turnovers) -> Int {
      clinics.reduce(0) { $0 + turnovers.entryCount($1) }
    }
    let apartEntries = closed.map(entries) ?? 0
    if apartEntries > 0 { report.notes += scope.closingNotes(apartEntries, apartDebits) }
    report.footer = scope.footer(entries: entries(period), debits: debits)
    return report
  }

  /// Whether entries of the thirteenth period are among what a trial balance shows as turnover: those that
  /// closed a year, and those that undid it when it was opened again.
  public static func hasClosingEntries(_ view: Snapshot<AccountingModel>, _ query: AccountingQuery)
    -> Bool
  {
    let scope = Scope(view, query)
    let closed = scope.closingTurnovers
    return (0..<scope.model.slots.count).contains {
      scope.covers($0) && closed.entryCount($0) > 0
    }
  }
}

extension Scope {
  /// What was before a day; a scope that ends earlier has no more.
  fileprivate func lastDay(before first: Day) -> Int32 { min(first.daysSince1970 - 1, through) }

  fileprivate func turnovers(through day: Int32) -> Turnovers {
    model.turnovers(through: day, at: position)
  }

  /// What a form says that has no column for closing entries.
  static let closingsIncluded =
    "Entries that close a year, or undid that, are in the turnover of its last day."

  fileprivate func covers(_ index: Int) -> Bool { clinic.map { Int($0) == index } ?? true }

  /// What closing entries came to within the days of the turnover.
  fileprivate var closingTurnovers: Turnovers {
    let end = model.closingTurnovers(through: through, at: position)
    guard let first = query.from else { return end }
    return end.since(model.closingTurnovers(through: lastDay(before: first), at: position))
  }

  /// What stands apart, and how it stands with the years that it is of.
  fileprivate func closingNotes(_ entries: Int, _ debits: MoneySums) -> [String] {
    let closed = closedYears
    let opened = years { $0.reopened != nil }.filter { !closed.contains($0) }
    return closed.map {
      "The year that ends on \($0) is closed; its closing entries stand apart."
    }
      + opened.map {
        "The year that ends on \($0) was closed and opened again; the entries of both stand apart."
      } + [
        "The line below counts what stands apart, too: "
          + "\(entries == 1 ? "1 entry" : "\(entries) entries"), debits \(debits.words)."
      ]
  }

  /// The last days of the years within the turnover that were closed, and are.
  var closedYears: [Day] { years { $0.reopened == nil } }

  private func years(_ isMeant: (KnownPeriod) -> Bool) -> [Day] {
    let days = model.periods.list(through: position)
      .filter { period in
        period.row.kind == .yearClosed && isMeant(period) && period.row.to >= from
          && period.row.to <= through
          && model.slots.find(period.row.clinic).map { covers(Int($0)) } ?? false
      }
      .map { Day(daysSince1970: $0.row.to) }
    return Set(days).sorted()
  }
}

extension AccountingReports {
  /// The accounts on D as known at S, of those postings alone that `filter` asks for: it need not sum to
  /// zero.
  ///
  /// - Throws: `UnknownAccount` for an account that the chart does not have.
  /// - Complexity: O(postings up to D).
  public static func trialBalance(
    of filter: JournalFilter, _ view: Snapshot<AccountingModel>, _ query: AccountingQuery
  ) throws(UnknownAccount) -> Report {
    let scope = Scope(view, query)
    let (sieve, names) = (
      try PostingSieve(filter, scope), ["opening", "debit", "credit", "balance"]
    )
    var rows = GroupedRows(
      scope.report("trial-balance", "Trial balance", names.map { Column($0, .amount) }),
      RowForm(by: .account), sums: names, figure: "balance", scope, countsRows: false)
    var (debits, entries, hasClosings) = (CurrencySum(), EntryCounter(), false)
    if scope.through > .min {
      scope.forEachPosting(in: .min...scope.through) { line in
        let row = line.row
        guard sieve.takes(row) else { return }
        let (currency, isBefore) = (scope.currency(row.clinic), row.day < scope.from)
        if !isBefore { entries.count(row) }
        if !isBefore, row.isOfThirteenthPeriod { hasClosings = true }
        if !isBefore, row.amount > 0 { debits.add(row.amount, currency) }
        rows.add({ _ in scope.key(ofAccount: row.account) }, currency) { sums in
          if isBefore {
            sums[0].add(row.amount)
          } else if row.amount > 0 {
            sums[1].add(row.amount)
          } else {
            sums[2].total -= Int128(row.amount)
          }
          sums[3].add(row.amount)
        }
      }
    }
    var report = rows.finished()
    report.title = "Trial balance"
    if hasClosings { report.notes.append(Scope.closingsIncluded) }
    report.footer = scope.footer(entries: entries.total, debits: debits)
    return report
  }
}
