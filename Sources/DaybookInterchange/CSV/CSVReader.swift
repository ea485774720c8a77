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
/// that never quote write it so. The text must be UTF-8; UTF-16, bytes of zero, lone carriage
/// returns and files that grow or shrink while they are read are refused, each with what to do.
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
  public var bytesRead: UInt64 { file.bytesRead }

  /// How many bytes the file had when it was opened; 0 where that cannot be told.
  public var size: UInt64 { file.size ?? 0 }

  private var file: ImportedFile
  private let limits: CSVLimits
  private var scanner = CSVScanner()
  private var chunk: ByteWriter
  /// Bytes of the chunk that were scanned.
  private var scanned = 0

  /// Reads the header of an open file, which the reader closes at its end.
  ///
  /// - Throws: `.empty` when the file has no row, `.encoding`, and what is wrong with the first row.
  public init(_ file: any File, name: String, limits: CSVLimits = CSVLimits()) throws(CSVError) {
    let file = try CSVReader.opened(name) { () throws(ImportedFile.Fault) in
      try ImportedFile(file)
    }
    try self.init(file, name, limits)
  }

  /// Opens the file at `path` and reads its header.
  ///
  /// - Parameters:
  ///   - name: What messages call the file; its last path component unless given.
  ///   - survey: What the file was when it was gone through before; only that is read.
  /// - Throws: `.file` also for a folder and for a pipe.
  public init(
    path: String, in files: any FileSystem, name: String? = nil, limits: CSVLimits = CSVLimits(),
    expecting survey: FileSurvey? = nil
  ) throws(CSVError) {
    let name = name ?? String(path.split(separator: "/").last ?? "")
    let file = try CSVReader.opened(name) { () throws(ImportedFile.Fault) in
      try ImportedFile(path: path, in: files, expecting: survey)
    }
    try self.init(file, name, limits)
  }

  private init(
    _ file: consuming ImportedFile, _ name: String, _ limits: CSVLimits
  ) throws(CSVError) {
    self.file = file
    self.name = name
    self.limits = limits
    chunk = ByteWriter(capacity: limits.chunkBytes)
    guard try readRow() else { throw CSVError(.empty, file: name) }
    for index in 0..<scanner.fieldCount {
      let text = scanner.withField(index) { $0.text() }
      let column = CSVReader.place(index)
      if scanner.nulField == index {
        throw CSVError(.nulByte, file: name, line: scanner.line, column: column)
      }
      guard let text else {
        throw CSVError(.invalidUTF8, file: name, line: scanner.line, column: column)
      }
      columns.append(CSVColumn(index: index, name: trimmed(text)))
    }
  }

  private static func opened(
    _ name: String, _ make: () throws(ImportedFile.Fault) -> ImportedFile
  ) throws(CSVError) -> ImportedFile {
    do throws(ImportedFile.Fault) {
      return try make()
    } catch {
      throw CSVError(kind(of: error), file: name)
    }
  }

  private static func kind(of fault: ImportedFile.Fault) -> CSVError.Kind {
    switch fault {
    case .file(let error): .file(error)
    case .encoding(let encoding): .encoding(encoding)
    case .changed(let before, let now): .changed(from: before, to: now)
    case .rewritten: .rewritten
    }
  }

  /// What messages call a column that has no name.
  private static func place(_ index: Int) -> String { "no. \(index + 1)" }

  /// Moves to the next row.
  ///
  /// - Returns: False at the end of the file.
  /// - Throws: `.ragged` for a row with more or fewer fields than the header, `.nulByte`
  ///   for one that is no text: call again for the row after it. Any other error ends the reading;
  ///   among them `.changed` at the end of a file that has grown or shrunk since it was opened.
  public mutating func next() throws(CSVError) -> Bool {
    guard try readRow() else { return false }
    row += 1
    let found = scanner.fieldCount
    guard found == columns.count else {
      let isCutOff = found < columns.count && scanner.hasNoLineEnd
      throw error(
        isCutOff
          ? .cutOff(expected: columns.count, found: found)
          : .ragged(expected: columns.count, found: found))
    }
    if let index = scanner.nulField { throw error(.nulByte, columns[index]) }
    return true
  }

  /// Reads the rest of the file and leaves it, so that what ends the reading of a file is found
  /// before anything of it is used.
  ///
  /// - Returns: What the file is, so that it can be read again as it was.
  /// - Throws: What ends the reading.
  public mutating func survey() throws(CSVError) -> FileSurvey {
    while true {
      do throws(CSVError) {
        guard try next() else {
          return FileSurvey(size: file.bytesRead, rows: row, sums: file.sums)
        }
      } catch {
        guard error.concernsOneRow else { throw error }
      }
    }
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
      column: fault.field < columns.count
        ? columns[fault.field].name : CSVReader.place(fault.field))
  }

  private mutating func refill() throws(CSVError) {
    chunk.removeAll()
    scanned = 0
    do throws(ImportedFile.Fault) {
      try file.read(limits.chunkBytes, into: &chunk)
    } catch {
      throw CSVError(CSVReader.kind(of: error), file: name, row: row)
    }
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
