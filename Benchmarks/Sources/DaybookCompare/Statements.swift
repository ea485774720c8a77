import Daybook

/// How long each report takes once it has been asked for before: from running sums, month by month, and
/// from the rows, where a dimension, cash or taxes are asked for.
///
/// What lists a row for each document or entry is asked for one month, as a person would.
func compareReports(_ host: ProjectionHost, rounds: Int, into results: inout Results) throws {
  let books = AskedBooks(host)
  let reports = books.statements + books.summaries + books.lists
  let times = try interleaved(
    rounds,
    reports.map { report in
      { try wallTime { keep(try report.make()) } / 1e6 }
    })
  for (report, values) in zip(reports, times) {
    try results.add(Figure(name: "query.\(report.name)", values: values, unit: "ms"))
  }
  try compareReconciliation(host, rounds: rounds, into: &results)
  let months = try AccountingReports.balanceSheet(books.monthly, books.view, books.all)
  note("statements of \(months.columns.count - 3) months")
}

/// A bank whose statements are read but for the last month: without any, everything is outstanding.
private func compareReconciliation(
  _ host: ProjectionHost, rounds: Int, into results: inout Results
) throws {
  note("\(try readBankStatements(into: host)) lines of bank statements")
  let books = AskedBooks(host)
  let times = try interleaved(rounds, [{ try wallTime { keep(try books.reconciled()) } / 1e6 }])
  try results.add(Figure(name: "query.bank-reconciliation", values: times[0], unit: "ms"))
}

/// A report by its name.
private struct AskedReport {
  let name: String
  let make: () throws -> Report

  init(_ name: String, _ make: @escaping () throws -> Report) {
    (self.name, self.make) = (name, make)
  }
}

/// The read models of one book, and what they are asked.
private struct AskedBooks {
  let view: Snapshot<AccountingModel>
  let earnings: Snapshot<EarningsModel>
  let documents: Snapshot<DocumentsModel>
  let clearing: Snapshot<ClearingModel>
  let all = AccountingQuery()
  /// The last thirty days of the book.
  let month: AccountingQuery
  let monthly: StatementForm

  init(_ host: ProjectionHost) {
    view = host.snapshot()
    earnings = host.snapshot()
    documents = host.snapshot()
    clearing = host.snapshot()
    let last = view.model.latestFactDay()
    month = AccountingQuery(from: last.map { Day(daysSince1970: $0.daysSince1970 - 29) }, to: last)
    var form = StatementForm()
    form.step = .monthly
    monthly = form
  }

  var statements: [AskedReport] {
    var cash = StatementForm()
    cash.basis = .cash
    var grouped = StatementForm()
    grouped.by = .practitioner
    return [
      AskedReport("income-statement") {
        try AccountingReports.incomeStatement(StatementForm(), view, all)
      },
      AskedReport("income-statement.monthly") {
        try AccountingReports.incomeStatement(monthly, view, all)
      },
      AskedReport("income-statement.by") { [grouped] in
        try AccountingReports.incomeStatement(grouped, view, all)
      },
      AskedReport("income-statement.cash") { [cash] in
        try AccountingReports.incomeStatement(cash, view, all)
      },
      AskedReport("balance-sheet.monthly") {
        try AccountingReports.balanceSheet(monthly, view, all)
      },
      AskedReport("cash-flow") { try AccountingReports.cashFlow(StatementForm(), view, all) },
    ]
  }

  var summaries: [AskedReport] {
    [
      AskedReport("tax") { try AccountingReports.tax(view, all) },
      AskedReport("sales-tax") { try AccountingReports.salesTax(view, all) },
      AskedReport("overrides") { try AccountingReports.overrides(view, all) },
      AskedReport("withholding") { try AccountingReports.withholding(view, all) },
      AskedReport("deferred") { AccountingReports.deferred(view, all) },
      AskedReport("credits") { AccountingReports.credits(view, all) },
      AskedReport("fees") { AccountingReports.fees(view, all) },
      AskedReport("revenue") { AccountingReports.revenue(by: .practitioner, view, all) },
      AskedReport("margin") { try AccountingReports.margin(earnings, view, all) },
      AskedReport("settlement") { AccountingReports.settlement(earnings, view, all) },
      AskedReport("grir") { AccountingReports.goodsNotInvoiced(clearing, view, all) },
    ]
  }

  var lists: [AskedReport] {
    [
      AskedReport("unbilled") { try AccountingReports.unbilled(earnings, view, all) },
      AskedReport("claims") { AccountingReports.claims(clearing, view, month) },
      AskedReport("remittances") { AccountingReports.remittances(clearing, view, month) },
      AskedReport("bank-reconciliation.unread", reconciled),
      AskedReport("invoices") { DocumentsReport.register(documents, month) },
      AskedReport("journal") { AccountingReports.journal(view, month) },
    ]
  }

  func reconciled() throws -> Report {
    try AccountingReports.bankReconciliation(clearing, view, month)
  }
}
