import DaybookBytes
import DaybookEvents
import DaybookLog
public import DaybookValues
import DaybookWorld

// MARK: - Checkpoints of what is decided on

extension Engine {
  /// The store of the checkpoints of a book's decision states.
  static func store(
    _ checkpoints: Checkpoints, _ catalogue: Catalogue
  ) -> CheckpointStore {
    let (directory, world) = (checkpoints.folder.book, checkpoints.world)
    return CheckpointStore(
      name: DecisionContent.name, version: DecisionContent.version, in: checkpoints.folder,
      world: world
    ) { position in
      var content = DecisionContent(catalogue)
      var log = try LogReader(directory, in: world)
      try log.scan(from: Position(1), through: position) { try content.evolve($0) }
      return try CheckpointDraft(of: &content)
    }
  }

  /// Throws where something was decided on a page that could not be read, nor made again.
  func checkPages() throws(CheckpointFailure) {
    if let failure = store.state.withLock({ $0.failure }) { throw failure }
  }

  /// How many events the checkpoint of the decision states stands behind; 0 where none is kept.
  public var checkpointAge: UInt64 { isKept ? store.age(at: lastPosition) : 0 }

  /// What the engine decides on as it stands, for a checkpoint; nil where the last one is less than
  /// `events` behind, or a state of the catalogue keeps none.
  ///
  /// It may be written once its position is synced, by anyone, whatever is decided meanwhile.
  ///
  /// Pages of the states that have not changed since the checkpoint before leave the memory, and are
  /// read again when they are asked for: a writer that goes on for long keeps what it works on.
  ///
  /// - Complexity: O(pages, and what the states hold outside of them); the pages are shared.
  public func pendingCheckpoint(behind events: UInt64 = 1) throws -> PendingDecisions? {
    if let failure { throw failure }
    try checkPages()
    guard lastPosition > .start, checkpointAge >= events else { return nil }
    guard let draft = try CheckpointDraft(of: &content, givingUpPages: true) else { return nil }
    var header = CheckpointHeader()
    (header.logLow, header.logHigh) = (past.logID.low, past.logID.high)
    header.model = DecisionContent.name
    header.version = DecisionContent.version
    header.catalogueMark = DecisionContent.mark(catalogue)
    header.position = lastPosition
    return PendingDecisions(store: store, header: header, draft: draft)
  }

  /// Writes a checkpoint of what the engine decides on, and returns when it is on the disk.
  ///
  /// - Returns: nil where the last one holds all of it, or a state of the catalogue keeps none.
  /// - Throws: `LogError` where what was decided cannot be synced; and as `PendingDecisions.write`.
  @discardableResult
  public func checkpoint() throws -> WrittenCheckpoint? {
    guard let pending = try pendingCheckpoint() else { return nil }
    try log.waitBlocking(for: pending.position)
    return try pending.write()
  }

  /// A digest of all that the engine decides on, equal for equal histories.
  ///
  /// - Returns: nil where a state of the catalogue does not describe itself.
  /// - Complexity: O(all of it): every page is read.
  public func decisionDigest() throws -> String? {
    let digest = try CheckpointDraft(of: &content)?.digest
    try checkPages()
    return digest.map { "\($0)" }
  }
}

/// What an engine decided on at one moment, still to be written.
public struct PendingDecisions: Sendable {
  let store: CheckpointStore
  let header: CheckpointHeader
  let draft: CheckpointDraft

  /// The last event in it, which must be synced before it is written.
  public var position: Position { header.position }

  /// Writes the checkpoint.
  ///
  /// - Throws: `LogError` where its last record cannot be read; and as `PendingCheckpoint.write`.
  public func write() throws -> WrittenCheckpoint {
    var header = header
    var log = try LogReader(store.folder.book, in: store.world)
    header.record = try CheckpointStore.recordDigest(at: header.position, &log)
    return try PendingCheckpoint(store: store, header: header, draft: draft).write()
  }
}
