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
  private let waker: Waker
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
    waker = try Waker()
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
    waker.stop()
    await counter.close()
  }

  /// The raw writes of one caller, taken by turns with so many callers.
  static func raw(_ callers: Int) -> String {
    callers == 1 ? "append.raw" : "append.raw.beside-\(callers)"
  }

  /// One round of all.
  func play(into values: inout Rounds) async throws {
    for callers in Amounts.callers {
      let contestants = contestants(callers)
      for turn in 0..<(amounts.turns[callers] ?? 0) {
        // Each after each other one, since what went before leaves its traces in caches.
        for place in contestants.indices {
          let (name, play) = contestants[(place + turn) % contestants.count]
          values.add(name, try await play())
        }
      }
    }
  }

  private func contestants(_ callers: Int) -> [(String, () async throws -> Commits)] {
    let raw = (Self.raw(callers), { try self.writeRaw(callers) })
    let scenes = amounts.scenes[callers] ?? 0
    var all: [(String, () async throws -> Commits)] = [
      raw,
      ("append.callers-\(callers)", { try await self.append(by: callers) }),
      ("append.woken-\(callers)", { try await self.wake(callers) }),
      raw,
      (
        "perform.callers-\(callers)",
        { [counter] in
          try await commits(by: callers) { try await counter.play(scenes, caller: $0) }
        }
      ),
      raw,
    ]
    if callers == 1 { all.insert(("append.callers-1.stepped", { try self.step() }), at: 1) }
    for neighbour in neighbours {
      all.append(
        (
          "\(neighbour.kind.word).callers-\(callers)",
          { try self.append(to: neighbour, by: callers) }
        ))
    }
    return all
  }

  private func writeRaw(_ callers: Int) throws -> Commits {
    try commits(amounts.alone[callers] ?? 0) {
      try frames.write(written, to: raw)
      written += 1
    }
  }

  private func step() throws -> Commits {
    try commits(amounts.alone[1] ?? 0) {
      stepped?.submit(actions[submitted])
      try stepped?.step()
      submitted += 1
    }
  }

  private func append(by callers: Int) async throws -> Commits {
    let each = amounts.each[callers] ?? 0
    return try await commits(by: callers) { [actions, ends, threaded, taken] _ in
      var latencies: [Int64] = []
      latencies.reserveCapacity(each)
      for _ in 0..<each {
        let start = benchmark_wall_nanoseconds()
        // Taken and queued in one, since positions go up.
        let last = try taken.withLock { taken in
          try threaded.submit(actions[taken])
          taken += 1
          return Position(UInt64(ends[taken - 1]))
        }
        try await threaded.wait(for: last)
        latencies.append(benchmark_wall_nanoseconds() - start)
      }
      return latencies
    }
  }

  /// The same callers with nothing to write.
  private func wake(_ callers: Int) async throws -> Commits {
    let each = amounts.each[callers] ?? 0
    return try await commits(by: callers) { [waker] _ in
      var latencies: [Int64] = []
      latencies.reserveCapacity(each)
      for _ in 0..<each {
        let start = benchmark_wall_nanoseconds()
        await waker.wait()
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
