import DaybookBytes
import DaybookEvents
public import DaybookLog
public import DaybookValues
public import DaybookWorld

/// The checkpoints of a book: the folder `checkpoints/`, which nothing depends on but speed.
///
/// A damaged, missing or foreign checkpoint never makes an answer wrong and never keeps a book from
/// opening: what it held is made again from the log, and `notices` says so.
///
/// - SeeAlso: <doc:Checkpoints>
public final class Checkpoints: Sendable {
  let folder: CheckpointFolder
  let world: World
  private let stores = Locked<[CheckpointStore]>([])

  /// The checkpoints of the book in `directory`; nothing is read yet.
  public init(_ directory: String, in world: World) {
    folder = CheckpointFolder(book: directory)
    self.world = world
  }

  /// What a person should hear of, in the order in which it was found.
  public var notices: [CheckpointNotice] {
    stores.withLock { $0 }.flatMap { store in store.state.withLock { $0.notices } }
  }

  /// Throws where something was computed from a page that could not be read, nor made again.
  ///
  /// To be called after computing and before anything of it leaves the process.
  ///
  /// - Throws: `CheckpointFailure`.
  public func check() throws(CheckpointFailure) {
    for store in stores.withLock({ $0 }) {
      if let failure = store.state.withLock({ $0.failure }) { throw failure }
    }
  }

  func add(_ store: CheckpointStore) { stores.withLock { $0.append(store) } }
}

/// A checkpoint as its root tells of it.
public struct CheckpointInfo: Hashable, Sendable {
  /// The model's name.
  public let model: String
  /// The model's version.
  public let version: UInt32
  /// The last event in it.
  public let position: Position
}

extension Checkpoints {
  /// What the roots there say, sorted by model; those that are not whole are left out.
  ///
  /// - Complexity: O(bytes of the roots); no page is read.
  ///
  /// - Parameter log: The log whose checkpoints are listed; those of others are left out.
  public func list(of log: LogID) -> [CheckpointInfo] {
    headers().filter { $0.isOf(log) }.map {
      CheckpointInfo(model: $0.model, version: $0.version, position: $0.position)
    }
  }

  private func headers() -> [CheckpointHeader] {
    guard let names = try? folder.rootNames(in: world.files) else { return [] }
    return names.compactMap { name in
      let path = FilePath.join(folder.path, name)
      guard let bytes = try? CheckpointStore.bytes(of: path, in: world.files) else { return nil }
      return try? CheckpointHeader.withRoot(bytes) { (header, _) in header }
    }
  }

  /// The newest checkpoint of this log: everything up to its position was synced.
  ///
  /// - Returns: nil where there is none.
  private func newest(of log: LogID) -> (file: String, position: Position)? {
    headers().filter { $0.isOf(log) }.max { $0.position < $1.position }
      .map { (CheckpointFolder.shown($0.model + CheckpointFolder.rootSuffix), $0.position) }
  }

  /// Opens the log for writing, which must reach as far as the newest checkpoint of it does.
  static func openLog(
    _ directory: String, _ world: World, _ options: LogOptions, _ driver: LogDriver
  ) throws -> LogThread {
    var options = options
    // Where there is no log yet, or its first block is damaged, opening says so.
    let newest = (try? LogReader.identity(of: directory, in: world)).flatMap {
      Checkpoints(directory, in: world).newest(of: $0)
    }
    if let newest { options.mustReach = max(options.mustReach, newest.position) }
    do {
      return try LogThread(directory, world: world, options: options, driver: driver)
    } catch let error as LogError {
      // Where the watermark says the same, the log's own words are the right ones.
      guard let newest, let log = try? LogReader(directory, in: world),
        log.durable < newest.position
      else { throw error }
      throw LogError(
        .endsBelowWatermark, intactThrough: log.durable,
        detail: CheckpointStore.reachText(newest.file, newest.position))
    }
  }
}
