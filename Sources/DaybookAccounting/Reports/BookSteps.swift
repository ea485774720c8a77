import DaybookEvents
public import DaybookReporting
public import DaybookValues

/// What one event did to the books.
public struct BookStep: Hashable, Sendable {
  /// One line of its entry, and what the account had before and after it.
  public struct Line: Hashable, Sendable {
    /// The posting.
    public let posting: BookedPosting
    /// The account's balance before it, over the clinics asked for; positive is a debit.
    public let before: Amount
    /// The account's balance after it.
    public let after: Amount
  }

  /// The position of the event.
  public let position: Position
  /// The lines of its entry, in order; none where it makes none.
  public let lines: [Line]
  /// The event that it undid; nil for nearly all.
  public let reverses: Position?

  /// The columns of a report of steps that tell of lines.
  public static let columns = [
    Column("entry", .identifier), Column("account", .identifier), Column("name", .text),
    Column("party", .identifier), Column("debit", .amount), Column("credit", .amount),
    Column("before", .amount), Column("after", .amount),
  ]
}

extension BookStep.Line {
  /// The line under those columns.
  public var cells: [Cell] {
    [
      .identifier(posting.entry.description), .identifier(posting.account.code),
      .text(posting.account.name), posting.partyCell, posting.debitCell, posting.creditCell,
      .amount(before), .amount(after),
    ]
  }
}

/// Goes through the events of a log and says what each did to the books: balances on all days, as
/// they became known.
public struct BookSteps: Sendable {
  private struct Key: Hashable {
    var account: UInt16
    var currency: Currency
  }

  private let clinic: UInt64?
  // Only asked for a key, never iterated.
  private var balances: [Key: Int64] = [:]

  /// Begins with the books as they stood before `position`.
  ///
  /// - Parameter clinic: The number of the only clinic; nil for all.
  public init(_ model: AccountingModel, from position: Position, clinic: UInt64? = nil) {
    self.clinic = clinic
    let only = clinic.map { model.slots.find($0) ?? .max }
    let sums = model.turnovers(through: .max, at: position.previous)
    for account in model.chart.accounts.indices {
      for index in 0..<model.slots.count where only == nil || only == UInt16(index) {
        let balance = sums[account, index].balance
        guard balance != 0 else { continue }
        let key = Key(account: UInt16(account), currency: model.slots.currencies[index])
        balances[key, default: 0] += balance
      }
    }
  }

  /// What the event at `position` did, which stands behind those that were asked for before.
  ///
  /// - Parameter model: Books that have taken it in.
  public mutating func step(_ model: AccountingModel, at position: Position) -> BookStep {
    var lines: [BookStep.Line] = []
    let hasMerges = model.hasMerges(at: position)
    for row in model.postings(at: position) {
      let posting = model.booked(hasMerges ? model.current(row, at: position) : row)
      guard clinic == nil || clinic == posting.clinic else { continue }
      let currency = posting.amount.currency
      let key = Key(account: row.account, currency: currency)
      let before = balances[key] ?? 0
      let after = before + row.amount
      balances[key] = after
      lines.append(
        BookStep.Line(
          posting: posting, before: Amount(minorUnits: before, currency),
          after: Amount(minorUnits: after, currency)))
    }
    return BookStep(
      position: position, lines: lines, reverses: model.reversedEvent(by: position))
  }
}
