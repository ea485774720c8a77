public import DaybookBytes
import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// The books: every posting that the events make, and what it takes to answer for any day D as known
/// at any position S.
///
/// A model at S answers for every position up to S. Postings are signed minor units of their clinic's
/// currency; positive is a debit.
public struct AccountingModel: ReadModel {
  /// `accounting`
  public static var name: String { "accounting" }
  /// Raised with every change of what is computed.
  public static var version: UInt32 { 4 }

  /// The chart of accounts.
  public internal(set) var chart = Chart.standard
  /// The position of the last event taken in.
  public private(set) var asOf = Position.start

  var ledger: Ledger
  var charges: History<ChargeRow>
  var reversals: History<ReversalRow>
  /// Periods and years that were closed, and what was stated of them.
  var periods = PeriodBook()
  var recorded: History<RecordedRun>
  var slots = ClinicSlots()
  /// Who recorded what was posted.
  var actors = ActorSlots()
  var clinicRegistry = Registry<ClinicFacts>()
  var partyRegistry = Registry<PartyFacts>()
  var serviceRegistry = Registry<ServiceFacts>()
  /// The type of each service as it stands now: asked for every charge.
  var serviceTypes = DenseIndex()
  /// Where each package stands: the clinic's index, and above it the tax code of its charge.
  var packagePlaces = DenseIndex()
  /// The tax code of each deposit that has one, by the payment's number.
  var depositTaxCodes = DenseIndex()
  var references = References()
  var days = LatestDays()

  /// What the chart has beside the built-in accounts, as it was defined.
  var definedAccounts: [DefinedAccount] = []
  var accountRules: AccountRules
  var taxCodes = Registry<TaxCodeFacts>()
  var merges = Registry<MergeFacts>()
  var notes = ItemNotes()
  /// Beside the entries: till sessions, and packages.
  var tills: TillBook
  var packages = PackageBook()
  /// What had been paid of charges and is credit, where no posting says of which.
  var uncollected = History<UncollectedRow>(chunkRows: 4096)

  let builtInAccounts: SlotAccounts
  /// The accounts of the entry that is being made; else the built-in ones.
  var accounts: SlotAccounts
  /// The clinic of the entry that is being made.
  var entryClinic: UInt16 = 0
  private var lastRecorded = Int64.min

