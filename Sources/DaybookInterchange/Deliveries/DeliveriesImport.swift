public import DaybookClinicEvents
public import DaybookEngine
public import DaybookWorld

/// Imports a history of deliveries: one file whose rows are what came in, on which order, from whom.
///
/// ## What a row becomes
///
/// | rows | event | columns needed |
/// |---|---|---|
/// | of one PO / SO # | `PurchaseOrderPlaced`, a line for each item with the packs of all its rows | PO / SO #, PO Sent to Vendor Date, Scheduled Delivery Date, Vendor, Item Description, Line Item Quantity, Pack Price |
/// | each | `GoodsReceived` of one line, on that order | ID, Delivered to Client Date, Line Item Value |
/// | of one Vendor | `PartyRegistered` of type supplier | |
/// | of one Item Description | `ItemDefined`, counted in packs | |
///
/// Columns are found by name, in any order; others are ignored: freight and insurance, which are words
/// in a third of such files, come with the supplier's invoice, which is not here. Days are written
/// `02-Jun-06`, `11/13/06` or `2006-11-13`. `Line Item Value` is the cost of the line, whatever
/// packs times price come to, since prices are rounded; `Pack Price` is kept as the unit cost.
///
/// An order is due on the latest `Scheduled Delivery Date` of its rows; a receipt that was scheduled
/// for another day says so (`GoodsReceived.due`). A delivery is late when it takes effect after that.
///
/// ## Order and references
///
/// The file's rows in their order, each order before its first receipt. An order bears its number as
/// reference, a receipt `deliveries/<ID>`; beside them stand `deliveries/items/NAME` and
/// `deliveries/vendors/<hash of the name>`. The same file appends nothing a second time, and an
/// interrupted import goes on where it stopped. An order that stands in the book with other lines
/// is kept, and its first row is refused as `duplicateSource`; so is a receipt.
///
/// ## What is refused
///
/// A missing column, or a file that cannot be read to its end, stops the import before anything is
/// appended. A row that is ragged, or holds something else than a quantity above 0, an amount from 0
/// or a day where one belongs, is refused with its place, and with it all rows of its order, since an
/// order without one of its lines would be another order: mend the row and import again. So are
/// orders whose rows name several vendors, and an `ID` that comes twice.
///
/// ## Assumptions
///
/// Everything was ordered for one clinic, wherever it went on from there. An order whose day of
/// sending is not known (`Date Not Captured`, `N/A - From RDC`), or lies after its first delivery, was
/// placed on the day of its first delivery, or that for which it was first scheduled if that is earlier.
/// Goods have no lots, and nothing is said of their use: they stay on the shelf.
///
/// - Complexity: O(rows) time; the file is gone through twice, first for its orders. In memory stand some
///   150 bytes an order line, some 60 an `ID`, and the names of vendors and items.
public struct DeliveriesImport: ImportSource {
  private let file: ImportFile<DeliveryRow>

  /// The importer of such files.
  public var kind: Importer { .deliveries }

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
      var index = DeliveryIndex()
      try await index.read(file.table(), recorder.tally)
      let deliveries = DeliveriesRecorder(recorder, index, at: site)
      try await deliveries.record(file.table())
    }
  }
}
