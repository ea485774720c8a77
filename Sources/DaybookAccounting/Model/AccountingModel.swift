import DaybookBytes
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
  public static var version: UInt32 { 1 }

  /// The chart of accounts.
  public let chart = Chart.standard
  /// The position of the last event taken in.
  public private(set) var asOf = Position.start

  var ledger: Ledger
  var charges: History<ChargeRow>
  var recorded: History<RecordedRun>
  var factDays: History<FactDay>
  var slots = ClinicSlots()
  var clinicRegistry = Registry<ClinicFacts>()
  var partyRegistry = Registry<PartyFacts>()
  var serviceRegistry = Registry<ServiceFacts>()
  var staffRegistry = Registry<NoFacts>()

  let accounts: SlotAccounts
  /// The clinic of the entry that is being made.
  var entryClinic: UInt32 = 0
  private var latestDay = Int32.min
  private var lastRecorded = Int64.min

  /// Empty books, with chunks of 65,536 postings.
  public init() { self.init(chunkRows: 65_536) }

  /// Empty books with chunks of another size, for tests.
  package init(chunkRows: Int) {
    accounts = SlotAccounts(.standard)
    ledger = Ledger(chunkRows: chunkRows)
    charges = History(chunkRows: chunkRows)
    recorded = History(chunkRows: chunkRows)
    factDays = History(chunkRows: 4096)
  }

  /// Takes an event in; events come in position order, each once.
  ///
  /// - Throws: `WireError` where the bytes are not the event's payload, `PostingError` where it
  ///   cannot be posted; then nothing of it was.
  public mutating func apply(_ event: borrowing Event) throws {
    let header = event.header
    asOf = header.position
    switch header.family {
    case .accounting: try applyAccounting(event, header)
    case .logistics: try applyLogistics(event, header)
    case .administration: try applyAdministration(event, header)
    case .frontOffice: try applyFrontOffice(event, header)
    case .humanResources: try applyHumanResources(event, header)
    default: break
    }
    if EventNatures.isFact(header.family, header.tag) { noteFact(header) }
  }

  private mutating func noteFact(_ header: RecordHeader) {
    let day = header.effective.day.daysSince1970
    guard day > latestDay else { return }
    latestDay = day
    factDays.append(FactDay(position: header.position.number, day: day))
    factDays.commit()
  }

  private mutating func applyAdministration(
    _ event: borrowing Event, _ header: RecordHeader
  ) throws {
    guard let tag = AdministrationTag(rawValue: header.tag) else { return }
    switch tag {
    case .clinicDefined: note(try event.payload(ClinicDefined.self), event)
    case .serviceDefined:
      let service = try event.payload(ServiceDefined.self)
      serviceRegistry.note(
        service.service.number, at: header.position, reference: event.sourceReference,
        ServiceFacts(code: service.code, name: service.name, type: service.type.rawValue))
    case .partyRegistered:
      let party = try event.payload(PartyRegistered.self)
      guard let key = PartyKey(party.party) else { throw tooLarge(header) }
      partyRegistry.note(
        UInt64(key.rawValue), at: header.position, reference: event.sourceReference,
        PartyFacts(kind: PartyListing.Kind(party.type), termsDays: party.termsDays))
    case .rolesSet: break
    }
  }

  private mutating func note(_ clinic: ClinicDefined, _ event: borrowing Event) {
    let position = event.header.position
    let slot = slots.index(of: clinic.clinic.number, at: position.number)
    let limit = clinic.limits.writeOff?.minorUnits
    slots.define(slot, currency: clinic.currency, writeOffLimit: limit)
    clinicRegistry.note(
      clinic.clinic.number, at: position, reference: event.sourceReference,
      ClinicFacts(name: clinic.name, currency: clinic.currency, writeOffLimit: limit))
  }

  private mutating func applyFrontOffice(
    _ event: borrowing Event, _ header: RecordHeader
  ) throws {
    guard let tag = FrontOfficeTag(rawValue: header.tag) else { return }
    switch tag {
    case .patientRegistered:
      // The stream's number is the patient's: nothing of the payload concerns the books.
      guard let key = PartyKey(PatientID(header.stream.number)) else { throw tooLarge(header) }
      partyRegistry.note(
        UInt64(key.rawValue), at: header.position, reference: event.sourceReference,
        PartyFacts(kind: .patient))
    case .coverageSet, .appointmentBooked, .patientCheckedIn, .encounterStarted,
      .treatmentPerformed, .encounterCompleted:
      break
    }
  }

  private mutating func applyHumanResources(
    _ event: borrowing Event, _ header: RecordHeader
  ) throws {
    guard let tag = HumanResourcesTag(rawValue: header.tag) else { return }
    switch tag {
    case .staffHired:
      staffRegistry.note(
        header.stream.number, at: header.position, reference: event.sourceReference, NoFacts())
    }
  }

  func tooLarge(_ header: RecordHeader) -> PostingError {
    PostingError(.identifierTooLarge, at: header.position)
  }

  /// Notes when the event at `header` was recorded; called once for each event that makes an entry.
  mutating func noteRecorded(_ header: RecordHeader) {
    guard header.recorded.milliseconds != lastRecorded else { return }
    lastRecorded = header.recorded.milliseconds
    recorded.append(
      RecordedRun(position: header.position.number, milliseconds: lastRecorded))
    recorded.commit()
  }
}

/// Which events say what happened, by family and tag.
private enum EventNatures {
  private static let tagCount = 64
  private static let facts: [Bool] = {
    let families = ClinicEvents.families.map { Int($0.number.rawValue) }.max() ?? 0
    var facts = [Bool](repeating: false, count: (families + 1) * tagCount)
    for family in ClinicEvents.families {
      for event in family.events where event.nature == .fact {
        precondition(Int(event.tag) < tagCount)
        facts[Int(family.number.rawValue) * tagCount + Int(event.tag)] = true
      }
    }
    return facts
  }()

  static func isFact(_ family: FamilyNumber, _ tag: UInt16) -> Bool {
    let place = Int(family.rawValue) * tagCount + Int(tag)
    return Int(tag) < tagCount && place < facts.count && facts[place]
  }
}
