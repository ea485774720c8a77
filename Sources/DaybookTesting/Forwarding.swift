public import DaybookBytes
public import DaybookWorld

/// A disk that passes on to another whatever it does not do itself.
public protocol ForwardingFileSystem: FileSystem {
  /// The disk that does the rest.
  var underlying: any FileSystem { get }
}

extension ForwardingFileSystem {
  /// Passed on.
  public func open(_ path: String, _ mode: OpenMode) throws(FileError) -> any File {
    try underlying.open(path, mode)
  }
  /// Passed on.
  public func createDirectory(_ path: String) throws(FileError) {
    try underlying.createDirectory(path)
  }
  /// Passed on.
  public func list(_ path: String) throws(FileError) -> [String] { try underlying.list(path) }
  /// Passed on.
  public func exists(_ path: String) -> Bool { underlying.exists(path) }
  /// Passed on.
  public func isDirectory(_ path: String) -> Bool { underlying.isDirectory(path) }
  /// Passed on.
  public func isPlainFile(_ path: String) -> Bool { underlying.isPlainFile(path) }
  /// Passed on.
  public func rename(_ from: String, to: String) throws(FileError) {
    try underlying.rename(from, to: to)
  }
  /// Passed on.
  public func remove(_ path: String) throws(FileError) { try underlying.remove(path) }
  /// Passed on.
  public func syncDirectory(_ path: String) throws(FileError) {
    try underlying.syncDirectory(path)
  }
  /// Passed on.
  public func lock(_ path: String) throws(FileError) -> any FileLock { try underlying.lock(path) }
  /// Passed on.
  public func lockState(_ path: String) throws(FileError) -> LockState {
    try underlying.lockState(path)
  }
  /// Passed on.
  public func mapWords(_ path: String, writable: Bool) throws(FileError) -> any MappedWords {
    try underlying.mapWords(path, writable: writable)
  }
}

/// A file that passes on to another whatever it does not do itself.
public protocol ForwardingFile: File {
  /// The file that does the rest.
  var underlying: any File { get }
}

extension ForwardingFile {
  /// Passed on.
  public var path: String { underlying.path }
  /// Passed on.
  public func size() throws(FileError) -> UInt64 { try underlying.size() }
  /// Passed on.
  public func read(
    at offset: UInt64, count: Int, into buffer: inout ByteWriter
  ) throws(FileError) -> Int {
    try underlying.read(at: offset, count: count, into: &buffer)
  }
  /// Passed on.
  public func write(_ bytes: Span<UInt8>, at offset: UInt64) throws(FileError) {
    try underlying.write(bytes, at: offset)
  }
  /// Passed on.
  public func sync() throws(FileError) { try underlying.sync() }
  /// Passed on.
  public func allocate(from offset: UInt64, count: UInt64) throws(FileError) {
    try underlying.allocate(from: offset, count: count)
  }
  /// Passed on.
  public func truncate(to size: UInt64) throws(FileError) { try underlying.truncate(to: size) }
  /// Passed on.
  public func close() { underlying.close() }
}
