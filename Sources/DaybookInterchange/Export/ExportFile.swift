import DaybookBytes
package import DaybookWorld

/// A file that is written aside, chunk by chunk, and takes its name only when it is whole.
///
/// After a crash, or an error, the earlier file of that name stands as it was.
package struct ExportFile: ~Copyable {
  private let path: String
  private let aside: String
  private let files: any FileSystem
  private let file: any File
  private var offset: UInt64 = 0
  private var isCommitted = false

  /// Begins a file that will be `path`.
  package init(_ path: String, in files: any FileSystem) throws(FileError) {
    if files.isDirectory(path) {
      throw FileError(operation: "replace", path: path, kind: .isADirectory)
    }
    let aside = path + ".new"
    // An earlier run that was killed may have left it.
    if files.exists(aside) { try files.remove(aside) }
    file = try files.open(aside, .create)
    self.path = path
    self.aside = aside
    self.files = files
  }

  deinit {
    file.close()
    if !isCommitted { try? files.remove(aside) }
  }

  /// Appends a chunk.
  package mutating func write(_ text: String) throws(FileError) {
    let bytes = Array(text.utf8)
    try file.write(bytes.span, at: offset)
    offset += UInt64(bytes.count)
  }

  /// Syncs what was written and gives it its name.
  package consuming func commit() throws(FileError) {
    try file.sync()
    file.close()
    try files.rename(aside, to: path)
    isCommitted = true
    try files.syncDirectory(FilePath.folder(of: path))
  }
}

/// Text that is handed on whenever there is enough of it, so that no export stands in memory whole.
struct Chunks {
  /// Handed on from so many bytes.
  static let bytes = 64 << 10

  private var text = ""

  /// Appends to the chunk at hand.
  mutating func append(_ more: String) { text += more }

  /// Hands the chunk on if it is large enough.
  mutating func passOn(_ body: (String) throws -> Void) throws {
    if text.utf8.count >= Self.bytes { try finish(body) }
  }

  /// Hands on whatever is there.
  mutating func finish(_ body: (String) throws -> Void) throws {
    if text.utf8.isEmpty { return }
    try body(text)
    text.removeAll(keepingCapacity: true)
  }
}
