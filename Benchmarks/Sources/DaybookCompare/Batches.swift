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
      for _ in 0..<amounts.batchTurns { try turn(records, into: &values) }
    }
  }

  private func turn(_ records: Int, into values: inout Rounds) throws {
    let count = amounts.transactions[records] ?? 0
    values.add(
      "append.batch-\(records)",
      try commits(count) {
        for event in events[submitted..<submitted + records] { writer?.submit(event) }
        try writer?.step()
        submitted += records
      })
    for neighbour in neighbours {
      values.add(
        "\(neighbour.kind.word).batch-\(records)",
        try commits(count) { try neighbour.append(records) })
    }
  }
}
