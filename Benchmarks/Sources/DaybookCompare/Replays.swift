import Daybook

/// A replay of the whole history into read models, beside the floor in C over the same files and what
/// it takes the neighbours to read their records.
func compareReplays(
  _ logs: Logs, _ neighbours: [Neighbour], _ options: Options, rounds: Int,
  into results: inout Results
) throws {
  for (layout, suffix) in [(Layout.actions, ""), (.groups, ".groups-64")] {
    let book = logs.book(layout)
    let world = logs.world
    let events = Double(try Floor(of: book, world).events)
    func rate(_ body: () throws -> Void) rethrows -> Double {
      events / (try processorTime(body) / 1000)
    }
    // On two cores the clock on the wall is what counts, and one core stands beside it by the same.
    func wallRate(_ body: () throws -> Void) rethrows -> Double {
      events / (try wallTime(body) / 1000)
    }
    func books() -> ProjectionHost { ProjectionHost(.clinic, only: AccountingModel.self) }
    let accounting = "replay.accounting.core-1"
    let onOneCore = "replay.accounting.core-1.wall"
    let onTwoCores = "replay.accounting.core-2.wall"
    var runs: [(name: String, run: () throws -> Double)] = [
      ("replay.floor", { try rate { _ = try Floor(of: book, world) } }),
      ("replay.scan", { try rate { try scan(book, world) } }),
      ("replay.all.core-1", { try rate { try replay(book, ProjectionHost(.clinic), world) } }),
      ("replay.departments.core-1", { try rate { try replay(book, departments(), world) } }),
      (accounting, { try rate { try replay(book, books(), world) } }),
      (onOneCore, { try wallRate { try replay(book, books(), world) } }),
      (onTwoCores, { try wallRate { try replay(book, books(), world, cores: .two) } }),
    ]
    for neighbour in neighbours {
      runs.append(("replay.\(neighbour.kind.word)", { try rate { try neighbour.replay() } }))
    }
    runs = runs.filter { options.wants(figure: $0.name) }
    let rates = try interleaved(rounds, runs.map(\.run))
    let figures = zip(runs, rates).map {
      Figure(name: $0.name + suffix, values: $1, unit: "M events/s")
    }
    let words = neighbours.map { "replay.\($0.kind.word)" }
    for (run, figure) in zip(runs, figures) {
      // Ours stand beside the floor, two cores beside one, the neighbours beside ours.
      let yardstick =
        words.contains(run.name)
        ? accounting : run.name == onTwoCores ? onOneCore : "replay.floor"
      let other = figures.first { $0.name == yardstick + suffix && $0.name != figure.name }
      try results.add(other.map { figure.compared(with: $0) } ?? figure)
    }
  }
}

/// The three departments: all read models but that of the visits.
private func departments() -> ProjectionHost {
  var catalogue = Catalogue()
  for family in ClinicEvents.families { catalogue.add(family) }
  catalogue.add(model: AccountingModel.self)
  catalogue.add(model: HumanResourcesModel.self)
  catalogue.add(model: LogisticsModel.self)
  return ProjectionHost(catalogue)
}

/// What accounting keeps in memory after a replay, all of it, by the posting.
func compareMemory(_ logs: Logs, _ options: Options, into results: inout Results) throws {
  guard options.wants(figure: "replay.accounting.bytes") else { return }
  let (host, bytes) = try heapBytes {
    let host = ProjectionHost(.clinic, only: AccountingModel.self)
    try replay(logs.book(.groups), host, logs.world)
    return host
  }
  let books = host.snapshot(of: AccountingModel.self).model
  guard let bytes, books.postingCount() > 0 else { return }
  try results.add(
    Figure(
      name: "replay.accounting.bytes-a-posting",
      values: [Double(bytes) / Double(books.postingCount())], unit: "B"))
}

/// Records alone, with nobody listening.
private func scan(_ book: String, _ world: World) throws {
  var log = try LogReader(book, in: world)
  var bytes = 0
  try log.scan(from: Position(1)) { bytes += $0.payload.remaining }
  keep(bytes)
}

private func replay(
  _ book: String, _ host: ProjectionHost, _ world: World, cores: ProjectionHost.Cores = .one
) throws {
  var log = try LogReader(book, in: world)
  try host.catchUp(&log, cores: cores)
  precondition(host.position == log.durable, "the replay stopped at \(host.position)")
}
