import Daybook
import DaybookTesting
import Testing

/// A clock that stands still.
private struct Clock: WallClock {
  var time: Instant

  func now() -> Instant { time }
}

/// Three weeks in spring, of which one has the day with 23 hours, and somebody who works in them: by
/// the hours of the clinic, in shifts here and elsewhere, on leave for days or hours, and perhaps not
/// to the end.
private struct Spring {
  let folder: TemporaryDirectory
  let office: BackOffice
  let now: Instant
  var dice: SeededNumbers

  static let first = "2026-03-16"
  static let days: Int64 = 21

  init(seed: UInt64) async throws {
    dice = SeededNumbers(seed: seed)
    folder = try TemporaryDirectory()
    now = try Instant(parsing: "2026-03-02T08:10:00Z")
    var world = World.live
    world.clock = Clock(time: now)
    office = try BackOffice.open(
      folder.file("book"), world: world, options: LogOptions(creation: .ifMissing))
    try await found(hours: Self.hours(seed % 4))
    for _ in 0..<roll(0...3) { try await shift() }
    for _ in 0..<roll(1...3) { try await absence() }
    for _ in 0..<roll(0...6) {
      // Who is booked already, or not there, stays as they are.
      let booking = try booking(at: roll(0...(Self.days * 96 - 1)), seconds: roll(1...8) * 900)
      _ = try? await office.perform(booking, here())
    }
    if roll(1...3) == 1 {
      let day = try Day(parsing: Self.first).advanced(by: Int(roll(5...20)))
      let end = EndContract.with {
        $0.staff = StaffID(1)
        $0.lastDay = day
        $0.reason = .resigned
      }
      _ = try? await office.perform(end, here())
    }
  }

  mutating func roll(_ range: ClosedRange<Int64>) -> Int64 { .random(in: range, using: &dice) }

  /// Always open, by day, over midnight at the end of the week, or in parts that touch.
  private static func hours(_ which: UInt64) -> Few<OpenHours> {
    let week: [DayOfWeek] = [.monday, .tuesday, .wednesday, .thursday, .friday]
    return switch which {
    case 0: []
    case 1: Few(week.map { OpenHours($0, from: 9 * 3600, to: 17 * 3600) })
    case 2:
      [
        OpenHours(.friday, from: 18 * 3600, to: 86_400), OpenHours(.saturday, from: 0, to: 86_400),
        OpenHours(.sunday, from: 0, to: 86_400), OpenHours(.monday, from: 0, to: 6 * 3600),
      ]
    default:
      Few(
        week.flatMap {
          [
            OpenHours($0, from: 7 * 3600, to: 12 * 3600),
            OpenHours($0, from: 12 * 3600, to: 23 * 3600),
          ]
        })
    }
  }

  func here(_ clinic: UInt64 = 1) -> Envelope {
    var envelope = Envelope()
    envelope.clinic = clinic
    envelope.actor = .staff(2)
    envelope.role = ClinicRole.admin.role
    return envelope
  }

  private func found(hours: Few<OpenHours>) async throws {
    var founding = Envelope()
    founding.role = .system
    let summer = try Instant(parsing: "2026-03-29T01:00:00Z")
    // The second one is an hour behind.
    for (offset, hours) in [(3600, hours), (0, [])] as [(Int32, Few<OpenHours>)] {
      _ = try await office.perform(
        DefineClinic.with {
          $0.name = "Sol"
          $0.timeZone = "Zone"
          $0.currency = .eur
          $0.fiscalYearStartMonth = 1
          $0.transitions = [
            ZoneTransition(offset: UTCOffset(seconds: offset)),
            ZoneTransition(at: summer, offset: UTCOffset(seconds: offset + 3600)),
          ]
          $0.openHours = hours
        }, founding)
    }
    founding.clinic = 1
    for name in ["Ana Gil", "Luis Mas"] {
      _ = try await office.perform(
        HireStaff.with {
          $0.person.name = name
          $0.clinics = [ClinicID(1), ClinicID(2)]
          $0.contract = .employee
          $0.weekSeconds = 40 * 3600
          $0.start = Day(daysSince1970: 20_000)
        }, founding)
    }
    for clinic in [1, 2] as [UInt64] {
      let roles = SetRoles.with {
        $0.staff = StaffID(2)
        $0.clinic = ClinicID(clinic)
        $0.roles = [.admin]
      }
      _ = try await office.perform(roles, clinic == 1 ? founding : here(1))
    }
    for name in ["García", "Pérez"] { _ = try await office.perform(patient(name), here()) }
  }

  /// So many quarters of an hour after the beginning.
  func time(_ quarter: Int64) throws -> Instant {
    let start = try Moment(parsing: "\(Self.first)T00:00:00+01:00").instant
    return Instant(milliseconds: start.milliseconds + quarter * 900_000)
  }

  func booking(at quarter: Int64, seconds: Int64, of patient: UInt64 = 1) throws -> BookAppointment
  {
    let start = try time(quarter)
    return BookAppointment.with {
      $0.patient = PatientID(patient)
      $0.practitioner = StaffID(1)
      $0.start = start
      $0.durationSeconds = UInt32(seconds)
    }
  }

