public import DaybookEngine
import DaybookEvents
public import DaybookReporting
import DaybookValues

extension AccountingReports {
  /// What there is on D as known at S, and whose it is: assets, and liabilities with equity.
  ///
  /// Amounts are as a balance sheet shows them: what is owned above zero on one side, what is owed
  /// above zero on the other. What was earned and not closed yet is a line of equity, so that both
  /// sides are equal; a clinic's part of it, too, since 1990 stands among its assets. With a step, a
  /// column is how things stand at the end of a period; where a year is closed on that day, one column
  /// stands before the entries of its thirteenth period and one, `2025-12-closed`, after them.
  ///
  /// - Throws: `UnknownAccount` for an account that the chart does not have; `ValueError` where a sum does
  ///   not fit.
  /// - Complexity: as `incomeStatement`.
  public static func balanceSheet(
    _ form: StatementForm, _ view: Snapshot<AccountingModel>, _ query: AccountingQuery
  ) throws -> Report {
    let scope = Scope(view, query)
    let sheet = try StatementSheet(
      scope, form, isStanding: true, closing: .included, hasClosedColumns: true)
    var draft = StatementDraft(sheet, "balance-sheet", "Balance sheet")
    var isEven = true
    for group in sheet.groups {
      let assets = try draft.accounts(.assets, group)
      let liabilities = try draft.accounts(.liabilities, group)
      var equity = try draft.accounts(.equity, group)
      for row in try draft.results(group) { try draft.add(row, to: &equity) }
      for block in [assets, liabilities, equity] { draft.end(block, group, whole: assets.sums) }
      let sources = try StatementDraft.sum(liabilities.sums, equity.sums)
      if form.by != nil {
        draft.note("liabilities and equity", sources, group, whole: assets.sums)
      }
      try draft.addToTotal(sources, whole: assets.sums)
      if assets.sums != sources { isEven = false }
    }
    var notes = sheet.closedColumns.map {
      "The year that ends on \(Day(daysSince1970: $0.through)) is closed; its closing entries count from "
        + "\($0.name) on."
    }
    if !isEven {
      notes += [
        "The sides differ, since only a part of each entry is shown: without a filter and by clinic "
          + "they are equal."
      ]
    }
    return draft.finish(total: "liabilities and equity", notes: notes)
  }
}

extension StatementDraft {
  /// What was earned and not closed yet, a row for each currency.
  fileprivate func results(_ group: Int) throws(ValueError) -> [Block.Row] {
    let chart = sheet.scope.model.chart
    var rows: [Block.Row] = []
    for currency in sheet.currencies.indices {
      var line = sheet.blank
      for (index, account) in chart.accounts.enumerated() {
        switch account.kind {
        case .income, .expense:
          line = try Self.sum(line, sheet.line(group, index, currency, isCredit: true))
        case .asset, .liability, .equity: break
        }
      }
      rows.append(
        Block.Row(code: .empty, name: "Result not closed yet", currency: currency, line: line))
    }
    return rows
  }
}
