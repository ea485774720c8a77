import Daybook

/// Transactions of 1, 64 and 512 records, one after the other.
final class Batches {
  private let amounts: Amounts
  private let events: [EncodedAction]
  private var writer: LogWriter?
  private var submitted = 0
  private let neighbours: [Neighbour]

  /// Takes the events as actions of one record each.
  init(
    _ logs: Logs, _ history: HistoryRecords, _ events: [EncodedAction], _ amounts: Amounts,
    in folder: String
  ) throws {
    self.amounts = amounts
    self.events = events
    writer = try LogWriter.open(
      FilePath.join(folder, "batches"), in: logs.world, options: LogOptions(creation: .mustBeNew))
    neighbours = try NeighbourKind.here.map {
      try Neighbour($0, history, in: folder, named: "batches", synced: true, logs.world)
    }
  }

  /// One round of all.
  func play(into values: inout Rounds) throws {
    for records in Amounts.batches {
      let count = amounts.transactions[records] ?? 0
      var contestants: [(String, () throws -> Void)] = [
        ("append.batch-\(records)", { try self.append(records) })
      ]
      for neighbour in neighbours {
        contestants.append(
          ("\(neighbour.kind.word).batch-\(records)", { try neighbour.append(records) }))
      }
      for turn in 0..<amounts.batchTurns {
        // Each after each other one, since what went before leaves its traces in caches.
        for place in contestants.indices {
          let (name, play) = contestants[(place + turn) % contestants.count]
          values.add(name, try commits(count, play))
        }
      }
    }
  }

  private func append(_ records: Int) throws {
    for event in events[submitted..<submitted + records] { writer?.submit(event) }
    try writer?.step()
    submitted += records
  }
}
