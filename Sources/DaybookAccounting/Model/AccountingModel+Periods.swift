import DaybookBytes
public import DaybookClinicEvents
import DaybookEvents
public import DaybookValues

// Books, "YearClosed" and "month lock".
extension AccountingModel {
  /// The trial balance of a clinic through `day`, as known at `position`: the sum of all debits, every
  /// account that anything was posted to, and a digest of both sides by account.
  ///
  /// It is what closing a period or a year states, and what `verify` adds up anew.
  ///
  /// - Complexity: O(accounts x full chunks), and a scan of one chunk at most.
  public func totals(
    ofClinic number: UInt64, through day: Day, at position: Position
  ) -> Statement {
    var writer = ByteWriter(capacity: 1024)
    writer.appendText("trial balance")
    writer.appendLittleEndian(number)
    writer.appendLittleEndian(day.daysSince1970)
    var debits: Int64 = 0
    var stated: Few<StatedAccount> = []
    if let clinic = slots.find(number) {
      let sums = turnovers(through: day.daysSince1970, at: position)
      let currency = currency(ofClinic: number)
      for (index, account) in chart.accounts.enumerated() {
        let turnover = sums[index, Int(clinic)]
        guard turnover != Turnover() else { continue }
        writer.appendText(account.code)
        writer.appendLittleEndian(turnover.debit)
        writer.appendLittleEndian(turnover.credit)
        // No sum overflows: the ledger refuses an entry that takes all debits beyond 64 bits.
        debits += turnover.debit
        stated.append(
          StatedAccount(
            account.code, debit: Amount(minorUnits: turnover.debit, currency),
            credit: Amount(minorUnits: turnover.credit, currency)))
      }
    }
    var totals = Statement(
      Amount(minorUnits: debits, currency(ofClinic: number)), at: position,
      digest: writer.withSpan { SHA256.hash($0) })
    totals.accounts = stated
    return totals
  }

  /// Takes in that a period of an area was closed.
  mutating func close(_ closed: PeriodClosed, _ event: borrowing Event) throws {
    var row = periodRow(.closed, closed.clinic, closed.area, through: closed.to, event)
    row.closing = closed.closing
    row.from = closed.from?.daysSince1970 ?? .min
    row.approver = closed.approver?.number ?? 0
    noteRecorded(event)
    try periods.note(row, closed.totals)
    prove(closed.totals, row)
  }

  /// Takes in that a period of an area was opened again.
  mutating func reopen(_ reopened: PeriodReopened, _ event: borrowing Event) throws {
    var row = periodRow(.reopened, reopened.clinic, reopened.area, through: reopened.to, event)
    row.from = reopened.from?.daysSince1970 ?? .min
    row.approver = reopened.approver?.number ?? 0
    row.reason = reopened.reason
    noteRecorded(event)
    try periods.note(row)
  }

  /// Takes in that a year was closed, and posts its thirteenth period.
  mutating func close(_ closed: YearClosed, _ event: borrowing Event) throws {
    let clinic = try slots.index(of: event.header.clinic, at: event.header.position)
    let sums = turnovers(
      through: closed.yearEnd.daysSince1970, at: event.header.position.previous)
    try entry(event) { (books) throws(PostingError) in
      try books.post(closing: sums, Int(clinic))
    }
    var row = periodRow(.yearClosed, closed.clinic, .accounting, through: closed.yearEnd, event)
    row.approver = closed.approver?.number ?? 0
    noteRecorded(event)
    try periods.note(row, closed.totals)
    prove(closed.totals, row)
  }

  /// Adds up anew what a closing states: every replay does, so that code which restates closed books is
  /// never silent (Books, section 1, 7).
  ///
  /// - Complexity: As `totals`.
  private mutating func prove(_ stated: Statement, _ row: PeriodRow) {
    guard row.states else { return }
    let now = totals(
      ofClinic: row.clinic, through: Day(daysSince1970: row.to), at: stated.position)
    if now.digest != stated.digest || now.figure.minorUnits != stated.figure.minorUnits {
      periods.restated.append(row.position)
    }
  }

  /// The closings that state other figures than these books come to; none, as a rule.
  ///
  /// `verify` tells which accounts are others, and by how much.
  public var restatedPeriods: [RestatedPeriod] {
    periods.restated.compactMap { position in
      let index = periods.rows.count(through: position) - 1
      return index < 0 ? nil : RestatedPeriod(periods.rows[index])
    }
  }

  /// Takes in that the closing of a year was undone.
  mutating func reopenYear(_ reversed: Reversed, _ event: borrowing Event) throws {
    var row = periodRow(
      .yearReopened, ClinicID(event.header.clinic), .accounting,
      through: event.header.effective.day, event)
    row.approver = reversed.approver?.number ?? 0
    row.reason = reversed.reason
    try periods.note(row)
  }

  private mutating func periodRow(
    _ kind: PeriodRow.Kind, _ clinic: ClinicID, _ area: PeriodArea, through day: Day,
    _ event: borrowing Event
  ) -> PeriodRow {
    var row = PeriodRow()
    row.position = event.header.position
    row.kind = kind
    row.clinic = clinic.number
    row.area = area
    row.to = day.daysSince1970
    row.actor = event.header.actor
    row.role = event.header.role
    return row
  }

  /// Brings every account of income and expense to zero against the result of the year, and that
  /// against what is retained.
  private mutating func post(closing sums: Turnovers, _ clinic: Int) throws(PostingError) {
    var (debits, credits): (Int64, Int64) = (0, 0)
    for (index, account) in chart.accounts.enumerated() {
      switch account.kind {
      case .asset, .liability, .equity: continue
      case .income, .expense: break
      }
      let balance = sums[index, clinic].balance
      try ledger.add(UInt16(index), balance > 0 ? .credit : .debit, abs(balance))
      if balance > 0 { credits += balance } else { debits -= balance }
    }
    try ledger.add(accounts[.yearResult], .debit, credits)
    try ledger.add(accounts[.yearResult], .credit, debits)
    let profit = debits - credits
    try ledger.add(accounts[.yearResult], profit > 0 ? .debit : .credit, abs(profit))
    try ledger.add(accounts[.retainedEarnings], profit > 0 ? .credit : .debit, abs(profit))
  }

  /// What the entries of the thirteenth period, and those that undid them, came to up to `day`, as
  /// known at `position`.
  ///
  /// - Complexity: O(accounts) for each year that was closed.
  func closingTurnovers(through day: Int32, at position: Position) -> Turnovers {
    var result = Turnovers(accounts: chart.accounts.count, clinics: slots.count)
    for row in periods.rows.rows(through: position) where row.isOfAYear {
      let first = ledger.postings.count(through: row.position.previous)
      for index in first..<ledger.postings.count(through: row.position) {
        let posting = ledger.postings[index]
        if posting.day <= day { result.add(posting) }
      }
    }
    return result
  }
}

extension Posting {
  private static let closesYears = PostingRule.builtIn.map { $0.isOf(YearClosed.self) }

  /// Whether it is of the thirteenth period: outside of what a year earned.
  var isOfThirteenthPeriod: Bool { Self.closesYears[Int(rule)] }
}
