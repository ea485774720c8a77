import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

@Suite struct `Clocking in` {
  @Test func `opens an entry, for oneself in any role and for others in a role for it`() {
    let entry = ClockedIn.with {
      $0.entry = TimeEntryID(1)
      $0.staff = People.nurse
      $0.clinic = Clinic.id
      $0.at = Clinic.nine.instant
      $0.method = .terminal
    }
    let myself = ClockIn.with { $0.method = .terminal }
    People.open.by(.staff(5), .practitioner).when(myself).then(entry)
    var other = myself
    other.staff = People.nurse
    People.open.when(other).then(entry)
    People.open.by(.staff(6), .reception).when(other).thenRefused(.notPermitted)
    People.open.importing.when(myself).thenRefused(.fieldRequired)
    other.staff = StaffID(99)
    People.open.when(other).thenRefused(.unknownReference)
  }

  @Test func `nobody is clocked in twice, at whatever clinic`() {
    let spec = People.open.given(People.clockIn("2026-03-02T08:00:00Z")).at(clinic: 2)
    let since = Clinic.moment("2026-03-02T08:00:00Z").instant
    spec.when(People.clockIn("2026-03-02T09:00:00Z")).thenRefused(
      PeopleRefusal.alreadyClockedIn(TimeEntryID(1), since: since), field: "at")
    spec.when(People.clockIn("2026-03-02T09:00:00Z", of: People.assistant))
      .thenEvents(ClockedIn.self)
    spec.importing.when(People.clockIn("2026-03-02T09:00:00Z")).thenFound(.alreadyClockedIn)
  }

  // Lessons, section 3, row 22.
  @Test func `a forgotten entry keeps nobody out, is listed, and is never ended by a guess`() {
    let spec = People.open.given(People.clockIn("2026-03-02T08:00:00Z"))
    spec.on("2026-03-03T00:00:00Z").when(People.clockIn("2026-03-03T00:00:00Z"))
      .thenRefused(.alreadyClockedIn)
    let later = spec.on("2026-03-03T00:00:01Z").when(People.clockIn("2026-03-03T00:00:01Z"))
    later.thenFound(.alreadyClockedIn).thenEvents(ClockedIn.self)
    #expect(
      later.state.people.members[People.nurse]?.openEntries == [TimeEntryID(1), TimeEntryID(2)])
  }

  @Test func `not into an entry that has ended, nor beside hours from elsewhere`() {
    let spec = People.open.worked("2026-03-02T09:00:00Z", "2026-03-02T12:00:00Z")
    spec.when(People.clockIn("2026-03-02T11:59:59Z"))
      .thenRefused(PeopleRefusal.entryTaken(TimeEntryID(1)))
    spec.when(People.clockIn("2026-03-02T12:00:00Z")).thenEvents(ClockedIn.self)
    let known = People.open.on("2026-03-03T09:00:00Z").given(
      RecordHours.with {
        $0.day = Clinic.day("2026-03-03")
        $0.seconds = 3600
        $0.staff = People.nurse
      })
    known.at(clinic: 2).when(People.clockIn("2026-03-03T08:00:00Z")).thenRefused(
      PeopleRefusal.hoursKnown(People.nurse, Clinic.day("2026-03-03")))
  }

  @Test func `only on days of the contract, which have come, and whose payroll is open`() {
    People.open.when(People.clockIn("2026-03-03T09:00:00Z")).thenRefused(.futureNotAllowed)
    People.open.when(People.clockIn("2025-12-31T09:00:00Z")).thenRefused(.invalidState)
    let paid = People.open.on("2026-04-01T09:00:00Z").given(
      ApprovePayroll.with {
        $0.from = Clinic.day("2026-03-01")
        $0.to = Clinic.day("2026-03-31")
        $0.lines = [People.salary(260_000)]
      })
    paid.when(People.clockIn("2026-03-31T09:00:00Z")).thenRefused(
      PeopleRefusal.payrollApproved(PayrollRunID(1), Clinic.day("2026-03-31")))
    paid.when(People.clockIn("2026-04-01T08:00:00Z")).thenEvents(ClockedIn.self)
  }
}

