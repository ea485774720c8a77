import DaybookClinicEvents
public import DaybookEngine
import DaybookEvents
public import DaybookReporting
public import DaybookValues

/// Which late entries an auditor wants to see: all conditions hold at once.
///
/// Source: the tests of journal entries of ISA 240, AU-C 240 and PCAOB AS 2401.
public struct LateSigns: OptionSet, Hashable, Sendable {
  /// The bits.
  public let rawValue: UInt8

  /// Signs by their bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Recorded on a Saturday or Sunday of the clinic.
  public static let weekend = LateSigns(rawValue: 1)
  /// Recorded from 22:00 to 06:00 at the clinic.
  public static let night = LateSigns(rawValue: 2)
  /// The debits of the entry are whole hundreds: 500.00.
  public static let round = LateSigns(rawValue: 4)
  /// Approved by who recorded it.
  public static let ownApproval = LateSigns(rawValue: 8)
}

extension AccountingReports {
  /// The entries that were recorded after `since`, up to S, with effect up to D: when, by whom and why.
  ///
  /// One row an entry that has a line which `filter` asks for, in position order. Only postings behind
  /// `since` are looked at, and only the events of what is printed are read.
  ///
  /// - Parameters:
  ///   - since: What was known then is not late.
  ///   - signs: What else must be so of an entry.
  ///   - form: What entries are summed up by: a dimension of `GroupedReport.late`.
  ///   - details: Reads what events say, for those that may be printed.
  /// - Throws: `UnknownAccount`, and what `details` throws.
  public static func late(
    since: Position, _ view: Snapshot<AccountingModel>, _ query: AccountingQuery,
    signs: LateSigns = [],
    filter: JournalFilter = JournalFilter(), form: RowForm = RowForm(), details: DetailReader
  ) throws -> Report {
    let scope = Scope(view, query)
    let entries = scope.lateEntries(since: since, try PostingSieve(filter, scope))
      .filter { !signs.contains(.round) || $0.isRound }
    let said = try details(entries.map(\.first.position))
    let plain = scope.report(
      "late", "Recorded after position \(since)",
      [
        Column("entry", .identifier), Column("position", .position), Column("date", .day),
        Column("recordedAt", .moment), Column("days", .count), Column("event", .text),
        Column("document", .identifier), Column("reference", .text), Column("amount", .amount),
        Column("actor", .identifier), Column("ref", .text), Column("role", .text),
        Column("reason", .text), Column("approver", .identifier),
        Column("reverses", .identifier),
      ])
    let keys = RowKeys(scope)
    var rows = GroupedRows(plain, form, sums: ["amount"], figure: "amount", scope)
    var (debits, listed) = (CurrencySum(), 0)
    for entry in entries {
      let row = entry.first
      let detail = said[row.position]
      let actor = scope.model.actors[row.actor]
      let recorded = Moment(
        scope.model.recordedInstant(at: row.position), detail?.offset ?? .utc)
      guard signs.isOf(recorded, approver: detail?.approver, actor) else { continue }
      debits.add(entry.debits, entry.currency)
      listed += 1
      rows.append({ keys.key($0, row) }, scope.cells(entry, recorded, detail))
    }
    var report = rows.finished()
    report.footer = scope.footer(entries: listed, debits: debits)
    return report
  }
}

/// An entry that was recorded late, as far as it is of the clinic that is asked for.
private struct LateEntry {
  var first: Posting
  var currency: Currency
  var debits: Int64 = 0
  var isWanted = false

  /// Whether the debits are whole hundreds of the currency.
  var isRound: Bool {
    var unit: Int64 = 100
    for _ in 0..<currency.exponent { unit *= 10 }
    return debits % unit == 0
  }
}

extension Scope {
  /// The entries behind a position with effect on the days asked for.
  ///
  /// - Complexity: O(postings behind `since`).
  fileprivate func lateEntries(since: Position, _ sieve: PostingSieve) -> [LateEntry] {
    let postings = model.ledger.postings
    let (start, end) = (postings.count(through: since), model.postingCount(at: position))
    let hasMerges = model.hasMerges(at: position)
    var found: [LateEntry] = []
    var open: LateEntry?
    var place = start
    while place < end {
      let chunk = place / postings.chunkRows
      let first = chunk * postings.chunkRows
      for stored in postings.chunk(chunk)[(place - first)..<min(end - first, postings.chunkRows)] {
        guard stored.day >= from, stored.day <= through, includes(clinic: stored.clinic) else {
          continue
        }
        let row = hasMerges ? model.current(stored, at: position) : stored
        if open?.first.position != row.position {
          if let open, open.isWanted { found.append(open) }
          open = LateEntry(first: row, currency: currency(row.clinic))
        }
        if row.amount > 0 { open?.debits += row.amount }
        if sieve.takes(row) { open?.isWanted = true }
      }
      place = first + postings.chunkRows
    }
    if let open, open.isWanted { found.append(open) }
    return found
  }
}

extension Scope {
  /// The row of an entry.
  fileprivate func cells(
    _ entry: LateEntry, _ recorded: Moment, _ detail: EventDetail?
  ) -> [Cell] {
    let row = entry.first
    let id = model.entryID(row).whole
    let late = Int64(recorded.day.daysSince1970) - Int64(row.day)
    var cells: [Cell] = [
      .identifier(id.description), .position(row.position), .day(Day(daysSince1970: row.day)),
      .moment(recorded), .count(late), .text(model.eventName(row)),
      .identifier(DocumentNames.name(row.document)),
      .text(detail?.reference(ofLine: row.line) ?? ""),
      .amount(Amount(minorUnits: entry.debits, entry.currency)),
    ]
    cells += self.cells(model.actors[row.actor])
    let role = detail.flatMap { ClinicRole($0.role) }
    cells.append(.text(role.map { "\($0)" } ?? ""))
    cells.append(.text(detail?.reason ?? ""))
    if let approver = detail?.approver {
      cells.append(.identifier(approver))
    } else {
      cells.append(.empty)
    }
    if let reversed = model.reversedEntry(row) {
      cells.append(.identifier(reversed.whole.description))
    } else {
      cells.append(.empty)
    }
    return cells
  }
}

extension LateSigns {
  /// Whether an entry that was recorded then has the signs that the event alone tells.
  fileprivate func isOf(_ recorded: Moment, approver: StaffID?, _ actor: Actor) -> Bool {
    // 1 January 1970 was a Thursday.
    let weekday = (Int(recorded.day.daysSince1970) % 7 + 10) % 7
    if contains(.weekend), weekday < 5 { return false }
    if contains(.night), (6 * 3600..<22 * 3600).contains(recorded.secondOfDay) { return false }
    if contains(.ownApproval) {
      guard let approver, actor.staffNumber == approver.number else { return false }
    }
    return true
  }
}

extension EntryID {
  /// The entry, not one line of it.
  fileprivate var whole: EntryID { EntryID(position: position, rule: rule, version: version) }
}
