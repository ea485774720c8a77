public import DaybookEvents
public import DaybookLog
public import DaybookValues
public import DaybookWorld

/// A book opened for reading: any past position, without a lock and without writing.
public struct Archive: ~Copyable {
  /// What the book is about.
  public let catalogue: Catalogue
  /// The log.
  public var log: LogReader
  /// How many cores a long replay may take.
  public var cores = ProjectionHost.Cores.one
  /// The book's checkpoints: what was wrong with them, and whether an answer may be shown.
  public let checkpoints: Checkpoints

  /// Opens the book in `directory` for reading.
  ///
  /// - Throws: `LogError` where there is no book, or it is damaged or newer.
  public init(_ directory: String, catalogue: Catalogue, world: World) throws(LogError) {
    self.catalogue = catalogue
    log = try LogReader(directory, in: world)
    checkpoints = Checkpoints(directory, in: world)
  }

  /// Opens the book that another has opened; nothing is read for it.
  package init(_ outline: LogOutline, catalogue: Catalogue) {
    self.catalogue = catalogue
    log = LogReader(outline)
    checkpoints = Checkpoints(log.book, in: log.outside)
  }

  /// The model of type `M` as known at `end`, inclusive; all of the log if nil.
  ///
  /// It begins with the newest checkpoint up to `end`. What is computed from it may be shown once
  /// `Snapshot.check` has not thrown.
  ///
  /// - Complexity: O(events behind the checkpoint, up to `end`).
  public mutating func snapshot<M: ReadModel>(
    of type: M.Type = M.self, at end: Position? = nil, progress: (Position) -> Void = { _ in }
  ) throws -> Snapshot<M> {
    let host = ProjectionHost(catalogue, only: type)
    try host.load(checkpoints, from: &log, through: end)
    try host.catchUp(&log, through: end, cores: cores, progress: progress)
    return host.snapshot()
  }

  /// Every model of the catalogue as known at `end`.
  ///
  /// - Parameter fromCheckpoints: Whether to begin with the newest checkpoints, or with the first event.
  public mutating func host(
    at end: Position? = nil, fromCheckpoints: Bool = true,
    progress: (Position) -> Void = { _ in }
  ) throws -> ProjectionHost {
    let host = ProjectionHost(catalogue)
    if fromCheckpoints { try host.load(checkpoints, from: &log, through: end) }
    try host.catchUp(&log, through: end, cores: cores, progress: progress)
    return host
  }
}
