public import DaybookReporting
import DaybookValues

extension AccountingReports {
  /// Every posting from `from` to D as known at S: one row a posting, in position order.
  public static func journal(_ view: AccountingView, _ query: AccountingQuery) -> Report {
    let scope = Scope(view, query)
    var report = scope.report(
      "journal", "Journal",
      [
        Column("entry", .identifier), Column("position", .position), Column("date", .day),
        Column("recordedAt", .instant), Column("journal", .text), Column("document", .identifier),
        Column("account", .identifier), Column("name", .text), Column("party", .identifier),
        Column("text", .text), Column("debit", .amount), Column("credit", .amount),
        Column("reverses", .identifier),
      ])
    var debits = CurrencySum()
    var entries = EntryCounter()
    scope.forEachPosting { row, _ in
      guard row.day >= scope.from else { return }
      let posting = scope.model.booked(row)
      entries.count(row)
      if row.amount > 0 { debits.add(row.amount, posting.amount.currency) }
      report.append([
        .identifier(posting.entry.description), .position(posting.position), .day(posting.day),
        .instant(posting.recorded), .text(posting.journal), .identifier(posting.document),
        .identifier(posting.account.code), .text(posting.account.name), posting.partyCell,
        .text(posting.text), posting.debitCell, posting.creditCell,
        posting.reverses.map { .identifier($0.description) } ?? .empty,
      ])
    }
    report.total("debit", "credit")
    report.footer = scope.footer(entries: entries.total, debits: debits)
    return report
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
