public import DaybookBytes

/// How a file is opened.
public enum OpenMode: Hashable, Sendable {
  /// To read an existing file; nothing is ever changed through it.
  case read
  /// To read and write an existing file.
  case readWrite
  /// To read and write a file that must not exist yet; `.exists` if it does.
  case create
}

/// Files and folders on one disk, live or simulated: everything that the log asks of it.
///
/// A path is a string with `/` between its parts. Names reach the disk as UTF-8. Nothing is
/// durable before it is synced: bytes by `File.sync()`, a new, renamed or removed name by
/// `syncDirectory(_:)` of the folder that it stands in.
public protocol FileSystem: Sendable {
  /// Opens a file; its descriptor is not inherited by child processes.
  ///
  /// - Throws: `.notFound`, `.exists` with `.create`, `.permission`, `.isADirectory` when writing.
  func open(_ path: String, _ mode: OpenMode) throws(FileError) -> any File

  /// Makes one folder; those above it must exist.
  func createDirectory(_ path: String) throws(FileError)

  /// The names in a folder, without `.` and `..`, sorted by their bytes.
  func list(_ path: String) throws(FileError) -> [String]

  /// Whether anything has that name; false also where it cannot be looked at.
  func exists(_ path: String) -> Bool

  /// Whether the name is a folder's; false also where it cannot be looked at.
  func isDirectory(_ path: String) -> Bool

  /// Whether the name, or what it links to, is a plain file's: no folder, pipe, socket or device;
  /// false also where it cannot be looked at.
  func isPlainFile(_ path: String) -> Bool

  /// Gives a file or folder another name on the same disk; a file of that name is replaced.
  ///
  /// After a crash the old or the new name is there, never neither, never half of one.
  ///
  /// - Throws: `.notAPlainFile` where a link, a device or a pipe has the new name.
  func rename(_ from: String, to: String) throws(FileError)

  /// Removes a file, or a folder that is empty.
  func remove(_ path: String) throws(FileError)

  /// Makes the names in a folder durable: those created, renamed and removed before the call.
  func syncDirectory(_ path: String) throws(FileError)

  /// Takes the exclusive lock on a file, which is made if it does not exist, without waiting.
  ///
  /// The lock ends with the process, however it ends. The holder's process number is written into
  /// the file, so that a refusal can name it.
  ///
  /// - Throws: `.locked(pid:)` when another process, or another part of this one, holds it.
  func lock(_ path: String) throws(FileError) -> any FileLock

  /// Who holds the exclusive lock on a file now; it neither takes the lock nor writes.
  ///
  /// - Returns: `.free` also where the file does not exist.
  func lockState(_ path: String) throws(FileError) -> LockState

  /// Maps the first 4 KiB page of an existing file, shared with all who map it.
  ///
  /// - Throws: `.tooShort` when the file has less than a page, since touching it would trap.
  func mapWords(_ path: String, writable: Bool) throws(FileError) -> any MappedWords
}

extension FileSystem {
  /// A file system that has only files and folders.
  public func isPlainFile(_ path: String) -> Bool { exists(path) && !isDirectory(path) }
}

/// An open file; it may be used from several threads at once.
public protocol File: Sendable {
  /// The path it was opened by.
  var path: String { get }

  /// Its size now, in bytes.
  func size() throws(FileError) -> UInt64

  /// Appends up to `count` bytes from `offset` to `buffer`.
  ///
  /// - Returns: How many bytes were appended: `count`, or fewer only at the end of the file.
  func read(
    at offset: UInt64, count: Int, into buffer: inout ByteWriter
  ) throws(FileError) -> Int

  /// Writes all of `bytes` at `offset`, growing the file where it ends before.
  ///
  /// - Throws: Any error leaves an unknown part of them written.
  func write(_ bytes: Span<UInt8>, at offset: UInt64) throws(FileError)

  /// Returns after what was written, and the size, is on the disk.
  ///
  /// - Throws: After an error nobody knows what is on the disk, and a second call proves nothing.
  func sync() throws(FileError)

  /// Takes room on the disk for `count` bytes from `offset`; the file grows to their end, in zeros.
  ///
  /// What is written already stays as it is.
  ///
  /// - Throws: `.noSpace` with nothing written; the size may have grown.
  func allocate(from offset: UInt64, count: UInt64) throws(FileError)

  /// Cuts the file, or lengthens it in zeros, to `size` bytes.
  func truncate(to size: UInt64) throws(FileError)

  /// Closes the file; every later call throws `.closed`. It syncs nothing, and may be repeated.
  func close()
}

/// An exclusive lock that is held until it is released, or nobody refers to it any more.
public protocol FileLock: Sendable {
  /// The path of the locked file.
  var path: String { get }

  /// Gives the lock up; it may be repeated.
  func release()
}

/// Whether a lock is held, and by whom.
public enum LockState: Hashable, Sendable {
  /// Nobody holds it.
  case free
  /// It is held by the process `pid`, nil when that is not known.
  case held(pid: Int32?)
}

/// One page of a file as 512 words of 64 bits that all who map it see at once.
///
/// A word is never seen half written, and whoever loads a word also sees what its writer had
/// done before storing it (release and acquire).
public protocol MappedWords: Sendable {
  /// The word at `index` (0 ..< 512), with acquire order.
  func load(_ index: Int) -> UInt64

  /// Sets the word at `index` (0 ..< 512), with release order; the page must be writable.
  func store(_ value: UInt64, at index: Int)
}

/// The size of what `FileSystem.mapWords(_:writable:)` maps.
public enum MappedPage {
  /// In bytes.
  public static let bytes = 4096
  /// In words of 64 bits.
  public static let words = 512
}
