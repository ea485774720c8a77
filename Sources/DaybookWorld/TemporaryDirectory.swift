#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A new folder for a test or a trial, removed with all it holds when nobody refers to it any more.
public final class TemporaryDirectory: Sendable {
  /// The folder's path.
  public let path: String

  /// Makes a folder of a name nobody has, under `TMPDIR` or the system's place for such.
  public init() throws(FileError) {
    let parent = Environment.variable("TMPDIR") ?? P_tmpdir
    var template = Array(FilePath.join(parent, "daybook.XXXXXX").utf8CString)
    let made = unsafe template.withUnsafeMutableBufferPointer { buffer -> String? in
      guard let start = buffer.baseAddress, let name = unsafe mkdtemp(start) else { return nil }
      return unsafe String(cString: name)
    }
    guard let made else {
      throw FileError(operation: "make a temporary folder in", path: parent, code: errno)
    }
    path = made
  }

  deinit { try? LiveFileSystem().removeAll(path) }

  /// The path of `name` inside the folder.
  public func file(_ name: String) -> String { FilePath.join(path, name) }
}
