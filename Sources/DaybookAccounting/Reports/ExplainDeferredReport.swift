import DaybookClinicEvents
public import DaybookEngine
import DaybookEvents
public import DaybookReporting
import DaybookValues

/// A column of deferred income, rolled forward.
public enum DeferredFigure: String, CaseIterable, Hashable, Sendable {
  /// Before the first day; nothing where there is none.
  case opening
  /// What was sold.
  case new
  /// What sessions earned.
  case used
  /// What nobody used by its last day.
  case expired
  /// What was given up.
  case cancelled
  /// What is deferred on D.
  case closing
}

extension AccountingReports {
  /// The events whose sum is one figure of deferred income.
  ///
  /// - Parameters:
  ///   - figure: The column.
  ///   - row: The row's first cell: `K3`, or that of a sum; nil for all rows, the column's total.
  ///   - dimension: What packages are summed up by: one of `GroupedReport.deferred`; nil for none.
  /// - Complexity: O(movements of packages).
  public static func explain(
    deferred figure: DeferredFigure, in row: String?, by dimension: ReportDimension?,
    _ view: Snapshot<AccountingModel>, _ query: AccountingQuery, page: ExplainPage = .all
  ) -> Report {
    let scope = Scope(view, query)
    var found: [FigurePart] = []
    var rows = PrintedRows(row) { (key: PackageKey) in
      switch key {
      case .package(let number): scope.cell(ofPackage: number)
      case .group(let key): (dimension ?? .party).cells(key, scope)[0]
      }
    }
    _ = DeferredLedger(scope, splitsClinics: dimension == .clinic) { move, line in
      let key = dimension.map { PackageKey.group(scope.key($0, line)) } ?? .package(line.number)
      guard move.isOf(figure, from: scope.from), move.amount != 0, rows.isMeant(key) else { return }
      found.append(
        FigurePart(position: move.position, currency: line.currency, amount: move.amount))
    }
    return scope.explain(
      FigureParts(found), "Deferred income" + (dimension.map { " by \($0.words)" } ?? ""),
      figure.rawValue, in: row, page)
  }
}

/// The row of a movement.
private enum PackageKey: Hashable {
  /// That of a package; 0 for all that was charged without one.
  case package(UInt32)
  /// That of a sum.
  case group(GroupKey)
}

extension PackageMoveRow {
  fileprivate func isOf(_ figure: DeferredFigure, from: Int32) -> Bool {
    switch figure {
    case .opening: day < from
    case .new: day >= from && type == PackageMoveType.new.rawValue
    case .used: day >= from && type == PackageMoveType.used.rawValue
    case .expired: day >= from && type == PackageMoveType.expired.rawValue
    case .cancelled: day >= from && type == PackageMoveType.cancelled.rawValue
    case .closing: true
    }
  }
}
