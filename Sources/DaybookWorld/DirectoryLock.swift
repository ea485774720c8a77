import DaybookBytes

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The exclusive lock that one writer holds on a daybook's directory: `flock` on its `LOCK` file.
///
/// The system ends it with the process, so that no stale lock needs a person. Every lock that
/// this process holds stands in a register by device and inode, because the answer to a second
/// lock must be "this process" however the file was reached.
final class DirectoryLock: FileLock {
  let path: String
  private let descriptor: Descriptor
  private let identity: FileIdentity
  private let held = Locked(true)

  private static let register = Locked<Set<FileIdentity>>([])

  init(_ path: String) throws(FileError) {
    let descriptor = try openDescriptor(path, O_RDWR | O_CREAT, operation: "lock")
    let identity = try FileIdentity(descriptor, path)
    let isFirst = DirectoryLock.register.withLock { $0.insert(identity).inserted }
    if !isFirst {
      throw FileError(operation: "lock", path: path, kind: .locked(pid: getpid()))
    }
    do throws(FileError) {
      try DirectoryLock.take(descriptor, path)
    } catch {
      _ = DirectoryLock.register.withLock { $0.remove(identity) }
      throw error
    }
    self.path = path
    self.descriptor = descriptor
    self.identity = identity
    // The number is a courtesy to whom we refuse; the lock holds without it, on a full disk too.
    try? LiveFile(path: path, descriptor: descriptor).replaceContent("\(getpid())\n")
  }

  deinit { release() }

  func release() {
    let mustRelease = held.withLock { held in
      defer { held = false }
      return held
    }
    guard mustRelease else { return }
    // Emptied while still locked: the number must not outlive the holder, nor hit the next one's.
    try? LiveFile(path: path, descriptor: descriptor).truncate(to: 0)
    _ = try? descriptor.use("unlock") { (number) throws(FileError) in flock(number, LOCK_UN) }
    descriptor.close()
    _ = DirectoryLock.register.withLock { $0.remove(identity) }
  }

  /// Who holds the lock on the file at `path`.
  static func state(of path: String) throws(FileError) -> LockState {
    let descriptor: Descriptor
    do throws(FileError) {
      descriptor = try openDescriptor(path, O_RDONLY, operation: "look at the lock")
    } catch {
      if error.kind == .notFound { return .free }
      throw error
    }
    defer { descriptor.close() }
    let identity = try FileIdentity(descriptor, path)
    if register.withLock({ $0.contains(identity) }) { return .held(pid: getpid()) }
    // A shared lock, held for an instant: others who look may hold theirs, and `take` tries again.
    let code = try descriptor.use("look at the lock") { (number) throws(FileError) in
      flock(number, LOCK_SH | LOCK_NB) == 0 ? 0 : errno
    }
    switch code {
    case 0: return .free
    case EWOULDBLOCK: return .held(pid: holder(of: path))
    default: throw FileError(operation: "look at the lock", path: path, code: code)
    }
  }

  private static func take(_ descriptor: Descriptor, _ path: String) throws(FileError) {
    // Tried for some milliseconds, since a reader that asks who writes holds it for an instant.
    var triesLeft = 10
    while true {
      let code = try descriptor.use("lock") { (number) throws(FileError) in
        flock(number, LOCK_EX | LOCK_NB) == 0 ? 0 : errno
      }
      if code == 0 { return }
      if code != EINTR {
        guard code == EWOULDBLOCK else {
          throw FileError(operation: "lock", path: path, code: code)
        }
        triesLeft -= 1
        if triesLeft == 0 {
          throw FileError(operation: "lock", path: path, kind: .locked(pid: holder(of: path)))
        }
        MonotonicClock.pause(nanoseconds: 1_000_000)
      }
    }
  }

  /// The process number that stands in the file; nil when there is none, or the file says nonsense.
  private static func holder(of path: String) -> Int32? {
    guard let bytes = try? LiveFileSystem().bytes(of: path, atMost: 32),
      let number = Int32(String(decoding: bytes.prefix { $0 != 0x0A }, as: UTF8.self)), number > 0
    else { return nil }
    return number
  }
}

/// What tells a file from every other on this machine, whatever paths lead to it.
private struct FileIdentity: Hashable, Sendable {
  var device: UInt64
  var inode: UInt64

  init(_ descriptor: Descriptor, _ path: String) throws(FileError) {
    self = try descriptor.use("lock") { (number) throws(FileError) in
      var facts = stat()
      if unsafe fstat(number, &facts) != 0 {
        throw FileError(operation: "lock", path: path, code: errno)
      }
      return FileIdentity(
        device: UInt64(truncatingIfNeeded: facts.st_dev), inode: UInt64(facts.st_ino))
    }
  }

  private init(device: UInt64, inode: UInt64) {
    self.device = device
    self.inode = inode
  }
}

extension LiveFile {
  fileprivate func replaceContent(_ text: String) throws(FileError) {
    try truncate(to: 0)
    try write(Array(text.utf8).span, at: 0)
  }
}
