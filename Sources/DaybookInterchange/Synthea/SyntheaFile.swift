public import DaybookWorld

/// The files of an export in Synthea's CSV layout that the importer reads; others are left alone.
public enum SyntheaFile: String, CaseIterable, Hashable, Sendable {
  /// Clinics.
  case organizations
  /// Those who treat.
  case providers
  /// Insurers, and the one that stands for none.
  case payers
  /// Patients, with their names.
  case patients
  /// Which payers covered a patient, and when.
  case coverage = "payer_transitions"
  /// Visits: who, where, from when to when.
  case encounters
  /// Claims: their payers and how they stand.
  case claims
  /// The ledger: charges, transfers, payments, adjustments.
  case transactions = "claims_transactions"
  /// Names of codes of what was done.
  case procedures
  /// Names of codes of vaccines.
  case immunizations
  /// Names of codes of medicines; their charges stand in the ledger.
  case medications
  /// Supplies used.
  case supplies
  /// Devices handed out or put in, with their lots.
  case devices

  /// The file's name in the export's folder.
  public var fileName: String { rawValue + ".csv" }

  /// Whether an export without the file is refused. Names of codes, supplies and devices may be
  /// absent: a run of the generator can leave them out.
  public var isRequired: Bool {
    switch self {
    case .procedures, .immunizations, .medications, .supplies, .devices: false
    default: true
    }
  }
}

/// A row of one of Synthea's files, as typed values.
public protocol SyntheaRow: Sendable {
  /// Where the row's columns stand in the file.
  associatedtype Columns: Sendable

  /// The row below the header, from 1.
  var row: Int { get }

  /// Finds the columns by name, whichever order and however many there are.
  static func columns(of reader: borrowing CSVReader) throws(CSVError) -> Columns

  /// Reads the row that the reader stands at.
  ///
  /// - Throws: What is wrong with the first bad field, with file, row, line, column and text.
  init(_ reader: borrowing CSVReader, _ columns: Columns) throws(CSVError)
}

/// Reads a file of an export row by row, as typed values.
public struct SyntheaTable<Row: SyntheaRow>: ~Copyable {
  private var reader: CSVReader
  private let columns: Row.Columns

  /// Opens a file of the export in `folder` and finds its columns.
  ///
  /// - Throws: `.file` when it cannot be opened, `.empty`, `.missingColumn`.
  public init(
    _ file: SyntheaFile, of folder: String, in files: any FileSystem,
    limits: CSVLimits = CSVLimits()
  ) throws(CSVError) {
    try self.init(
      CSVReader(
        path: FilePath.join(folder, file.fileName), in: files, name: file.fileName, limits: limits))
  }

  /// Reads the rows of `reader`.
  public init(_ reader: consuming CSVReader) throws(CSVError) {
    columns = try Row.columns(of: reader)
    self.reader = reader
  }

  /// The next row, or nil at the end of the file.
  ///
  /// - Throws: What is wrong with the row or the file. Where `concernsOneRow` holds, call again for
  ///   the row after it.
  public mutating func next() throws(CSVError) -> Row? {
    guard try reader.next() else { return nil }
    return try Row(reader, columns)
  }

  /// How many rows were read, also of those that cannot be taken as they are.
  public var rowsRead: Int { reader.row }

  /// All fields of the row that was read last, as text.
  public var texts: [String] { reader.texts }

  /// Bytes read so far, for a progress bar.
  public var bytesRead: UInt64 { reader.bytesRead }
}
