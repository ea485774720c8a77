import DaybookBytes
import DaybookEvents
public import DaybookValues
public import DaybookWorld

/// Makes a book from a backup, after checking every byte of it.
///
/// The book is put together aside, verified as `daybook log verify` does, and only then gets its
/// name. It opens for writing like any other.
///
/// - SeeAlso: `LogBackup`; <doc:Format>, section "Backup".
public struct LogRestore {
  /// What a restore came to.
  public struct Outcome: Hashable, Sendable {
    /// The identity of the log: that of the book which was backed up.
    public var logID: LogID
    /// The last position, and so how many events there are.
    public var position: Position
    /// When the last event was recorded; nil for an empty log.
    public var lastRecorded: Instant?
    /// When the backup was begun.
    public var taken: Instant
    /// What made the backup, as `0.1.0`.
    public var toolVersion: String
    /// How many files were restored.
    public var fileCount: Int
    /// Bytes of them.
    public var bytes: UInt64
  }

  /// What a book is called until it is whole.
  static let asideSuffix = ".restoring"

  /// Restores the backup in `path` to a new book in `book`.
  ///
  /// - Parameter book: A directory that does not exist, or is empty.
  /// - Throws: `BackupError.noBackup`, `.damaged` naming the file, `.newerVersion`, `.alreadyExists`;
  ///   `LogError.diskFull`, `.file`. Nothing is left behind at `book` then.
  /// - Complexity: O(bytes of the backup); each is read three times.
  public static func run(
    _ path: String, to book: String, in world: World
  ) throws -> Outcome {
    let files = world.files
    guard let manifest = try BackupManifest.read(path, in: files) else {
      throw BackupError(.noBackup, path)
    }
    let aside = book + asideSuffix
    do {
      try checkIsFree(book, files)
      // Left by a restore that was stopped; it never was a book.
      if files.exists(aside) { try files.removeAll(aside) }
      do {
        try build(manifest, path, aside, world)
        try verify(manifest, path, aside, world)
      } catch {
        try? files.removeAll(aside)
        throw error
      }
      if files.isDirectory(book) { try files.remove(book) }
      try files.rename(aside, to: book)
      try files.syncDirectory(FilePath.folder(of: book))
    } catch let error as FileError {
      throw LogError(error)
    }
    return Outcome(
      logID: manifest.logID, position: manifest.position, lastRecorded: manifest.recorded,
      taken: manifest.taken, toolVersion: manifest.toolVersion, fileCount: manifest.files.count,
      bytes: manifest.bytes)
  }

  private static func checkIsFree(_ book: String, _ files: any FileSystem) throws {
    guard files.exists(book) else { return }
    guard files.isDirectory(book), try files.list(book).isEmpty else {
      throw BackupError(.alreadyExists, book)
    }
  }

  /// Puts the book together, durably.
  private static func build(
    _ manifest: BackupManifest, _ path: String, _ aside: String, _ world: World
  ) throws {
    let files = world.files
    let place = LogDirectory(aside)
    for folder in [place.root, place.log, place.checkpoints, place.quarantine] {
      try files.createDirectory(folder)
    }
    for file in manifest.files {
      func damaged(_ detail: String) -> BackupError {
        BackupError(.damaged, path, file: file.path, detail: detail)
      }
      let source: any File
      do throws(FileError) {
        source = try files.open(FilePath.join(path, file.path), .read)
      } catch {
        throw error.kind == .notFound ? damaged("it is missing") : error as any Error
      }
      defer { source.close() }
      let size = try source.size()
      guard size >= file.bytes else {
        throw damaged("it has \(size) bytes where \(file.bytes) must be")
      }
      let hash = try HashedCopy.make(
        source, count: file.bytes, to: place.segment(file.name), in: files
      ).whole
      guard hash == file.hash else {
        throw damaged("the SHA-256 of its first \(file.bytes) bytes is \(hash), not \(file.hash)")
      }
    }
    try TailPage.create(
      place.tail, logID: manifest.logID, watermark: manifest.position, in: files)
    try files.syncDirectory(place.log)
    try files.syncDirectory(place.root)
  }

  /// Checks the frames of what was put together, and that they are what the manifest says.
  private static func verify(
    _ manifest: BackupManifest, _ path: String, _ aside: String, _ world: World
  ) throws {
    var failed: LogCheck?
    let isSound: Bool
    do throws(LogError) {
      isSound = try LogVerifier.verify(aside, in: world) { check in
        if !check.passed, failed == nil { failed = check }
      }
    } catch {
      guard error.kind != .noLog else {
        throw BackupError(.damaged, path, file: BackupManifest.name, detail: "it names no file")
      }
      throw error
    }
    if let failed {
      throw BackupError(
        .damaged, path, file: failed.segment.isEmpty ? "a file" : "log/\(failed.segment)",
        detail: "\(failed.detail), though its SHA-256 is right: the book was damaged already")
    }
    var reader = try LogReader(aside, in: world)
    let recorded =
      reader.durable == .start
      ? nil : try reader.record(at: reader.durable) { $0.header.recorded }
    guard isSound, reader.logID == manifest.logID, reader.durable == manifest.position,
      recorded == manifest.recorded
    else {
      throw BackupError(
        .damaged, path, file: BackupManifest.name,
        detail: "its files end at position \(reader.durable) of log \(reader.logID)")
    }
  }
}