@Suite struct `Clocking out` {
  // Lessons, section 3, row 22.
  @Test func `ends the open entry, whatever day and clinic it began at`() throws {
    let night = People.open.given(People.clockIn("2026-03-02T08:30:00Z"))
      .on("2026-03-02T22:00:00Z").at(clinic: 2)
    let spec = night.given(People.clockOut("2026-03-02T21:00:00Z")).at(clinic: 1)
      .given(People.clockIn("2026-03-02T22:00:00Z")).on("2026-03-03T06:00:00Z").at(clinic: 2)
      .when(People.clockOut("2026-03-03T06:00:00Z", breakSeconds: 1800))
    spec.then(
      ClockedOut.with {
        $0.entry = TimeEntryID(2)
        $0.at = Clinic.moment("2026-03-03T06:00:00Z").instant
        $0.breakSeconds = 1800
      })
    #expect(spec.events.first?.clinic == 1)
    // The night counts whole on the day on which it began.
    let times = spec.state.people.entryTimes.all(of: 5, from: 0, to: .max)
    #expect(times.map(\.seconds) == [45_000, 27_000])
    let today = Clinic.today.daysSince1970
    #expect(times.map(\.day) == [today, today])
  }

  @Test func `needs an open entry`() {
    People.open.when(People.clockOut("2026-03-02T09:00:00Z"))
      .thenRefused(PeopleRefusal.notClockedIn(People.nurse))
    let ended = People.open.worked("2026-03-02T09:00:00Z", "2026-03-02T12:00:00Z")
    ended.when(
      ClockOut.with {
        $0.entry = TimeEntryID(1)
      }
    ).thenRefused(
      PeopleRefusal.entryEnded(
        TimeEntryID(1), at: Clinic.moment("2026-03-02T12:00:00Z").instant))
    ended.when(ClockOut.with { $0.entry = TimeEntryID(9) }).thenRefused(.unknownReference)
    ended.when(People.clockOut("2026-03-02T12:00:00Z", of: StaffID(99)))
      .thenRefused(.unknownReference)
  }

  @Test func `is after the beginning, and its break within the time`() {
    let spec = People.open.given(People.clockIn("2026-03-02T08:00:00Z"))
    spec.when(People.clockOut("2026-03-02T08:00:00Z")).thenRefused(
      PeopleRefusal.endsBeforeEntry(Clinic.moment("2026-03-02T08:00:00Z").instant))
    spec.when(People.clockOut("2026-03-02T09:00:00Z", breakSeconds: 3601))
      .thenRefused(.outOfRange)
    spec.when(People.clockOut("2026-03-03T09:00:00Z")).thenRefused(.futureNotAllowed)
  }

  @Test(arguments: [("2026-03-03T08:00:00Z", 86_400), ("2026-03-03T08:00:00.001Z", 0)])
  func `beyond a day it counts nothing until it is corrected`(_ end: String, _ seconds: UInt32) {
    let spec = People.open.given(People.clockIn("2026-03-02T08:00:00Z")).on(end)
      .when(People.clockOut(end))
    if seconds == 0 { spec.thenFound(.outOfRange) } else { spec.thenFound() }
    let times = spec.state.people.entryTimes.all(of: 5, from: 0, to: .max)
    #expect(times.map(\.seconds) == [seconds])
  }

  @Test func `a forgotten entry is not ended over the next one`() {
    let spec = People.open.given(People.clockIn("2026-03-02T08:00:00Z"))
      .on("2026-03-03T01:00:00Z").given(People.clockIn("2026-03-03T01:00:00Z"))
      .on("2026-03-03T02:00:00Z")
    spec.when(
      ClockOut.with {
        $0.entry = TimeEntryID(1)
      }
    ).thenRefused(PeopleRefusal.entryTaken(TimeEntryID(2)))
    spec.when(
      ClockOut.with {
        $0.entry = TimeEntryID(1)
        $0.at = Clinic.moment("2026-03-03T01:00:00Z").instant
      }
    ).thenEvents(ClockedOut.self)
  }

  @Test func `for others takes a role for it`() {
    let spec = People.open.given(People.clockIn("2026-03-02T08:00:00Z"))
    spec.by(.staff(5), .practitioner).when(ClockOut()).thenEvents(ClockedOut.self)
    spec.by(.staff(6), .reception).when(ClockOut.with { $0.entry = TimeEntryID(1) })
      .thenRefused(.notPermitted)
  }
}

