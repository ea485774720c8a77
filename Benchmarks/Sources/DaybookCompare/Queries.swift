import CBenchmark
import Daybook

/// How long reports of the books take once they have been asked for before: each at several days as
/// known at several positions, of which the slowest counts.
func compareQueries(_ logs: Logs, rounds: Int, into results: inout Results) throws {
  let host = try replayed(logs)
  let view: Snapshot<AccountingModel> = host.snapshot()
  note("\(view.model.postingCount()) postings of \(view.asOf) events")
  let before = heapBytes()
  let first = wallTime { keep(AccountingReports.receivables(view, AccountingQuery())) }
  let moments = points(of: view)
  func worst(_ body: (AccountingQuery) -> Report) -> Double {
    moments.map { point in wallTime { keep(body(point)) } / 1e6 }.max() ?? 0
  }
  let times = try interleaved(
    rounds,
    [
      { worst { AccountingReports.trialBalance(view, $0) } },
      { worst { AccountingReports.receivables(view, $0) } },
      { worst { AccountingReports.openReceivables(view, $0) } },
      { worst { AccountingReports.payables(view, $0) } },
      { worst { AccountingReports.statement(of: PatientID(1), view, $0) } },
    ])
  let names = [
    "query.trial-balance", "query.aging", "query.aging.items", "query.payables",
    "query.statement",
  ]
  for (name, values) in zip(names, times) {
    try results.add(Figure(name: name, values: values, unit: "ms"))
  }
  try results.add(Figure(name: "query.aging.first", values: [first / 1e6], unit: "ms"))
  let items = view.model.openItemMemory()
  try results.add(
    Figure(
      name: "memory.open-item", values: [Double(items.bytes) / Double(max(1, items.items))],
      unit: "bytes/item"))
  try compareReports(host, rounds: rounds, into: &results)
  if let before, let after = heapBytes() {
    note("\(items.items) items, \(after - before) bytes of the heap since before the first aging")
  }
}

/// The latest day and one in the middle, each as known now and as known half the log ago.
private func points(of view: Snapshot<AccountingModel>) -> [AccountingQuery] {
  let middle = Position(view.asOf.number / 2)
  let days = [view.model.latestFactDay(at: middle), view.model.latestFactDay()]
  return days.flatMap { day in
    [middle, view.asOf].map { AccountingQuery(on: day, knownAt: $0) }
  }
}

/// Bytes that are allocated; nil where nobody counts them.
private func heapBytes() -> Int? {
  let bytes = benchmark_heap_bytes()
  return bytes < 0 ? nil : Int(bytes)
}

/// Every read model of the whole history.
private func replayed(_ logs: Logs) throws -> ProjectionHost {
  var log = try LogReader(logs.book(.actions), in: logs.world)
  let host = ProjectionHost(.clinic)
  try host.catchUp(&log)
  return host
}
