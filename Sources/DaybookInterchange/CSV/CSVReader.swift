public import DaybookBytes
public import DaybookWorld

/// How large a file's parts may be before it is refused, so that one missing quote does not read
/// a whole disk into memory.
public struct CSVLimits: Hashable, Sendable {
  /// Bytes of one field without its quotes.
  public var fieldBytesMax: Int
  /// Fields of one row.
  public var fieldCountMax: Int
  /// Bytes read from the file at once.
  public var chunkBytes: Int

  /// The limits; the defaults are far above what business files hold.
  public init(fieldBytesMax: Int = 65_536, fieldCountMax: Int = 4_096, chunkBytes: Int = 65_536) {
    self.fieldBytesMax = fieldBytesMax
    self.fieldCountMax = fieldCountMax
    self.chunkBytes = max(chunkBytes, 1)
  }
}

/// A column found by its name.
public struct CSVColumn: Hashable, Sendable {
  /// Where it stands in a row, from 0.
  public var index: Int
  /// Its name as the file writes it.
  public var name: String
}

/// Reads the rows of a CSV file one after another, in chunks, keeping one row in memory.
///
/// The form is RFC 4180: commas, rows ended by CRLF or LF (the last may have none), fields with
/// commas, quotes or line breaks in double quotes, a quote inside quotes written twice. The first
/// row names the columns. Beyond the RFC: a byte order mark is skipped, a line without any byte
/// is no row, and a quote that does not begin a field is an ordinary character, since exports
/// that never quote write it so. The text must be UTF-8.
///
/// `next()` moves to a row; its fields are then asked for by column, as bytes or as text.
public struct CSVReader: ~Copyable {
  /// The name of the file, for messages.
  public let name: String
  /// The columns, in the file's order.
  public private(set) var columns: [CSVColumn] = []
  /// The row that is read, below the header, from 1; 0 before the first.
  public private(set) var row = 0
  /// The line of the file that the row begins on, from 1.
  public private(set) var line = 0
  /// How many bytes of the file were read, for a progress bar.
  public private(set) var bytesRead: UInt64 = 0

  /// How many bytes the file had when it was opened; 0 where that cannot be told.
  public let size: UInt64

  private let file: any File
  private let limits: CSVLimits
  private var scanner = CSVScanner()
  private var chunk: ByteWriter
  /// Bytes of the chunk that were scanned.
  private var scanned = 0

  /// Reads the header of an open file, which the reader closes at its end.
  ///
  /// - Throws: `.empty` when the file has no row, and what is wrong with the first.
  public init(_ file: any File, name: String, limits: CSVLimits = CSVLimits()) throws(CSVError) {
    self.file = file
    self.name = name
    self.limits = limits
    size = (try? file.size()) ?? 0
    chunk = ByteWriter(capacity: limits.chunkBytes)
    guard try readRow() else { throw CSVError(.empty, file: name) }
    for index in 0..<scanner.fieldCount {
      let text = scanner.withField(index) { $0.text() }
      guard let text else { throw CSVError(.invalidUTF8, file: name, line: scanner.line) }
      columns.append(CSVColumn(index: index, name: trimmed(text)))
    }
  }

  /// Opens the file at `path` and reads its header.
  ///
  /// - Parameter name: What messages call the file; its last path component unless given.
  public init(
    path: String, in files: any FileSystem, name: String? = nil, limits: CSVLimits = CSVLimits()
  ) throws(CSVError) {
    let name = name ?? String(path.split(separator: "/").last ?? "")
    let file: any File
    do {
      file = try files.open(path, .read)
    } catch {
      throw CSVError(.file(error), file: name)
    }
    try self.init(file, name: name, limits: limits)
  }

  deinit { file.close() }

  /// Moves to the next row.
  ///
  /// - Returns: False at the end of the file.
  /// - Throws: `.ragged` for a row with more or fewer fields than the header: call again for the
  ///   row after it. Any other error ends the reading.
  public mutating func next() throws(CSVError) -> Bool {
    guard try readRow() else { return false }
    row += 1
    guard scanner.fieldCount == columns.count else {
      throw error(.ragged(expected: columns.count, found: scanner.fieldCount))
    }
    return true
  }

