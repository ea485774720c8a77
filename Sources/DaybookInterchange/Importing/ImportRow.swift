public import DaybookWorld

/// A row of a CSV file all of whose rows are of one kind, as typed values.
public protocol ImportRow: Sendable {
  /// Where the row's columns stand in the file.
  associatedtype Columns: Sendable

  /// The row below the header, from 1.
  var row: Int { get }

  /// Finds the columns by name, whichever order and however many there are.
  static func columns(of reader: borrowing CSVReader) throws(CSVError) -> Columns

  /// Reads the row that the reader stands at.
  ///
  /// - Throws: What is wrong with the first bad field, with file, row, line, column and text.
  init(_ reader: borrowing CSVReader, _ columns: Columns) throws(CSVError)
}

/// A row that cannot be taken as it is.
struct BrokenRow {
  /// What is wrong, and where.
  var error: CSVError
  /// All its fields as text, for finding out what it is about.
  var texts: [String]
}

/// Reads a CSV file row by row, as typed values, keeping one row in memory.
public struct ImportTable<Row: ImportRow>: ~Copyable {
  private var reader: CSVReader
  let columns: Row.Columns

  /// Opens the file at `path` and finds its columns.
  ///
  /// - Parameter name: What messages call the file; its last path component unless given.
  /// - Throws: `.file` when it cannot be opened, `.empty`, `.missingColumn`.
  public init(
    path: String, in files: any FileSystem, name: String? = nil, limits: CSVLimits = CSVLimits()
  ) throws(CSVError) {
    try self.init(CSVReader(path: path, in: files, name: name, limits: limits))
  }

  /// Reads the rows of `reader`.
  public init(_ reader: consuming CSVReader) throws(CSVError) {
    columns = try Row.columns(of: reader)
    self.reader = reader
  }

  /// The next row, or nil at the end of the file.
  ///
  /// - Throws: What is wrong with the row or the file. Where `concernsOneRow` holds, call again for
  ///   the row after it.
  public mutating func next() throws(CSVError) -> Row? {
    guard try reader.next() else { return nil }
    return try Row(reader, columns)
  }

  /// Reads the rest of the file, and leaves it.
  ///
  /// - Throws: What ends the reading.
  mutating func survey() throws(CSVError) -> FileSurvey { try reader.survey() }

  /// What messages call the file.
  public var name: String { reader.name }

  /// How many rows were read, also of those that cannot be taken as they are.
  public var rowsRead: Int { reader.row }

  /// All fields of the row that was read last, as text.
  public var texts: [String] { reader.texts }

  /// Bytes read so far, for a progress bar.
  public var bytesRead: UInt64 { reader.bytesRead }

  /// How many bytes the file had when it was opened; 0 where that cannot be told.
  public var size: UInt64 { reader.size }
}

extension ImportTable {
  /// Hands over row after row to the end of the file, telling how far it is.
  ///
  /// - Parameters:
  ///   - tally: Learns of the progress.
  ///   - stage: What is being done, for a progress bar: `reading invoices.csv`.
  ///   - base: The bytes that were gone through before.
  ///   - broken: What to make of a row that is ragged or whose fields cannot be read; the file's own
  ///     faults end the reading.
  /// - Throws: `CSVError` that does not concern one row, and what `broken` and `body` throw.
  mutating func forEach(
    _ tally: ImportTally, _ stage: String, after base: UInt64 = 0,
    broken: (BrokenRow) async throws -> Void, _ body: (Row) async throws -> Void
  ) async throws {
    var told = bytesRead
    tally.advance(stage, to: base)
    while true {
      let row: Row?
      do throws(CSVError) {
        row = try next()
      } catch {
        guard error.concernsOneRow else { throw error }
        try await broken(BrokenRow(error: error, texts: texts))
        continue
      }
      guard let row else { break }
      try await body(row)
      // A chunk of the file at a time.
      if bytesRead > told {
        told = bytesRead
        tally.advance(stage, to: base + told)
      }
    }
    tally.advance(stage, to: base + bytesRead)
  }

  /// Hands over row after row, and refuses those that cannot be taken as they are: for a file whose
  /// rows stand each for itself, and are gone through once.
  mutating func forEach(
    recordedBy tally: ImportTally, _ body: (Row) async throws -> Void
  ) async throws {
    let name = name
    try await forEach(
      tally, "recording \(name)", broken: { try tally.refuse($0.error) }, body)
    tally.read(name, rows: rowsRead)
  }
}
