import DaybookBytes
import DaybookValues
import DaybookWorld

/// The directory of a backup while one is made in it.
///
/// What an earlier manifest names stays whole throughout: a file is copied aside and renamed, and
/// what is longer than the manifest says begins with what it says.
struct BackupFolder {
  let path: String
  private let files: any FileSystem
  private var lock: (any FileLock)?
  /// What the last whole backup in it holds; nil for none.
  private(set) var previous: BackupManifest?
  private var isNew = false
  private var made: [String] = []

  static let lockName = "backup.lock"

  /// - Throws: `BackupError.occupied`, `.damaged`, `.newerVersion`; `LogError.locked` where another
  ///   backup is being made there, `.file`.
  init(_ path: String, in files: any FileSystem) throws {
    self.path = path
    self.files = files
    if files.exists(path) { try checkContent() }
    do throws(FileError) {
      if !files.isDirectory(path) {
        try files.createDirectory(path)
        isNew = true
      }
      if !files.isDirectory(log) { try files.createDirectory(log) }
      lock = try files.lock(FilePath.join(path, BackupFolder.lockName))
    } catch {
      discard()
      throw LogError(error)
    }
    do {
      previous = try BackupManifest.read(path, in: files)
    } catch {
      discard()
      throw error
    }
  }

  private var log: String { FilePath.join(path, "log") }

  func place(of name: SegmentName) -> String { FilePath.join(log, "\(name)") }

  /// Refuses a directory that somebody uses for something else.
  private func checkContent() throws {
    guard files.isDirectory(path) else {
      throw BackupError(.occupied, path, detail: "it is no directory")
    }
    let own = [BackupManifest.name, BackupManifest.name + ".new", "log", BackupFolder.lockName]
    var others: [String]
    do throws(FileError) {
      others = try files.list(path).filter { !own.contains($0) }
      if files.isDirectory(log) {
        others += try files.list(log).filter { !BackupFolder.isOwn($0) }.map { "log/\($0)" }
      }
    } catch {
      throw LogError(error)
    }
    if let other = others.first {
      throw BackupError(.occupied, path, detail: "there is `\(other)`")
    }
  }

  /// Whether a backup has files of that name in its folder `log`.
  private static func isOwn(_ name: String) -> Bool {
    let isAside = name.hasSuffix(SegmentName.asideSuffix)
    let whole = isAside ? String(name.dropLast(SegmentName.asideSuffix.utf8.count)) : name
    return SegmentName(parsing: whole) != nil
  }

  /// What became of a copy.
  enum Copied {
    /// It is there, and has this hash.
    case made(SHA256Hash)
    /// It does not begin with what the last backup holds; nothing was changed.
    case differsFromBackup
    /// It does not have the hash that its own footer says; nothing was changed.
    case differsFromFooter
  }

  /// Copies the first `count` bytes of `source` to be the file of that name.
  ///
  /// - Parameters:
  ///   - known: What the last backup holds of it, which the copy must begin with.
  ///   - footer: What the source is sealed with, whose hash must be that of the copy as read back.
  mutating func copy(
    _ source: any File, count: UInt64, to name: SegmentName,
    beginningWith known: BackupManifest.File?,
    sealedBy footer: SegmentFooter?
  ) throws(FileError) -> Copied {
    let path = place(of: name)
    let aside = path + SegmentName.asideSuffix
    let hashes = try HashedCopy.make(
      source, count: count, beginning: known?.bytes ?? 0, to: aside, in: files)
    do throws(FileError) {
      if let known, hashes.beginning != known.hash {
        try files.remove(aside)
        return .differsFromBackup
      }
      if let footer {
        let copy = try files.open(aside, .read)
        defer { copy.close() }
        let end = footer.end - UInt64(SegmentFooter.sealCount + SHA256Hash.byteCount)
        guard try HashedCopy.hash(copy, count: end) == footer.hash else {
          try files.remove(aside)
          return .differsFromFooter
        }
      }
      if !files.exists(path) { made.append(path) }
      try files.rename(aside, to: path)
    } catch {
      try? files.remove(aside)
      throw error
    }
    return .made(hashes.whole)
  }

  /// Whether the file stands there as the last backup left it.
  func holds(_ file: BackupManifest.File) -> Bool {
    guard let found = try? files.open(place(of: file.name), .read) else { return false }
    defer { found.close() }
    return (try? HashedCopy.hash(found, count: file.bytes)) == file.hash
  }

  /// Makes the backup whole: names first, then the manifest.
  mutating func commit(_ manifest: BackupManifest) throws(FileError) {
    try files.syncDirectory(log)
    try files.syncDirectory(path)
    try files.syncDirectory(FilePath.folder(of: path))
    try manifest.write(to: path, in: files)
    made = []
    isNew = false
    lock?.release()
  }

  /// Takes back what was made since it was opened; what was there before stays.
  mutating func discard() {
    lock?.release()
    lock = nil
    if isNew {
      try? files.removeAll(path)
    } else {
      for path in made { try? files.remove(path) }
    }
  }
}