@Suite struct `Correcting a time entry` {
  private func correct(
    _ start: String?, _ end: String, _ change: (inout CorrectTimeEntry) -> Void = { _ in }
  ) -> CorrectTimeEntry {
    .with {
      $0.entry = TimeEntryID(1)
      $0.clockIn = start.map { Clinic.moment($0).instant }
      $0.clockOut = Clinic.moment(end).instant
      $0.reason = "forgot"
      change(&$0)
    }
  }

  private var forgotten: Spec {
    People.open.given(People.clockIn("2026-03-02T08:00:00Z")).on("2026-03-03T09:00:00Z")
  }

  @Test func `ends what was left open, approved by who does it`() {
    let spec = forgotten.when(correct(nil, "2026-03-02T17:00:00Z") { $0.breakSeconds = 3600 })
    spec.then(
      TimeEntryCorrected.with {
        $0.entry = TimeEntryID(1)
        $0.clockIn = Clinic.moment("2026-03-02T08:00:00Z").instant
        $0.clockOut = Clinic.moment("2026-03-02T17:00:00Z").instant
        $0.breakSeconds = 3600
        $0.reason = StaffNote("forgot", about: 7)
        $0.approver = People.clerk
      })
    #expect(spec.state.people.members[People.nurse]?.openEntries == [])
    let times = spec.state.people.entryTimes.all(of: 5, from: 0, to: .max)
    #expect(times.map(\.seconds) == [28_800])
  }

  @Test func `the worker never approves it`() {
    let mine = forgotten.by(.staff(5), .practitioner)
    mine.when(correct(nil, "2026-03-02T17:00:00Z"))
      .thenRefused(PeopleRefusal.secondPerson(People.nurse), field: "approver")
    mine.when(correct(nil, "2026-03-02T17:00:00Z") { $0.approver = People.clerk })
      .thenEvents(TimeEntryCorrected.self)
    mine.when(correct(nil, "2026-03-02T17:00:00Z") { $0.approver = People.assistant })
      .thenRefused(DeskRefusal.approver(People.assistant))
    mine.when(correct(nil, "2026-03-02T17:00:00Z") { $0.approver = StaffID(99) })
      .thenRefused(.unknownReference)
  }

  @Test func `where one person works alone it is found`() {
    let alone = Clinic.begun.given(Clinic.hire("Ada")).given(Clinic.roles(Clinic.admin, [.admin]))
      .by(.staff(1), .admin).at(clinic: 1).given(ClockIn()).on("2026-03-02T17:00:00Z")
      .given(ClockOut())
    alone.when(correct(nil, "2026-03-02T16:00:00Z"))
      .thenFound(.needsSecondPerson).thenEvents(TimeEntryCorrected.self)
  }

  @Test func `moves the entry to another day, and twice if need be`() {
    let spec = forgotten.given(correct("2026-03-01T08:00:00Z", "2026-03-01T17:00:00Z"))
      .given(correct("2026-03-02T07:00:00Z", "2026-03-02T09:00:00Z"))
    let times = spec.state.people.entryTimes.all(of: 5, from: 0, to: .max)
    #expect(times.map(\.seconds) == [7_200])
    #expect(times.map(\.day) == [Clinic.today.daysSince1970])
  }

  @Test func `is above nothing, at most a day, with a reason, and over nothing else`() {
    let spec = People.open.worked("2026-03-02T09:00:00Z", "2026-03-02T12:00:00Z")
      .worked("2026-03-02T13:00:00Z", "2026-03-02T17:00:00Z")
    spec.when(correct(nil, "2026-03-02T09:00:00Z") { $0.reason = " " })
      .thenRefused(.reasonRequired, .outOfRange)
    spec.when(correct("2026-03-01T08:59:59Z", "2026-03-02T09:00:00Z"))
      .thenRefused(PeopleRefusal.needsCorrection(TimeEntryID(1)))
    spec.when(correct(nil, "2026-03-02T13:00:01Z"))
      .thenRefused(PeopleRefusal.entryTaken(TimeEntryID(2)))
    spec.when(correct(nil, "2026-03-02T13:00:00Z")).thenEvents(TimeEntryCorrected.self)
    spec.when(correct(nil, "2026-03-02T12:00:00Z") { $0.entry = TimeEntryID(9) })
      .thenRefused(.unknownReference)
    spec.at(clinic: 2).when(correct(nil, "2026-03-02T12:00:00Z")).thenRefused(.invalidState)
  }

