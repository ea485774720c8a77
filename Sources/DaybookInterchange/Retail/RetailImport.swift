public import DaybookClinicEvents
public import DaybookEngine
public import DaybookWorld

/// Imports the invoices of a shop: one file whose rows are the lines of sales, of cancellations and of
/// what was found or missing on the shelves.
///
/// ## What a row becomes
///
/// The rows of one `Invoice` are one action, or one for each sort of line among them.
///
/// | line | event | columns needed |
/// |---|---|---|
/// | price above 0, quantity above 0 | a line of `SaleCompleted`, with `StockIssued` of goods | Invoice, StockCode, Description, Quantity, InvoiceDate, Price, Customer ID |
/// | price above 0, quantity below 0 | a line of `SaleReturned`, the original unknown, goods back on the shelf | |
/// | price 0, quantity above 0 | in an invoice with a sale a line for nothing; else `StockCounted`: so much more than the books had | |
/// | price 0, quantity below 0 | `StockIssued`, damaged where the description says so, else lost | |
/// | price below 0 | `JournalPosted`: bad debts (6300) against the allowance for them (1290), by the codes of the book's chart | |
/// | quantity 0 | none | |
///
/// With the first row that names it: a code becomes an `ItemDefined`, one that is no goods (POST, DOT, D,
/// M, S, B, C2, C3, BANK CHARGES, AMAZONFEE, ADJUST, ADJUST2, CRUK, in small or capital letters) a
/// `ServiceDefined` of type fee; a customer a `PatientRegistered`.
///
/// Columns are found by name, in any order; others, such as `Country`, are ignored. `InvoiceNo`,
/// `UnitPrice` and `CustomerID` are other names of three. Quantities are pieces. Prices have up to
/// four decimals, tax included; a line is quantity times price, rounded once to the cent. The exact
/// product stays in the event, unless it comes back. `InvoiceDate` is the shop's own clock.
///
/// ## Order and references
///
/// An invoice is recorded when its last row has come, in the order of first rows, and takes effect
/// at the time of its first row. What it makes first (sale, return, entry, count, issue) bears the
/// invoice's number as reference, the rest `<number>/returned`, `/posted`, `/found`,
/// `/missing/<n>`; beside them stand `retail/items/CODE`, `retail/services/CODE`,
/// `retail/customers/ID`. A number that begins with C is a cancellation: it says no more than the
/// signs of its lines do. Tickets and returns are numbered day by day, in series `T<date>` and
/// `R<date>`, so that one that is mended later finds its place.
///
/// The same file appends nothing a second time; an interrupted import goes on where it stopped. An
/// invoice that stands in the book with other lines is kept, and its first row is refused as
/// `duplicateSource`. A code that goes by another name in the book is a finding.
///
/// ## What is refused
///
/// A missing column, or a file that cannot be read to its end, stops the import before anything is
/// appended. A row that is
/// ragged, or holds something else than a quantity, a price or a time where one belongs, is refused
/// with its place, and with it the other rows of its invoice, since a ticket without one of its lines
/// would be another ticket: mend the row and import again. So is an invoice whose rows name several
/// customers, or that the Desk refuses.
///
/// ## Assumptions
///
/// Everything is paid at once, on a web page (1150), and given back that way: the file says nothing
/// of payments. The file tells of no receipts of goods: what is sold or missing beyond what came back
/// or was found is short, as the Desk calls it, and has no cost. Goods that come back go to the
/// shelf. Prices have no tax in them that would be known. What is missing is lost unless its
/// description speaks of damage. Goods are called as in their first line with a price.
///
/// - Complexity: O(rows) time; the file is gone through twice, first for its invoices and codes. In
///   memory stand some 60 bytes of each invoice number, the names of codes and customers, and the rows
///   of invoices that are not whole yet or wait for an earlier one.
public struct RetailImport: ImportSource {
  private let file: ImportFile<RetailRow>

  /// The importer of such files.
  public var kind: Importer { .retail }

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
    try await record(
      file, passes: 2, into: submitter, progress: progress
    ) { file, recorder in
      var index = RetailIndex()
      try await index.read(file.table(of: RetailOutlineRow.self), recorder.tally)
      let retail = RetailRecorder(recorder, index, at: site)
      try await retail.record(file.table())
    }
  }
}
