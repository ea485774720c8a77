import DaybookBytes

extension FileSystem {
  /// All bytes of a small file.
  ///
  /// - Parameter limit: The file is refused as `.other` when it has more; nothing is read then.
  public func bytes(of path: String, atMost limit: Int) throws(FileError) -> [UInt8] {
    let file = try open(path, .read)
    defer { file.close() }
    let size = try file.size()
    if size > UInt64(limit) {
      throw FileError(operation: "read at most \(limit) bytes of", path: path, kind: .other)
    }
    // The kernel's own files say zero and hold more, hence the limit and not the size.
    var buffer = ByteWriter()
    _ = try file.read(at: 0, count: size == 0 ? limit : Int(size), into: &buffer)
    return buffer.bytes
  }

  /// Replaces a file as a whole: after a crash the old or the new content stands, never a mixture.
  ///
  /// The bytes are written under `path` + `.new`, synced and renamed, and the folder is synced. A
  /// file of that name which an earlier crash left is removed.
  public func replaceFile(_ path: String, with bytes: Span<UInt8>) throws(FileError) {
    if isDirectory(path) {
      throw FileError(operation: "replace", path: path, kind: .isADirectory)
    }
    let aside = path + ".new"
    if exists(aside) { try remove(aside) }
    let file = try open(aside, .create)
    do throws(FileError) {
      try file.write(bytes, at: 0)
      try file.sync()
    } catch {
      file.close()
      try? remove(aside)
      throw error
    }
    file.close()
    do throws(FileError) {
      try rename(aside, to: path)
    } catch {
      try? remove(aside)
      throw error
    }
    try syncDirectory(FilePath.folder(of: path))
  }

  /// Removes a file, or a folder with all that it holds; what is a link is removed, not followed.
  public func removeAll(_ path: String) throws(FileError) {
    do throws(FileError) {
      // A link to a folder is no folder to `remove`, so try the plain way first.
      try remove(path)
    } catch {
      guard error.kind == .notEmpty || error.kind == .exists else { throw error }
      for name in try list(path) { try removeAll(FilePath.join(path, name)) }
      try remove(path)
    }
  }
}

/// Paths as text, with `/` between their parts.
public enum FilePath {
  /// The path of `name` inside `folder`.
  public static func join(_ folder: String, _ name: String) -> String {
    folder.utf8.last == UInt8(ascii: "/") ? folder + name : folder + "/" + name
  }

  /// The folder that `path` stands in; `.` when it names none.
  public static func folder(of path: String) -> String {
    let bytes = path.utf8
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == bytes.startIndex ? "/" : String(path[..<slash])
  }

  /// The last part of `path`.
  public static func name(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
    return String(path[path.utf8.index(after: slash)...])
  }
}
