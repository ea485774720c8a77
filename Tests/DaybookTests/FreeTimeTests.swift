import Daybook
import Testing

/// A clock that stands still.
private struct Clock: WallClock {
  var time: Instant

  func now() -> Instant { time }
}

/// The report of free time and the Desk know nothing of each other, and say the same.
@Suite struct `Time that is listed as free` {
  private let folder: TemporaryDirectory
  private let office: BackOffice
  private let now: Instant

  /// Monday morning: two weeks, in the second of which there are shifts.
  init() async throws {
    folder = try TemporaryDirectory()
    now = try Instant(parsing: "2026-03-02T08:10:00Z")
    var world = World.live
    world.clock = Clock(time: now)
    office = try BackOffice.open(
      folder.file("book"), world: world, options: LogOptions(creation: .ifMissing))
    try await found()
    for (start, minutes, room) in [
      ("2026-03-02T10:00:00+01:00", 30, 1), ("2026-03-02T11:15:00+01:00", 45, nil),
      ("2026-03-03T09:00:00+01:00", 480, nil), ("2026-03-05T13:30:00+01:00", 60, 1),
      ("2026-03-11T10:00:00+01:00", 20, nil),
    ] as [(String, UInt32, UInt64?)] {
      _ = try await office.perform(try booking(1, start, minutes, room: room), envelope)
    }
    // The room is taken by somebody else.
    var other = try booking(1, "2026-03-04T09:00:00+01:00", 120, room: 1)
    other.practitioner = StaffID(2)
    _ = try await office.perform(other, envelope)
    let moved = try Moment(parsing: "2026-03-06T16:00:00+01:00").instant
    _ = try await office.perform(
      MoveAppointment.with {
        $0.appointment = AppointmentID(2)
        $0.start = moved
      }, envelope)
    let reason = CancelAppointment.with {
      $0.appointment = AppointmentID(1)
      $0.by = .patient
      $0.reason = .health
    }
    _ = try await office.perform(reason, envelope)
  }

  private var envelope: Envelope {
    var envelope = Envelope()
    envelope.clinic = 1
    envelope.actor = .staff(1)
    envelope.role = ClinicRole.admin.role
    return envelope
  }

  private func found() async throws {
    var founding = Envelope()
    founding.role = .system
    let week: [DayOfWeek] = [.monday, .tuesday, .wednesday, .thursday, .friday]
    let summer = try Instant(parsing: "2026-03-29T01:00:00Z")
    let clinic = DefineClinic.with {
      $0.name = "Clínica Sol"
      $0.timeZone = "Europe/Madrid"
      $0.currency = .eur
      $0.fiscalYearStartMonth = 1
      $0.transitions = [
        ZoneTransition(offset: UTCOffset(seconds: 3600)),
        ZoneTransition(at: summer, offset: UTCOffset(seconds: 7200)),
      ]
      $0.openHours = Few(
        week.flatMap {
          [
            OpenHours($0, from: 9 * 3600, to: 13 * 3600),
            OpenHours($0, from: 13 * 3600, to: 17 * 3600),
          ]
        })
    }
    _ = try await office.perform(clinic, founding)
    founding.clinic = 1
    let start = Moment(now).day
    for name in ["Ana Gil", "Luis Mas"] {
      let hired = HireStaff.with {
        $0.person.name = name
        $0.clinics = [ClinicID(1)]
        $0.contract = .owner
        $0.start = start
      }
      _ = try await office.perform(hired, founding)
    }
    let roles = SetRoles.with {
      $0.staff = StaffID(1)
      $0.clinic = ClinicID(1)
      $0.roles = [.admin]
    }
    _ = try await office.perform(roles, founding)
    for name in ["García", "Pérez"] { _ = try await office.perform(patient(name), envelope) }
    let room = DefineResource.with {
      $0.type = .room
      $0.name = "Room 1"
      $0.openHours = Few(week.map { OpenHours($0, from: 8 * 3600, to: 15 * 3600) })
    }
    _ = try await office.perform(room, envelope)
    for (from, to) in [
      ("2026-03-10T17:00:00+01:00", "2026-03-10T20:00:00+01:00"),
      ("2026-03-11T09:00:00+01:00", "2026-03-11T12:00:00+01:00"),
      ("2026-03-11T12:00:00+01:00", "2026-03-11T14:00:00+01:00"),
    ] {
      let (start, end) = (try Moment(parsing: from).instant, try Moment(parsing: to).instant)
      let shift = ScheduleShift.with {
        $0.staff = StaffID(1)
        $0.role = "practice"
        $0.start = start
        $0.end = end
      }
      _ = try await office.perform(shift, envelope)
    }
  }

  private func booking(
    _ patient: UInt64, _ start: String, _ minutes: UInt32, room: UInt64?
  ) throws -> BookAppointment {
    let start = try Moment(parsing: start).instant
    return BookAppointment.with {
      $0.patient = PatientID(patient)
      $0.practitioner = StaffID(1)
      $0.resource = room.map { ResourceID($0) }
      $0.start = start
      $0.durationSeconds = minutes * 60
    }
  }

  @Test(arguments: [nil, 1] as [UInt64?])
  func `is what the Desk accepts, and no other`(_ room: UInt64?) async throws {
    let visits = try await office.snapshot(of: VisitsModel.self)
    var free = FreeTime()
    free.seconds = 45 * 60
    free.notBefore = now
    var query = VisitsQuery()
    query.practitioner = StaffID(1)
    query.resource = room.map { ResourceID($0) }
    (query.from, query.to) = (try Day(parsing: "2026-03-01"), try Day(parsing: "2026-03-15"))
    let report = FreeSlotsReport.report(free, from: visits.model, asOf: visits.asOf, query)
    let gaps = report.rows.compactMap { row in
      if case .moment(let from) = row[2], case .moment(let to) = row[3] {
        from.instant.milliseconds...to.instant.milliseconds
      } else {
        nil
      }
    }
    var accepted = 0
    let first = try Moment(parsing: "2026-03-01T00:00:00+01:00").instant.milliseconds
    for step in 0..<(14 * 96) {
      var trial = try booking(2, "2026-03-01T00:00:00+01:00", 45, room: room)
      trial.start = Instant(milliseconds: first + Int64(step) * 900_000)
      let last = trial.start.milliseconds + 2_700_000
      let isListed = gaps.contains { $0.contains(trial.start.milliseconds) && $0.contains(last) }
      var isAccepted = false
      if case .events = try await office.rehearse([ActionStep(trial, envelope)]) {
        isAccepted = true
        accepted += 1
      }
      #expect(isListed == isAccepted, "\(Moment(trial.start, UTCOffset(seconds: 3600)))")
    }
    #expect(accepted > 30)
    await office.close()
  }
}
