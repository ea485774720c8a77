import DaybookClinicEvents
import DaybookEvents
import DaybookHumanResources
import DaybookReporting
import DaybookTesting
import DaybookValues

/// A clinic in Madrid with two practitioners, and what happens in it.
struct Clinic {
  var feed: Feed<HumanResourcesModel>
  private var lastEncounter: UInt64 = 0

  init(_ model: HumanResourcesModel = HumanResourcesModel()) throws {
    feed = Feed(model)
    let winter = UTCOffset(seconds: 3600)
    let summer = UTCOffset(seconds: 7200)
    let clinic = ClinicDefined.with {
      $0.clinic = ClinicID(1)
      $0.name = "Sol"
      $0.timeZone = "Europe/Madrid"
      $0.currency = .eur
    }
    var defined = clinic
    defined.transitions = [
      ZoneTransition(offset: winter),
      ZoneTransition(at: try time("2026-03-29T01:00:00Z"), offset: summer),
    ]
    try feed.append(defined, to: 1, at: "2026-01-01T00:00:00+01:00", reference: "clinic-sol")
    try hire(3, "GENERAL PRACTICE", from: "2026-01-01", reference: "provider-a")
    try hire(4, "SURGERY", from: "2026-02-01", reference: "provider-b")
  }

  mutating func hire(
    _ staff: UInt64, _ position: String, from start: String, clinics: Few<ClinicID> = [ClinicID(1)],
    reference: String? = nil
  ) throws {
    let start = try day(start)
    let hired = StaffHired.with {
      $0.staff = StaffID(staff)
      $0.person.name = "Nobody Shall Read This"
      $0.positions = [position]
      $0.clinics = clinics
      $0.contract = .contractor
      $0.start = start
    }
    try feed.append(hired, to: staff, at: "\(start)T00:00:00+01:00", reference: reference)
  }

  /// A whole encounter, with its appointment; without an end it stays open.
  @discardableResult
  mutating func encounter(
    with staff: UInt64, from start: String, to end: String?, bookedMinutes: UInt32? = nil,
    bookedWith: UInt64? = nil, clinic: UInt64 = 1
  ) throws -> UInt64 {
    lastEncounter += 1
    let number = lastEncounter
    let began = try time(start)
    if let bookedMinutes {
      let booked = AppointmentBooked.with {
        $0.appointment = AppointmentID(number)
        $0.practitioner = StaffID(bookedWith ?? staff)
        $0.start = began
        $0.durationSeconds = bookedMinutes * 60
      }
      try feed.append(booked, to: number, at: "2026-01-02T09:00:00+01:00", clinic: clinic)
      let checkedIn = PatientCheckedIn.with {
        $0.visit = VisitID(number)
        $0.appointment = AppointmentID(number)
        $0.arrivedAt = began
      }
      try feed.append(checkedIn, to: number, at: start, clinic: clinic, visit: number)
    }
    let started = EncounterStarted.with {
      $0.encounter = EncounterID(number)
      $0.visit = VisitID(number)
      $0.practitioner = StaffID(staff)
      $0.start = began
    }
    try feed.append(started, to: number, at: start, clinic: clinic, visit: number)
    if let end { try complete(number, at: end, clinic: clinic) }
    return number
  }

  mutating func complete(_ number: UInt64, at end: String, clinic: UInt64 = 1) throws {
    let ended = try time(end)
    let completed = EncounterCompleted.with {
      $0.encounter = EncounterID(number)
      $0.end = ended
      $0.outcome = .completed
    }
    try feed.append(completed, to: number, at: end, clinic: clinic, visit: number)
  }

  func utilisation(_ ask: (inout StaffQuery) throws -> Void = { _ in }) throws -> Report {
    var query = StaffQuery()
    query.book = "Sol"
    try ask(&query)
    return try StaffUtilisationReport.report(from: feed.model, asOf: feed.position, query)
  }

  func list(_ ask: (inout StaffQuery) throws -> Void = { _ in }) throws -> Report {
    var query = StaffQuery()
    query.book = "Sol"
    try ask(&query)
    return StaffListReport.report(from: feed.model, asOf: feed.position, query)
  }
}

extension Report {
  /// The rows without what is known to be the same.
  var csvRows: [String] {
    render(self, as: .csv).split(separator: "\r\n").dropFirst().map(String.init)
  }
}

func day(_ text: String) throws -> Day { try Day(parsing: text) }
func time(_ text: String) throws -> Instant { try Instant(parsing: text) }
