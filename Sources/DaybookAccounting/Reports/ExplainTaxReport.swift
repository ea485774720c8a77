import DaybookClinicEvents
public import DaybookEngine
import DaybookEvents
public import DaybookReporting
import DaybookValues

/// A column of the tax return in sums.
public enum TaxFigure: String, CaseIterable, Hashable, Sendable {
  /// What was sold, and under reverse charge bought.
  case outputBase
  /// The tax that is owed on it.
  case outputTax
  /// What was bought.
  case inputBase
  /// The tax on it that is deducted.
  case inputTax
  /// The tax on it that is not.
  case notDeductible
  /// Output tax less input tax.
  case payable
}

extension AccountingReports {
  /// The events whose sum is one figure of the tax return in sums.
  ///
  /// - Parameters:
  ///   - figure: The column.
  ///   - row: The row's first cell: `TX2`, `supplies`, `2026-03`; nil for all rows, the column's total.
  ///   - dimension: What the return is summed up by: one of `GroupedReport.tax`.
  ///   - filter: Which postings; as of `tax`.
  /// - Throws: `UnknownAccount` for an account that the chart does not have.
  /// - Complexity: O(postings of the chunks that touch the days).
  public static func explain(
    tax figure: TaxFigure, in row: String?, by dimension: ReportDimension,
    _ view: Snapshot<AccountingModel>, _ query: AccountingQuery,
    filter: JournalFilter = JournalFilter(), page: ExplainPage = .all
  ) throws(UnknownAccount) -> Report {
    let scope = Scope(view, query)
    var found: [FigurePart] = []
    var rows = PrintedRows(row) { (key: GroupKey) in dimension.cells(key, scope)[0] }
    // The rate, which documents may have to say, is no part of a sum.
    _ = try TaxSums(scope, filter, byDay: true, byClinic: true) { posting, part, key in
      guard part.isOf(figure), rows.isMeant(scope.key(dimension, key)) else { return }
      let sign: Int64 = figure == .payable && part.side == .input ? -1 : 1
      found.append(
        FigurePart(
          position: posting.position, currency: key.currency, amount: sign * part.amount))
    }
    return scope.explain(
      FigureParts(found), "Tax return by \(dimension.words)", figure.rawValue, in: row, page)
  }
}

extension TaxPart {
  fileprivate func isOf(_ column: TaxFigure) -> Bool {
    switch column {
    case .outputBase: side == .output && figure == .base
    case .outputTax: side == .output && figure == .tax
    case .inputBase: side == .input && figure == .base
    case .inputTax: side == .input && figure == .tax
    case .notDeductible: figure == .notDeductible
    case .payable: figure == .tax
    }
  }
}
