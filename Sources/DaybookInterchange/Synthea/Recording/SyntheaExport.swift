import DaybookClinicEvents
import DaybookValues
import DaybookWorld

/// What an export says, read whole before anything is recorded, and kept small.
///
/// A row that cannot be used is refused here, with what is wrong with it; an encounter of which a
/// charge, a supply or a device is refused is blocked, since it would be recorded incompletely and
/// could not be completed later.
final class SyntheaExport {
  /// A file's rows that have an identifier.
  struct Named<Row> {
    private(set) var rows: [Row] = []
    private var places: [String: Int32] = [:]

    subscript(id: String) -> Int32? { places[id] }

    /// Adds a row; the first of an identifier is the one that is meant by it.
    mutating func append(_ row: Row, _ id: String) {
      if places[id] == nil { places[id] = Int32(rows.count) }
      rows.append(row)
    }
  }

  struct Encounter {
    var id: String
    var row: Int
    var start: Instant
    var stop: Instant?
    var patient: Int32
    var clinic: Int32
    var provider: Int32
  }

  struct Claim {
    var id: String
    var row: Int
    /// Payers that pay; nil for none, and for the payer that stands for none.
    var primary: Int32?
    var secondary: Int32?
    var encounter: Int32
    var isClosed: Bool
  }

  struct Service {
    var code: String
    var name: String
    var type: ServiceType
    /// The first row that charges it.
    var row: Int
  }

  struct Item {
    var file: SyntheaFile
    var code: String
    var name: String
    var row: Int
  }

  /// A supply or a device.
  struct Use {
    var encounter: Int32
    var item: Int32
    var row: Int
    var file: SyntheaFile
    var at: Instant
    var quantity: Quantity
    /// What a device's label says; nil for a supply.
    var udi: UDI?
  }

  let folder: String
  let files: any FileSystem
  let tally: ImportTally

  var organizations = Named<OrganizationRow>()
  var payers = Named<PayerRow>()
  var providers = Named<ProviderRow>()
  var patients = Named<PatientRow>()
  var encounters = Named<Encounter>()
  var claims = Named<Claim>()
  var ledger = LedgerIndex()
  var services: [Service] = []
  var items: [Item] = []
  var uses: [Use] = []
  /// The earliest time of anything that happened; nil in an export without encounters.
  var earliest: Instant?
  /// Encounters that cannot be recorded whole, by the row that is missing.
  var blockers: [Int32: RowPlace] = [:]

  var names: [String: (name: String, type: ServiceType)] = [:]
  var servicePlaces: [String: Int32] = [:]
  var itemPlaces: [String: Int32] = [:]
  /// Bytes of the files that were read to their end.
  /// What was read, by file: one that is read again must be the same.
  private(set) var surveys: [SyntheaFile: FileSurvey] = [:]
  private var bytesRead: UInt64 = 0

  init(_ folder: String, _ files: any FileSystem, _ tally: ImportTally) {
    self.folder = folder
    self.files = files
    self.tally = tally
  }

  func has(_ file: SyntheaFile) -> Bool {
    files.exists(FilePath.join(folder, file.fileName))
  }

  /// Reads a file to its end.
  ///
  /// - Parameter broken: Told of the fields of each row that could not be read.
  /// - Throws: What is wrong with the file as a whole; `ImportStopped`.
  func read<Row: ImportRow>(
    _ file: SyntheaFile, _: Row.Type = Row.self,
    broken: (RowPlace, [String]) throws -> Void = { _, _ in }, _ take: (Row) throws -> Void
  ) throws {
    guard file.isRequired || has(file) else { return }
    var table = try ImportTable<Row>(file, of: folder, in: files)
    let stage = "reading \(file.fileName)"
    tally.advance(stage, to: bytesRead)
    while true {
      let row: Row?
      do throws(CSVError) {
        row = try table.next()
      } catch {
        guard error.concernsOneRow else { throw error }
        try broken(RowPlace(error.file, row: error.row), table.texts)
        try tally.refuse(error)
        continue
      }
      guard let row else { break }
      try take(row)
      if table.rowsRead % 1_024 == 0 { tally.advance(stage, to: bytesRead + table.bytesRead) }
    }
    surveys[file] = try table.survey()
    bytesRead += table.bytesRead
    tally.read(file.fileName, rows: table.rowsRead)
  }
}
