public import DaybookClinicEvents
public import DaybookEngine
public import DaybookWorld

/// Imports absences of workers as a company kept them: whose, why and how many hours, without a date.
///
/// ## What a row becomes
///
/// | row | event | columns needed |
/// |---|---|---|
/// | each | `AbsenceRecorded`, approved | ID, Reason for absence, Absenteeism time in hours |
///
/// A worker becomes a `StaffHired` with the first row. Columns are found by name, in any order; others
/// are ignored, the month and the day of the week too, since they do not make a date.
///
/// | reason | type |
/// |---|---|
/// | 19: injury, poisoning and other external causes | accident |
/// | 1 to 21: the other chapters of the ICD | sick |
/// | 22 follow-up, 23 consultation, 25 laboratory, 27 physiotherapy, 28 dentist | sick |
/// | 24 blood donation, 0 none | other |
/// | 26 unjustified | unpaid |
///
/// ## Order and references
///
/// The n-th row of a worker is on the n-th free day from 1 January of the stated year: it takes the
/// first days that no row above it has taken, a day for each 8 hours begun, and one where it has
/// none. It has reference `absences/<year>/<ID>/<n>`; the worker `absences/workers/<ID>`. The same
/// file appends nothing a second time, an interrupted import goes on where it stopped, and a file
/// that has grown adds what is new. Another part of the same records is imported with another year,
/// since nothing else in it tells its rows from those that stand.
///
/// ## What is refused
///
/// A missing column, or a file that cannot be read to its end, stops the import before anything is
/// appended. A row that is
/// ragged, has another reason, or no hours that are whole seconds from 0 to ten years of working
/// days is refused with its place. Of such a row no day is known to be taken: once it is mended,
/// rows of its worker below it are on later days, and are told as `duplicateSource`.
///
/// ## Assumptions
///
/// The year, 2001 unless another is stated. A working day of 8 hours. Workers are employees since
/// 1900, with neither leave nor pay that the file would say. Hours of 0 are an absence all the same.
///
/// - Complexity: O(rows) time; some 100 bytes of each worker stand in memory.
public struct AbsencesImport: ImportSource {
  /// How much of a worker's time one day holds.
  static let workdaySeconds = 8 * 3600
  /// A year that begins on a Monday and has no leap day, for want of a better one.
  public static let usualYear = 2001

  /// The year on whose first days the absences are put.
  public let year: Int
  private let file: ImportFile<AbsenceFileRow>

  /// The importer of such files.
  public var kind: Importer { .absences }

  /// An import that has not begun.
  ///
  /// - Parameters:
  ///   - path: The CSV file.
  ///   - files: Where it stands.
  ///   - year: The year on whose first days the absences are put, from 1 to 9999.
  ///   - strict: Whether the import stops at the first refused row.
  public init(
    path: String, in files: any FileSystem, year: Int = Self.usualYear, strict: Bool = false
  ) {
    file = ImportFile(path, in: files, strict: strict)
    self.year = year
  }

  /// Checks that the file can be read to its end and has its columns.
  ///
  /// - Throws: `CSVError` with the place of the fault.
  public func check() throws { try file.check() }

  /// Reads the file and records what it says.
  public func run(
    into submitter: some ActionSubmitter, at site: ImportSite,
    progress: @escaping (ImportProgress) -> Void
  ) async throws -> ImportReport {
    try await record(file, into: submitter, progress: progress) { file, recorder in
      let rows = try AbsencesRecorder(site, recorder, year: year, file: file.name)
      try await file.forEach(recordedBy: recorder.tally, rows.record)
    }
  }
}
