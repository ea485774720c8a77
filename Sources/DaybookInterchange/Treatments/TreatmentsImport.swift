public import DaybookClinicEvents
public import DaybookEngine
public import DaybookWorld

/// Imports what a hospital did for its patients: one row an activity, with how often it was done, and
/// rows below zero that take earlier ones back.
///
/// ## What a row becomes
///
/// | row | event | columns needed |
/// |---|---|---|
/// | executions above 0 | `TreatmentPerformed` with a `ChargePosted` of 0.00 | case_id, timestamp, activity_code, activity_name, number_of_executions (department, producer_code, diagnosis_code) |
/// | executions below 0 | `Reversed` of the newest row of the same case and code with so many executions that is not taken back, and of its charge | |
///
/// The rows of one case and day that follow each other are one visit: `AppointmentBooked`,
/// `PatientCheckedIn`, `EncounterStarted`, their treatments, `EncounterCompleted`, in one action. A
/// case becomes a `PatientRegistered`, an activity a `ServiceDefined` called as in its first row, a
/// producer a `StaffHired`, each with the first row that names it. Columns are found by name, in any
/// order; others are ignored. Only the day of `timestamp` counts: it has no time.
///
/// ## Order and references
///
/// Rows are recorded in the file's order; a correction can take back only what stands above it.
/// A visit has reference `treatments/<case_id>/<day>`, a correction
/// `treatments/<case_id>/<day>/<activity_code>/correction <n>`, the n-th of that day and code. Beside
/// them stand `treatments/patients/<case_id>`, `treatments/services/<activity_code>` and
/// `treatments/producers/<producer_code>`. The same file appends nothing a second time, and an
/// interrupted import goes on where it stopped. A day that has other rows than before is refused as
/// `duplicateSource`, and what stands is kept.
///
/// ## What is refused
///
/// A missing column, or a file that cannot be read to its end, stops the import before anything is
/// appended. A row that is
/// ragged, has no day, or no whole number of executions other than 0 is refused with its place. So
/// is a correction without an earlier row of the same case, code and number that is not taken
/// back already, as `unknownReference`: part of a row cannot be taken back. A visit that the Desk
/// refuses is refused with all its rows, and then what takes them back.
///
/// ## Assumptions
///
/// The file has no prices: every charge is of nothing, and the patient's. Who did it is known as a
/// group, its `producer_code`, else its department: a contractor who has worked there since 1900.
/// A visit begins and ends with its day. A reversal takes effect on the day of what it takes back.
///
/// - Complexity: O(rows) time. In memory stand some 100 bytes of each row that is not taken back, and
///   the rows of the visit that is being read.
public struct TreatmentsImport: ImportSource {
  private let file: ImportFile<TreatmentRow>

  /// The importer of such files.
  public var kind: Importer { .treatments }

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
      let rows = TreatmentsRecorder(site, recorder, file: file.name)
      try await file.forEach(recordedBy: recorder.tally, rows.record)
      try await rows.finish()
    }
  }
}
