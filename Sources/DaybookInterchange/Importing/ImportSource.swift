public import DaybookClinicEvents
public import DaybookEngine

/// A file, or a folder of files, that another program wrote and an importer reads.
///
/// ```swift
/// let source: any ImportSource = RetailImport(path: "invoices.csv", world: .live)
/// try source.check()
/// let report = try await source.run(into: office, at: site) { progress in ... }
/// ```
///
/// What a row makes follows from the file and from identifiers alone, and each action bears its
/// row's reference: the same file appends nothing a second time, and an import that was interrupted
/// goes on where it stopped.
public protocol ImportSource: Sendable {
  /// Which importer it is: the actor of what it records.
  var kind: Importer { get }

  /// Checks that what is needed is there and has its columns: before a book is made or opened.
  ///
  /// - Throws: `CSVError`, or an error of the kind's own, naming the file and the column.
  func check() throws

  /// Reads it and records what it says.
  ///
  /// - Parameters:
  ///   - submitter: The book; what is submitted is synced when this returns.
  ///   - site: The clinic that it tells of, where the file leaves that open.
  ///   - progress: Told now and then how far the import has come.
  /// - Returns: What was read, appended, found and refused.
  /// - Throws: as `check`, with nothing appended; a file's error, and `LogError` where the book can
  ///   no longer be written: what was appended before is whole, and the same import goes on.
  func run(
    into submitter: some ActionSubmitter, at site: ImportSite,
    progress: @escaping (ImportProgress) -> Void
  ) async throws -> ImportReport
}

extension ImportSource {
  /// Records what `body` says, and reports.
  ///
  /// - Parameters:
  ///   - bytes: What is read, each file once for each time it is gone through.
  ///   - isStrict: Whether the first refused row ends it.
  func record<Submitter: ActionSubmitter>(
    into submitter: Submitter, bytes: UInt64, isStrict: Bool,
    progress: @escaping (ImportProgress) -> Void,
    _ body: (ActionRecorder<Submitter>) async throws -> Void
  ) async throws -> ImportReport {
    let tally = ImportTally(
      ImportReport(kind), bytes: bytes, strict: isStrict, progress: progress)
    let recorder = ActionRecorder(submitter, as: kind, tally)
    do {
      try await body(recorder)
      try await recorder.settle()
      return tally.finished(stopped: false)
    } catch is ImportStopped {
      try await recorder.settle()
      return tally.finished(stopped: true)
    }
  }
}
