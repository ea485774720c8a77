import DaybookBytes
public import DaybookWorld

/// The live disk, with a hand on what it does to the segments of a log: a sync can be held up, and
/// operations can fail.
///
/// For tests with threads of their own; `SimulatedMachine` is for everything else.
public final class FaultyDisk: FileSystem {
  private struct State {
    var failing: [String: FileError.Kind] = [:]
    var failsEverywhere = false
    var isHeld = false
    var syncs = 0
  }

  private let live = LiveFileSystem()
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
    FaultyFile(try live.open(path, mode), self)
  }
  public func createDirectory(_ path: String) throws(FileError) { try live.createDirectory(path) }
  public func list(_ path: String) throws(FileError) -> [String] { try live.list(path) }
  public func exists(_ path: String) -> Bool { live.exists(path) }
  public func isDirectory(_ path: String) -> Bool { live.isDirectory(path) }
  public func rename(_ from: String, to: String) throws(FileError) { try live.rename(from, to: to) }
  public func remove(_ path: String) throws(FileError) { try live.remove(path) }
  public func syncDirectory(_ path: String) throws(FileError) { try live.syncDirectory(path) }
  public func lock(_ path: String) throws(FileError) -> any FileLock { try live.lock(path) }
  public func lockState(_ path: String) throws(FileError) -> LockState { try live.lockState(path) }
  public func mapWords(_ path: String, writable: Bool) throws(FileError) -> any MappedWords {
    try live.mapWords(path, writable: writable)
  }
}

private final class FaultyFile: File {
  private let file: any File
  private let disk: FaultyDisk

  init(_ file: any File, _ disk: FaultyDisk) {
    self.file = file
    self.disk = disk
  }

  var path: String { file.path }
  func size() throws(FileError) -> UInt64 { try file.size() }
  func read(
    at offset: UInt64, count: Int, into buffer: inout ByteWriter
  ) throws(FileError) -> Int { try file.read(at: offset, count: count, into: &buffer) }
  func write(_ bytes: Span<UInt8>, at offset: UInt64) throws(FileError) {
    try disk.check("write", path)
    try file.write(bytes, at: offset)
  }
  func sync() throws(FileError) {
    try disk.check("sync", path)
    try file.sync()
  }
  func allocate(from offset: UInt64, count: UInt64) throws(FileError) {
    try disk.check("allocate", path)
    try file.allocate(from: offset, count: count)
  }
  func truncate(to size: UInt64) throws(FileError) { try file.truncate(to: size) }
  func close() { file.close() }
}
