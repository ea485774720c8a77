import DaybookBytes
import DaybookValues
import DaybookWorld

/// What a backup holds: the last file of it that is written, so that a backup without one is none.
///
/// Lines of text, the last with the SHA-256 of those before it. Source: Format, section "Backup".
struct BackupManifest: Hashable, Sendable {
  /// A file of the backup, of which its first bytes belong to it.
  struct File: Hashable, Sendable {
    /// The segment that it is, or the beginning of it.
    var name: SegmentName
    var bytes: UInt64
    /// Of those bytes.
    var hash: SHA256Hash
    /// Whether that is a whole sealed segment.
    var isSealed: Bool

    var path: String { FilePath.join("log", "\(name)") }
  }

  static let name = "manifest"
  private static let version: UInt64 = 1
  /// Enough for a million segments; more is damage.
  private static let bytesMax = 160 << 20

  var logID: LogID
  /// The last position in it.
  var position: Position
  /// When that was recorded; nil in the backup of an empty log.
  var recorded: Instant?
  /// When the backup was begun.
  var taken: Instant
  /// What made it, as `0.1.0`.
  var toolVersion: String
  /// In order, without a gap.
  var files: [File] = []

  /// Bytes of all files.
  var bytes: UInt64 { files.reduce(0) { $0 + $1.bytes } }

  /// Writes it into the backup at `path`, durably, in place of the one before.
  func write(to path: String, in files: any FileSystem) throws(FileError) {
    try files.replaceFile(
      FilePath.join(path, BackupManifest.name), with: Array(text().utf8).span)
  }

  private func text() -> String {
    var lines =
      "daybook-backup \(BackupManifest.version)\nlog \(logID)\nposition \(position)\n"
      + "recorded \(recorded.map { "\($0.milliseconds)" } ?? "never")\n"
      + "taken \(taken.milliseconds)\ntool \(toolVersion)\n"
    for file in files {
      lines += "\(file.isSealed ? "sealed" : "begun") \(file.name) \(file.bytes) \(file.hash)\n"
    }
    return lines + "sha256 \(SHA256.hash(Array(lines.utf8)))\n"
  }

  /// Reads the manifest of the backup at `path`; nil where there is none.
  ///
  /// - Throws: `BackupError.damaged`, `.newerVersion`; what the file system refuses.
  static func read(_ path: String, in files: any FileSystem) throws -> BackupManifest? {
    let place = FilePath.join(path, name)
    guard files.exists(place) else { return nil }
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try files.bytes(of: place, atMost: bytesMax)
    } catch {
      throw LogError(error)
    }
    func damaged(_ detail: String) -> BackupError {
      BackupError(.damaged, path, file: name, detail: detail)
    }
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    guard let first = lines.first?.split(separator: " "), first.first == "daybook-backup",
      first.count == 2, let version = UInt64(first[1])
    else { throw damaged("it does not begin like a manifest") }
    if version > self.version { throw BackupError(.newerVersion, path, detail: "form \(version)") }
    guard lines.popLast() == "", let sum = lines.popLast() else {
      throw damaged("it is cut short")
    }
    let covered = Array(bytes.prefix(bytes.count - sum.utf8.count - 1))
    guard sum == "sha256 \(SHA256.hash(covered))" else {
      throw damaged("its own checksum is wrong")
    }
    guard let manifest = BackupManifest(lines: lines) else {
      throw damaged("a line of it cannot be read")
    }
    return manifest
  }

  private init?(lines: [String]) {
    var fields: [String: String] = [:]
    for line in lines.dropFirst().prefix(5) {
      let parts = line.split(separator: " ", maxSplits: 1)
      guard parts.count == 2 else { return nil }
      fields[String(parts[0])] = String(parts[1])
    }
    guard let logID = fields["log"].flatMap({ LogID(parsing: $0) }),
      let position = fields["position"].flatMap({ UInt64($0) }),
      let recorded = fields["recorded"], let taken = fields["taken"].flatMap({ Int64($0) }),
      let tool = fields["tool"]
    else { return nil }
    self.logID = logID
    self.position = Position(position)
    self.taken = Instant(milliseconds: taken)
    toolVersion = tool
    if recorded != "never" {
      guard let milliseconds = Int64(recorded) else { return nil }
      self.recorded = Instant(milliseconds: milliseconds)
    }
    for line in lines.dropFirst(6) {
      let parts = line.split(separator: " ")
      guard parts.count == 4, ["sealed", "begun"].contains(parts[0]),
        let name = SegmentName(parsing: String(parts[1])), let bytes = UInt64(parts[2]),
        let hash = SHA256Hash(parsing: parts[3])
      else { return nil }
      files.append(File(name: name, bytes: bytes, hash: hash, isSealed: parts[0] == "sealed"))
    }
  }

  init(logID: LogID, position: Position, recorded: Instant?, taken: Instant, toolVersion: String) {
    self.logID = logID
    self.position = position
    self.recorded = recorded
    self.taken = taken
    self.toolVersion = toolVersion
  }
}

extension LogID {
  /// Reads what `description` writes.
  init?(parsing text: String) {
    let digits = Array(text.utf8)
    guard digits.count == 32,
      let low = UInt64(String(decoding: digits[..<16], as: UTF8.self), radix: 16),
      let high = UInt64(String(decoding: digits[16...], as: UTF8.self), radix: 16)
    else { return nil }
    self.init(low: low.byteSwapped, high: high.byteSwapped)
  }
}

extension SHA256Hash {
  /// Reads what `description` writes.
  init?(parsing text: some StringProtocol) {
    let digits = Array(text.utf8)
    guard digits.count == 64 else { return nil }
    var words: [UInt64] = []
    for start in stride(from: 0, to: 64, by: 16) {
      let part = String(decoding: digits[start..<start + 16], as: UTF8.self)
      guard let word = UInt64(part, radix: 16) else { return nil }
      words.append(word)
    }
    self.init(first: words[0], second: words[1], third: words[2], fourth: words[3])
  }
}
