public import DaybookEngine
public import DaybookReporting
public import DaybookValues

extension AccountingReports {
  /// Every posting from `from` to D as known at S: one row a posting, in position order.
  public static func journal(_ view: Snapshot<AccountingModel>, _ query: AccountingQuery) -> Report
  {
    let scope = Scope(view, query)
    return journal(scope, scope.lines { _ in true }, nil)
  }

  /// The postings that `filter` asks for, from `from` to D as known at S.
  ///
  /// - Throws: `UnknownAccount` for an account that the chart does not have.
  public static func journal(
    _ filter: JournalFilter, _ view: Snapshot<AccountingModel>, _ query: AccountingQuery
  ) throws(UnknownAccount) -> Report {
    let scope = Scope(view, query)
    let sieve = try PostingSieve(filter, scope)
    return journal(scope, scope.lines { sieve.takes($0) }, nil)
  }

  /// The same with what an audit file needs of each line: the entry's number, the document with its date
  /// and reference, the tax code, what the line is settled with, who recorded it, and the dimensions.
  ///
  /// - Parameter details: Reads what the events say, for those whose lines are printed.
  /// - Throws: `UnknownAccount`, and what `details` throws.
  public static func auditJournal(
    _ filter: JournalFilter, _ view: Snapshot<AccountingModel>, _ query: AccountingQuery,
    details: DetailReader
  ) throws -> Report {
    let scope = Scope(view, query)
    let sieve = try PostingSieve(filter, scope)
    let lines = scope.lines { sieve.takes($0) }
    var positions = lines.map(\.row.position)
    positions.removeRepeats()
    return journal(scope, lines, AuditCells(lines, scope, try details(positions)))
  }

  private static func journal(
    _ scope: Scope, _ lines: [JournalLineRow], _ audit: AuditCells?
  ) -> Report {
    var report = scope.report(
      "journal", "Journal",
      [
        Column("entry", .identifier), Column("position", .position), Column("date", .day),
        Column("recordedAt", .instant), Column("journal", .text), Column("document", .identifier),
        Column("account", .identifier), Column("name", .text), Column("party", .identifier),
        Column("text", .text), Column("debit", .amount), Column("credit", .amount),
        Column("reverses", .identifier),
      ] + (audit == nil ? [] : AuditCells.columns))
    var debits = CurrencySum()
    var entries = EntryCounter()
    for line in lines {
      let posting = scope.model.booked(line.row)
      entries.count(line.row)
      if line.row.amount > 0 { debits.add(line.row.amount, posting.amount.currency) }
      var cells: [Cell] = [
        .identifier(posting.entry.description), .position(posting.position), .day(posting.day),
        .instant(posting.recorded), .text(posting.journal), .identifier(posting.document),
        .identifier(posting.account.code), .text(posting.account.name), posting.partyCell,
        .text(posting.text), posting.debitCell, posting.creditCell,
      ]
      cells.append(posting.reverses.map { .identifier($0.description) } ?? .empty)
      if let audit { cells += audit.cells(line, posting) }
      report.append(cells)
    }
    report.total("debit", "credit")
    report.footer = scope.footer(entries: entries.total, debits: debits)
    return report
  }
}

/// A posting of a journal.
struct JournalLineRow {
  /// The posting, of who its party is at S.
  var row: Posting
  /// The number of its entry: its ordinal in posting order, from 1, without a gap.
  var entry: Int
  /// The posting's index among all.
  var index: Int
}

extension AccountingReports {
  /// Debits and credits of the postings that `filter` asks for, from `from` to D as known at S, summed up.
  ///
  /// - Parameter form: What they are summed up by: a dimension of `GroupedReport.journal`.
  /// - Throws: `UnknownAccount` for an account that the chart does not have.
  public static func journal(
    _ filter: JournalFilter, form: RowForm, _ view: Snapshot<AccountingModel>,
    _ query: AccountingQuery
  ) throws(UnknownAccount) -> Report {
    try sums(of: filter, form, "journal", "Journal", figure: "debit", Scope(view, query))
  }

  /// Debits, credits and what is left of them, of postings summed up as a form asks.
  static func sums(
    of filter: JournalFilter, _ form: RowForm, _ name: String, _ title: String,
    figure: String, _ scope: Scope
  ) throws(UnknownAccount) -> Report {
    let (sieve, keys) = (try PostingSieve(filter, scope), RowKeys(scope))
    let names = ["debit", "credit", "balance"]
    var rows = GroupedRows(
      scope.report(name, title, names.map { Column($0, .amount) }), form, sums: names,
      figure: figure, scope)
    var (debits, entries) = (CurrencySum(), EntryCounter())
    if let days = scope.days {
      scope.forEachPosting(in: days) { line in
        let row = line.row
        guard sieve.takes(row) else { return }
        entries.count(row)
        let currency = scope.currency(row.clinic)
        if row.amount > 0 { debits.add(row.amount, currency) }
        rows.add({ keys.key($0, row) }, currency) { sums in
          if row.amount > 0 { sums[0].add(row.amount) } else { sums[1].total -= Int128(row.amount) }
          sums[2].add(row.amount)
        }
      }
    }
    var report = rows.finished()
    report.footer = scope.footer(entries: entries.total, debits: debits)
    return report
  }
}

extension Scope {
  /// The postings of the query's days that `takes` wants, in position order.
  func lines(_ takes: (Posting) -> Bool) -> [JournalLineRow] {
    var lines: [JournalLineRow] = []
    guard let days else { return lines }
    forEachPosting(in: days) { line in
      if takes(line.row) { lines.append(line) }
    }
    return lines
  }
}

extension Array where Element: Equatable {
  /// Keeps the first of each run of equal elements.
  mutating func removeRepeats() {
    var last: Element?
    removeAll { element in
      defer { last = element }
      return element == last
    }
  }
}

/// Counts entries by their lines, which follow each other.
struct EntryCounter {
  private(set) var total = 0
  private var last = Position.start

  mutating func count(_ row: Posting) {
    if row.position != last { total += 1 }
    last = row.position
  }
}

extension BookedPosting {
  /// The party's identifier, or blank.
  var partyCell: Cell { party == .none ? .empty : .identifier(party.description) }

  /// The amount where it is a debit.
  var debitCell: Cell { amount.isPositive ? .amount(amount) : .empty }

  /// The amount without its sign where it is a credit.
  var creditCell: Cell {
    // The smallest number has no counterpart, and no credit is that large: the debits would not fit.
    amount.isNegative
      ? .amount(Amount(minorUnits: -amount.minorUnits, amount.currency)) : .empty
  }
}
