public import DaybookEngine
public import DaybookReporting
import DaybookValues

extension AccountingReports {
  /// What was earned from `from` to D as known at S, and what that cost.
  ///
  /// Amounts are as a statement shows them: income above zero is earned, an expense above zero is a
  /// cost; the total is income less expenses. Entries of the thirteenth period, which close a year, are
  /// left out. On a cash basis a charge counts as far as it is paid, and a supplier's invoice likewise.
  ///
  /// - Throws: `UnknownAccount` for an account that the chart does not have; `ValueError` where a sum does
  ///   not fit.
  /// - Complexity: For each column one search an account, clinic and chunk; O(postings) with a
  ///   dimension, on a cash basis, or with a filter of anything but accounts.
  public static func incomeStatement(
    _ form: StatementForm, _ view: Snapshot<AccountingModel>, _ query: AccountingQuery
  ) throws -> Report {
    let scope = Scope(view, query)
    let basis = form.basis == .cash ? CashBasis(scope.model) : nil
    let sheet = try StatementSheet(
      scope, form, isStanding: false, closing: .excluded,
      source: basis.map { .paid($0) } ?? .ledger)
    var draft = StatementDraft(
      sheet, "income-statement",
      basis == nil ? "Income statement" : "Income statement, cash basis")
    for group in sheet.groups {
      let income: StatementDraft.Block
      let expenses: StatementDraft.Block
      if let basis {
        income = try draft.accounts(.income, group) { basis.isIncome($0) }
        expenses = try draft.accounts(.expenses, group) { basis.isExpense($0) }
      } else {
        income = try draft.accounts(.income, group)
        expenses = try draft.accounts(.expenses, group)
      }
      draft.end(income, group, whole: income.sums)
      draft.end(expenses, group, whole: income.sums)
      let result = try StatementDraft.difference(income.sums, expenses.sums)
      if form.by != nil { draft.note("result", result, group, whole: income.sums) }
      try draft.addToTotal(result, whole: income.sums)
    }
    return draft.finish(total: "result")
  }
}
