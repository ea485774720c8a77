import DaybookClinicEvents
import DaybookEvents
import DaybookReporting
import DaybookValues

// Cells of reports that are no balance of an account, explained by the events that they are sums of.

/// What one event adds to a figure.
struct FigurePart {
  var position: Position
  var currency: Currency
  /// Minor units, or units where the figure is a count.
  var amount: Int64
}

/// What each event adds to one figure: an event once, in the order of the log.
struct FigureParts {
  private(set) var list: [FigurePart] = []

  /// - Parameter found: In any order; an event may have several.
  init(_ found: [FigurePart]) {
    for part in found.sorted(by: { ($0.position, $0.currency) < ($1.position, $1.currency) }) {
      if let last = list.last, last.position == part.position, last.currency == part.currency {
        list[list.count - 1].amount += part.amount
      } else {
        list.append(part)
      }
    }
  }
}

/// Which rows of a report are asked for: as their first cell is printed, looked up once a group.
struct PrintedRows<Key: Hashable> {
  private let row: String?
  private let firstCell: (Key) -> Cell
  // Only asked for a key, never iterated.
  private var known: [Key: Bool] = [:]

  /// - Parameter row: The row's first cell, empty where it is; nil for all rows.
  init(_ row: String?, _ firstCell: @escaping (Key) -> Cell) {
    self.row = row
    self.firstCell = firstCell
  }

  mutating func isMeant(_ key: Key) -> Bool {
    guard let row else { return true }
    if let known = known[key] { return known }
    let isMeant = firstCell(key).printedText == row
    known[key] = isMeant
    return isMeant
  }
}

extension Cell {
  /// What is printed of the first cell of a row.
  fileprivate var printedText: String {
    switch self {
    case .text(let text), .identifier(let text): text
    case .month(let month): "\(month)"
    default: ""
    }
  }
}

extension Scope {
  /// The events of a figure, one row each, with what the figure is with each of them.
  ///
  /// - Parameters:
  ///   - title: The report's, with what its rows are.
  ///   - column: The name of the figure.
  ///   - row: The row's first cell; nil for the column's total.
  func explain(
    _ parts: FigureParts, _ title: String, _ column: String, in row: String?,
    kind: Column.Kind = .amount, _ page: ExplainPage
  ) -> Report {
    var report = report(
      "explain",
      "\(title), \(column)" + (row.map { ", " + ($0.isEmpty ? "without one" : $0) } ?? ""),
      [
        Column("entry", .identifier), Column("position", .position), Column("date", .day),
        Column("recordedAt", .instant), Column("event", .text), Column("document", .identifier),
        Column("amount", kind, title: column), Column("running", kind),
      ])
    let rows = EventRowCells(self)
    var running = MoneySums()
    var total = MoneySums()
    var (shown, hasMore) = (0, false)
    var last: Position?
    for part in parts.list {
      let isBefore = page.after.map { part.position <= $0 } ?? false
      total.add(part.amount, part.currency)
      if let limit = page.limit, !isBefore, shown >= limit { hasMore = true }
      if hasMore { continue }
      running.add(part.amount, part.currency)
      if isBefore { continue }
      shown += 1
      last = part.position
      func cell(_ number: Int64) -> Cell {
        kind == .count ? .count(number) : .amount(Amount(minorUnits: number, part.currency))
      }
      report.append(
        rows.cells(part.position) + [cell(part.amount), cell(running[part.currency])])
    }
    report.total("amount")
    if !parts.list.isEmpty {
      let sum =
        kind == .count
        ? "\(total.parts.reduce(Int64(0)) { $0 + $1.minorUnits })" : total.words
      let count = parts.list.count
      report.notes.append("\(count) \(count == 1 ? "event makes" : "events make") \(sum).")
    }
    if hasMore, let last {
      report.notes.append("`--after \(last)` shows the events behind these.")
    }
    report.footer = footer(entries: parts.list.count, debits: CurrencySum())
    return report
  }
}

/// An event as a row: the entry that it made, its day and its document.
private struct EventRowCells {
  private let scope: Scope
  private let reversals: ReversedEvents

  init(_ scope: Scope) {
    self.scope = scope
    reversals = ReversedEvents(scope.model, at: scope.position)
  }

  func cells(_ position: Position) -> [Cell] {
    // A charge of nothing makes no entry, and yet has units.
    guard let row = scope.model.postings(at: position).first else {
      return [.empty, .position(position), .empty, .empty, .text("charge"), .empty]
    }
    let posting = scope.model.booked(row)
    let entry = EntryID(
      position: position, rule: posting.entry.rule, version: posting.entry.version)
    return [
      .identifier(entry.description), .position(position), .day(posting.day),
      .instant(posting.recorded), .text(reversals.words(row)), .identifier(posting.document),
    ]
  }
}
