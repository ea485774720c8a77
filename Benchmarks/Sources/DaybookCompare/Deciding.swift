import Daybook

/// How long a decision takes, the sync apart: commands of a counter, decided, taken into the decision
/// state and queued, in a book that holds the whole history and in an empty one, by turns.
func compareDeciding(_ logs: Logs, quick: Bool, into results: inout Results) async throws {
  let scenes = quick ? 2_000 : 20_000
  let turn = 200
  let full = FilePath.join(logs.folder, "decided")
  let empty = FilePath.join(logs.folder, "decided-empty")
  if logs.world.files.isDirectory(empty) { try logs.world.files.removeAll(empty) }
  note("writing the history again, to go on with it")
  try logs.copy(to: full)
  let office = try BackOffice.open(
    full, world: .live, options: LogOptions(acceptsClock: true))
  let fullCounter = try await Counter(office, patients: 512, world: .live)
  let emptyCounter = try await Counter(empty, patients: 512, world: .live)
  var times: [String: [Int64]] = [:]
  for number in 0..<scenes / turn {
    for (name, counter) in [("decide.empty", emptyCounter), ("decide.full", fullCounter)] {
      let some = try await counter.play(turn, caller: number % 512, timing: .decided)
      times[name, default: []] += some
      // Queued work would make a later decision wait for the disk.
      try await counter.settle()
    }
  }
  await fullCounter.close()
  await emptyCounter.close()
  try report("decide.empty", times, nil, into: &results)
  try report("decide.full", times, "decide.empty", into: &results)
}

/// The distribution of one book's decisions, beside that of another.
private func report(
  _ name: String, _ times: [String: [Int64]], _ other: String?, into results: inout Results
) throws {
  for (part, share) in [("", 50), (".p90", 90), (".p99", 99), (".p99.9", 99.9)] {
    let figure = Figure(
      name: name + part, values: [microseconds(times[name] ?? [], share)], unit: "us")
    guard let other else {
      try results.add(figure)
      continue
    }
    try results.add(
      figure.compared(
        with: Figure(
          name: other + part, values: [microseconds(times[other] ?? [], share)], unit: "us")))
  }
}

/// What so many of a hundred do not exceed.
private func microseconds(_ nanoseconds: [Int64], _ share: Double) -> Double {
  let sorted = nanoseconds.sorted()
  guard !sorted.isEmpty else { return 0 }
  let index = Int(Double(sorted.count - 1) * share / 100)
  return Double(sorted[index]) / 1000
}
