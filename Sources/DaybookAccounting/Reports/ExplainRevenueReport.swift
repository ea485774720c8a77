import DaybookClinicEvents
public import DaybookEngine
import DaybookEvents
public import DaybookReporting
import DaybookValues

/// A column of the revenue report.
public enum RevenueFigure: String, CaseIterable, Hashable, Sendable {
  /// How many units were charged.
  case units
  /// What they come to before discount.
  case gross
  /// What was taken off at once.
  case discount
  /// Gross less discount.
  case net
  /// What payments settled of these charges.
  case collected
  /// What came in then and there; by month and by clinic only.
  case received
}

extension AccountingReports {
  /// The events whose sum is one figure of the revenue report: charges, what undid them, payments.
  ///
  /// - Parameters:
  ///   - figure: The column.
  ///   - row: What the row begins with: `2026-03`, `D1`, `X2`, `Y1` or `self-pay`; empty where nobody did
  ///     it; nil for all rows, the column's total.
  ///   - dimension: What revenue is counted by.
  public static func explain(
    revenue figure: RevenueFigure, in row: String?, by dimension: RevenueDimension,
    _ view: Snapshot<AccountingModel>, _ query: AccountingQuery, page: ExplainPage = .all
  ) -> Report {
    let scope = Scope(view, query)
    let isMoney = figure != .units
    let kind: Column.Kind = isMoney ? .amount : .count
    var report = scope.report(
      "explain",
      "Revenue by \(dimension.rawValue), \(figure.rawValue)"
        + (row.map { ", " + ($0.isEmpty ? "without one" : $0) } ?? ""),
      [
        Column("entry", .identifier), Column("position", .position), Column("date", .day),
        Column("recordedAt", .instant), Column("event", .text), Column("document", .identifier),
        Column("amount", kind, title: figure.rawValue), Column("running", kind),
      ])
    let parts = RevenueFigureParts(figure, in: row, by: dimension, scope)
    let rows = RevenueEventRows(scope)
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
        isMoney ? .amount(Amount(minorUnits: number, part.currency)) : .count(number)
      }
      report.append(
        rows.cells(part.position) + [cell(part.amount), cell(running[part.currency])])
    }
    report.total("amount")
    report.notes = parts.list.isEmpty ? [] : [note(parts.list.count, total, isMoney)]
    if hasMore, let last {
      report.notes.append("`--after \(last)` shows the events behind these.")
    }
    report.footer = scope.footer(entries: parts.list.count, debits: CurrencySum())
    return report
  }

  private static func note(_ count: Int, _ total: MoneySums, _ isMoney: Bool) -> String {
    let sum =
      isMoney
      ? total.words : "\(total.parts.reduce(Int64(0)) { $0 + $1.minorUnits })"
    return "\(count) \(count == 1 ? "event makes" : "events make") \(sum)."
  }
}

/// What each event adds to one figure: an event once, in the order of the log.
private struct RevenueFigureParts {
  struct Part {
    var position: Position
    var currency: Currency
    var amount: Int64
  }

  private(set) var list: [Part] = []

  init(
    _ figure: RevenueFigure, in row: String?, by dimension: RevenueDimension, _ scope: Scope
  ) {
    var found: [Part] = []
    // Rows are asked for as they are printed; only asked for a key, never iterated.
    var isMeant: [Int64: Bool] = [:]
    RevenueParts(scope, dimension).walk { part in
      let amount = Self.amount(figure, part)
      guard amount != 0 else { return }
      if let row {
        let known = isMeant[part.key] ?? (scope.cells(dimension, part.key)[0].printedText == row)
        isMeant[part.key] = known
        if !known { return }
      }
      found.append(Part(position: part.position, currency: part.currency, amount: amount))
    }
    found.sort { ($0.position, $0.currency) < ($1.position, $1.currency) }
    for part in found {
      if let last = list.last, last.position == part.position, last.currency == part.currency {
        list[list.count - 1].amount += part.amount
      } else {
        list.append(part)
      }
    }
  }

  private static func amount(_ figure: RevenueFigure, _ part: RevenuePart) -> Int64 {
    switch figure {
    case .units: part.units
    case .gross: part.gross
    case .discount: part.discount
    case .net: part.gross - part.discount
    case .collected: part.collected
    case .received: part.received
    }
  }
}

/// An event as a row: the entry that it made, its day and its document.
private struct RevenueEventRows {
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

extension Cell {
  /// What is printed of the first cell of a row of revenue.
  fileprivate var printedText: String {
    switch self {
    case .text(let text), .identifier(let text): text
    case .month(let month): "\(month)"
    default: ""
    }
  }
}
