public import DaybookWorld

/// The live disk, with a hand on what it does to the segments of a log: a sync can be held up, and
/// operations can fail.
///
/// For tests with threads of their own; `SimulatedMachine` is for everything else.
public final class FaultyDisk: ForwardingFileSystem {
  private struct State {
    var failing: [String: FileError.Kind] = [:]
    var failsEverywhere = false
    var isHeld = false
    var syncs = 0
  }

  public let underlying: any FileSystem = LiveFileSystem()
  private let state = Locked(State())
  private let passes = Signal()
  private let arrived = Signal()

  /// A disk that does what it should.
  public init() {}

  /// Lets every `operation` fail from now on: `write`, `sync` or `allocate`.
  ///
  /// - Parameter everywhere: On every file; otherwise on segments.
  public func fail(
    _ operation: String, _ kind: FileError.Kind = .io, everywhere: Bool = false
  ) {
    state.withLock {
      $0.failing[operation] = kind
      $0.failsEverywhere = everywhere
    }
  }

  /// Lets no file grow or be written any more, as on a disk without room.
  public func fill() {
    for operation in ["write", "allocate"] { fail(operation, .noSpace, everywhere: true) }
  }

  /// Lets everything succeed again.
  public func heal() { state.withLock { $0.failing = [:] } }

  /// Holds the next sync up until `release`.
  public func hold() { state.withLock { $0.isHeld = true } }

  /// Waits until a sync is held up.
  public func waitUntilHeld() { arrived.wait() }

  /// Lets the sync that is held up go on, and all that follow.
  public func release() {
    state.withLock { $0.isHeld = false }
    passes.signal()
  }

  /// How often a segment was synced.
  public var syncs: Int { state.withLock { $0.syncs } }

  fileprivate func check(_ operation: String, _ path: String) throws(FileError) {
    let isSegment = path.hasSuffix(".seg")
    guard isSegment || state.withLock({ $0.failsEverywhere }) else { return }
    if operation == "sync", isSegment {
      let isHeld = state.withLock { state in
        state.syncs += 1
        return state.isHeld
      }
      if isHeld {
        arrived.signal()
        passes.wait()
      }
    }
    if let kind = state.withLock({ $0.failing[operation] }) {
      throw FileError(operation: operation, path: path, kind: kind)
    }
  }

  public func open(_ path: String, _ mode: OpenMode) throws(FileError) -> any File {
    FaultyFile(try underlying.open(path, mode), self)
  }
}

private final class FaultyFile: ForwardingFile {
  let underlying: any File
  private let disk: FaultyDisk

  init(_ file: any File, _ disk: FaultyDisk) {
    underlying = file
    self.disk = disk
  }

  func write(_ bytes: Span<UInt8>, at offset: UInt64) throws(FileError) {
    try disk.check("write", path)
    try underlying.write(bytes, at: offset)
  }
  func sync() throws(FileError) {
    try disk.check("sync", path)
    try underlying.sync()
  }
  func allocate(from offset: UInt64, count: UInt64) throws(FileError) {
    try disk.check("allocate", path)
    try underlying.allocate(from: offset, count: count)
  }
}
