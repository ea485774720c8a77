import DaybookTesting
import DaybookValues
import DaybookWorld

/// The live disk, which takes its time to sync and notes what was synced when.
///
/// Whoever writes says first up to which position; once the sync after that write has returned, and
/// not before, that position may be seen.
final class NotingFileSystem: ForwardingFileSystem {
  private struct State {
    var written = Position.start
    var pending = Position.start
    var synced = Position.start
    var failure: FileError.Kind?
  }

  let underlying: any FileSystem = LiveFileSystem()
  private let state = Locked(State())
  private let syncNanoseconds: Int64

  init(syncNanoseconds: Int64 = 0) { self.syncNanoseconds = syncNanoseconds }

  /// The last position that may be seen.
  var synced: Position { state.withLock { $0.synced } }

  /// Says what the next frame holds.
  func willWrite(through position: Position) {
    state.withLock { $0.pending = max($0.pending, position) }
  }

  /// Lets every sync fail from now on.
  func failSyncs() { state.withLock { $0.failure = .io } }

  fileprivate func noteWrite() { state.withLock { $0.written = $0.pending } }

  fileprivate func sync(_ file: any File) throws(FileError) {
    let (written, failure) = state.withLock { ($0.written, $0.failure) }
    if let failure { throw FileError(operation: "sync", path: file.path, kind: failure) }
    MonotonicClock.pause(nanoseconds: syncNanoseconds)
    try file.sync()
    state.withLock { $0.synced = max($0.synced, written) }
  }

  func open(_ path: String, _ mode: OpenMode) throws(FileError) -> any File {
    NotingFile(try underlying.open(path, mode), self)
  }
}

private final class NotingFile: ForwardingFile {
  let underlying: any File
  private let disk: NotingFileSystem

  init(_ file: any File, _ disk: NotingFileSystem) {
    underlying = file
    self.disk = disk
  }

  func write(_ bytes: Span<UInt8>, at offset: UInt64) throws(FileError) {
    try underlying.write(bytes, at: offset)
    disk.noteWrite()
  }
  func sync() throws(FileError) { try disk.sync(underlying) }
}
