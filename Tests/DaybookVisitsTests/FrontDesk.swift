import DaybookClinicEvents
import DaybookEvents
import DaybookReporting
import DaybookTesting
import DaybookValues
import DaybookVisits

/// A clinic in Madrid with two practitioners and a room, and what its front desk sees.
struct FrontDesk {
  var feed: Feed<VisitsModel>

  /// Monday to Friday from nine to five, and on Saturday until one.
  static let hours: Few<OpenHours> = Few(
    [DayOfWeek.monday, .tuesday, .wednesday, .thursday, .friday].map {
      OpenHours($0, from: 9 * 3600, to: 17 * 3600)
    } + [OpenHours(.saturday, from: 9 * 3600, to: 13 * 3600)])

  init(_ model: VisitsModel = VisitsModel(), hours: Few<OpenHours> = FrontDesk.hours) throws {
    feed = Feed(model)
    try define(clinic: 1, hours: hours, reference: "clinic-sol")
    try hire(3, reference: "provider-a")
    try hire(4, reference: "provider-b")
    for patient in UInt64(1)...4 { try register(patient, reference: "patient-\(patient)") }
  }

  mutating func define(clinic: UInt64, hours: Few<OpenHours>, reference: String? = nil) throws {
    let summer = try time("2026-03-29T01:00:00Z")
    let defined = ClinicDefined.with {
      $0.clinic = ClinicID(clinic)
      $0.name = "Sol"
      $0.timeZone = "Europe/Madrid"
      $0.currency = .eur
      $0.transitions = [
        ZoneTransition(offset: UTCOffset(seconds: 3600)),
        ZoneTransition(at: summer, offset: UTCOffset(seconds: 7200)),
      ]
      $0.openHours = hours
    }
    try feed.append(
      defined, to: clinic, at: "2026-01-01T00:00:00+01:00", clinic: clinic, reference: reference)
  }

  mutating func hire(
    _ staff: UInt64, at clinics: Few<ClinicID> = [ClinicID(1)], from: String = "2026-01-01",
    weekHours: UInt32 = 0, reference: String? = nil
  ) throws {
    let start = try day(from)
    let hired = StaffHired.with {
      $0.staff = StaffID(staff)
      $0.person.name = "Nobody Shall Read This"
      $0.clinics = clinics
      $0.weekSeconds = weekHours * 3600
      $0.start = start
    }
    try feed.append(hired, to: staff, at: "\(from)T00:00:00+01:00", reference: reference)
  }

  mutating func define(
    room: UInt64, hours: Few<OpenHours> = [], retired: Bool = false, clinic: UInt64 = 1
  ) throws {
    let defined = ResourceDefined.with {
      $0.resource = ResourceID(room)
      $0.type = .room
      $0.name = "Room \(room)"
      $0.openHours = hours
      $0.retired = retired
    }
    try feed.append(defined, to: room, at: "2026-01-01T00:00:00+01:00", clinic: clinic)
  }

  mutating func service(room: UInt64, _ result: ServicingResult) throws {
    let serviced = EquipmentServiced.with {
      $0.resource = ResourceID(room)
      $0.type = .service
      $0.result = result
    }
    try feed.append(serviced, to: room, at: "2026-02-28T12:00:00+01:00")
  }

  @discardableResult
  mutating func schedule(
    _ shift: UInt64, _ staff: UInt64, from: String, to: String, clinic: UInt64 = 1
  ) throws -> ShiftScheduled {
    let (start, end) = (try Moment(parsing: from).instant, try Moment(parsing: to).instant)
    let scheduled = ShiftScheduled.with {
      $0.shift = ShiftID(shift)
      $0.staff = StaffID(staff)
      $0.clinic = ClinicID(clinic)
      $0.start = start
      $0.end = end
    }
    try feed.append(scheduled, to: shift, at: from, clinic: clinic)
    return scheduled
  }

  @discardableResult
  mutating func absent(
    _ absence: UInt64, _ staff: UInt64, from: String, to: String, hours: UInt32 = 0,
    requested: Bool
  ) throws -> AbsenceRecorded {
    let (first, last) = (try day(from), try day(to))
    let recorded = AbsenceRecorded.with {
      $0.absence = AbsenceID(absence)
      $0.staff = StaffID(staff)
      $0.type = .holiday
      $0.from = first
      $0.to = last
      $0.seconds = hours * 3600
      $0.requested = requested
    }
    try feed.append(recorded, to: absence, at: "\(from)T00:00:00+01:00")
    return recorded
  }

