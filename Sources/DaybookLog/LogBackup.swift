import DaybookBytes
import DaybookEvents
public import DaybookValues
public import DaybookWorld

/// Copies a log, while others write to it, into a directory from which it can be restored.
///
/// First it looks how far the log is durable; then it copies the segments up to there, the last one
/// up to the end of a frame; last it writes a manifest with the hash of every file. What is there
/// from an earlier backup is checked and kept. A stop at any moment leaves the backup that was whole
/// before as it was.
///
/// - SeeAlso: `LogRestore`; <doc:Format>, section "Backup".
public struct LogBackup {
  /// What a backup came to.
  public struct Outcome: Hashable, Sendable {
    /// The identity of the log.
    public var logID: LogID
    /// The last position in the backup: everything acknowledged before it was begun, and more.
    public var position: Position
    /// When the last event in it was recorded; nil for an empty log.
    public var lastRecorded: Instant?
    /// When the backup was begun.
    public var taken: Instant
    /// How many files it holds, and of how many bytes.
    public var fileCount: Int
    /// Bytes of all its files.
    public var bytes: UInt64
    /// How many of the files were there already, whole and checked.
    public var keptCount: Int
    /// Bytes that were copied.
    public var copiedBytes: UInt64
    /// The last position of the backup that was there before; nil for none.
    public var previous: Position?
  }

  /// What is to be copied of a segment.
  private struct Part {
    var facts: SegmentFacts
    var bytes: UInt64
    /// What it is sealed with, where it is copied as a whole.
    var footer: SegmentFooter?
  }

  private let book: String
  private let world: World
  private var folder: BackupFolder
  private var keptCount = 0
  private var copiedBytes: UInt64 = 0

  /// Backs up the book in `book` into the directory `path`, which is made where there is none.
  ///
  /// - Parameters:
  ///   - path: A new directory, or that of an earlier backup of the same book.
  ///   - toolVersion: What the manifest says that made it.
  /// - Throws: `LogError` as `LogReader`, and `.diskFull`, `.file`, `.locked` where another backup is
  ///   being made there; `BackupError` where `path` is something else, or the backup of another log,
  ///   or of a copy that was written to apart. The backup that was there is whole in any case.
  /// - Complexity: O(bytes of the backup), which is checked; what is new is read twice.
  public static func run(
    _ book: String, to path: String, in world: World, toolVersion: String
  ) throws -> Outcome {
    let taken = world.clock.now()
    // The watermark first: what lies below it stands in the segments that are looked at after it.
    var reader = try LogReader(book, in: world)
    let position = reader.durable
    let parts = try parts(&reader)
    let recorded =
      position == .start ? nil : try reader.record(at: position) { $0.header.recorded }
    var backup = LogBackup(
      book: book, world: world, folder: try BackupFolder(path, in: world.files))
    do {
      let previous = try backup.previous(of: reader.logID, position)
      var manifest = BackupManifest(
        logID: reader.logID, position: position, recorded: recorded, taken: taken,
        toolVersion: toolVersion)
      for part in parts {
        let known = previous?.files.first { $0.name == part.facts.name }
        manifest.files.append(try backup.store(part, known, &reader))
      }
      do throws(FileError) { try backup.folder.commit(manifest) } catch { throw LogError(error) }
      return Outcome(
        logID: manifest.logID, position: position, lastRecorded: recorded, taken: taken,
        fileCount: parts.count, bytes: manifest.bytes, keptCount: backup.keptCount,
        copiedBytes: backup.copiedBytes, previous: previous?.position)
    } catch {
      backup.folder.discard()
      throw error
    }
  }

  private init(book: String, world: World, folder: BackupFolder) {
    self.book = book
    self.world = world
    self.folder = folder
  }

