import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

@Suite struct `Scheduling a shift` {
  private let day = People.shift("2026-03-03T08:00:00Z", "2026-03-03T16:00:00Z")

  @Test func `says who, where, as what and when, effective at its start`() throws {
    let spec = People.open.when(
      People.shift("2026-03-03T08:00:00Z", "2026-03-03T16:30:00Z", breakSeconds: 1800))
    spec.then(
      ShiftScheduled.with {
        $0.shift = ShiftID(1)
        $0.staff = People.nurse
        $0.clinic = Clinic.id
        $0.role = "nurse"
        $0.start = Clinic.moment("2026-03-03T08:00:00Z").instant
        $0.end = Clinic.moment("2026-03-03T16:30:00Z").instant
        $0.breakSeconds = 1800
      })
    #expect(spec.events.first?.effective == Clinic.moment("2026-03-03T08:00:00Z"))
  }

  @Test(arguments: [
    ("2026-03-03T16:00:00Z", "2026-03-03T20:00:00Z", true),
    ("2026-03-03T15:59:59Z", "2026-03-03T20:00:00Z", false),
    ("2026-03-03T06:00:00Z", "2026-03-03T08:00:00Z", true),
    ("2026-03-03T09:00:00Z", "2026-03-03T10:00:00Z", false),
  ]) func `a person is on one shift at a time, at whatever clinic`(
    _ start: String, _ end: String, _ isFree: Bool
  ) {
    let elsewhere = People.open.given(day).at(clinic: 2).when(People.shift(start, end))
    if isFree {
      elsewhere.thenEvents(ShiftScheduled.self)
    } else {
      elsewhere.thenRefused(
        PeopleRefusal.shiftBusy(People.nurse, ShiftID(1), clinic: Clinic.id), field: "start")
    }
    People.open.given(day).when(People.shift(start, end, of: People.assistant))
      .thenEvents(ShiftScheduled.self)
  }

  @Test func `history with two shifts at a time is found and kept`() {
    People.open.given(day).importing.at(clinic: 2).when(day)
      .thenFound(.overlap).thenEvents(ShiftScheduled.self)
  }

  @Test func `not during an approved leave, but beside one that is only asked for`() {
    let leave = People.absence(.holiday, "2026-03-02", "2026-03-06", requested: true)
    let asked = People.open.given(leave)
    asked.when(day).thenEvents(ShiftScheduled.self)
    asked.given(
      DecideAbsence.with {
        $0.absence = AbsenceID(1)
        $0.outcome = .approved
      }
    ).at(clinic: 2).when(day)
      .thenRefused(PeopleRefusal.onLeave(People.nurse, AbsenceID(1)), field: "start")
  }

  @Test func `part of a day off leaves room for a shift`() {
    var dentist = People.absence(.other, "2026-03-03", "2026-03-03")
    dentist.seconds = 7200
    People.open.given(dentist).when(day).thenEvents(ShiftScheduled.self)
    dentist.seconds = 8 * 3600
    People.open.given(dentist).when(day).thenRefused(.overlap)
  }

  @Test func `a last minute into the leave's first day is on leave`() {
    let leave = People.absence(.sick, "2026-03-04", "2026-03-04")
    let night = People.shift("2026-03-03T20:00:00Z", "2026-03-04T00:00:00Z")
    People.open.given(leave).when(night).thenEvents(ShiftScheduled.self)
    let longer = People.shift("2026-03-03T20:00:00Z", "2026-03-04T00:00:01Z")
    People.open.given(leave).when(longer).thenRefused(.overlap)
  }

  @Test func `too little rest beside another shift warns, on both sides and across clinics`() {
    let spec = People.open.given(day).at(clinic: 2)
    spec.when(People.shift("2026-03-04T02:59:59Z", "2026-03-04T06:00:00Z"))
      .thenFound(.outsideHours).thenEvents(ShiftScheduled.self)
    spec.when(People.shift("2026-03-04T03:00:00Z", "2026-03-04T06:00:00Z")).thenFound()
    spec.when(People.shift("2026-03-02T18:00:00Z", "2026-03-02T21:00:01Z"))
      .thenFound(.outsideHours)
    spec.when(People.shift("2026-03-02T18:00:00Z", "2026-03-02T21:00:00Z")).thenFound()
  }

  @Test func `a week beyond the agreed hours warns, from Monday to Sunday`() {
    var spec = People.open
    for day in 2...6 {
      spec = spec.given(
        People.shift("2026-03-0\(day)T08:00:00Z", "2026-03-0\(day)T16:00:00Z"))
    }
    spec.when(People.shift("2026-03-07T08:00:00Z", "2026-03-07T08:30:00Z"))
      .thenFound(.outsideHours).thenEvents(ShiftScheduled.self)
    spec.when(People.shift("2026-03-09T08:00:00Z", "2026-03-09T08:30:00Z")).thenFound()
  }

