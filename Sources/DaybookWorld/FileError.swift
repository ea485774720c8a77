#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A refusal of the file system, with the operation and the path that met it.
///
/// It is made by the live file system from `errno` and by a simulated one from a kind, so that a
/// caller decides on `kind` and a person reads `description`.
public struct FileError: Error, Hashable, Sendable {
  /// What kept the operation from being done.
  @nonexhaustive public enum Kind: Hashable, Sendable {
    /// Nothing has that name, or a folder on the way to it is missing.
    case notFound
    /// The name is taken already.
    case exists
    /// The disk, the quota or the largest file size is exhausted.
    case noSpace
    /// The permissions of the file or the folder forbid it.
    case permission
    /// The file system is mounted read-only.
    case readOnly
    /// Another holds the lock: the process `pid`, nil when it is not known; it may be this one.
    case locked(pid: Int32?)
    /// The path names a folder where a file is needed.
    case isADirectory
    /// The path names a link, a device or a pipe where a plain file is needed.
    case notAPlainFile
    /// The path, or a part of it, names something that is not a folder.
    case notADirectory
    /// The folder still holds entries.
    case notEmpty
    /// The file has fewer bytes than the operation needs.
    case tooShort
    /// The process or the machine has no more file descriptors.
    case tooManyOpen
    /// The file was closed before.
    case closed
    /// The reader at the other end of a pipe is gone.
    case brokenPipe
    /// The call is not one that this file or file system knows.
    case unsupported
    /// The device failed to read or to write.
    case io
    /// Anything else; `code` tells.
    case other
  }

  /// The operation that failed, a verb as in "open" or "sync".
  public var operation: String
  /// The path it was asked for.
  public var path: String
  /// The `errno` of the system, or 0 when the refusal is not the system's.
  public var code: Int32
  /// What kept the operation from being done.
  public var kind: Kind

  /// A refusal of the system, its kind found from `code`.
  public init(operation: String, path: String, code: Int32) {
    self.init(operation: operation, path: path, kind: Kind(code: code), code: code)
  }

  /// A refusal of the given kind.
  public init(operation: String, path: String, kind: Kind, code: Int32 = 0) {
    self.operation = operation
    self.path = path
    self.code = code
    self.kind = kind
  }
}

extension FileError.Kind {
  /// The kind that an `errno` stands for.
  public init(code: Int32) {
    switch code {
    case ENOENT: self = .notFound
    case EEXIST: self = .exists
    case ENOSPC, EDQUOT, EFBIG: self = .noSpace
    case EACCES, EPERM: self = .permission
    case EROFS: self = .readOnly
    case EWOULDBLOCK: self = .locked(pid: nil)
    case EISDIR: self = .isADirectory
    case ENOTDIR: self = .notADirectory
    case ENOTEMPTY: self = .notEmpty
    case EMFILE, ENFILE: self = .tooManyOpen
    case EBADF: self = .closed
    case EPIPE: self = .brokenPipe
    case EOPNOTSUPP, ENOSYS: self = .unsupported
    case EIO: self = .io
    default: self = .other
    }
  }

  /// What is the matter, and what a person can do about it.
  var text: String {
    switch self {
    case .notFound: "no such file or folder"
    case .exists: "it exists already"
    case .noSpace: "no space is left; free some and try again"
    case .permission: "permission denied; check owner and mode"
    case .readOnly: "the file system is mounted read-only"
    case .locked(let pid?) where pid == getpid(): "this process holds its lock already"
    case .locked(let pid?): "process \(pid) holds its lock; wait until it ends"
    case .locked(nil): "another process holds its lock; wait until it ends"
    case .isADirectory: "it is a folder; name a file"
    case .notAPlainFile: "it is a link, a device or a pipe; name a plain file"
    case .notADirectory: "it, or a part of its path, is not a folder"
    case .notEmpty: "the folder is not empty"
    case .tooShort: "the file is shorter than it must be"
    case .tooManyOpen: "too many files are open; raise the limit (ulimit -n)"
    case .closed: "the file was closed before"
    case .brokenPipe: "the reader of the pipe is gone"
    case .unsupported: "the file system does not know this operation"
    case .io: "the device failed; check the disk before anything else is written"
    case .other: "the system refused"
    }
  }
}

extension FileError: CustomStringConvertible {
  /// What was tried, on which path, why it failed and what to do, on one line.
  public var description: String {
    let system = code == 0 ? "" : " (error \(code))"
    return "cannot \(operation) \(path): \(kind.text)\(system)"
  }
}