  mutating func reverse<E: EventPayload>(_ event: E) throws {
    let made = try Moment(parsing: "2026-03-01T12:00:00+01:00")
    let payload = try event.encoded(base: made.instant)
    let reversed = Reversed.with {
      $0.reason = "a slip"
      $0.family = UInt32(E.Tag.family.rawValue)
      $0.tag = UInt32(E.tag.rawValue)
      $0.originalEffective = made
      $0.payload = payload
    }
    try feed.append(reversed, to: 1, at: "2026-03-01T12:00:00+01:00")
  }

  mutating func decide(_ absence: UInt64, _ outcome: AbsenceOutcome) throws {
    let decided = AbsenceDecided.with {
      $0.absence = AbsenceID(absence)
      $0.outcome = outcome
    }
    try feed.append(decided, to: absence, at: "2026-03-01T12:00:00+01:00")
  }

  // MARK: Patients

  mutating func register(_ patient: UInt64, reference: String? = nil) throws {
    let registered = PatientRegistered.with {
      $0.patient = PatientID(patient)
      $0.person.givenName = "Nobody"
      $0.birthYear = 1980
      $0.sex = .female
    }
    try feed.append(
      registered, to: patient, at: "2026-01-02T09:00:00+01:00", reference: reference)
  }

  mutating func amend(_ patient: UInt64, born: Int32, at: String) throws {
    let amended = PatientAmended.with {
      $0.patient = PatientID(patient)
      $0.birthYear = born
      $0.sex = .female
      $0.reason = .corrected
    }
    try feed.append(amended, to: patient, at: at)
  }

  mutating func merge(_ from: UInt64, into: UInt64, at: String) throws {
    let merged = PatientsMerged.with {
      $0.from = PatientID(from)
      $0.into = PatientID(into)
      $0.reason = .duplicate
    }
    try feed.append(merged, to: from, at: at)
  }

  mutating func cover(
    _ patient: UInt64, by payer: UInt64, from: String, to: String? = nil,
    _ priority: CoveragePriority = .primary, copay: Copay? = nil
  ) throws {
    let (first, last) = (try day(from), try to.map { try day($0) })
    let set = CoverageSet.with {
      $0.patient = PatientID(patient)
      $0.payer = PartyID(payer)
      $0.priority = priority
      $0.from = first
      $0.to = last
      $0.copay = copay
    }
    try feed.append(set, to: patient, at: "\(from)T00:00:00+01:00")
  }

  // MARK: Appointments

  mutating func book(
    _ number: UInt64, _ patient: UInt64, with staff: UInt64 = 3, at start: String,
    minutes: UInt32 = 30, room: UInt64? = nil, clinic: UInt64 = 1, request: UInt64? = nil,
    made: String = "2026-02-20T09:00:00+01:00"
  ) throws {
    let start = try Moment(parsing: start).instant
    let booked = AppointmentBooked.with {
      $0.appointment = AppointmentID(number)
      $0.patient = PatientID(patient)
      $0.practitioner = StaffID(staff)
      $0.resource = room.map { ResourceID($0) }
      $0.start = start
      $0.durationSeconds = minutes * 60
      $0.request = request.map { RequestID($0) }
    }
    try feed.append(booked, to: number, at: made, clinic: clinic)
  }

  mutating func move(
    _ number: UInt64, with staff: UInt64 = 3, to start: String, minutes: UInt32 = 30,
    room: UInt64? = nil, made: String = "2026-02-21T09:00:00+01:00"
  ) throws {
    let start = try Moment(parsing: start).instant
    let moved = AppointmentMoved.with {
      $0.appointment = AppointmentID(number)
      $0.practitioner = StaffID(staff)
      $0.resource = room.map { ResourceID($0) }
      $0.start = start
      $0.durationSeconds = minutes * 60
    }
    try feed.append(moved, to: number, at: made)
  }

  mutating func cancel(
    _ number: UInt64, by: CancelledBy = .patient, at: String = "2026-02-22T09:00:00+01:00"
  ) throws {
    let cancelled = AppointmentCancelled.with {
      $0.appointment = AppointmentID(number)
      $0.by = by
      $0.reason = .health
    }
    try feed.append(cancelled, to: number, at: at)
  }

  mutating func miss(_ number: UInt64, _ type: MissedType = .noShow, at: String) throws {
    let missed = AppointmentMissed.with {
      $0.appointment = AppointmentID(number)
      $0.type = type
    }
    try feed.append(missed, to: number, at: at)
  }

  mutating func request(
    _ number: UInt64, _ patient: UInt64, with staff: UInt64? = nil, from: String,
    to: String? = nil, on weekdays: Few<DayOfWeek> = [], _ priority: RequestPriority = .routine,
    at: String
  ) throws {
    let (first, last) = (try day(from), try to.map { try day($0) })
    let requested = AppointmentRequested.with {
      $0.request = RequestID(number)
      $0.patient = PatientID(patient)
      $0.practitioner = staff.map { StaffID($0) }
      $0.from = first
      $0.to = last
      $0.weekdays = weekdays
      $0.priority = priority
    }
    try feed.append(requested, to: number, at: at)
  }

