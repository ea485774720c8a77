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
  /// What money settled of these charges, less what it no longer settles.
  case collected
  /// What came in then and there less what went back; by month and by clinic only.
  case received
}

extension AccountingReports {
  /// The events whose sum is one figure of the revenue report: charges, what undid them, money.
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
    let parts = FigureParts(revenueParts(figure, in: row, by: dimension, scope))
    return scope.explain(
      parts, "Revenue by \(dimension.rawValue)", figure.rawValue, in: row,
      kind: figure == .units ? .count : .amount, page)
  }

  private static func revenueParts(
    _ figure: RevenueFigure, in row: String?, by dimension: RevenueDimension, _ scope: Scope
  ) -> [FigurePart] {
    var found: [FigurePart] = []
    var rows = PrintedRows(row) { (key: Int64) in scope.cells(dimension, key)[0] }
    RevenueParts(scope, dimension).walk { part in
      let amount = part.amount(of: figure)
      guard amount != 0, rows.isMeant(part.key) else { return }
      found.append(FigurePart(position: part.position, currency: part.currency, amount: amount))
    }
    return found
  }
}

extension RevenuePart {
  fileprivate func amount(of figure: RevenueFigure) -> Int64 {
    switch figure {
    case .units: units
    case .gross: gross
    case .discount: discount
    case .net: gross - discount
    case .collected: collected
    case .received: received
    }
  }
}
