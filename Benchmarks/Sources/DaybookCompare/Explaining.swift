import Daybook

/// How long a warm model takes to explain a figure: the first hundred entries of the account that has
/// most of them, a page from its middle, and what one party owes.
func compareExplaining(_ logs: Logs, rounds: Int, into results: inout Results) throws {
  var log = try LogReader(logs.book(.actions), in: logs.world)
  let host = ProjectionHost(.clinic, only: AccountingModel.self)
  try host.catchUp(&log)
  let view: Snapshot<AccountingModel> = host.snapshot()
  let query = AccountingQuery()
  let page = ExplainPage(limit: 100)
  let all = AccountingReports.trialBalance(view, query)
  var largest = (code: "", entries: 0)
  for row in all.rows {
    guard case .identifier(let code) = row[0] else { continue }
    let explained = try AccountingReports.explain(.account(code), view, query, page: page)
    if explained.footer.entries > largest.entries { largest = (code, explained.footer.entries) }
  }
  note(
    "explaining \(largest.code): \(largest.entries) of \(all.footer.entries) entries, "
      + "\(view.model.postingCount()) postings")
  let middle = ExplainPage(limit: 100, after: Position(view.asOf.number / 2))
  let owing = AccountingReports.receivables(view, query).rows.first.flatMap { row -> PartyKey? in
    if case .identifier(let text) = row[0] { PartyKey(parsing: text) } else { nil }
  }
  func milliseconds(_ subject: ExplainSubject, _ page: ExplainPage) throws -> Double {
    try wallTime {
      let report = try AccountingReports.explain(subject, view, query, page: page)
      keep(render(report, as: .text).utf8.count)
    } / 1e6
  }
  let times = try interleaved(
    rounds,
    [
      { try milliseconds(.account(largest.code), page) },
      { try milliseconds(.account(largest.code), middle) },
      { try milliseconds(.receivables(party: owing), page) },
    ])
  for (name, values) in zip(["", ".middle", ".party"], times) {
    try results.add(Figure(name: "query.explain\(name)", values: values, unit: "ms"))
  }
}