  /// What the model is kept as in a checkpoint; the entry under way is never part of one.
  public mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("asOf", &asOf)
    try parts.visit("ledger", &ledger)
    try parts.visit("charges", &charges)
    try parts.visit("reversals", &reversals)
    try parts.visit("periods", &periods)
    try parts.visit("recorded", &recorded)
    try parts.visit("slots", &slots)
    try parts.visit("actors", &actors)
    try parts.visit("clinics", &clinicRegistry)
    try parts.visit("parties", &partyRegistry)
    try parts.visit("services", &serviceRegistry)
    try parts.visit("serviceTypes", &serviceTypes)
    try parts.visit("packagePlaces", &packagePlaces)
    try parts.visit("depositTaxCodes", &depositTaxCodes)
    try parts.visit("references", &references)
    try parts.visit("days", &days)
    try parts.visit("lastRecorded", &lastRecorded)
    try parts.visit("accounts", &definedAccounts)
    try parts.visit("accountRules", &accountRules)
    try parts.visit("taxCodes", &taxCodes)
    try parts.visit("merges", &merges)
    try parts.visit("notes", &notes)
    try describeItems(&parts)
    try parts.visit("tills", &tills)
    try parts.visit("packages", &packages)
    try parts.visit("uncollected", &uncollected)
    chart = .standard
    for defined in definedAccounts { _ = chart.take(defined) }
  }

  /// Empty books, with chunks of 65,536 postings.
  public init() { self.init(chunkRows: 65_536) }

  /// Empty books with chunks of another size, or with other built-in rules, for tests.
  ///
  /// - Parameter builtIn: The codes of accounts that slots mean in place of those that are frozen.
  package init(chunkRows: Int, builtIn: [String: String] = [:]) {
    builtInAccounts = SlotAccounts(.standard, builtIn)
    accounts = builtInAccounts
    accountRules = AccountRules(builtInAccounts)
    ledger = Ledger(chunkRows: chunkRows)
    charges = History(chunkRows: chunkRows)
    reversals = History(chunkRows: chunkRows)
    recorded = History(chunkRows: chunkRows)
    tills = TillBook(chunkRows: chunkRows)
  }

  /// Takes an event in; events come in position order, each once.
  ///
  /// - Throws: `WireError` where the bytes are not the event's payload, `PostingError` where it
  ///   cannot be posted; then nothing of it was.
  public mutating func apply(_ event: borrowing Event) throws {
    asOf = event.header.position
    switch event.header.family {
    case .accounting: try applyAccounting(event)
    case .logistics: try applyLogistics(event)
    case .administration: try applyAdministration(event)
    case .frontOffice: try applyFrontOffice(event)
    case .humanResources: try applyHumanResources(event)
    case .corrections: try applyCorrections(event)
    default: break
    }
    if days.isMoved(by: event.header), ClinicEvents.isFact(event.header.family, event.header.tag) {
      days.note(event.header)
    }
  }

  private mutating func applyAdministration(
    _ event: borrowing Event
  ) throws {
    guard let tag = AdministrationTag(rawValue: event.header.tag) else { return }
    switch tag {
    case .clinicDefined: try note(try event.payload(ClinicDefined.self), event)
    case .serviceDefined:
      let service = try event.payload(ServiceDefined.self)
      serviceTypes[service.service.number] = Int(service.type.rawValue)
      serviceRegistry.note(
        service.service.number, at: event.header.position,
        ServiceFacts(code: service.code, name: service.name, type: service.type.rawValue))
    case .partyRegistered:
      let party = try event.payload(PartyRegistered.self)
      guard let key = PartyKey(party.party) else { throw tooLarge(event.header) }
      partyRegistry.note(
        UInt64(key.rawValue), at: event.header.position,
        PartyFacts(kind: PartyListing.Kind(party.type), termsDays: party.termsDays))
      references.note(event)
    case .accountDefined: try define(try event.payload(), event.header)
    case .postingRuleSet: try set(try event.payload(PostingRuleSet.self), event.header)
    case .taxCodeSet: set(try event.payload(TaxCodeSet.self), event.header)
    case .rolesSet, .priceSet, .resourceDefined: break
    }
  }

  private mutating func note(_ clinic: ClinicDefined, _ event: borrowing Event) throws(PostingError)
  {
    let position = event.header.position
    let slot = try slots.index(of: clinic.clinic.number, at: position)
    let limit = clinic.limits.writeOff?.minorUnits
    slots.define(slot, currency: clinic.currency, writeOffLimit: limit)
    clinicRegistry.note(
      clinic.clinic.number, at: position,
      ClinicFacts(name: clinic.name, currency: clinic.currency, writeOffLimit: limit))
    references.note(event)
  }

  private mutating func applyFrontOffice(
    _ event: borrowing Event
  ) throws {
    guard let tag = FrontOfficeTag(rawValue: event.header.tag) else { return }
    switch tag {
    case .patientRegistered:
      // The stream's number is the patient's: nothing of the payload concerns the books.
      guard let key = PartyKey(PatientID(event.header.stream.number)) else {
        throw tooLarge(event.header)
      }
      partyRegistry.note(
        UInt64(key.rawValue), at: event.header.position, PartyFacts(kind: .patient))
      references.note(event)
    case .patientsMerged: try merge(try event.payload(), event.header)
    case .patientAmended, .coverageSet, .appointmentRequested,
      .appointmentBooked, .appointmentMoved, .appointmentCancelled, .appointmentMissed,
      .patientCheckedIn, .encounterStarted, .treatmentPerformed, .encounterCompleted,
      .treatmentPlanAccepted:
      break
    case .packageSold: try sell(try event.payload(), event)
    case .packageCancelled: try cancel(try event.payload(), event)
    }
  }

  func tooLarge(_ header: RecordHeader) -> PostingError {
    PostingError(.identifierTooLarge, at: header.position)
  }

  /// Notes when `event` was recorded; called once for each event that makes an entry.
  mutating func noteRecorded(_ event: borrowing Event) {
    guard event.header.recorded.milliseconds != lastRecorded else { return }
    lastRecorded = event.header.recorded.milliseconds
    recorded.append(
      RecordedRun(position: event.header.position, milliseconds: lastRecorded))
  }
}