  private mutating func shift() async throws {
    let from = roll(0...(Self.days * 96 - 1))
    let (start, end) = (try time(from), try time(from + roll(8...48)))
    let shift = ScheduleShift.with {
      $0.staff = StaffID(1)
      $0.role = "practice"
      $0.start = start
      $0.end = end
    }
    // One that overlaps another, or a leave, is refused.
    _ = try? await office.perform(shift, here(roll(1...3) == 1 ? 2 : 1))
  }

  private mutating func absence() async throws {
    let from = try Day(parsing: Self.first).advanced(by: Int(roll(0...20)))
    let to = from.advanced(by: Int(roll(0...1) * roll(0...6)))
    let hours = roll(0...10)
    let requested = roll(1...4) == 1
    let absence = RecordAbsence.with {
      $0.staff = StaffID(1)
      $0.type = .training
      $0.from = from
      $0.to = to
      $0.seconds = from == to && hours > 0 ? UInt32(hours * 3600) : nil
      $0.requested = requested
    }
    guard let receipt = try? await office.perform(absence, here()),
      let number = receipt.first(.absence)
    else { return }
    let fate = roll(1...4)
    if fate < 4, !requested { return }
    _ = try? await office.perform(
      DecideAbsence.with {
        $0.absence = AbsenceID(number)
        $0.outcome = fate == 4 ? .cancelled : fate == 3 ? .refused : .approved
        $0.approver = StaffID(2)
      }, here())
  }
}

@Suite struct `Free time in weeks of leave, shifts and short nights` {
  // Whatever the weeks hold, each half hour is listed exactly where the Desk would take it.
  @Test(arguments: 1...12 as ClosedRange<UInt64>)
  func `is what the Desk accepts, and no other`(_ seed: UInt64) async throws {
    let spring = try await Spring(seed: seed)
    let visits = try await spring.office.snapshot(of: VisitsModel.self)
    var free = FreeTime()
    free.seconds = 45 * 60
    free.notBefore = spring.now
    var query = VisitsQuery()
    query.practitioner = StaffID(1)
    query.clinic = 1
    query.from = try Day(parsing: Spring.first)
    query.to = query.from?.advanced(by: Int(Spring.days))
    let report = FreeSlotsReport.report(free, from: visits.model, asOf: visits.asOf, query)
    let gaps = report.rows.compactMap { row in
      if case .moment(let from) = row[2], case .moment(let to) = row[3] {
        from.instant.milliseconds...to.instant.milliseconds
      } else {
        nil
      }
    }
    var accepted = 0
    for quarter in stride(from: 0, to: Spring.days * 96, by: 2) {
      let trial = try spring.booking(at: quarter, seconds: 45 * 60, of: 2)
      let start = trial.start.milliseconds
      let isListed = gaps.contains {
        $0.contains(start) && $0.contains(start + 45 * 60_000)
      }
      var isAccepted = false
      if case .events = try await spring.office.rehearse([ActionStep(trial, spring.here())]) {
        isAccepted = true
        accepted += 1
      }
      #expect(
        isListed == isAccepted,
        "seed \(seed): \(Moment(trial.start, UTCOffset(seconds: 3600))), listed \(isListed)")
    }
    #expect(accepted > 20 && accepted < 900, "seed \(seed): \(accepted)")
    await spring.office.close()
  }

  // Nobody has any shift in the week: the leave alone says that they are not there.
  @Test func `is none on the days of a leave in a week without shifts`() async throws {
    let spring = try await Spring(seed: 1)
    let (from, to) = (try Day(parsing: "2026-04-14"), try Day(parsing: "2026-04-16"))
    _ = try await spring.office.perform(
      RecordAbsence.with {
        $0.staff = StaffID(2)
        $0.type = .training
        $0.from = from
        $0.to = to
      }, spring.here())
    let visits = try await spring.office.snapshot(of: VisitsModel.self)
    var query = VisitsQuery()
    query.practitioner = StaffID(2)
    query.clinic = 1
    (query.from, query.to) = (try Day(parsing: "2026-04-13"), try Day(parsing: "2026-04-17"))
    let report = FreeSlotsReport.report(FreeTime(), from: visits.model, asOf: visits.asOf, query)
    let days = report.rows.compactMap { row in
      if case .moment(let moment) = row[2] { "\(moment.day)" } else { nil }
    }
    #expect(days == ["2026-04-13", "2026-04-17"])
    for day in 13...17 {
      let start = try Moment(parsing: "2026-04-\(day)T10:00:00+02:00").instant
      let booking = BookAppointment.with {
        $0.patient = PatientID(1)
        $0.practitioner = StaffID(2)
        $0.start = start
        $0.durationSeconds = 1800
      }
      var isAccepted = false
      if case .events = try await spring.office.rehearse([ActionStep(booking, spring.here())]) {
        isAccepted = true
      }
      #expect(isAccepted == (day == 13 || day == 17), "\(day)")
    }
    await spring.office.close()
  }
}
