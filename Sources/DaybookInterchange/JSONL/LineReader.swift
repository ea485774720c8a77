import DaybookBytes
import DaybookWorld

/// What is wrong with a line of a file, or with the file as a whole.
struct LineFault: Error {
  /// The line, from 1; 0 for the file as a whole.
  var line: Int
  /// Why, as programs see it.
  var code: String
  /// Why, and what to do about it, for a person.
  var reason: String
}

/// Reads a file of lines, in blocks that can be told from others: nothing of a file that is read twice
/// is used the second time unless it is what was read the first time.
///
/// Lines end with LF or CRLF; the last may have no end. The text must be UTF-8; a byte order mark is
/// skipped. One block is kept in memory.
struct LineReader: ~Copyable {
  /// Lines that follow each other.
  struct Block {
    /// The first line's number.
    var first: Int
    /// The lines without their ends.
    var lines: [[UInt8]] = []
    /// Of the lines' bytes.
    var digest: SHA256Hash
  }

  /// Bytes of the longest line: more than a record of 1 MiB takes as JSON.
  static let lineBytesMax = 8 << 20
  private static let blockBytes = 1 << 20
  private static let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]

  private var file: ImportedFile
  private var chunk = ByteWriter(capacity: 65_536)
  /// Bytes of the chunk that were taken.
  private var taken = 0
  private var linesRead = 0
  private var isAtEnd = false
  /// Whether the last line has no end: the file may have been cut off.
  private(set) var lacksLastEnd = false

  /// The bytes of the file; 0 where that cannot be told.
  var size: UInt64 { file.size ?? 0 }

  /// Bytes read so far.
  var bytesRead: UInt64 { file.bytesRead }

  /// Opens the plain file at `path`.
  init(path: String, in files: any FileSystem) throws {
    do throws(ImportedFile.Fault) {
      file = try ImportedFile(path: path, in: files)
    } catch {
      throw LineReader.fault(error, line: 0)
    }
  }

  private static func fault(_ fault: ImportedFile.Fault, line: Int) -> any Error {
    switch fault {
    case .file(let error): error
    case .encoding(let encoding):
      LineFault(
        line: 0, code: "invalidText",
        reason: "the file is \(encoding.rawValue); save it as UTF-8")
    case .changed(let before, let now):
      LineFault(
        line: line, code: "changed",
        reason: "the file had \(before) bytes when it was opened and now has \(now); wait until it "
          + "is complete, then import it again")
    case .rewritten:
      LineFault(line: line, code: "changed", reason: "the file was changed; import it again")
    }
  }

  /// The next lines; nil at the end.
  ///
  /// - Throws: `FileError`; `LineFault` where the file is not a text of lines.
  mutating func nextBlock() throws -> Block? {
    var lines: [[UInt8]] = []
    var hash = SHA256()
    var bytes = 0
    while bytes < Self.blockBytes, let line = try nextLine() {
      hash.update(line)
      hash.update([0x0a])
      bytes += line.count
      lines.append(line)
    }
    if lines.isEmpty { return nil }
    return Block(first: linesRead - lines.count + 1, lines: lines, digest: hash.finalize())
  }

  private mutating func nextLine() throws -> [UInt8]? {
    if isAtEnd { return nil }
    var line: [UInt8] = []
    while true {
      if taken == chunk.count {
        chunk.removeAll()
        taken = 0
        do throws(ImportedFile.Fault) {
          try file.read(65_536, into: &chunk)
        } catch {
          throw Self.fault(error, line: linesRead + 1)
        }
        if chunk.count == 0 {
          isAtEnd = true
          lacksLastEnd = !line.isEmpty
          return line.isEmpty ? nil : finished(line)
        }
      }
      let start = taken
      let end = chunk.withSpan { bytes in
        var index = start
        while index < bytes.count, bytes[index] != 0x0a { index += 1 }
        return index
      }
      let part = chunk.bytes(in: start..<end)
      if line.isEmpty { line = part } else { line += part }
      let isWhole = end < chunk.count
      taken = isWhole ? end + 1 : end
      guard line.count <= Self.lineBytesMax else {
        throw LineFault(
          line: linesRead + 1, code: "tooLarge",
          reason: "the line is longer than \(Self.lineBytesMax) bytes; no event is")
      }
      if isWhole { return finished(line) }
    }
  }

  private mutating func finished(_ line: [UInt8]) -> [UInt8] {
    linesRead += 1
    var line = line
    if line.last == 0x0d { line.removeLast() }
    if linesRead == 1, line.starts(with: Self.byteOrderMark) { line.removeFirst(3) }
    return line
  }
}
