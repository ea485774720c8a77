import CDaybookSystem

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The files of the operating system.
public struct LiveFileSystem: FileSystem {
  /// Creates the door to the files of the operating system; it has no state.
  public init() {}

  public func open(_ path: String, _ mode: OpenMode) throws(FileError) -> any File {
    let flags =
      switch mode {
      case .read: O_RDONLY
      case .readWrite: O_RDWR
      case .create: O_RDWR | O_CREAT | O_EXCL
      }
    let operation = mode == .create ? "create" : "open"
    return LiveFile(
      path: path, descriptor: try openDescriptor(path, flags, operation: operation))
  }

  public func createDirectory(_ path: String) throws(FileError) {
    if unsafe mkdir(path, 0o777) != 0 { throw failure("make folder", path) }
  }

  public func list(_ path: String) throws(FileError) -> [String] {
    guard let folder = unsafe opendir(path) else { throw failure("list", path) }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while true {
      // The end and an error look alike but for errno.
      errno = 0
      guard let entry = unsafe readdir(folder) else { break }
      let name = unsafe String(cString: daybook_entry_name(entry))
      if name != "." && name != ".." { names.append(name) }
    }
    if errno != 0 { throw failure("list", path) }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  public func exists(_ path: String) -> Bool {
    unsafe access(path, F_OK) == 0
  }

  public func isDirectory(_ path: String) -> Bool {
    var facts = stat()
    return unsafe stat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR
  }

  public func isPlainFile(_ path: String) -> Bool {
    var facts = stat()
    return unsafe stat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFREG
  }

  public func rename(_ from: String, to: String) throws(FileError) {
    // Whoever may write anywhere would put a file in the place of `/dev/stdout` for good.
    var facts = stat()
    if unsafe lstat(to, &facts) == 0, ![S_IFREG, S_IFDIR].contains(facts.st_mode & S_IFMT) {
      throw FileError(operation: "replace", path: to, kind: .notAPlainFile)
    }
    #if canImport(Darwin)
      let result = unsafe Darwin.rename(from, to)
    #else
      let result = unsafe Glibc.rename(from, to)
    #endif
    if result != 0 { throw failure("rename to \(to)", from) }
  }

  public func remove(_ path: String) throws(FileError) {
    #if canImport(Darwin)
      let result = unsafe Darwin.remove(path)
    #else
      let result = unsafe Glibc.remove(path)
    #endif
    if result != 0 { throw failure("remove", path) }
  }

  public func syncDirectory(_ path: String) throws(FileError) {
    let folder = try openDescriptor(path, O_RDONLY | O_DIRECTORY, operation: "sync folder")
    try folder.use("sync folder") { (number) throws(FileError) in
      if fsync(number) != 0 { throw failure("sync folder", path) }
    }
    folder.close()
  }

  public func lock(_ path: String) throws(FileError) -> any FileLock {
    try DirectoryLock(path)
  }

  public func lockState(_ path: String) throws(FileError) -> LockState {
    try DirectoryLock.state(of: path)
  }

  public func mapWords(_ path: String, writable: Bool) throws(FileError) -> any MappedWords {
    try LiveMappedWords(path, writable: writable)
  }

  private func failure(_ operation: String, _ path: String) -> FileError {
    FileError(operation: operation, path: path, code: errno)
  }
}

/// Opens a descriptor that no child process inherits, going round when a signal interrupts.
func openDescriptor(
  _ path: String, _ flags: Int32, operation: String
) throws(FileError) -> Descriptor {
  while true {
    #if canImport(Darwin)
      let number = unsafe Darwin.open(path, flags | O_CLOEXEC, 0o666)
    #else
      let number = unsafe Glibc.open(path, flags | O_CLOEXEC, 0o666)
    #endif
    if number >= 0 { return Descriptor(number, path: path) }
    if errno != EINTR { throw FileError(operation: operation, path: path, code: errno) }
  }
}
