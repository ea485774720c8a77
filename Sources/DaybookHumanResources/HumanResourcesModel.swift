public import DaybookBytes
import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// Who works for the clinics, and the time that practitioners were booked and attended.
///
/// The model answers for every position up to its own: its history is rows in position order.
/// Attended time is the time between `EncounterStarted` and `EncounterCompleted`; it counts on the
/// civil day on which the encounter began, and once the encounter is completed.
public struct HumanResourcesModel: ReadModel {
  public static let name = "human-resources"
  public static let version: UInt32 = 2

  var activities: History<Activity>
  var employments: History<Employment>
  var people: PeopleHistory
  var references = References()
  var days = LatestDays()
  var statements = KeptStatements()

  // What is under way: needed to take in the next event, never to answer for an earlier position.
  private var zones: [UInt64: Zone] = [:]
  /// The currencies of the clinics: for amounts that are worked out now.
  var currencies: [UInt64: Currency] = [:]
  private var appointments: [UInt64: Booking] = [:]
  private var visits: [UInt64: Booking] = [:]
  private var encounters: [UInt64: OpenEncounter] = [:]

  /// Nobody works here yet.
  public init() { self.init(chunkRows: 65_536) }

  /// Nobody works here yet; chunks are smaller in tests only.
  package init(chunkRows: Int) {
    activities = History(chunkRows: chunkRows)
    employments = History(chunkRows: chunkRows)
    people = PeopleHistory(chunkRows: chunkRows)
  }

  public mutating func apply(_ event: borrowing Event) throws {
    if days.isMoved(by: event.header), ClinicEvents.isFact(event.header.family, event.header.tag) {
      days.note(event.header)
    }
    switch event.header.family {
    case .frontOffice: try applyFrontOffice(event)
    case .humanResources: try applyHumanResources(event)
    case .corrections: try applyCorrections(event)
    case .administration: try applyAdministration(event)
    case .accounting: try applyAccounting(event)
    default: break
    }
  }

  public mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("activities", &activities)
    try parts.visit("employments", &employments)
    try parts.visit("people", &people)
    try parts.visit("references", &references)
    try parts.visit("days", &days)
    try parts.visit("statements", &statements)
    try parts.visit("zones", &zones)
    try parts.visit("currencies", &currencies)
    try parts.visit("appointments", &appointments)
    try parts.visit("visits", &visits)
    try parts.visit("encounters", &encounters)
  }

  public var digest: String { digest(knownAt: Position(.max)) }

  /// The digest that the model had at `position`, inclusive.
  public func digest(knownAt position: Position) -> String {
    var writer = ByteWriter(capacity: 128)
    writer.append(utf8: Self.name)
    writer.appendLittleEndian(Self.version)
    activities.digest(through: position).append(to: &writer)
    employments.digest(through: position).append(to: &writer)
    people.appendDigests(through: position, to: &writer)
    references.digest(through: position).append(to: &writer)
    days.digest(through: position).append(to: &writer)
    statements.appendDigest(through: position, to: &writer)
    return writer.withSpan { SHA256.hash($0) }.description
  }
}

extension HumanResourcesModel {
  private mutating func applyAdministration(_ event: borrowing Event) throws {
    guard let tag = AdministrationTag(rawValue: event.header.tag) else { return }
    switch tag {
    case .clinicDefined:
      let clinic = try event.payload(ClinicDefined.self)
      zones[clinic.clinic.number] = Zone(clinic)
      currencies[clinic.clinic.number] = clinic.currency
      references.note(event)
    case .rolesSet, .accountDefined, .postingRuleSet, .serviceDefined, .priceSet, .taxCodeSet,
      .partyRegistered, .resourceDefined:
      break
    }
  }

  private mutating func applyFrontOffice(_ event: borrowing Event) throws {
    guard let tag = FrontOfficeTag(rawValue: event.header.tag) else { return }
    switch tag {
    case .appointmentBooked: try book(event)
    case .appointmentMoved: move(try event.payload(), event.header)
    case .appointmentCancelled:
      cancel(try event.payload(AppointmentCancelled.self).appointment, event.header)
    case .appointmentMissed:
      appointments[try event.payload(AppointmentMissed.self).appointment.number] = nil
    case .patientCheckedIn: try checkIn(event)
    case .encounterStarted: try start(event)
    case .encounterCompleted: try complete(event)
    case .patientRegistered, .patientAmended, .patientsMerged, .coverageSet,
      .appointmentRequested, .treatmentPerformed, .treatmentPlanAccepted, .packageSold,
      .packageCancelled:
      break
    }
  }