  /// The segments, and the beginning of the last, that hold what is durable.
  private static func parts(_ reader: inout LogReader) throws(LogError) -> [Part] {
    try reader.readSegments()
    let durable = reader.durable
    var parts: [Part] = []
    for facts in reader.segments {
      if !parts.isEmpty, facts.firstPosition > durable.number { break }
      if let footer = facts.footer, footer.tally.lastPosition <= durable.number {
        parts.append(Part(facts: facts, bytes: footer.end, footer: footer))
        continue
      }
      let file = try reader.open(facts)
      defer { file.close() }
      let found = try SegmentTally.count(facts, file, through: durable)
      guard found.tally.isEmpty || found.tally.lastPosition == durable.number else {
        throw LogError(
          .damaged, segment: LogDirectory.tailName, offset: 8,
          detail: "the watermark \(durable) stands inside a frame of \(facts.name)")
      }
      parts.append(Part(facts: facts, bytes: found.end))
    }
    return parts
  }

  /// The last backup in the folder, which must be one of this log, and not ahead of it.
  private func previous(of logID: LogID, _ position: Position) throws -> BackupManifest? {
    guard let previous = folder.previous else { return nil }
    guard previous.logID == logID else {
      throw BackupError(
        .otherLog, folder.path, detail: "it is of log \(previous.logID), the book is log \(logID)")
    }
    if previous.position > position { throw parted() }
    return previous
  }

  /// Brings a part into the folder, unless it is there.
  private mutating func store(
    _ part: Part, _ known: BackupManifest.File?, _ reader: inout LogReader
  ) throws -> BackupManifest.File {
    let file = try reader.open(part.facts)
    defer { file.close() }
    let name = part.facts.name
    if let known {
      let isWhole = part.footer != nil
      let mayGrow = !known.isSealed && known.bytes <= part.bytes
      guard mayGrow || (known.isSealed && isWhole && known.bytes == part.bytes) else {
        throw parted()
      }
      if known.bytes == part.bytes, try isSame(known, part, file), folder.holds(known) {
        keptCount += 1
        return known
      }
    }
    let copied: BackupFolder.Copied
    do throws(FileError) {
      copied = try folder.copy(
        file, count: part.bytes, to: name, beginningWith: known, sealedBy: part.footer)
    } catch {
      throw LogError(error, segment: "\(name)")
    }
    let hash: SHA256Hash
    switch copied {
    case .made(let found): hash = found
    case .differsFromBackup: throw parted()
    case .differsFromFooter:
      throw LogError(
        .damaged, segment: "\(name)",
        detail: "its SHA-256 is not the one in its footer; the backup was left as it was")
    }
    copiedBytes += part.bytes
    return BackupManifest.File(
      name: name, bytes: part.bytes, hash: hash, isSealed: part.footer != nil)
  }

  /// Whether the book's part is what the backup says that it holds.
  private func isSame(
    _ known: BackupManifest.File, _ part: Part, _ file: any File
  ) throws(LogError) -> Bool {
    do throws(FileError) {
      guard let footer = part.footer else {
        return try HashedCopy.hash(file, count: part.bytes) == known.hash
      }
      // A sealed segment says its own hash: compared with what the copy's footer says.
      guard let copy = try? world.files.open(folder.place(of: known.name), .read) else {
        return false
      }
      defer { copy.close() }
      var window = ReadWindow(copy, aheadBytes: footer.byteCount)
      let found = try SegmentFooter.read(&window, at: footer.offset, of: part.facts.header)
      guard case .success(let other) = found else { return false }
      return other == footer
    } catch {
      throw LogError(error, segment: "\(known.name)")
    }
  }

  /// Why the book does not go on where the backup ends: where they part, if that can be told.
  private func parted() -> BackupError {
    let comparison = try? LogComparison.compare(book, folder.path, in: world)
    var detail = "they part"
    if let comparison {
      switch comparison.relation {
      case .parted: detail = comparison.partingText
      case .firstBehind:
        detail =
          "it goes on to position \(comparison.second.position), and the book ends at "
          + "\(comparison.first.position)"
      case .same, .secondBehind: detail = "they hold the same events, written apart"
      }
    }
    return BackupError(.otherLog, folder.path, detail: detail)
  }
}
