import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

@Suite struct `Who may act on people, and when` {
  private let day = Clinic.day("2026-03-02")

  @Test func `contracts, credentials, rules and payroll take a role for them`() {
    let cashier = People.open.by(.staff(3), .cashier)
    cashier.when(AmendContract.with { $0.staff = People.nurse }).thenRefused(
      .notPermitted, .fieldRequired, .fieldRequired, .invalidState, .reasonRequired)
    cashier.when(
      EndContract.with {
        $0.staff = People.nurse
        $0.lastDay = day
        $0.reason = .resigned
      }
    ).thenRefused(.notPermitted)
    cashier.when(
      RecordCredential.with {
        $0.staff = People.nurse
        $0.type = .licence
      }
    ).thenRefused(.notPermitted)
    cashier.when(People.shift("2026-03-03T08:00:00Z", "2026-03-03T16:00:00Z"))
      .thenRefused(.notPermitted)
    cashier.when(
      RecordHours.with {
        $0.day = day
        $0.role = "RN"
      }
    ).thenRefused(.notPermitted)
    cashier.when(
      SetCommissionRule.with {
        $0.staff = People.nurse
        $0.basis = .charged
      }
    ).thenRefused(.notPermitted)
    cashier.at(clinic: 1).on("2026-03-03T09:00:00Z").when(
      ApprovePayroll.with {
        $0.from = day
        $0.to = day
        $0.lines = [People.salary(8_387)]
      }
    ).thenRefused(.notPermitted)
    let auditor = People.open.by(.staff(3), .auditor)
    auditor.when(ClockIn()).thenRefused(.notPermitted)
    auditor.when(ClockOut()).thenRefused(.notPermitted, .notClockedIn)
    auditor.when(
      RecordAbsence.with {
        $0.type = .sick
        $0.from = day
        $0.to = day
      }
    ).thenRefused(.notPermitted)
  }

  @Test func `time is recorded at a clinic, by somebody who works there`() {
    People.open.at(clinic: 9).when(People.clockIn("2026-03-02T08:00:00Z"))
      .thenRefused(.unknownReference, .notPermitted, .invalidState)
    People.open.at(clinic: 2).when(People.clockIn("2026-03-02T08:00:00Z", of: Clinic.doctor))
      .thenRefused(AdministrationRefusal.notWorkingHere(Clinic.doctor, clinic: People.second))
    People.open.at(clinic: 2).when(
      RecordHours.with {
        $0.day = day
        $0.staff = Clinic.doctor
      }
    ).thenRefused(.invalidState)
  }

  @Test func `nothing that pay rests on is recorded behind an approved payroll`() {
    let open = People.open.on("2026-03-31T20:00:00Z").given(People.clockIn("2026-03-31T20:00:00Z"))
    let hours = RecordHours.with {
      $0.day = Clinic.day("2026-03-30")
      $0.seconds = 3600
      $0.staff = People.nurse
    }
    let paid = People.open.on("2026-04-01T09:00:00Z").given(
      ApprovePayroll.with {
        $0.from = Clinic.day("2026-03-01")
        $0.to = Clinic.day("2026-03-31")
        $0.lines = [People.salary(260_000)]
      })
    paid.when(hours).thenRefused(.periodClosed)
    paid.at(clinic: 2).when(hours).thenEvents(HoursRecorded.self)
    // The night that is under way keeps the run back instead.
    open.on("2026-04-01T06:00:00Z").when(
      ApprovePayroll.with {
        $0.from = Clinic.day("2026-03-01")
        $0.to = Clinic.day("2026-03-31")
        $0.lines = [People.salary(260_000)]
      }
    ).thenRefused(PayrollRefusal.openEntry(TimeEntryID(1), People.nurse))
    open.on("2026-04-01T06:00:00Z").when(People.clockOut("2026-04-01T06:00:00Z"))
      .thenEvents(ClockedOut.self)
  }

  @Test func `a correction has happened, has a break within it, and no hours from elsewhere`() {
    let worked = People.open.worked("2026-03-02T09:00:00Z", "2026-03-02T12:00:00Z")
    func correct(_ end: String, _ change: (inout CorrectTimeEntry) -> Void = { _ in })
      -> CorrectTimeEntry
    {
      .with {
        $0.entry = TimeEntryID(1)
        $0.clockOut = Clinic.moment(end).instant
        $0.reason = "forgot"
        change(&$0)
      }
    }
    worked.when(correct("2026-03-02T10:00:00Z") { $0.breakSeconds = 3601 })
      .thenRefused(.outOfRange)
    worked.when(correct("2026-03-03T08:00:00Z")).thenRefused(.futureNotAllowed)
    let known = worked.given(
      RecordHours.with {
        $0.day = Clinic.day("2026-03-01")
        $0.seconds = 3600
        $0.staff = People.nurse
      })
    known.when(
      correct("2026-03-01T10:00:00Z") {
        $0.clockIn = Clinic.moment("2026-03-01T09:00:00Z").instant
      }
    ).thenRefused(PeopleRefusal.hoursKnown(People.nurse, Clinic.day("2026-03-01")))
  }

  @Test func `an absence of more than ten years is a mistake`() {
    People.open.when(People.absence(.parental, "2026-03-02", "2036-03-09"))
      .thenRefused(.outOfRange)
    People.open.when(People.absence(.parental, "2026-03-02", "2036-03-08"))
      .thenEvents(AbsenceRecorded.self)
  }

  @Test func `a shift has times that a calendar has`() {
    People.open.when(
      ScheduleShift.with {
        $0.staff = People.nurse
        $0.start = Instant(milliseconds: .min)
        $0.end = Instant(milliseconds: .max)
      }
    ).thenRefused(.outOfRange, .outOfRange)
    People.open.when(
      EndContract.with {
        $0.staff = People.nurse
        $0.lastDay = Day(daysSince1970: .max)
        $0.reason = .other
      }
    ).thenRefused(.outOfRange)
  }

  @Test func `pay is in the clinic's currency and fits an amount`() {
    let line = PayrollLine.with {
      $0.staff = People.clerk
      $0.contract = .employee
      $0.components = [
        PayrollComponent(
          "bonus", .earning, at: Clinic.id, Amount(minorUnits: 1, .eur), base: cents(0))
      ]
    }
    let march = ApprovePayroll.with {
      $0.from = Clinic.day("2026-03-01")
      $0.to = Clinic.day("2026-03-31")
      $0.lines = [line, People.salary(260_000)]
    }
    People.open.on("2026-04-01T09:00:00Z").when(march).thenRefused(.currencyMismatch)
    var large = march
    large.lines[0].components = [
      PayrollComponent("a", .earning, at: Clinic.id, cents(.max)),
      PayrollComponent("b", .earning, at: Clinic.id, cents(.max)),
    ]
    People.open.on("2026-04-01T09:00:00Z").when(large).thenRefused(.tooLarge, .tooLarge)
  }
}
