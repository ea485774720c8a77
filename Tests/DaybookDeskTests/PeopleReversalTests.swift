import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

@Suite struct `A reversal among people` {
  private let day = People.shift("2026-03-03T08:00:00Z", "2026-03-03T16:00:00Z")

  @Test func `of a shift leaves its time free, at every clinic`() {
    let spec = People.open.given(day)
    #expect(spec.whenReversed(ShiftScheduled.self).undone == ["ShiftScheduled"])
    spec.givenReversed(ShiftScheduled.self).at(clinic: 2).when(day)
      .thenEvents(ShiftScheduled.self)
    spec.givenReversed(ShiftScheduled.self).whenReversed(ShiftScheduled.self)
      .thenRefused(.alreadyReversed)
    // No shift is left in that week: the clinic's hours hold again.
    let booking = BookAppointment.with {
      $0.patient = Clinic.patient
      $0.practitioner = People.nurse
      $0.start = Clinic.moment("2026-03-04T10:00:00Z").instant
      $0.durationSeconds = 1800
    }
    spec.by(.staff(6), .reception).when(booking).thenRefused(.outsideHours)
    spec.givenReversed(ShiftScheduled.self).by(.staff(6), .reception).when(booking)
      .thenEvents(AppointmentBooked.self)
    spec.by(.staff(5), .practitioner).whenReversed(ShiftScheduled.self)
      .thenRefused(.notPermitted)
  }

  @Test func `of an absence gives its days and its leave back`() {
    let holiday = People.absence(.holiday, "2026-08-03", "2026-08-28")
    let spec = People.open.given(holiday)
    spec.when(People.absence(.holiday, "2026-09-07", "2026-09-07"))
      .thenRefused(.leaveExceeded)
    let free = spec.givenReversed(AbsenceRecorded.self)
    free.when(holiday).thenEvents(AbsenceRecorded.self)
    free.when(
      DecideAbsence.with {
        $0.absence = AbsenceID(1)
        $0.outcome = .cancelled
      }
    ).thenRefused(PeopleRefusal.decided(AbsenceID(1), .cancelled))
  }

  @Test func `of an absence that a payroll rests on waits for that of the payroll`() {
    let paid = People.open.given(People.absence(.unpaid, "2026-03-02", "2026-03-02"))
      .on("2026-04-01T09:00:00Z").given(
        ApprovePayroll.with {
          $0.from = Clinic.day("2026-03-01")
          $0.to = Clinic.day("2026-03-31")
          $0.lines = [People.salary(260_000)]
        })
    paid.whenReversed(AbsenceRecorded.self).thenRefused(.hasDependents)
    let open = paid.givenReversed(PayrollApproved.self)
    #expect(open.whenReversed(AbsenceRecorded.self).undone == ["AbsenceRecorded"])
  }

  @Test func `of a payroll opens its days, and above the limit wants a second person`() {
    var limited = Clinic.defineClinic
    limited.clinic = Clinic.id
    limited.limits.reversal = cents(100_000)
    let run = ApprovePayroll.with {
      $0.from = Clinic.day("2026-03-01")
      $0.to = Clinic.day("2026-03-31")
      $0.lines = [People.salary(260_000)]
    }
    let paid = People.open.by(.staff(1), .admin).given(limited).by(.staff(7), .payroll)
      .on("2026-04-01T09:00:00Z").given(run)
    paid.when(run).thenRefused(.overlap)
    paid.whenReversed(PayrollApproved.self).thenRefused(.needsSecondPerson)
    paid.given(reverse(paid.last(PayrollApproved.self)) { $0.approver = Clinic.admin })
      .when(run).thenEvents(PayrollApproved.self)
  }

  /// The doctor earns 30 % of what is charged, or collected, of an implanting.
  private func earning(_ basis: CommissionBasis) -> Spec {
    Clinic.seen().by(.staff(1), .admin).given(
      SetCommissionRule.with {
        $0.staff = Clinic.doctor
        $0.services = [Clinic.implanting]
        $0.basis = basis
        $0.yield = .share(Rate(basisPoints: 3_000))
        $0.from = Clinic.day("2026-03-01")
      }
    ).by(.staff(2), .practitioner).given(Clinic.treat(10_001)).by(.staff(4), .accountant)
  }

  private func commission(_ spec: Spec) throws -> [CommissionAccrued] {
    try spec.events.filter { $0.isEvent(CommissionAccrued.self) }
      .map { try $0.decoded(as: CommissionAccrued.self) }
  }

  private func accrued(_ basis: Int64, _ amount: Int64) -> CommissionAccrued {
    .with {
      $0.rule = CommissionRuleID(1)
      $0.staff = Clinic.doctor
      $0.charge = Clinic.charge
      $0.cause = .reversal
      $0.basis = cents(basis)
      $0.amount = cents(amount)
    }
  }

  // Lessons, section 3, rows 23 and 24.
  @Test func `of a treatment takes back its commission, to the cent`() throws {
    let spec = earning(.charged).by(.staff(2), .practitioner)
      .whenReversed(TreatmentPerformed.self)
    #expect(try commission(spec) == [accrued(-10_001, -3_000)])
  }

  @Test func `of a payment takes back what was earned of it`() throws {
    let paid = earning(.collected).given(
      ReceivePayment.with {
        $0.from = .owing(Clinic.charge)
        $0.amount = cents(3_333)
        $0.method = .card(CardTender())
        $0.settling = [Clinic.charge]
      })
    let spec = paid.whenReversed(PaymentReceived.self)
    #expect(try commission(spec) == [accrued(-3_333, -1_000)])
    // An adjustment that is undone gives it again where charges earn it.
    let adjusted = earning(.charged).given(
      PostAdjustment.with {
        $0.charge = Clinic.charge
        $0.type = .courtesy
        $0.amount = cents(3_333)
      })
    #expect(
      try commission(adjusted.whenReversed(AdjustmentPosted.self)) == [accrued(3_333, 1_000)])
  }
}
