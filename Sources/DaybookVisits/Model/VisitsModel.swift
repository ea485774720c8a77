public import DaybookBytes
import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// Who is to come and when, who came, and what became of it: what the front office looks at.
///
/// The model answers for every position up to its own: its history is rows in position order. It holds
/// no names. Times stand as the clock at the clinic shows them, by the zone that the clinic's
/// definition carried when they were written.
public struct VisitsModel: ReadModel {
  public static let name = "visits"
  public static let version: UInt32 = 1

  var bookings: History<BookingRow>
  var ends: History<EndRow>
  var arrivals: History<ArrivalRow>
  var encounters: History<EncounterRow>
  var patients: History<PatientRow>
  var coverages: History<CoverageRow>
  var merges = History<MergeRow>()
  var requests: History<RequestRow>
  var clinics = History<ClinicRow>()
  var resources = History<ResourceRow>()
  var fitnesses = History<FitnessRow>()
  var staff = History<StaffRow>()
  var shifts: History<ShiftRow>
  var absences: History<AbsenceRow>
  var references = References()
  var days = LatestDays()

  // What is under way: needed to take in the next event, never to answer for an earlier position.
  var clocks: [ClinicID: CivilClock] = [:]
  var openEncounters: [EncounterID: OpenEncounter] = [:]

  /// Nobody is to come yet.
  public init() { self.init(chunkRows: 65_536) }

  /// Nobody is to come yet; chunks are smaller in tests only.
  package init(chunkRows: Int) {
    bookings = History(chunkRows: chunkRows)
    ends = History(chunkRows: chunkRows)
    arrivals = History(chunkRows: chunkRows)
    encounters = History(chunkRows: chunkRows)
    patients = History(chunkRows: chunkRows)
    coverages = History(chunkRows: chunkRows)
    requests = History(chunkRows: chunkRows)
    shifts = History(chunkRows: chunkRows)
    absences = History(chunkRows: chunkRows)
  }

  public mutating func apply(_ event: borrowing Event) throws {
    if days.isMoved(by: event.header), ClinicEvents.isFact(event.header.family, event.header.tag) {
      days.note(event.header)
    }
    switch event.header.family {
    case .frontOffice: try applyFrontOffice(event)
    case .administration: try applyAdministration(event)
    case .humanResources: try applyHumanResources(event)
    case .logistics: try applyLogistics(event)
    case .corrections: try applyCorrections(event)
    default: break
    }
  }

  public mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("bookings", &bookings)
    try parts.visit("ends", &ends)
    try parts.visit("arrivals", &arrivals)
    try parts.visit("encounters", &encounters)
    try parts.visit("patients", &patients)
    try parts.visit("coverages", &coverages)
    try parts.visit("merges", &merges)
    try parts.visit("requests", &requests)
    try parts.visit("clinics", &clinics)
    try parts.visit("resources", &resources)
    try parts.visit("fitnesses", &fitnesses)
    try parts.visit("staff", &staff)
    try parts.visit("shifts", &shifts)
    try parts.visit("absences", &absences)
    try parts.visit("references", &references)
    try parts.visit("days", &days)
    try parts.visit("clocks", &clocks)
    try parts.visit("openEncounters", &openEncounters)
  }

  public var digest: String { digest(knownAt: Position(.max)) }

  /// The digest that the model had at `position`, inclusive.
  public func digest(knownAt position: Position) -> String {
    var writer = ByteWriter(capacity: 512)
    writer.append(utf8: Self.name)
    writer.appendLittleEndian(Self.version)
    bookings.digest(through: position).append(to: &writer)
    ends.digest(through: position).append(to: &writer)
    arrivals.digest(through: position).append(to: &writer)
    encounters.digest(through: position).append(to: &writer)
    patients.digest(through: position).append(to: &writer)
    coverages.digest(through: position).append(to: &writer)
    merges.digest(through: position).append(to: &writer)
    requests.digest(through: position).append(to: &writer)
    clinics.digest(through: position).append(to: &writer)
    resources.digest(through: position).append(to: &writer)
    fitnesses.digest(through: position).append(to: &writer)
    staff.digest(through: position).append(to: &writer)
    shifts.digest(through: position).append(to: &writer)
    absences.digest(through: position).append(to: &writer)
    references.digest(through: position).append(to: &writer)
    days.digest(through: position).append(to: &writer)
    return writer.withSpan { SHA256.hash($0) }.description
  }

  /// `instant` as the clock at the header's clinic shows it.
  func moment(_ instant: Instant, _ header: RecordHeader) -> Moment {
    // The offset of the record is that of when it was made, which need not be that of the instant.
    Moment(
      instant, clocks[ClinicID(header.clinic)]?.offset(at: instant) ?? header.effective.offset)
  }
}

/// An encounter that began and did not end.
struct OpenEncounter: StoredRecord {
  var visit = VisitID()
  var practitioner = StaffID()

  static var blank: OpenEncounter { OpenEncounter() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&visit)
    try fields.visit(&practitioner)
  }
}
