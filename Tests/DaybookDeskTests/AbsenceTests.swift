import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

@Suite struct `Recording an absence` {
  @Test func `takes a fifth of the agreed week for a weekday, or what is said`() {
    var asked = People.absence(.holiday, "2026-08-03", "2026-08-14", requested: true)
    let spec = People.open.when(asked)
    spec.then(
      AbsenceRecorded.with {
        $0.absence = AbsenceID(1)
        $0.staff = People.nurse
        $0.type = .holiday
        $0.from = Clinic.day("2026-08-03")
        $0.to = Clinic.day("2026-08-14")
        $0.seconds = 10 * 8 * 3600
        $0.requested = true
      })
    #expect(spec.events.first?.effective == Clinic.moment("2026-08-03T00:00:00Z"))
    asked.seconds = 0
    People.open.when(asked).thenEvents(AbsenceRecorded.self)
  }

  @Test(arguments: [
    ("2026-03-02", "2026-03-03", false), ("2026-03-06", "2026-03-09", false),
    ("2026-03-01", "2026-03-02", true), ("2026-03-07", "2026-03-07", true),
  ])
  func `no day is held by two absences of one person`(
    _ from: String, _ to: String, _ isFree: Bool
  ) {
    let spec = People.open.given(People.absence(.sick, "2026-03-03", "2026-03-06")).at(clinic: 2)
      .when(People.absence(.training, from, to))
    if isFree {
      spec.thenEvents(AbsenceRecorded.self)
    } else {
      spec.thenRefused(PeopleRefusal.absenceTaken(AbsenceID(1)), field: "from")
    }
  }

  // Twenty days a year are 160 hours; the contract began with the year.
  @Test func `a holiday is within what is left of the leave`() {
    let spec = People.open.given(People.absence(.holiday, "2026-08-03", "2026-08-21"))
    spec.when(People.absence(.holiday, "2026-09-07", "2026-09-11")).thenEvents(AbsenceRecorded.self)
    spec.when(People.absence(.holiday, "2026-09-07", "2026-09-14")).thenRefused(
      PeopleRefusal.leaveExceeded(People.nurse, left: 5 * 8 * 3600, asked: 6 * 8 * 3600),
      field: "seconds")
    spec.importing.when(People.absence(.holiday, "2026-09-07", "2026-09-14"))
      .thenFound(.leaveExceeded)
    spec.when(People.absence(.unpaid, "2026-09-07", "2026-09-14"))
      .thenEvents(AbsenceRecorded.self)
  }

  @Test func `what is left of a year is carried over, and booked leave is counted before`() {
    // 10 of 40 days are booked in the second year: 30 are left of both, and 20 of the first.
    let spec = People.open.given(People.absence(.holiday, "2027-08-02", "2027-08-13"))
    spec.when(People.absence(.holiday, "2027-09-01", "2027-10-12"))
      .thenEvents(AbsenceRecorded.self)
    spec.when(People.absence(.holiday, "2027-09-01", "2027-10-13"))
      .thenRefused(.leaveExceeded)
    spec.when(People.absence(.holiday, "2026-09-01", "2026-09-28"))
      .thenEvents(AbsenceRecorded.self)
    spec.when(People.absence(.holiday, "2026-09-01", "2026-09-29"))
      .thenRefused(.leaveExceeded)
  }

  @Test func `a cancelled holiday gives its leave back`() {
    let spec = People.open.given(People.absence(.holiday, "2026-08-03", "2026-08-28"))
    let more = People.absence(.holiday, "2026-09-07", "2026-09-07")
    spec.when(more).thenRefused(.leaveExceeded)
    spec.given(
      DecideAbsence.with {
        $0.absence = AbsenceID(1)
        $0.outcome = .cancelled
      }
    ).when(more).thenEvents(AbsenceRecorded.self)
  }

  @Test func `somebody's own holiday is asked for, their illness told`() {
    let mine = People.open.by(.staff(5), .practitioner)
    mine.when(People.absence(.sick, "2026-03-02", "2026-03-03"))
      .thenEvents(AbsenceRecorded.self)
    mine.when(People.absence(.holiday, "2026-03-02", "2026-03-03"))
      .thenRefused(PeopleRefusal.secondPerson(People.nurse), field: "requested")
    mine.when(People.absence(.holiday, "2026-03-02", "2026-03-03", requested: true))
      .thenEvents(AbsenceRecorded.self)
    mine.when(People.absence(.sick, "2026-03-02", "2026-03-03", of: People.assistant))
      .thenRefused(.notPermitted)
  }

