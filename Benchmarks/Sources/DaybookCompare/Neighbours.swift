import Daybook

/// What the neighbours stand beside: sizes, replays and appends, of those that are asked for.
func compareWithNeighbours(
  _ logs: Logs, _ options: Options, rounds: Int, into results: inout Results
) async throws {
  let appends = options.wants("append", "perform", "sqlite", "lmdb", "rocksdb")
  let sizes = options.wants("size")
  let replays = options.wants("replay")
  guard appends || sizes || replays else { return }
  let isOwnReplay = NeighbourKind.here.allSatisfy { !options.wants(figure: "replay.\($0.word)") }
  if replays { try compareMemory(logs, options, into: &results) }
  if replays, isOwnReplay {
    return try compareReplays(logs, [], options, rounds: rounds, into: &results)
  }
  NeighbourKind.introduce()
  let history = try HistoryRecords(logs)
  if sizes || replays {
    let loaded = try load(history, logs)
    if sizes { try compareSizes(logs, loaded, into: &results) }
    if replays { try compareReplays(logs, loaded, options, rounds: rounds, into: &results) }
  }
  if appends {
    try await compareAppends(
      logs, history, rounds: options.quick ? 3 : 5, quick: options.quick, into: &results)
  }
}

/// The whole history in each store, in transactions of 512 records, and tidied up.
private func load(_ history: HistoryRecords, _ logs: Logs) throws -> [Neighbour] {
  let folder = FilePath.join(logs.folder, "neighbours")
  if logs.world.files.isDirectory(folder) { try logs.world.files.removeAll(folder) }
  try logs.world.files.createDirectory(folder)
  return try NeighbourKind.here.map { kind in
    note("filling \(kind.word)")
    let store = try Neighbour(
      kind, history, in: folder, named: "whole", synced: false, logs.world)
    while store.count < history.records.count {
      try store.append(min(512, history.records.count - store.count))
    }
    _ = try store.settledBytes()
    return store
  }
}
