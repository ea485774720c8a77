public import DaybookClinicEvents
public import DaybookEngine
public import DaybookWorld

/// Imports a payroll based journal: what was worked at each facility on a day, by role and by employees
/// and contractors.
///
/// ## What a row becomes
///
/// | row | event | columns needed |
/// |---|---|---|
/// | each role's hours above 0 | `HoursRecorded`, of employees and of contractors apart, in one action a row | PROVNAME, WorkDate, Hrs_ROLE_emp and Hrs_ROLE_ctr for each role (PROVNUM, CITY, STATE, Hrs_ROLE) |
///
/// A facility becomes a `ClinicDefined` with the first row. It is known by PROVNUM, where that is
/// empty by name, city and state. The roles are whatever columns there are. Columns are found by
/// name, in any order; others are ignored. `WorkDate` is `2025-01-13` or `20250113`.
///
/// Hours are decimals; 0.01 h are 36 s, and no hour is rounded. The total of a role may be above 24
/// hours: many people work in it. A `Hrs_ROLE` other than the sum of its two parts is a finding; the
/// parts are recorded. A day without any hours makes no event.
///
/// ## Order and references
///
/// Rows are recorded in the file's order, with reference `hours/<facility>/<day>`; the facility has
/// `hours/facilities/<facility>`. The same file appends nothing a second time, and an interrupted
/// import goes on where it stopped. A day that says something else than before is refused as
/// `duplicateSource`, and what stands is kept. A facility by another name than in the book is a
/// finding.
///
/// ## What is refused
///
/// A missing column, or a file that cannot be read to its end, stops the import before anything is
/// appended. A row that is
/// ragged, has no facility or no day, or hours below 0 or of no whole number of seconds is refused
/// whole, with its place; so is what the Desk refuses, as a day to come.
///
/// ## Assumptions
///
/// Facilities have currency and zone of the clinic that the import is given.
///
/// - Complexity: O(rows) time; some 100 bytes of each facility stand in memory.
public struct HoursImport: ImportSource {
  private let file: ImportFile<HoursRow>

  /// The importer of such files.
  public var kind: Importer { .hours }

  /// An import that has not begun.
  ///
  /// - Parameters:
  ///   - path: The CSV file.
  ///   - files: Where it stands.
  ///   - strict: Whether the import stops at the first refused row.
  public init(path: String, in files: any FileSystem, strict: Bool = false) {
    file = ImportFile(path, in: files, strict: strict)
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
      let rows = HoursRecorder(site, recorder, file: file.name)
      try await file.forEach(recordedBy: recorder.tally, rows.record)
    }
  }
}