  @Test func `needs a type, days in order, within the contract, and time that fits them`() {
    People.open.when(
      RecordAbsence.with {
        $0.staff = People.nurse
        $0.from = Clinic.day("2026-03-03")
        $0.to = Clinic.day("2026-03-02")
      }
    ).thenRefused(.fieldRequired, .outOfRange)
    People.open.when(People.absence(.sick, "2025-12-31", "2026-01-02"))
      .thenRefused(.invalidState)
    var long = People.absence(.sick, "2026-03-02", "2026-03-02")
    long.seconds = 86_401
    People.open.when(long).thenRefused(.outOfRange)
    People.open.when(People.absence(.sick, "2026-03-02", "2026-03-02", of: StaffID(99)))
      .thenRefused(.unknownReference)
  }

  @Test func `a shift within it is found, so that somebody else takes it`() {
    let spec = People.open.at(clinic: 2)
      .given(People.shift("2026-03-03T08:00:00Z", "2026-03-03T16:00:00Z")).at(clinic: 1)
    spec.when(People.absence(.sick, "2026-03-03", "2026-03-03"))
      .thenFound(.overlap).thenEvents(AbsenceRecorded.self)
    spec.when(People.absence(.sick, "2026-03-04", "2026-03-04")).thenFound()
  }

  @Test func `that changes pay only while the payroll of its days is open`() {
    let paid = People.open.on("2026-04-01T09:00:00Z").at(clinic: 1).given(
      ApprovePayroll.with {
        $0.from = Clinic.day("2026-03-01")
        $0.to = Clinic.day("2026-03-31")
        $0.lines = [People.salary(260_000)]
      })
    paid.when(People.absence(.unpaid, "2026-03-30", "2026-04-02")).thenRefused(.periodClosed)
    paid.when(People.absence(.sick, "2026-03-30", "2026-04-02"))
      .thenEvents(AbsenceRecorded.self)
  }
}

@Suite struct `Deciding an absence` {
  private func decide(
    _ outcome: AbsenceOutcome, _ change: (inout DecideAbsence) -> Void = { _ in }
  ) -> DecideAbsence {
    .with {
      $0.absence = AbsenceID(1)
      $0.outcome = outcome
      change(&$0)
    }
  }

  private var asked: Spec {
    People.open.given(People.absence(.holiday, "2026-08-03", "2026-08-14", requested: true))
  }

  @Test func `is approved by somebody else`() {
    let spec = asked.when(decide(.approved))
    spec.then(
      AbsenceDecided.with {
        $0.absence = AbsenceID(1)
        $0.outcome = .approved
        $0.approver = People.clerk
      })
    #expect(spec.events.first?.effective == Clinic.moment("2026-08-03T00:00:00Z"))
    asked.by(.staff(5), .practitioner).when(decide(.approved))
      .thenRefused(PeopleRefusal.secondPerson(People.nurse), field: "approver")
    asked.when(decide(.refused) { $0.approver = People.assistant })
      .thenRefused(DeskRefusal.approver(People.assistant))
    asked.when(decide(.refused) { $0.approver = StaffID(99) }).thenRefused(.unknownReference)
  }

  @Test func `once, though what is approved may be cancelled`() {
    asked.given(decide(.approved)).when(decide(.refused)).thenRefused(
      PeopleRefusal.decided(AbsenceID(1), .approved), field: "outcome")
    asked.given(decide(.refused)).when(decide(.cancelled)).thenRefused(
      PeopleRefusal.decided(AbsenceID(1), .refused))
    asked.given(decide(.approved)).given(decide(.cancelled)).when(decide(.cancelled))
      .thenRefused(.invalidState)
  }

  @Test func `is cancelled by who is absent, too`() {
    let mine = asked.given(decide(.approved)).by(.staff(5), .practitioner)
    mine.when(decide(.cancelled)).then(
      AbsenceDecided.with {
        $0.absence = AbsenceID(1)
        $0.outcome = .cancelled
        $0.approver = People.nurse
      })
    // The days are free again.
    mine.given(decide(.cancelled))
      .when(People.absence(.holiday, "2026-08-03", "2026-08-14", requested: true))
      .thenEvents(AbsenceRecorded.self)
    asked.given(decide(.approved)).by(.staff(6), .reception).when(decide(.cancelled))
      .thenRefused(.notPermitted)
  }

  @Test func `needs an outcome and an absence`() {
    asked.when(decide(.unspecified)).thenRefused(.fieldRequired)
    asked.when(decide(.approved) { $0.absence = AbsenceID(9) }).thenRefused(.unknownReference)
  }

  @Test func `an approved unpaid leave is not cancelled behind its payroll`() {
    let spec = People.open.given(
      People.absence(.unpaid, "2026-03-02", "2026-03-02", of: People.nurse)
    ).on("2026-04-01T09:00:00Z").given(
      ApprovePayroll.with {
        $0.from = Clinic.day("2026-03-01")
        $0.to = Clinic.day("2026-03-31")
        $0.lines = [People.salary(260_000)]
      })
    spec.when(decide(.cancelled)).thenRefused(.periodClosed)
  }
}
