public import DaybookBytes
import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// What treatments earned and cost, beside the entries: which of them are charged, what was used on
/// them, and what commission they led to.
///
/// A model of its own, so that the replay of the books does not wait for it. It answers for every
/// position up to its own: its histories are rows in position order, and what is undone is a row that
/// takes the first one back.
public struct EarningsModel: ReadModel {
  public static let name = "earnings"
  /// Raised with every change of what is computed.
  public static let version: UInt32 = 1

  var treatments: History<TreatmentRow>
  var billings: History<BillingRow>
  var materials: History<MaterialRow>
  var commissions: History<CommissionRow>
  /// Who is seen in each encounter.
  private var patients = DenseIndex()
  /// What each service uses up, as it stands now: asked for every treatment.
  private var recipes: [UInt64: [RecipeLine]] = [:]
  /// The position of the last event taken in.
  public private(set) var asOf = Position.start

  /// Nothing was done yet.
  public init() { self.init(chunkRows: 65_536) }

  /// Nothing was done yet; chunks are smaller in tests only.
  package init(chunkRows: Int) {
    treatments = History(chunkRows: chunkRows)
    billings = History(chunkRows: chunkRows)
    materials = History(chunkRows: chunkRows)
    commissions = History(chunkRows: chunkRows)
  }

  public mutating func apply(_ event: borrowing Event) throws {
    asOf = event.header.position
    switch event.header.family {
    case .frontOffice:
      switch FrontOfficeTag(rawValue: event.header.tag) {
      case .encounterStarted:
        let started = try event.payload(EncounterStarted.self)
        patients[started.encounter.number] = Int(clamping: started.patient.number)
      case .treatmentPerformed:
        note(try event.payload(TreatmentPerformed.self), event.header)
      default: break
      }
    case .accounting:
      if AccountingTag(rawValue: event.header.tag) == .chargePosted {
        note(try event.payload(ChargePosted.self), event.header)
      }
    case .logistics:
      if LogisticsTag(rawValue: event.header.tag) == .stockIssued {
        try note(try event.payload(StockIssued.self), event.header)
      }
    case .humanResources:
      if HumanResourcesTag(rawValue: event.header.tag) == .commissionAccrued {
        note(try event.payload(CommissionAccrued.self), event.header)
      }
    case .administration:
      if AdministrationTag(rawValue: event.header.tag) == .serviceDefined {
        let service = try event.payload(ServiceDefined.self)
        recipes[service.service.number] = service.recipe.isEmpty ? nil : Array(service.recipe)
      }
    case .corrections:
      if CorrectionsTag(rawValue: event.header.tag) == .reversed {
        undo(try event.payload(Reversed.self).of, event.header)
      }
    default: break
    }
  }

  private mutating func note(_ performed: TreatmentPerformed, _ header: RecordHeader) {
    treatments.append(
      TreatmentRow(
        occasion: RowOccasion(header),
        line: LineKey(performed.encounter.number, performed.line),
        service: performed.service.number, practitioner: performed.practitioner.number,
        patient: UInt64(patients[performed.encounter.number] ?? 0), units: Int64(performed.units),
        list: performed.listPrice.minorUnits, discount: performed.discount.minorUnits))
    for part in recipes[performed.service.number] ?? [] {
      // Wider than 64 bits only for a recipe that no store could hold: then it is left unknown.
      let (expected, overflow) = part.quantity.thousandths.multipliedReportingOverflow(
        by: Int64(performed.units))
      if overflow { continue }
      materials.append(
        MaterialRow(
          occasion: RowOccasion(header), item: part.item.number,
          line: LineKey(performed.encounter.number, performed.line), expected: expected))
    }
  }

  private mutating func note(_ charge: ChargePosted, _ header: RecordHeader) {
    guard let line = charge.encounterLine else { return }
    billings.append(
      BillingRow(
        occasion: RowOccasion(header), line: LineKey(line.encounter.number, line.line), count: 1))
  }

  private mutating func note(_ issued: StockIssued, _ header: RecordHeader) throws {
    guard issued.purpose == .treatment else { return }
    let line = issued.encounterLine
    var row = MaterialRow(
      occasion: RowOccasion(header), item: issued.item.number,
      line: LineKey(line?.encounter.number ?? 0, line?.line ?? 0))
    var (used, value) = (Quantity.zero, MinorSum())
    for part in issued.lines {
      used = try used.adding(part.quantity)
      value.add(part.value.minorUnits)
    }
    (row.used, row.value) = (used.thousandths, try value.narrowed())
    row.occasion.clinic = issued.clinic.number
    materials.append(row)
  }

  private mutating func note(_ accrued: CommissionAccrued, _ header: RecordHeader) {
    commissions.append(
      CommissionRow(
        occasion: RowOccasion(header), staff: accrued.staff.number, charge: accrued.charge.number,
        basis: accrued.basis.minorUnits, amount: accrued.amount.minorUnits))
  }

  private mutating func undo(_ of: Position, _ header: RecordHeader) {
    Self.undo(&treatments, of, header)
    Self.undo(&billings, of, header)
    Self.undo(&materials, of, header)
    Self.undo(&commissions, of, header)
  }

  /// Takes back what the event at `of` added to a history.
  private static func undo<Row: EarningRow>(
    _ rows: inout History<Row>, _ of: Position, _ header: RecordHeader
  ) {
    for index in rows.count(through: of.previous)..<rows.count(through: of) {
      var row = rows[index]
      row.occasion.position = header.position
      row.occasion.day = header.effective.day.daysSince1970
      row.negate()
      rows.append(row)
    }
  }

  public mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("treatments", &treatments)
    try parts.visit("billings", &billings)
    try parts.visit("materials", &materials)
    try parts.visit("commissions", &commissions)
    try parts.visit("patients", &patients)
    try parts.visit("recipes", &recipes)
    try parts.visit("asOf", &asOf)
  }

  public var digest: String { digest(knownAt: .end) }

  /// The digest that the model had at `position`, inclusive.
  public func digest(knownAt position: Position) -> String {
    var writer = ByteWriter(capacity: 256)
    writer.append(utf8: Self.name)
    writer.appendLittleEndian(Self.version)
    treatments.digest(through: position).append(to: &writer)
    billings.digest(through: position).append(to: &writer)
    materials.digest(through: position).append(to: &writer)
    commissions.digest(through: position).append(to: &writer)
    return writer.withSpan { SHA256.hash($0) }.description
  }
}
