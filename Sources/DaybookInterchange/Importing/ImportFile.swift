import DaybookEngine
import DaybookWorld

/// What was found when a file was gone through from its beginning to its end.
public struct FileSurvey: Hashable, Sendable {
  /// How many bytes it has.
  public let size: UInt64
  /// Rows below the header, also those that cannot be taken as they are.
  public let rows: Int
  /// Of the bytes up to the end of each chunk.
  let sums: [UInt32]
}

/// A CSV file all of whose rows are of one kind, of which an import appends what stands in it.
///
/// One rule holds for every kind of import. What ends the reading of a file (it cannot be read, has no
/// such column, another encoding, a quote that is not closed, a stray line end, a field without end, an
/// end within a row) is found before anything of it is appended, wherever in the file it stands: then
/// nothing is, since an order or a visit whose last row is missing would stand in the book without it.
/// What concerns one row (it is ragged, a field is no text or no such value) is refused with its place,
/// and the other rows are appended. So the file is gone through once before it is used, and what
/// is used is what was gone through: a file that is another, longer or shorter by then is refused as
/// changed, and no row of a chunk that is not the same is appended.
struct ImportFile<Row: ImportRow>: Sendable {
  let path: String
  /// What messages call it; its last path component unless given.
  let name: String?
  let files: any FileSystem
  /// Whether the import stops at the first refused row.
  let isStrict: Bool

  init(_ path: String, in files: any FileSystem, name: String? = nil, strict: Bool = false) {
    self.path = path
    self.name = name
    self.files = files
    isStrict = strict
  }

  /// Goes through the file and finds its columns.
  ///
  /// - Throws: What ends the reading.
  func surveyed() throws(CSVError) -> SurveyedFile<Row> {
    var reader = try CSVReader(path: path, in: files, name: name)
    _ = try Row.columns(of: reader)
    return SurveyedFile(file: self, survey: try reader.survey(), name: reader.name)
  }

  /// Checks that the file can be read to its end and has its columns.
  ///
  /// - Throws: What ends the reading.
  func check() throws(CSVError) { _ = try surveyed() }
}

/// A file that was gone through and may be used, as often as an import needs.
struct SurveyedFile<Row: ImportRow>: Sendable {
  let file: ImportFile<Row>
  let survey: FileSurvey
  /// What messages call it.
  let name: String

  /// Its rows, from the first.
  func table() throws(CSVError) -> ImportTable<Row> { try table(of: Row.self) }

  /// Its rows, read as others.
  func table<Other: ImportRow>(of type: Other.Type) throws(CSVError) -> ImportTable<Other> {
    try ImportTable(
      CSVReader(path: file.path, in: file.files, name: file.name, expecting: survey))
  }

  /// Hands over row after row, and refuses those that cannot be taken as they are: where rows stand
  /// each for itself, and are gone through once.
  func forEach(
    recordedBy tally: ImportTally, _ body: (Row) async throws -> Void
  ) async throws {
    var table = try table()
    try await table.forEach(recordedBy: tally, body)
  }
}

extension ImportSource {
  /// Records one file, which is gone through `passes` times once it was surveyed.
  func record<Row: ImportRow, Submitter: ActionSubmitter>(
    _ file: ImportFile<Row>, passes: UInt64 = 1, into submitter: Submitter,
    progress: @escaping (ImportProgress) -> Void,
    _ body: (SurveyedFile<Row>, ActionRecorder<Submitter>) async throws -> Void
  ) async throws -> ImportReport {
    let surveyed = try file.surveyed()
    return try await record(
      into: submitter, bytes: surveyed.survey.size * passes, isStrict: file.isStrict,
      progress: progress
    ) { recorder in
      try await body(surveyed, recorder)
    }
  }
}
