import Daybook

/// A replay of the whole history into read models, beside the floor in C over the same files and what
/// it takes the neighbours to read their records.
func compareReplays(
  _ logs: Logs, _ neighbours: [Neighbour], rounds: Int, into results: inout Results
) throws {
  for (layout, suffix) in [(Layout.actions, ""), (.groups, ".groups-64")] {
    let book = logs.book(layout)
    let events = Double(try Floor(of: book, logs.world).events)
    func rate(_ body: () throws -> Void) rethrows -> Double {
      events / (try processorTime(body) / 1000)
    }
    let rates = try interleaved(
      rounds,
      [
        { try rate { _ = try Floor(of: book, logs.world) } },
        { try rate { try scan(book, logs.world) } },
        { try rate { try replay(book, ProjectionHost(.clinic), logs.world) } },
        {
          try rate {
            try replay(book, ProjectionHost(.clinic, only: AccountingModel.self), logs.world)
          }
        },
      ] + neighbours.map { neighbour in { try rate { try neighbour.replay() } } })
    let floor = Figure(name: "replay.floor\(suffix)", values: rates[0], unit: "M events/s")
    try results.add(floor)
    for (name, values) in [
      ("replay.scan", rates[1]), ("replay.all.core-1", rates[2]),
      ("replay.accounting.core-1", rates[3]),
    ] {
      try results.add(
        Figure(name: name + suffix, values: values, unit: "M events/s").compared(with: floor))
    }
    let accounting = Figure(
      name: "replay.accounting.core-1\(suffix)", values: rates[3], unit: "M events/s")
    for (neighbour, values) in zip(neighbours, rates[4...]) {
      let name = "replay.\(neighbour.kind.word)\(suffix)"
      try results.add(
        Figure(name: name, values: values, unit: "M events/s").compared(with: accounting))
    }
  }
}

/// Records alone, with nobody listening.
private func scan(_ book: String, _ world: World) throws {
  var log = try LogReader(book, in: world)
  var bytes = 0
  try log.scan(from: Position(1)) { bytes += $0.payload.remaining }
  keep(bytes)
}

private func replay(_ book: String, _ host: ProjectionHost, _ world: World) throws {
  var log = try LogReader(book, in: world)
  try host.catchUp(&log)
  precondition(host.position == log.durable, "the replay stopped at \(host.position)")
}
