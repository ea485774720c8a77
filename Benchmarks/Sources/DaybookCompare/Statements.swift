import Daybook

/// How long statements and other reports take once they have been asked for before: from running sums, month by month, and
/// from the postings, where a dimension, cash or taxes are asked for.
func compareStatements(
  _ view: AccountingView, _ earnings: EarningsView, rounds: Int, into results: inout Results
) throws {
  let query = AccountingQuery()
  var monthly = StatementForm()
  monthly.step = .monthly
  var cash = StatementForm()
  cash.basis = .cash
  var grouped = StatementForm()
  grouped.by = .practitioner
  func milliseconds(_ body: () throws -> Report) rethrows -> Double {
    try wallTime { keep(try body()) } / 1e6
  }
  let times = try interleaved(
    rounds,
    [
      {
        try milliseconds {
          try AccountingReports.incomeStatement(StatementForm(), view, query)
        }
      },
      { try milliseconds { try AccountingReports.incomeStatement(monthly, view, query) } },
      { try milliseconds { try AccountingReports.incomeStatement(grouped, view, query) } },
      { try milliseconds { try AccountingReports.incomeStatement(cash, view, query) } },
      { try milliseconds { try AccountingReports.balanceSheet(monthly, view, query) } },
      { try milliseconds { try AccountingReports.cashFlow(StatementForm(), view, query) } },
      { try milliseconds { try AccountingReports.tax(view, query) } },
      { try milliseconds { try AccountingReports.overrides(view, query) } },
      { try milliseconds { try AccountingReports.withholding(view, query) } },
      { milliseconds { AccountingReports.revenue(by: .practitioner, view, query) } },
      {
        try milliseconds {
          try AccountingReports.margin(
            earnings, view, query, form: RowForm(by: .service))
        }
      },
      { milliseconds { AccountingReports.settlement(earnings, view, query) } },
      { try milliseconds { try AccountingReports.unbilled(earnings, view, query) } },
    ])
  let names = [
    "income-statement", "income-statement.monthly", "income-statement.by", "income-statement.cash",
    "balance-sheet.monthly", "cash-flow", "tax", "overrides",
    "withholding", "revenue", "margin", "settlement", "unbilled",
  ]
  for (name, values) in zip(names, times) {
    try results.add(Figure(name: "query.\(name)", values: values, unit: "ms"))
  }
  let months = try AccountingReports.balanceSheet(monthly, view, query).columns.count - 3
  note("statements of \(months) months")
}
