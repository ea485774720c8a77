import DaybookWorld

/// A copy of a book whose files a test damages: in memory, or in a folder of the real disk.
///
/// A file is named by where it stands on the disk in memory that the copy is made of:
/// `/book/log/tail`.
struct DamagedBook {
  private let clean: MemoryFileSystem
  private let folder: TemporaryDirectory?
  private var memory: MemoryFileSystem?
  /// Where the copy stands.
  let path: String

  /// - Parameter folder: Where on the real disk the copy of `/book` is made; nil for one in memory.
  init(of clean: MemoryFileSystem, in folder: TemporaryDirectory? = nil) throws(FileError) {
    self.clean = clean
    self.folder = folder
    path = folder?.file("book") ?? "/book"
    try restore()
  }

  private var files: any FileSystem {
    if let memory { return memory }
    return LiveFileSystem()
  }

  /// A world with this disk, after so many starts of the machine.
  func world(boot: UInt64 = 1) -> World { .on(files, boot: boot) }

  /// Makes the copy anew, whatever has become of it.
  mutating func restore() throws(FileError) {
    guard folder != nil else {
      memory = clean.copy()
      return
    }
    if files.exists(path) { try files.removeAll(path) }
    let folders = clean.state.withLock { $0.folders }
    for name in folders.sorted() where name.hasPrefix("/book") {
      try files.createDirectory(place(name))
    }
    for name in clean.names { try set(clean.bytes(name), name) }
  }

  /// Replaces the bytes of a file where it stands, or makes it.
  func set(_ bytes: [UInt8], _ name: String) throws(FileError) {
    if let memory { return memory.setBytes(bytes, name) }
    let path = place(name)
    let file = try files.open(path, files.exists(path) ? .readWrite : .create)
    defer { file.close() }
    try file.write(bytes.span, at: 0)
    try file.truncate(to: UInt64(bytes.count))
  }

  /// The bytes of a file.
  func bytes(_ name: String) throws(FileError) -> [UInt8] {
    try files.bytes(of: place(name), atMost: 1 << 20)
  }

  private func place(_ name: String) -> String { path + String(name.dropFirst("/book".count)) }
}