  @Test func `only while the payroll of the day is open, as it was and as it becomes`() {
    let paid = People.open.on("2026-02-27T09:00:00Z")
      .worked("2026-02-27T09:00:00Z", "2026-02-27T10:00:00Z")
      .worked("2026-03-02T09:00:00Z", "2026-03-02T10:00:00Z")
      .given(
        ApprovePayroll.with {
          $0.from = Clinic.day("2026-03-01")
          $0.to = Clinic.day("2026-03-02")
          $0.lines = [
            PayrollLine.with {
              $0.staff = People.nurse
              $0.contract = .employee
              $0.seconds = 3600
              $0.components = [
                PayrollComponent("wage", .earning, at: Clinic.id, cents(2_000), seconds: 3600)
              ]
              $0.net = cents(2_000)
            },
            People.salary(16_774),
          ]
        })
    paid.when(correct(nil, "2026-02-27T11:00:00Z")).thenEvents(TimeEntryCorrected.self)
    paid.when(correct("2026-03-01T09:00:00Z", "2026-03-01T10:00:00Z"))
      .thenRefused(.periodClosed)
    paid.when(correct(nil, "2026-03-02T09:30:00Z") { $0.entry = TimeEntryID(2) })
      .thenRefused(.periodClosed)
  }
}

@Suite struct `Recording hours from elsewhere` {
  private func hours(
    _ seconds: UInt32, _ change: (inout RecordHours) -> Void = { _ in }
  ) -> RecordHours {
    .with {
      $0.day = Clinic.day("2026-03-02")
      $0.role = "RN"
      $0.seconds = seconds
      change(&$0)
    }
  }

  @Test func `takes the total of a role, also above a day`() {
    let spec = People.open.when(hours(80 * 3600) { $0.contract = .contractor })
    spec.then(
      HoursRecorded.with {
        $0.clinic = Clinic.id
        $0.day = Clinic.day("2026-03-02")
        $0.role = "RN"
        $0.contract = .contractor
        $0.seconds = 80 * 3600
      })
    #expect(spec.events.first?.effective == Clinic.moment("2026-03-02T00:00:00Z"))
    People.open.importing.when(hours(36)).thenEvents(HoursRecorded.self)
  }

  @Test func `takes all totals of a day, or none`() {
    let spec = People.open.when(
      hours(3600) {
        $0.contract = .employee
        $0.further = [RoleHours("CNA", .contractor, seconds: 36)]
      })
    spec.then(
      HoursRecorded.with {
        $0.clinic = Clinic.id
        $0.day = Clinic.day("2026-03-02")
        $0.role = "RN"
        $0.contract = .employee
        $0.seconds = 3600
      },
      HoursRecorded.with {
        $0.clinic = Clinic.id
        $0.day = Clinic.day("2026-03-02")
        $0.role = "CNA"
        $0.contract = .contractor
        $0.seconds = 36
      })
    People.open.when(hours(1) { $0.further = [RoleHours(" ", .employee, seconds: 1)] })
      .thenRefused(.fieldRequired)
  }

  @Test func `never beside clock entries of the same person, at whatever clinic`() {
    let mine = hours(3600) { $0.staff = People.nurse }
    let open = People.open.given(People.clockIn("2026-03-02T08:00:00Z"))
    open.at(clinic: 2).when(mine).thenRefused(
      PeopleRefusal.hasClocked(People.nurse, Clinic.today, TimeEntryID(1)))
    let ended = People.open.worked("2026-03-02T09:00:00Z", "2026-03-02T12:00:00Z")
    ended.at(clinic: 2).when(mine).thenRefused(.overlap)
    ended.when(hours(3600) { $0.staff = People.assistant }).thenEvents(HoursRecorded.self)
    ended.when(hours(3600)).thenEvents(HoursRecorded.self)
    ended.importing.when(mine).thenRefused(.overlap)
  }

  @Test func `needs a role or a person, a day that has come, and what a day holds`() {
    People.open.when(hours(1) { $0.role = "" }).thenRefused(.fieldRequired)
    People.open.when(hours(1) { $0.day = Clinic.day("2026-03-03") })
      .thenRefused(.futureNotAllowed)
    People.open.when(hours(86_401) { $0.staff = People.nurse }).thenRefused(.outOfRange)
    People.open.when(hours(1) { $0.staff = StaffID(99) }).thenRefused(.unknownReference)
    People.open.when(
      hours(1) {
        $0.staff = People.nurse
        $0.day = Clinic.day("2025-12-31")
      }
    ).thenRefused(.invalidState)
  }
}