  @Test func `is above nothing and at most a day, and its break within it`() {
    let spec = People.open
    spec.when(People.shift("2026-03-03T08:00:00Z", "2026-03-03T08:00:00Z"))
      .thenRefused(.outOfRange)
    spec.when(People.shift("2026-03-03T08:00:00Z", "2026-03-04T08:00:01Z"))
      .thenRefused(.outOfRange)
    spec.when(People.shift("2026-03-03T08:00:00Z", "2026-03-03T09:00:00Z", breakSeconds: 3601))
      .thenRefused(.outOfRange)
  }

  @Test func `is for somebody who works there on that day`() {
    let early = People.shift("2025-12-31T08:00:00Z", "2025-12-31T16:00:00Z")
    People.open.when(early).thenRefused(
      PeopleRefusal.notEngaged(People.nurse, Clinic.day("2025-12-31")))
    People.open.at(clinic: 2).when(
      People.shift("2026-03-03T08:00:00Z", "2026-03-03T16:00:00Z", of: Clinic.doctor)
    ).thenRefused(AdministrationRefusal.notWorkingHere(Clinic.doctor, clinic: People.second))
    People.open.when(
      People.shift("2026-03-03T08:00:00Z", "2026-03-03T16:00:00Z", of: StaffID(99))
    ).thenRefused(.unknownReference)
  }
}

@Suite struct `Amending a contract` {
  private func amend(_ from: String, _ change: (inout AmendContract) -> Void = { _ in })
    -> AmendContract
  {
    .with {
      $0.staff = People.nurse
      $0.from = Clinic.day(from)
      $0.clinics = [Clinic.id]
      $0.contract = .employee
      $0.weekSeconds = 20 * 3600
      $0.payBasis = .hour
      $0.payRate = UnitPrice(tenThousandths: 220_000)
      $0.reason = "half a post"
      change(&$0)
    }
  }

  @Test func `carries all terms, and the reason in the person's own group`() {
    let spec = People.open.when(amend("2026-04-01"))
    spec.then(
      ContractAmended.with {
        $0.staff = People.nurse
        $0.from = Clinic.day("2026-04-01")
        $0.clinics = [Clinic.id]
        $0.contract = .employee
        $0.weekSeconds = 20 * 3600
        $0.payBasis = .hour
        $0.payRate = UnitPrice(tenThousandths: 220_000)
        $0.reason = StaffNote("half a post", about: 7)
      })
    #expect(spec.events.first?.effective == Clinic.moment("2026-04-01T00:00:00Z"))
  }

  @Test func `holds from its day on`() {
    let spec = People.open.given(amend("2026-04-01")).at(clinic: 2)
    spec.when(People.shift("2026-03-31T08:00:00Z", "2026-03-31T16:00:00Z"))
      .thenEvents(ShiftScheduled.self)
    spec.when(People.shift("2026-04-01T08:00:00Z", "2026-04-01T16:00:00Z"))
      .thenRefused(AdministrationRefusal.notWorkingHere(People.nurse, clinic: People.second))
  }

  @Test func `needs terms that a contract may have, a reason and days of the contract`() {
    People.open.when(
      AmendContract.with {
        $0.staff = People.nurse
        $0.from = Clinic.day("2025-12-31")
        $0.weekSeconds = 7 * 86_400 + 1
        $0.payRate = UnitPrice(tenThousandths: -1)
        $0.leaveDays = Quantity(thousandths: -1)
        $0.overtimePremium = Rate(basisPoints: -1)
      }
    ).thenRefused(
      .fieldRequired, .fieldRequired, .outOfRange, .outOfRange, .outOfRange, .outOfRange,
      .invalidState, .reasonRequired)
    People.open.when(amend("2026-04-01") { $0.staff = StaffID(99) })
      .thenRefused(.unknownReference)
  }

  @Test func `not in a payroll that is approved, of an old clinic or a new one`() {
    let paid = People.open.on("2026-04-01T09:00:00Z").at(clinic: 2).given(
      ApprovePayroll.with {
        $0.from = Clinic.day("2026-03-01")
        $0.to = Clinic.day("2026-03-31")
      }
    ).at(clinic: 1)
    paid.when(amend("2026-03-31")).thenRefused(
      PeopleRefusal.payrollApproved(PayrollRunID(1), Clinic.day("2026-03-31")))
    paid.when(amend("2026-04-01")).thenEvents(ContractAmended.self)
  }
}

