import DaybookBytes
import DaybookWorld

/// A file of text that somebody else wrote, and may still be writing: read once, front to back, as
/// long as it was when it was opened.
struct ImportedFile: ~Copyable {
  /// What is wrong with the file as a whole.
  enum Fault: Error {
    case file(FileError)
    case encoding(ForeignEncoding)
    /// It is not as long any more as when it was opened.
    case changed(from: UInt64, to: UInt64)
    /// It says something else than when it was gone through before.
    case rewritten
  }

  private let file: any File
  /// How many bytes it had when it was opened; nil where that cannot be told.
  let size: UInt64?
  /// How many bytes were read.
  private(set) var bytesRead: UInt64 = 0
  /// A number that is another for nearly every other text, of what was read up to each read's end.
  private(set) var sums: [UInt32] = []
  private var sum = CRC32C()
  private let expected: FileSurvey?

  /// Looks at the beginning of an open file, which is closed with this value.
  ///
  /// - Parameter expected: What the file was when it was read before, by as many bytes at a time.
  init(_ file: any File, expecting expected: FileSurvey? = nil) throws(Fault) {
    self.file = file
    self.expected = expected
    size = try? file.size()
    var head = ByteWriter(capacity: ForeignEncoding.headBytes)
    do {
      _ = try file.read(at: 0, count: ForeignEncoding.headBytes, into: &head)
    } catch {
      throw .file(error)
    }
    if let encoding = ForeignEncoding(head.bytes) { throw .encoding(encoding) }
  }

  /// Opens the plain file at `path`: a pipe would be waited for, and cannot be read again.
  init(
    path: String, in files: any FileSystem, expecting expected: FileSurvey? = nil
  ) throws(Fault) {
    if files.isDirectory(path) {
      throw .file(FileError(operation: "read", path: path, kind: .isADirectory))
    }
    guard !files.exists(path) || files.isPlainFile(path) else {
      throw .file(FileError(operation: "read", path: path, kind: .notAPlainFile))
    }
    let file: any File
    do {
      file = try files.open(path, .read)
    } catch {
      throw .file(error)
    }
    try self.init(file, expecting: expected)
  }

  deinit { file.close() }

  /// Appends the next bytes to `buffer`; none at the end.
  ///
  /// - Throws: `.rewritten` where they are not those expected. At the end, `.changed` where the file is longer or shorter than when it was opened:
  ///   its last lines may be half of what they are meant to be.
  mutating func read(_ count: Int, into buffer: inout ByteWriter) throws(Fault) {
    let left = size.map { Int(clamping: $0 - bytesRead) } ?? count
    let start = buffer.count
    do {
      if left > 0 { _ = try file.read(at: bytesRead, count: min(count, left), into: &buffer) }
    } catch {
      throw .file(error)
    }
    bytesRead += UInt64(buffer.count - start)
    if buffer.count > start {
      buffer.withSpan { sum.update($0.extracting(start..<$0.count)) }
      sums.append(sum.value)
    }
    if let expected {
      let isSame =
        buffer.count == start
        ? bytesRead == expected.size
        : sums.count <= expected.sums.count && expected.sums[sums.count - 1] == sum.value
      if !isSame { throw .rewritten }
    }
    guard buffer.count == start, let size else { return }
    let now = (try? file.size()) ?? bytesRead
    if bytesRead < size || now != size { throw .changed(from: size, to: now) }
  }
}
