public import DaybookClinicEvents
public import DaybookEngine
public import DaybookWorld

/// Imports an export in Synthea's CSV layout: the histories of patients with their visits, charges,
/// claims and payments, the supplies used and the devices handed out.
///
/// ```swift
/// let importer = SyntheaImport(directory: "export", world: .live)
/// let report = try await importer.run(into: office) { progress in ... }
/// ```
///
/// ## What a row becomes
///
/// | row | event | columns needed |
/// |---|---|---|
/// | organizations | `ClinicDefined`, USD, UTC | Id, NAME |
/// | payers | `PartyRegistered` of type payer | Id, NAME |
/// | providers | `StaffHired` as contractor, `RolesSet` practitioner | Id, ORGANIZATION, NAME, SPECIALITY |
/// | patients | `PatientRegistered` | Id, FIRST, LAST, BIRTHDATE (GENDER) |
/// | payer_transitions | `CoverageSet`, priority 1 and, for SECONDARY_PAYER, 2 | PATIENT, PAYER, START_DATE or START_YEAR, END_DATE or END_YEAR (MEMBERID, SECONDARY_PAYER) |
/// | encounters | `AppointmentBooked`, `PatientCheckedIn`, `EncounterStarted`, `EncounterCompleted` | Id, START, STOP, PATIENT, ORGANIZATION, PROVIDER, ENCOUNTERCLASS, CODE, DESCRIPTION |
/// | claims_transactions CHARGE | `TreatmentPerformed`, `ChargePosted` in the action of its encounter, whatever its date | ID, CLAIMID, CHARGEID, PATIENTID, TYPE, AMOUNT, FROMDATE, PLACEOFSERVICE, PROCEDURECODE, PROVIDERID, APPOINTMENTID, TRANSFERTYPE (UNITS) |
/// | TRANSFEROUT and TRANSFERIN | `ResponsibilityTransferred` | TRANSFERS, TRANSFEROUTID, TRANSFERTYPE |
/// | PAYMENT | `PaymentReceived` | METHOD, PAYMENTS |
/// | ADJUSTMENT | `AdjustmentPosted`, contractual | ADJUSTMENTS |
/// | claims with a payer | `ClaimSubmitted`; `ClaimAdjudicated` when CLOSED | Id, PATIENTID, PRIMARYPATIENTINSURANCEID, SECONDARYPATIENTINSURANCEID, APPOINTMENTID, SERVICEDATE, STATUS1 |
/// | supplies | `StockIssued`, treatment | DATE, PATIENT, ENCOUNTER, CODE, DESCRIPTION, QUANTITY |
/// | devices | `TreatmentPerformed.devices`, `StockIssued`, treatment | START, PATIENT, ENCOUNTER, CODE, DESCRIPTION, UDI with (10) lot |
/// | procedures, medications, immunizations | none: names of codes for `ServiceDefined` | CODE, DESCRIPTION |
///
/// Columns are found by name, in any order; others are ignored. The last five files may be absent.
/// Amounts are US dollars with two decimals, times UTC, quantities pieces.
///
/// ## Order and references
///
/// Clinics, payers, staff, patients, coverage, services and items come first; then, encounter by
/// encounter, its visit and the claims whose charges are then all there. A claim is submitted
/// before its first payment, its rows follow in the order of CHARGEID, and it is answered after the
/// last. Payments and transfers take effect on their FROMDATE.
///
/// An action has its row's identifier as reference: the encounter's, the payment's, the claim's, that
/// of the TRANSFEROUT row; `<Id>/adjudicated`, `<Id>/roles`, `<Id>/opening` for what else a row
/// makes; `payer_transitions/PATIENT/START/PAYER/PRIORITY`, `services/CODE`, `supplies/CODE` and
/// `devices/CODE` where there is none. What a row makes follows from the files alone, so that the
/// same export appends nothing a second time, and an interrupted import goes on where it stopped.
/// Where a row has changed, the action that stands is kept, and its row is refused as
/// `duplicateSource`. A code that goes by another name than in the book, as in the export of another
/// run, is a finding: no figure hangs on it.
///
/// ## Who owes and who pays
///
/// TRANSFERTYPE 1 and 2 are the payers that the claim names; a claim that names none, or the
/// payer NO_INSURANCE, leaves the patient. A charge without TRANSFERTYPE, as in Synthea's first
/// ledgers, is the first payer's. An ECHECK is paid by the party to which the rows moved
/// the charge last, if that is a payer; everything else by the patient. What a payment has beyond
/// what its charge owes is a credit of who paid.
///
/// A claim that is CLOSED is answered with what its rows have done to its charges, and the answer posts
/// nothing. What they leave open is owed by the payer as before, although the export has the claim closed:
/// the ledger's rows decide what the books say, and `accounts claims` shows the difference.
///
/// ## What is refused
///
/// A file or column that is missing, or a file that cannot be read to its end, stops the import
/// before anything is appended. A row that is ragged, holds a text where a number or a date belongs,
/// or names something that is not there is refused with its place; so is what depends on it. A
/// visit is recorded whole or not at all: if a charge, a supply or a device of it is refused, so is
/// the encounter, which can then be imported once the row is mended.
///
/// ## Assumptions
///
/// A visit without STOP goes on: it is recorded without an end. A charge whose PROVIDERID is empty or an
/// organization was done by who saw the patient. Staff and patients without a name go by their
/// identifier.
///
/// What an encounter uses came in as opening stock at unit cost 0, by code and lot, in a receipt of
/// the encounter's own and not after its first use: an export that has grown changes no earlier
/// receipt. Staff work since 1900, since the export does not say. A coverage ends on the day before
/// the next begins. A device goes with the last treatment that is not after it. A cash payment has
/// no till. Costs in encounters and medications are estimates and post nothing.
///
/// - Complexity: O(rows) time. In memory stand the rows of organizations, payers, providers and
///   patients; of each encounter and claim some 200 bytes, of each row of the ledger some 130. All
///   else passes through row by row.
public struct SyntheaImport: ImportSource {
  /// The importer of such exports.
  public var kind: Importer { .synthea }

