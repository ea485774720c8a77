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

extension ImportTable {
  /// Opens a file of the export in `folder` and finds its columns.
  ///
  /// - Throws: `.file` when it cannot be opened, `.empty`, `.missingColumn`.
  public init(
    _ file: SyntheaFile, of folder: String, in files: any FileSystem,
    limits: CSVLimits = CSVLimits(), expecting survey: FileSurvey? = nil
  ) throws(CSVError) {
    try self.init(
      CSVReader(
        path: FilePath.join(folder, file.fileName), in: files, name: file.fileName, limits: limits,
        expecting: survey))
  }
}