@Suite struct `Leaving` {
  private func leave(_ lastDay: String, reason: LeavingReason = .resigned) -> EndContract {
    .with {
      $0.staff = People.nurse
      $0.lastDay = Clinic.day(lastDay)
      $0.reason = reason
    }
  }

  @Test func `has a last day, which may be moved`() {
    let spec = People.open.given(leave("2026-03-31"))
    spec.when(leave("2026-03-31")).thenRefused(
      PeopleRefusal.hasLeft(People.nurse, Clinic.day("2026-03-31")))
    spec.when(leave("2026-04-15")).then(
      StaffLeft.with {
        $0.staff = People.nurse
        $0.lastDay = Clinic.day("2026-04-15")
        $0.reason = .resigned
      })
  }

  @Test func `leaves no shift behind, at whatever clinic`() {
    let spec = People.open.at(clinic: 2)
      .given(People.shift("2026-04-01T08:00:00Z", "2026-04-01T16:00:00Z")).at(clinic: 1)
    spec.when(leave("2026-03-31")).thenRefused(
      PeopleRefusal.shiftAfter(ShiftID(1), Clinic.day("2026-04-01")))
    spec.when(leave("2026-04-01")).thenEvents(StaffLeft.self)
  }

  @Test func `leaves no appointment behind`() {
    let booking = BookAppointment.with {
      $0.patient = Clinic.patient
      $0.practitioner = People.nurse
      $0.start = Clinic.moment("2026-04-01T08:00:00Z").instant
      $0.durationSeconds = 1800
    }
    let spec = People.open.by(.staff(6), .reception).given(booking).by(.staff(7), .payroll)
    spec.when(leave("2026-03-31")).thenRefused(.hasDependents)
    spec.when(leave("2026-04-01")).thenEvents(StaffLeft.self)
  }

  @Test func `has a reason, a day of the contract and somebody who leaves`() {
    People.open.when(leave("2025-12-31", reason: .unspecified))
      .thenRefused(.reasonRequired, .outOfRange)
    People.open.when(
      EndContract.with {
        $0.staff = StaffID(99)
        $0.reason = .other
      }
    )
    .thenRefused(.unknownReference)
  }

  @Test func `is over after the last day`() {
    let spec = People.open.given(leave("2026-03-31"))
    spec.when(People.shift("2026-04-01T08:00:00Z", "2026-04-01T16:00:00Z"))
      .thenRefused(PeopleRefusal.notEngaged(People.nurse, Clinic.day("2026-04-01")))
    spec.by(.staff(6), .reception).when(
      BookAppointment.with {
        $0.patient = Clinic.patient
        $0.practitioner = People.nurse
        $0.start = Clinic.moment("2026-04-01T08:00:00Z").instant
        $0.durationSeconds = 1800
      }
    ).thenRefused(AdministrationRefusal.notWorkingHere(People.nurse, clinic: Clinic.id))
  }
}

@Suite struct `Recording a credential` {
  @Test func `keeps its number in the person's own group`() {
    People.open.when(
      RecordCredential.with {
        $0.staff = People.nurse
        $0.type = .training
        $0.name = " laser "
        $0.number = "L-1"
        $0.from = Clinic.day("2026-01-01")
        $0.to = Clinic.day("2026-12-31")
      }
    ).then(
      CredentialRecorded.with {
        $0.staff = People.nurse
        $0.type = .training
        $0.name = "laser"
        $0.person.person = 7
        $0.person.number = "L-1"
        $0.from = Clinic.day("2026-01-01")
        $0.to = Clinic.day("2026-12-31")
      })
  }

  @Test func `needs a type and days in order`() {
    People.open.when(
      RecordCredential.with {
        $0.staff = People.nurse
        $0.from = Clinic.day("2026-01-02")
        $0.to = Clinic.day("2026-01-01")
      }
    ).thenRefused(.fieldRequired, .outOfRange)
    People.open.when(RecordCredential.with { $0.type = .licence }).thenRefused(.unknownReference)
  }

  @Test func `is valid from its first day to its last, by name or by type`() throws {
    let spec = People.open.given(
      RecordCredential.with {
        $0.staff = People.nurse
        $0.type = .training
        $0.name = "laser"
        $0.from = Clinic.day("2026-01-01")
        $0.to = Clinic.day("2026-12-31")
      })
    let member = try #require(spec.state.people.members[People.nurse])
    #expect(member.holds("laser", on: Clinic.day("2026-12-31")))
    #expect(member.holds("training", on: Clinic.day("2026-01-01")))
    #expect(!member.holds("laser", on: Clinic.day("2027-01-01")))
    #expect(!member.holds("laser", on: Clinic.day("2025-12-31")))
    #expect(!member.holds("radiation", on: Clinic.day("2026-12-31")))
  }
}