  // MARK: Visits

  mutating func arrive(
    _ visit: UInt64, _ patient: UInt64, for appointment: UInt64? = nil, at: String
  ) throws {
    let arrived = try Moment(parsing: at).instant
    let checkedIn = PatientCheckedIn.with {
      $0.visit = VisitID(visit)
      $0.appointment = appointment.map { AppointmentID($0) }
      $0.patient = PatientID(patient)
      $0.arrivedAt = arrived
      $0.walkIn = appointment == nil
    }
    try feed.append(checkedIn, to: visit, at: at, visit: visit)
  }

  mutating func start(
    _ encounter: UInt64, of visit: UInt64, _ patient: UInt64, with staff: UInt64 = 3, at: String
  ) throws {
    let began = try Moment(parsing: at).instant
    let started = EncounterStarted.with {
      $0.encounter = EncounterID(encounter)
      $0.visit = VisitID(visit)
      $0.patient = PatientID(patient)
      $0.practitioner = StaffID(staff)
      $0.start = began
    }
    try feed.append(started, to: encounter, at: at, visit: visit)
  }

  mutating func complete(_ encounter: UInt64, at: String) throws {
    let ended = try Moment(parsing: at).instant
    let completed = EncounterCompleted.with {
      $0.encounter = EncounterID(encounter)
      $0.end = ended
      $0.outcome = .completed
    }
    try feed.append(completed, to: encounter, at: at)
  }
}

// What is asked of it.
extension FrontDesk {
  private func query(_ ask: (inout VisitsQuery) throws -> Void) rethrows -> VisitsQuery {
    var query = VisitsQuery()
    query.book = "Sol"
    try ask(&query)
    return query
  }

  func dayList(_ ask: (inout VisitsQuery) throws -> Void = { _ in }) throws -> Report {
    DayListReport.report(from: feed.model, asOf: feed.position, try query(ask))
  }

  func unresolved(_ ask: (inout VisitsQuery) throws -> Void = { _ in }) throws -> Report {
    UnresolvedReport.report(from: feed.model, asOf: feed.position, try query(ask))
  }

  func waiting(_ ask: (inout VisitsQuery) throws -> Void = { _ in }) throws -> Report {
    WaitingReport.report(from: feed.model, asOf: feed.position, try query(ask))
  }

  func noShows(
    by dimension: AppointmentDimension = .practitioner,
    _ ask: (inout VisitsQuery) throws -> Void = { _ in }
  ) throws -> Report {
    try NoShowReport.report(
      by: dimension, from: feed.model, asOf: feed.position, try query(ask))
  }

  func missed(_ ask: (inout VisitsQuery) throws -> Void = { _ in }) throws -> Report {
    MissedListReport.report(from: feed.model, asOf: feed.position, try query(ask))
  }

  func free(
    minutes: UInt32 = 30, from: UInt32 = 0, to: UInt32 = 86_400, notBefore: Instant? = nil,
    _ ask: (inout VisitsQuery) throws -> Void = { _ in }
  ) throws -> Report {
    var free = FreeTime()
    free.seconds = minutes * 60
    free.fromSecond = from
    free.toSecond = to
    free.notBefore = notBefore
    return FreeSlotsReport.report(
      free, from: feed.model, asOf: feed.position, try query(ask))
  }

  func card(
    _ patient: UInt64, _ ask: (inout VisitsQuery) throws -> Void = { _ in }
  ) throws -> Report {
    PatientCardReport.report(
      of: PatientID(patient), from: feed.model, asOf: feed.position, try query(ask))
  }
}

extension Report {
  /// The rows as CSV has them, without what is empty, one text each.
  var lines: [String] {
    render(self, as: .csv).split(separator: "\r\n").dropFirst().map {
      $0.split(separator: ",").joined(separator: " ")
    }
  }

  /// The cells of some columns, one text a row.
  func texts(_ names: String...) -> [String] {
    let rows = render(self, as: .csv).split(separator: "\r\n").dropFirst()
    let indexes = names.compactMap { name in columns.firstIndex { $0.name == name } }
    return rows.map { row in
      let cells = row.split(separator: ",", omittingEmptySubsequences: false)
      return indexes.map { String(cells[$0]) }.filter { !$0.isEmpty }.joined(separator: " ")
    }
  }
}

func day(_ text: String) throws -> Day { try Day(parsing: text) }
func time(_ text: String) throws -> Instant { try Instant(parsing: text) }
