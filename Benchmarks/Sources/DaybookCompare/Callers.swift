import CBenchmark
import Daybook

/// One action a commit, by 1, 64 and 512 callers at once.
final class Callers {
  private let amounts: Amounts
  private let actions: [EncodedAction]
  /// The position at which each action ends.
  private let ends: [Int]
  private let frames: Frames
  private let raw: CInt
  private var stepped: LogWriter?
  private let threaded: LogThread
  private let counter: Counter
  private let neighbours: [Neighbour]

  // How far each is.
  private var written = 0
  private var submitted = 0
  private let taken = Locked(0)
  private var appended: [NeighbourKind: Int] = [:]

  init(
    _ logs: Logs, _ history: HistoryRecords, _ actions: [EncodedAction], _ amounts: Amounts,
    in folder: String
  ) async throws {
    self.amounts = amounts
    self.actions = actions
    ends = actions.map { Int($0.headers[$0.headers.count - 1].position.number) }
    frames = try Frames(of: logs.book(.actions), logs.world)
    let options = LogOptions(creation: .mustBeNew)
    stepped = try LogWriter.open(
      FilePath.join(folder, "stepped"), in: logs.world, options: options)
    threaded = try LogThread(
      FilePath.join(folder, "threaded"), world: logs.world, options: options)
    counter = try await Counter(
      FilePath.join(folder, "counter"), patients: 512, world: .live)
    neighbours = try NeighbourKind.here.map {
      try Neighbour($0, history, in: folder, named: "callers", synced: true, logs.world)
    }
    raw = unsafe benchmark_raw_open(FilePath.join(folder, "raw"), 64 << 20)
    guard raw >= 0 else { throw Failure("no file for the raw writes in \(folder)") }
  }

  func close() async {
    benchmark_raw_close(raw)
    stepped = nil
    threaded.close()
    await counter.close()
  }

  /// The raw writes of one caller, taken by turns with so many callers.
  static func raw(_ callers: Int) -> String {
    callers == 1 ? "append.raw" : "append.raw.beside-\(callers)"
  }

  /// One round of all.
  func play(into values: inout Rounds) async throws {
    for callers in Amounts.callers {
      for _ in 0..<(amounts.turns[callers] ?? 0) { try await turn(callers, into: &values) }
    }
  }

  private func turn(_ callers: Int, into values: inout Rounds) async throws {
    try writeRaw(callers, into: &values)
    if callers == 1 {
      values.add(
        "append.callers-1.stepped",
        try commits(amounts.alone[1] ?? 0) {
          stepped?.submit(actions[submitted])
          try stepped?.step()
          submitted += 1
        })
    }
    values.add("append.callers-\(callers)", try await append(by: callers))
    try writeRaw(callers, into: &values)
    let scenes = amounts.scenes[callers] ?? 0
    values.add(
      "perform.callers-\(callers)",
      try await commits(by: callers) { [counter] in try await counter.play(scenes, caller: $0) })
    try writeRaw(callers, into: &values)
    for neighbour in neighbours {
      values.add(
        "\(neighbour.kind.word).callers-\(callers)", try append(to: neighbour, by: callers))
    }
  }

  private func writeRaw(_ callers: Int, into values: inout Rounds) throws {
    values.add(
      Self.raw(callers),
      try commits(amounts.alone[callers] ?? 0) {
        try frames.write(written, to: raw)
        written += 1
      })
  }

  private func append(by callers: Int) async throws -> Commits {
    let each = amounts.each[callers] ?? 0
    return try await commits(by: callers) { [actions, threaded, taken] _ in
      var latencies: [Int64] = []
      latencies.reserveCapacity(each)
      for _ in 0..<each {
        let start = benchmark_wall_nanoseconds()
        // Taken and queued in one, since positions go up.
        let last = try taken.withLock { taken in
          let action = actions[taken]
          try threaded.submit(action)
          taken += 1
          return action.headers[action.headers.count - 1].position
        }
        try await threaded.wait(for: last)
        latencies.append(benchmark_wall_nanoseconds() - start)
      }
      return latencies
    }
  }

  private func append(to neighbour: Neighbour, by callers: Int) throws -> Commits {
    // RocksDB takes many at once; the others one after the other, and more would only take longer.
    let each = neighbour.kind == .rocksdb ? amounts.each : amounts.eachInTurn
    let first = appended[neighbour.kind] ?? 0
    let count = callers * (each[callers] ?? 0)
    appended[neighbour.kind] = first + count
    return try neighbour.append(
      actionsEndingAt: Array(ends[first..<first + count]), callers: callers)
  }
}
