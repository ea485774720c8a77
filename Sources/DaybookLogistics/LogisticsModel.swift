public import DaybookBytes
import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// What came into stock and left it, lot by lot, and on whom it was used.
///
/// The model answers for every position up to its own: its history is rows in position order.
/// Quantities are read in the order of effective time and position, so that what is recorded late
/// stands where it belongs. Values are those that the events fix; nothing is valued again.
public struct LogisticsModel: ReadModel {
  public static let name = "logistics"
  public static let version: UInt32 = 3

  var movements: History<Movement>
  var deviceUses: History<DeviceUse>
  var reversals = History<ReversalRow>(chunkRows: 4096)
  var merges = History<MergeRow>(chunkRows: 4096)
  var standings = History<LotStanding>()
  var items = History<ItemVersion>()
  var clinics = History<ClinicVersion>()
  var lots = Numbering<Lot>()
  var shelves = Numbering<Shelf>()
  var references = References()
  var days = LatestDays()
  var statements = KeptStatements()

  // Indexes of what the histories hold, and what is needed to take in the next event.
  var itemVersions: [ItemID: [Int]] = [:]
  var currencies: [ClinicID: Currency] = [:]
  private var encounters = Encounters()
  private var otherPractitioners: [EncounterID: [UInt32: StaffID]] = [:]

  /// Nothing is in stock yet.
  public init() { self.init(chunkRows: 65_536) }

  /// Nothing is in stock yet; chunks are smaller in tests only.
  package init(chunkRows: Int) {
    movements = History(chunkRows: chunkRows)
    deviceUses = History(chunkRows: chunkRows)
  }

  public mutating func apply(_ event: borrowing Event) throws {
    if days.isMoved(by: event.header), ClinicEvents.isFact(event.header.family, event.header.tag) {
      days.note(event.header)
    }
    switch event.header.family {
    case .logistics: try applyLogistics(event)
    case .frontOffice: try applyFrontOffice(event)
    case .accounting: try applyAccounting(event)
    case .administration: try applyAdministration(event)
    case .humanResources: applyHumanResources(event)
    case .corrections: try applyCorrections(event)
    default: break
    }
  }

  public mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("movements", &movements)
    try parts.visit("deviceUses", &deviceUses)
    try parts.visit("reversals", &reversals)
    try parts.visit("merges", &merges)
    try parts.visit("standings", &standings)
    try parts.visit("items", &items)
    try parts.visit("clinics", &clinics)
    try parts.visit("lots", &lots)
    try parts.visit("shelves", &shelves)
    try parts.visit("references", &references)
    try parts.visit("days", &days)
    try parts.visit("statements", &statements)
    try parts.visit("itemVersions", &itemVersions)
    try parts.visit("currencies", &currencies)
    try parts.visit("encounters", &encounters)
    try parts.visit("otherPractitioners", &otherPractitioners)
  }

  public var digest: String { digest(knownAt: Position(.max)) }

  /// The digest that the model had at `position`, inclusive.
  public func digest(knownAt position: Position) -> String {
    var writer = ByteWriter(capacity: 256)
    writer.append(utf8: Self.name)
    writer.appendLittleEndian(Self.version)
    movements.digest(through: position).append(to: &writer)
    deviceUses.digest(through: position).append(to: &writer)
    if reversals.count(through: position) > 0 {
      reversals.digest(through: position).append(to: &writer)
    }
    if merges.count(through: position) > 0 {
      merges.digest(through: position).append(to: &writer)
    }
    standings.digest(through: position).append(to: &writer)
    items.digest(through: position).append(to: &writer)
    clinics.digest(through: position).append(to: &writer)
    lots.digest(through: position).append(to: &writer)
    shelves.digest(through: position).append(to: &writer)
    references.digest(through: position).append(to: &writer)
    days.digest(through: position).append(to: &writer)
    statements.appendDigest(through: position, to: &writer)
    return writer.withSpan { SHA256.hash($0) }.description
  }
}

