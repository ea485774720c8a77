import DaybookBytes
import DaybookValues
import DaybookWorld

/// The live disk, which takes its time to sync and notes what was synced when.
///
/// Whoever writes says first up to which position; once the sync after that write has returned, and
/// not before, that position may be seen.
final class NotingFileSystem: FileSystem {
  private struct State {
    var written = Position.start
    var pending = Position.start
    var synced = Position.start
    var failure: FileError.Kind?
  }

  private let live = LiveFileSystem()
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
    NotingFile(try live.open(path, mode), self)
  }

  func createDirectory(_ path: String) throws(FileError) { try live.createDirectory(path) }
  func list(_ path: String) throws(FileError) -> [String] { try live.list(path) }
  func exists(_ path: String) -> Bool { live.exists(path) }
  func isDirectory(_ path: String) -> Bool { live.isDirectory(path) }
  func rename(_ from: String, to: String) throws(FileError) { try live.rename(from, to: to) }
  func remove(_ path: String) throws(FileError) { try live.remove(path) }
  func syncDirectory(_ path: String) throws(FileError) { try live.syncDirectory(path) }
  func lock(_ path: String) throws(FileError) -> any FileLock { try live.lock(path) }
  func lockState(_ path: String) throws(FileError) -> LockState { try live.lockState(path) }
  func mapWords(_ path: String, writable: Bool) throws(FileError) -> any MappedWords {
    try live.mapWords(path, writable: writable)
  }
}

private final class NotingFile: File {
  private let file: any File
  private let disk: NotingFileSystem

  init(_ file: any File, _ disk: NotingFileSystem) {
    self.file = file
    self.disk = disk
  }

  var path: String { file.path }
  func size() throws(FileError) -> UInt64 { try file.size() }
  func read(
    at offset: UInt64, count: Int, into buffer: inout ByteWriter
  ) throws(FileError) -> Int { try file.read(at: offset, count: count, into: &buffer) }
  func write(_ bytes: Span<UInt8>, at offset: UInt64) throws(FileError) {
    try file.write(bytes, at: offset)
    disk.noteWrite()
  }
  func sync() throws(FileError) { try disk.sync(file) }
  func allocate(from offset: UInt64, count: UInt64) throws(FileError) {
    try file.allocate(from: offset, count: count)
  }
  func truncate(to size: UInt64) throws(FileError) { try file.truncate(to: size) }
  func close() { file.close() }
}
