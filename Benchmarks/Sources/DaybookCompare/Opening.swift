import Daybook

/// How long it takes to open a book for writing: with a checkpoint, and from the first event on.
func compareOpening(_ logs: Logs, rounds: Int, into results: inout Results) throws {
  let book = logs.book(.actions)
  let checkpoints = FilePath.join(book, "checkpoints")
  let first = try open(book, logs.world)
  try first.settleReferences()
  note("checkpoint of the decision states: \(try first.checkpoint().map { "\($0)" } ?? "none")")
  first.close()
  let aside = FilePath.join(book, "aside")
  // A run that was cut short leaves it.
  try? logs.world.files.removeAll(aside)
  defer { try? logs.world.files.removeAll(checkpoints) }
  let times = try interleaved(
    rounds,
    [
      { try wallTime { try open(book, logs.world).close() } / 1_000_000 },
      {
        try logs.world.files.rename(checkpoints, to: aside)
        let time = try wallTime { try open(book, logs.world).close() } / 1_000_000
        // Only where segments are sealed is there anything of it.
        try? logs.world.files.removeAll(checkpoints)
        try logs.world.files.rename(aside, to: checkpoints)
        return time
      },
    ])
  let stored = Figure(name: "open.writing.checkpoint", values: times[0], unit: "ms")
  try results.add(stored)
  try results.add(
    Figure(name: "open.writing.replay", values: times[1], unit: "ms").compared(with: stored))
}

private func open(_ book: String, _ world: World) throws -> Engine {
  // The clock of the logs begins anew in every run.
  try Engine(book, catalogue: .clinic, world: world, options: LogOptions(acceptsClock: true))
}
