import DaybookBytes
public import DaybookClinicEvents
import DaybookEvents
public import DaybookValues

// Books, "YearClosed" and "month lock".
extension AccountingModel {
  /// The trial balance of a clinic through `day`, as known at `position`: the sum of all debits, with a
  /// digest of debits and credits by account.
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
    if let clinic = slots.find(number) {
      let sums = turnovers(through: day.daysSince1970, at: position)
      for (index, account) in chart.accounts.enumerated() {
        let turnover = sums[index, Int(clinic)]
        guard turnover != Turnover() else { continue }
        writer.appendText(account.code)
        writer.appendLittleEndian(turnover.debit)
        writer.appendLittleEndian(turnover.credit)
        // No sum overflows: the ledger refuses an entry that takes all debits beyond 64 bits.
        debits += turnover.debit
      }
    }
    return Statement(
      Amount(minorUnits: debits, currency(ofClinic: number)), at: position,
      digest: writer.withSpan { SHA256.hash($0) })
  }

  /// Takes in that a period of the books, or of tax, was closed.
  mutating func close(_ closed: PeriodClosed, _ header: RecordHeader) throws {
    switch closed.area {
    case .accounting, .tax:
      try statements.keep(closed.totals, closed.clinic, through: closed.to, at: header.position)
    case .humanResources, .logistics, .unspecified: break
    }
  }

  /// Takes in that a year was closed, and posts its thirteenth period.
  mutating func close(_ closed: YearClosed, _ event: borrowing Event) throws {
    let clinic = try slots.index(of: event.header.clinic, at: event.header.position)
    let sums = turnovers(
      through: closed.yearEnd.daysSince1970, at: event.header.position.previous)
    try entry(event) { (books) throws(PostingError) in
      try books.post(closing: sums, Int(clinic))
    }
    try statements.keep(
      closed.totals, closed.clinic, through: closed.yearEnd, at: event.header.position)
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

  /// Whether a posting is of the thirteenth period: outside of what a year earned.
  func isOfThirteenthPeriod(_ row: Posting) -> Bool {
    PostingRule.builtIn[Int(row.rule)].isOf(YearClosed.self)
  }
}
