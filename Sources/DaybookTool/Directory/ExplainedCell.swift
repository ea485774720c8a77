#if Tool
  import Daybook

  /// A cell of a report in sums that is no balance of an account: what `explain` is asked for by
  /// `--by`, `--row` and `--column`.
  struct ExplainedCell {
    private enum Figure {
      case revenue(RevenueFigure, by: RevenueDimension)
      case tax(TaxFigure, by: ReportDimension)
      case deferred(DeferredFigure, by: ReportDimension?)
    }

    private let figure: Figure
    private let row: String?

    /// The cell of the report of that name; nil where it is none whose cells are explained so.
    ///
    /// - Throws: usage, where there is no such column or dimension, or the options go with no report.
    init?(_ report: String, by: String?, row: String?, column: String?) throws {
      self.row = row
      switch report {
      case "revenue":
        figure = .revenue(
          try Self.find(column, "--column", report, RevenueFigure.allCases) ?? .net,
          by: try Self.find(by, "--by", report, RevenueDimension.allCases) ?? .month)
      case "tax":
        figure = .tax(
          try Self.find(column, "--column", report, TaxFigure.allCases) ?? .payable,
          by: try Self.find(by, "--by", report, GroupedReport.tax.dimensions) ?? .taxCode)
      case "deferred":
        figure = .deferred(
          try Self.find(column, "--column", report, DeferredFigure.allCases) ?? .closing,
          by: try Self.find(by, "--by", report, GroupedReport.deferred.dimensions))
      default:
        guard by == nil, row == nil, column == nil else {
          throw ToolFailure.usage("--by, --row and --column go with revenue, tax and deferred")
        }
        return nil
      }
    }

    func report(
      _ view: Snapshot<AccountingModel>, _ query: AccountingQuery, page: ExplainPage
    ) throws -> Report {
      switch figure {
      case .revenue(let figure, let dimension):
        AccountingReports.explain(
          revenue: figure, in: row, by: dimension, view, query, page: page)
      case .tax(let figure, let dimension):
        try AccountingReports.explain(
          tax: figure, in: row, by: dimension, view, query, page: page)
      case .deferred(let figure, let dimension):
        AccountingReports.explain(
          deferred: figure, in: row, by: dimension, view, query, page: page)
      }
    }

    /// The value among those of a report that an option names; nil without the option.
    private static func find<Value: RawRepresentable>(
      _ name: String?, _ option: String, _ report: String, _ all: [Value]
    ) throws -> Value? where Value.RawValue == String {
      guard let name else { return nil }
      guard let value = all.first(where: { $0.rawValue == name }) else {
        throw ToolFailure.usage(
          "\(option) \(name.quoted) is none of \(report); give " + ListText.or(all.map(\.rawValue)))
      }
      return value
    }
  }
#endif