extension LogisticsModel {
  private mutating func applyAdministration(_ event: borrowing Event) throws {
    guard let tag = AdministrationTag(rawValue: event.header.tag) else { return }
    switch tag {
    case .clinicDefined:
      let defined = try event.payload(ClinicDefined.self)
      references.note(event)
      currencies[defined.clinic] = defined.currency
      clinics.append(
        ClinicVersion(
          position: event.header.position, clinic: defined.clinic, currency: defined.currency))
    case .partyRegistered: references.note(event)
    case .rolesSet, .accountDefined, .postingRuleSet, .serviceDefined, .priceSet, .taxCodeSet,
      .resourceDefined:
      break
    }
  }

  private mutating func applyHumanResources(_ event: borrowing Event) {
    guard let tag = HumanResourcesTag(rawValue: event.header.tag) else { return }
    switch tag {
    case .staffHired: references.note(event)
    case .contractAmended, .staffLeft, .credentialRecorded, .shiftScheduled, .clockedIn,
      .clockedOut, .timeEntryCorrected, .absenceRecorded, .absenceDecided, .commissionRuleSet,
      .commissionAccrued, .hoursRecorded, .payrollApproved:
      break
    }
  }

  private mutating func applyFrontOffice(_ event: borrowing Event) throws {
    guard let tag = FrontOfficeTag(rawValue: event.header.tag) else { return }
    switch tag {
    case .patientRegistered: references.note(event)
    case .encounterStarted: try start(event)
    case .treatmentPerformed: try treat(event)
    case .patientsMerged: merge(try event.payload(), event.header)
    case .patientAmended, .coverageSet, .appointmentRequested,
      .appointmentBooked, .appointmentMoved, .appointmentCancelled, .appointmentMissed,
      .patientCheckedIn, .encounterCompleted, .treatmentPlanAccepted, .packageSold,
      .packageCancelled:
      break
    }
  }

  // The two that logs are full of, each on its own: what a function keeps for all events, it sets up for
  // each.

  private mutating func start(_ event: borrowing Event) throws {
    var started = EncounterStarted()
    try event.read(into: &started)
    encounters.add(
      Use(
        encounter: started.encounter, visit: started.visit, patient: started.patient,
        practitioner: started.practitioner), at: event.header.position)
  }

  private mutating func treat(_ event: borrowing Event) throws {
    var performed = TreatmentPerformed()
    try event.read(into: &performed)
    if performed.practitioner != encounters[performed.encounter]?.practitioner {
      otherPractitioners[performed.encounter, default: [:]][performed.line] =
        performed.practitioner
    }
    guard !performed.devices.isEmpty else { return }
    let header = event.header
    for device in performed.devices {
      let lot = lots.number(of: Lot(item: device.item, text: device.lot), at: header.position)
      deviceUses.append(
        DeviceUse(
          occasion: Occasion(header), clinic: ClinicID(header.clinic), lot: lot,
          serial: device.serial, expiry: device.expiry,
          use: use(EncounterLine(performed.encounter, line: performed.line), header)))
    }
  }

  /// Whose treatment `line` is; the encounter's own where the line says nothing else.
  func use(_ line: EncounterLine, _ header: RecordHeader) -> Use {
    var use =
      encounters[line.encounter]
      ?? Use(encounter: line.encounter, visit: VisitID(header.correlation))
    use.line = line.line
    if let other = otherPractitioners[line.encounter]?[line.line] { use.practitioner = other }
    return use
  }

  private mutating func applyLogistics(_ event: borrowing Event) throws {
    guard let tag = LogisticsTag(rawValue: event.header.tag) else { return }
    switch tag {
    case .itemDefined:
      let defined = try event.payload(ItemDefined.self)
      references.note(event)
      itemVersions[defined.item, default: []].append(items.count)
      items.append(
        ItemVersion(
          occasion: Occasion(event.header), item: defined.item, code: defined.code,
          name: defined.name, baseUnit: defined.baseUnit))
    case .goodsReceived: try receive(try event.payload(), event.header)
    case .stockIssued: try issue(try event.payload(), event.header)
    case .goodsReturned: try giveBack(try event.payload(), event.header)
    case .stockTransferDispatched: try dispatch(try event.payload(), event.header)
    case .stockTransferReceived: try arrive(try event.payload(), event.header)
    case .stockCounted: try count(try event.payload(), event.header)
    case .lotStatusSet: set(try event.payload(), event.header)
    case .purchaseOrderPlaced, .purchaseOrderClosed, .sterilisationRecorded, .equipmentServiced:
      break
    }
  }
}