  /// The export's folder.
  public let directory: String
  /// Whether the import stops at the first refused row.
  public let isStrict: Bool
  private let world: World

  /// An import that has not begun.
  ///
  /// - Parameters:
  ///   - directory: The folder of the CSV files.
  ///   - world: Files and time zones.
  ///   - strict: Whether the import stops at the first refused row.
  public init(directory: String, world: World, strict: Bool = false) {
    self.directory = directory
    self.world = world
    isStrict = strict
  }

  /// Checks that every file that is needed is there and has its columns: before a book is made.
  ///
  /// - Throws: `CSVError` naming the file and the column.
  public func check() throws { _ = try SyntheaExport.checkFiles(of: directory, in: world.files) }

  /// Reads the export and records what it says.
  ///
  /// - Parameters:
  ///   - submitter: The book; what is submitted is synced when this returns.
  ///   - progress: Told now and then how far the import has come.
  /// - Returns: What was read, appended, found and refused.
  /// - Throws: `CSVError` where a file or a column is missing or a file cannot be read: nothing is
  ///   appended then. `TimeZoneError` where the machine has no time zones. `LogError` where the book
  ///   can no longer be written: what was appended before is whole, and the same import goes on.
  public func run(
    into submitter: some ActionSubmitter,
    progress: @escaping (ImportProgress) -> Void = { _ in }
  ) async throws -> ImportReport {
    let bytes = try SyntheaExport.checkFiles(of: directory, in: world.files)
    // Read once, and gone through once more to record.
    return try await record(
      into: submitter, bytes: bytes * 2, isStrict: isStrict, progress: progress
    ) { recorder in
      let export = SyntheaExport(directory, world.files, recorder.tally)
      try export.read()
      try await SyntheaRecorder(export, recorder, zones: world.zones).record(bytes: bytes)
    }
  }

  /// As `run(into:progress:)`: the export has clinics of its own.
  public func run(
    into submitter: some ActionSubmitter, at site: ImportSite,
    progress: @escaping (ImportProgress) -> Void
  ) async throws -> ImportReport {
    try await run(into: submitter, progress: progress)
  }
}
