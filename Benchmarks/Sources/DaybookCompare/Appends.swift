import Daybook

/// What a round does of each.
///
/// The time of a sync changes within seconds by more than anything that is compared, so that a round
/// is many short turns; those of one caller long enough that a thread which wakes for the first of its
/// commits does not weigh.
struct Amounts {
  static let callers = [1, 64, 512]
  static let batches = [1, 64, 512]

  /// Turns of a round, by callers.
  var turns = [1: 5, 64: 5, 512: 1]
  /// Commits of one caller's turn that stands beside the rest.
  var alone = [1: 40, 64: 10, 512: 20]
  /// Commits of each caller in a turn.
  var each = [1: 40, 64: 10, 512: 25]
  /// The same of a store whose callers wait for each other.
  var eachInTurn = [1: 40, 64: 2, 512: 1]
  /// Scenes of each caller at the counter in a turn.
  var scenes = [1: 8, 64: 1, 512: 3]
  /// Turns of a round of transactions.
  var batchTurns = 10
  /// Transactions of a turn, by their records.
  var transactions = [1: 10, 64: 5, 512: 2]

  init(quick: Bool) {
    guard quick else { return }
    turns = [1: 3, 64: 3, 512: 1]
    each[512] = 8
    scenes[512] = 1
    batchTurns = 5
  }

  /// Actions that the callers of a round give to one log.
  var actions: Int { Self.callers.reduce(0) { $0 + $1 * (turns[$1] ?? 0) * (each[$1] ?? 0) } }
  /// Records of a round's transactions.
  var records: Int { Self.batches.reduce(0) { $0 + $1 * batchTurns * (transactions[$1] ?? 0) } }
}

/// Appending in one folder, by turns: the bare writing and syncing of one caller's frames to a file
/// of zeros, the log's writer, its thread with 1, 64 and 512 callers, as many that a thread wakes which
/// writes nothing, the back office with as many at a counter, and the neighbours with the same records;
/// and transactions of 1, 64 and 512 records.
func compareAppends(
  _ logs: Logs, _ history: HistoryRecords, rounds: Int, quick: Bool, into results: inout Results
) async throws {
  let amounts = Amounts(quick: quick)
  let actions = try logs.actions((rounds + 1) * amounts.actions)
  let events = try logs.actions((rounds + 1) * amounts.records, .alone)
  guard actions.count == (rounds + 1) * amounts.actions,
    events.count == (rounds + 1) * amounts.records
  else {
    note("no appends are measured: the history is too short for them")
    return
  }
  let folder = FilePath.join(logs.folder, "appends")
  if logs.world.files.isDirectory(folder) { try logs.world.files.removeAll(folder) }
  try logs.world.files.createDirectory(folder)
  let callers = try await Callers(logs, history, actions, amounts, in: folder)
  let batches = try Batches(logs, history, events, amounts, in: folder)
  var values = Rounds()
  // The first round warms caches and counts for nothing.
  var warm = Rounds()
  for round in 0...rounds {
    if round == 0 {
      try await callers.play(into: &warm)
      try batches.play(into: &warm)
    } else {
      try await callers.play(into: &values)
      try batches.play(into: &values)
      values.endRound()
    }
  }
  await callers.close()
  try report(values, into: &results)
}

/// Ours stand beside the raw writes of the same turns, the neighbours beside ours.
private func report(_ values: Rounds, into results: inout Results) throws {
  for name in values.names {
    let word = String(name.prefix { $0 != "." })
    let measure = name.dropFirst(word.count)
    let number = Int(measure.drop { !$0.isNumber }.prefix { $0.isNumber }) ?? 1
    if measure.hasPrefix(".batch-") {
      let figure = values.rate(name, "events/s", times: number)
      let ours = values.rate("append\(measure)", "events/s", times: number)
      try results.add(word == "append" ? figure : figure.compared(with: ours))
      continue
    }
    let raw = Callers.raw(number)
    let figure = values.rate(name, word == "perform" ? "commands/s" : "actions/s")
    if name == raw {
      try results.add(figure)
      try results.add(values.p99(name))
      continue
    }
    let isOurs = ["append", "perform"].contains(word)
    let other = values.rate(isOurs ? raw : "append\(measure)", "actions/s")
    try results.add(figure.compared(with: other))
    try results.add(values.p99(name).compared(with: values.p99(raw)))
  }
}
