public import DaybookClinicEvents
public import DaybookEngine
import DaybookValues
public import DaybookWorld

/// Imports the tickets of a counter: one file whose rows are what was sold, one piece each.
///
/// ## What a row becomes
///
/// | rows | event | columns needed |
/// |---|---|---|
/// | of one id | `SaleCompleted`, a line each | id, date, time, name, price (size) |
/// | of one date | `TillOpened` with no float before the first ticket, `TillClosed` after the last | |
/// | of one name and size | `ServiceDefined` of type product | |
///
/// Columns are found by name, in any order; others, such as `type`, are ignored. `date` and `time` are
/// those of the counter's clock, prices have up to four decimals, tax included.
///
/// ## Order and references
///
/// Day by day: the till is opened, the tickets follow in the order of the file, the till is closed.
/// A ticket bears its id as reference, the rest `tickets/open/DATE`, `tickets/close/DATE` and
/// `tickets/services/NAME/SIZE`. Tickets are numbered day by day, in series `T<date>`, so that a day
/// that is mended later finds its place. The same file appends nothing a second time, and an interrupted
/// import goes on where it stopped. A ticket, or a day, that stands in the book with other lines is
/// kept, and its first row is refused as `duplicateSource`.
///
/// ## What is refused
///
/// A missing column, or a file that cannot be read to its end, stops the import before anything is
/// appended. A row that is ragged, or holds something else than a date, a time or a price from 0 where
/// one belongs, is refused with its place; so are rows of a ticket that is of another day or time as
/// well, and rows of a day that comes again after another day. A day is recorded whole or not at all,
/// since its count would not agree with the rest: with a refused row all rows of its day are refused.
/// Mend the row and import again. A row whose date cannot be read counts to the day of the row before.
///
/// ## Assumptions
///
/// Every ticket was paid in cash, to one till: the file says nothing of payments. The till begins
/// each day empty, what should be in it is what was counted, and all of it goes to the safe in the
/// evening. What is sold has no stock, and its prices have no tax in them that would be known.
///
/// - Complexity: O(rows) time; the file is gone through twice, first for what is wrong with it. In
///   memory stand some 80 bytes a ticket, some 30 a day, and the rows of one day.
public struct TicketsImport: ImportSource {
  /// The number of the till; 1 is the first till of a book.
  public let till: UInt64
  private let file: ImportFile<TicketRow>

  /// The importer of such files.
  public var kind: Importer { .tickets }

  /// An import that has not begun.
  ///
  /// - Parameters:
  ///   - path: The CSV file.
  ///   - files: Where it stands.
  ///   - till: The number of the till; one more than the clinic has is a new one.
  ///   - strict: Whether the import stops at the first refused row.
  public init(path: String, in files: any FileSystem, till: UInt64 = 1, strict: Bool = false) {
    file = ImportFile(path, in: files, strict: strict)
    self.till = till
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
    try await record(
      file, passes: 2, into: submitter, progress: progress
    ) { file, recorder in
      var index = TicketIndex()
      try await index.read(file.table(), recorder.tally)
      let tickets = TicketsRecorder(recorder, index, at: site, till: TillID(till))
      try await tickets.record(file.table())
    }
  }
}