  // The four that logs are full of are read in place.

  private mutating func book(_ event: borrowing Event) throws {
    var booked = AppointmentBooked()
    try event.read(into: &booked)
    let header = event.header
    let booking = Booking(
      practitioner: booked.practitioner.number, milliseconds: Int64(booked.durationSeconds) * 1000,
      day: day(of: booked.start, header), clinic: header.clinic)
    appointments[booked.appointment.number] = booking
    note(booking, .booked, header)
  }

  /// A booking is effective when it is made, whose offset need not be that of its day.
  private func day(of start: Instant, _ header: RecordHeader) -> Day {
    let offset = zones[header.clinic]?.offset(at: start) ?? header.effective.offset
    return Moment(start, offset).day
  }

  private mutating func note(
    _ booking: Booking, _ kind: Activity.Kind, _ header: RecordHeader
  ) {
    activities.append(
      Activity(
        position: header.position, kind: kind, practitioner: booking.practitioner,
        clinic: booking.clinic, day: booking.day, milliseconds: booking.milliseconds))
  }

  /// What was booked is not booked any more, and stands as booked where it went.
  private mutating func move(_ moved: AppointmentMoved, _ header: RecordHeader) {
    cancel(moved.appointment, header)
    let booking = Booking(
      practitioner: moved.practitioner.number, milliseconds: Int64(moved.durationSeconds) * 1000,
      day: day(of: moved.start, header), clinic: header.clinic)
    appointments[moved.appointment.number] = booking
    note(booking, .booked, header)
  }

  /// The time is free again.
  private mutating func cancel(_ appointment: AppointmentID, _ header: RecordHeader) {
    guard let booking = appointments.removeValue(forKey: appointment.number) else { return }
    note(booking, .unbooked, header)
  }

  private mutating func checkIn(_ event: borrowing Event) throws {
    var checkedIn = PatientCheckedIn()
    try event.read(into: &checkedIn)
    guard let appointment = checkedIn.appointment,
      let booking = appointments.removeValue(forKey: appointment.number)
    else { return }
    visits[checkedIn.visit.number] = booking
  }

  private mutating func start(_ event: borrowing Event) throws {
    var started = EncounterStarted()
    try event.read(into: &started)
    let header = event.header
    let practitioner = started.practitioner.number
    let day = Moment(started.start, header.effective.offset).day
    var booked: Int64?
    // The first encounter of a visit with whoever was booked is what the booking was for.
    if let booking = visits[started.visit.number], booking.practitioner == practitioner {
      booked = booking.milliseconds
      visits[started.visit.number] = nil
    }
    encounters[started.encounter.number] = OpenEncounter(
      start: started.start, practitioner: practitioner, day: day, booked: booked)
    activities.append(
      Activity(
        position: header.position, kind: .started, practitioner: practitioner,
        clinic: header.clinic, day: day))
  }

  private mutating func complete(_ event: borrowing Event) throws {
    var completed = EncounterCompleted()
    try event.read(into: &completed)
    let header = event.header
    guard let open = encounters.removeValue(forKey: completed.encounter.number) else {
      throw HumanResourcesFault.notOpen(completed.encounter.description)
    }
    let attended = try completed.end.milliseconds(since: open.start)
    activities.append(
      Activity(
        position: header.position, kind: .completed, practitioner: open.practitioner,
        clinic: header.clinic, day: open.day, milliseconds: attended,
        overrun: open.booked.map { attended > $0 ? attended - $0 : 0 } ?? 0))
  }
}

/// The log says something of staff that cannot have happened.
public enum HumanResourcesFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// An encounter ended that was not under way.
  case notOpen(String)

  /// What cannot have happened.
  public var description: String {
    switch self {
    case .notOpen(let encounter):
      "encounter \(encounter) is completed without having been started, or twice"
    }
  }
}
