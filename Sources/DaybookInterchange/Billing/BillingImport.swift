public import DaybookClinicEvents
public import DaybookEngine
public import DaybookWorld

/// Imports the life of billing cases of a hospital, step by step: what was opened, billed, taken back,
/// refused, opened again and deleted. The file names no patient, no payer and no amount.
///
/// ## What a row becomes
///
/// | activity | event | columns needed |
/// |---|---|---|
/// | NEW | `ChargePosted` of 0.00, owed by the payer | case_id, activity, timestamp (speciality) |
/// | BILLED | `ClaimSubmitted` for what is not on a claim | |
/// | STORNO | `Reversed` of the newest claim that waits for its answer | |
/// | REJECT | `ClaimAdjudicated`, rejected, of the claim that waits, else of the newest that was taken back and has no answer; without either no event, and a finding | |
/// | CODE NOK | as REJECT, once the case was billed; before that none: there is no claim that could be refused, and the report counts it | |
/// | REOPEN | none by itself: the next `ClaimSubmitted` of the case replaces the claim before it, if there is one; before the first BILLED there is none | |
/// | DELETE | `Reversed` of what is charged and not deleted | |
/// | any other | none: work inside the hospital | |
///
/// With the first NEW row of a case come its `PatientRegistered` and `CoverageSet`; with the first row
/// of a speciality a `ServiceDefined`; with the first of all the payer's `PartyRegistered`.
///
/// Steps of one name that follow each other in a case are each about another part of it: the first
/// BILLED of two bills the oldest charge, the last all that is left. BILLED once more, with nothing
/// left to bill, replaces the claim that waits. DELETE is taken in the same way. So a payer's no to
/// a claim that was taken back before stands beside the `Reversed`, as the hospital wrote it down, and
/// is found as `invalidState`.
///
/// CODE NOK is the answer of the check that a released case goes through before it is billed: all 166 in
/// the export of 8,000 cases stand before the first BILLED, 121 of them right behind RELEASE, and most
/// such cases go on to CODE OK and BILLED. A claim made up for them would count cases as billed that never
/// were. REOPEN likewise mostly comes before the first bill (509 of 569); of those that were billed
/// before, each next bill names the claim that it replaces.
///
/// ## Figures
///
/// The report also counts cases: `billed`; `deleted` and `neverBilled` of the others; `reopened`; and
/// `variants`, the different orders of steps; and rows: `codesRefused`, of CODE NOK before a bill. They
/// are the file's, whatever the book takes.
///
/// ## Order and references
///
/// Rows are recorded in the file's order, which for one case must be the order of its steps. The
/// n-th row of a case has reference `billing/<case_id>/<n>`, so that a case that has grown goes on;
/// what else a row reverses `billing/<case_id>/<n> part <m>`. Beside them stand `billing/payer`,
/// `billing/patients/<case_id>`, `billing/coverage/<case_id>` and `billing/services/<speciality>`. The
/// same file appends nothing a second time, and an interrupted import goes on where it stopped.
///
/// ## What is refused
///
/// A missing column, or a file that cannot be read to its end, stops the import before anything is
/// appended. A row that is
/// ragged or has no time is refused with its place. So is a step that has nothing to act on, as
/// `unknownReference`: BILLED or DELETE without NEW before it, STORNO without a claim that waits.
///
/// ## Assumptions
///
/// Rows without a case_id are of one case. Each case is of a patient of its own, called by its number,
/// and covered from its first day on by one payer, the same for all. A charge is for the speciality of
/// its row, if it has one. Times are those of the clinic's clock.
///
/// - Complexity: O(rows) time. In memory stand some 200 bytes of each case and 100 of each charge and
///   claim; rows pass through one by one.
public struct BillingImport: ImportSource {
  private let file: ImportFile<BillingRow>

  /// The importer of such files.
  public var kind: Importer { .billing }

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
      let rows = BillingRecorder(site, recorder, file: file.name)
      try await file.forEach(recordedBy: recorder.tally, rows.record)
      try await rows.finish()
      rows.sum()
    }
  }
}
