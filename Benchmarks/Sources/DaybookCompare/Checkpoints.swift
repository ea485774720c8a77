import Daybook

/// How long it takes to open a book for reading and print its trial balance: with a checkpoint of all
/// of it, and by a replay of every event; the start of the process is not in it.
func compareCheckpoints(_ logs: Logs, rounds: Int, into results: inout Results) throws {
  let book = logs.book(.actions)
  let written = try writeCheckpoints(book, logs.world)
  defer { try? logs.world.files.removeAll(FilePath.join(book, "checkpoints")) }
  let times = try interleaved(
    rounds,
    [
      { try wallTime { try printTrialBalance(book, logs.world, fromCheckpoints: true) } },
      { try wallTime { try printTrialBalance(book, logs.world, fromCheckpoints: false) } },
    ])
  let milliseconds = times.map { $0.map { $0 / 1e6 } }
  let stored = Figure(name: "open.checkpoint", values: milliseconds[0], unit: "ms")
  try results.add(stored)
  try results.add(
    Figure(name: "open.replay", values: milliseconds[1], unit: "ms").compared(with: stored))
  let bytes = written.reduce(0) { $0 + $1.bytes }
  try results.add(
    Figure(
      name: "checkpoint.size", values: [Double(bytes) / Double(logs.events)], unit: "bytes/event"))
}

private func writeCheckpoints(_ book: String, _ world: World) throws -> [WrittenCheckpoint] {
  var log = try LogReader(book, in: world)
  let host = ProjectionHost(.clinic)
  try host.load(Checkpoints(book, in: world), from: &log)
  try host.catchUp(&log)
  return try host.pendingCheckpoints(&log).map { try $0.write() }
}

private func printTrialBalance(_ book: String, _ world: World, fromCheckpoints: Bool) throws {
  var archive = try Archive(book, catalogue: .clinic, world: world)
  let snapshot: Snapshot<AccountingModel>
  if fromCheckpoints {
    snapshot = try archive.snapshot()
  } else {
    let host = ProjectionHost(.clinic, only: AccountingModel.self)
    try host.catchUp(&archive.log)
    snapshot = host.snapshot()
  }
  let report = AccountingReports.trialBalance(snapshot, AccountingQuery())
  try snapshot.check()
  keep(render(report, as: .text).utf8.count)
}