  /// The column of the first of `names` that the file has, upper and lower case alike.
  ///
  /// - Throws: `.missingColumn` with the names of all columns, `.duplicateColumn`.
  public func column(_ names: String...) throws(CSVError) -> CSVColumn {
    guard let found = try find(names) else {
      throw CSVError(
        .missingColumn(found: columns.map(\.name)), file: name,
        column: names.joined(separator: " or "))
    }
    return found
  }

  /// The column of the first of `names` that the file has, or nil.
  public func optionalColumn(_ names: String...) throws(CSVError) -> CSVColumn? {
    try find(names)
  }

  /// Lends the bytes of a field, unquoted.
  public func withField<Result, Failure: Error>(
    _ column: CSVColumn, _ body: (ByteReader) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try scanner.withField(column.index, body)
  }

  /// Whether a field has no bytes.
  public func isEmpty(_ column: CSVColumn) -> Bool {
    scanner.fieldSize(column.index) == 0
  }

  /// A field as text.
  ///
  /// - Throws: `.invalidUTF8`.
  public func text(_ column: CSVColumn) throws(CSVError) -> String {
    guard let text = scanner.withField(column.index, { $0.text() }) else {
      throw error(.invalidUTF8, column)
    }
    return text
  }

  /// All fields of the row that is read as text, also of a ragged one: for finding out what a row is
  /// about that cannot be taken as it is.
  public var texts: [String] {
    (0..<scanner.fieldCount).map { index in scanner.withField(index) { $0.text() } ?? "" }
  }

  /// A fault of the row that is read, with its place.
  public func error(_ kind: CSVError.Kind, _ column: CSVColumn? = nil) -> CSVError {
    CSVError(kind, file: name, row: row, line: line, column: column?.name)
  }

  private func find(_ names: [String]) throws(CSVError) -> CSVColumn? {
    for wanted in names {
      let matches = columns.filter { $0.name.lowercased() == wanted.lowercased() }
      if matches.count > 1 { throw CSVError(.duplicateColumn, file: name, column: wanted) }
      if let column = matches.first { return column }
    }
    return nil
  }

  /// Scans until a row is whole; false when the file ends before one begins.
  private mutating func readRow() throws(CSVError) -> Bool {
    scanner.beginRow()
    while true {
      if scanned == chunk.count {
        try refill()
        if chunk.count == 0 {
          do throws(CSVScanner.Fault) {
            guard try scanner.finish() else { return false }
          } catch {
            throw place(error)
          }
          line = scanner.line
          return true
        }
      }
      do throws(CSVScanner.Fault) {
        let start = scanned
        let (taken, whole) = try chunk.withSpan { (bytes) throws(CSVScanner.Fault) in
          try scanner.scan(bytes, from: start, limits: limits)
        }
        scanned = taken
        if whole {
          line = scanner.line
          return true
        }
      } catch {
        throw place(error)
      }
    }
  }

  private func place(_ fault: CSVScanner.Fault) -> CSVError {
    CSVError(
      fault.kind, file: name, row: columns.isEmpty ? 0 : row + 1, line: fault.line,
      column: fault.field < columns.count ? columns[fault.field].name : nil)
  }

  private mutating func refill() throws(CSVError) {
    chunk.removeAll()
    scanned = 0
    do {
      _ = try file.read(at: bytesRead, count: limits.chunkBytes, into: &chunk)
    } catch {
      throw CSVError(.file(error), file: name, row: row)
    }
    bytesRead += UInt64(chunk.count)
  }
}

/// The text without spaces and tabs at its ends.
func trimmed(_ text: String) -> String {
  func isBlank(_ character: Character) -> Bool { character == " " || character == "\t" }
  guard let first = text.firstIndex(where: { !isBlank($0) }),
    let last = text.lastIndex(where: { !isBlank($0) })
  else { return "" }
  return String(text[first...last])
}
