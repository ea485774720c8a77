import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

@Suite struct `Check-in` {
  private var booked: Spec {
    Clinic.open.by(.staff(2), .reception)
      .given(
        BookAppointment.with {
          $0.patient = Clinic.patient
          $0.practitioner = Clinic.doctor
          $0.start = Clinic.moment("2026-03-02T10:00:00Z").instant
          $0.durationSeconds = 1800
        })
  }

  private var checkIn: CheckInPatient { .with { $0.appointment = AppointmentID(1) } }

  @Test func `begins the visit that all events belong to`() {
    let spec = booked.given(Clinic.coverage(Clinic.second, .secondary))
      .given(Clinic.coverage(Clinic.insurer)).when(checkIn)
    spec.then(
      PatientCheckedIn.with {
        $0.visit = VisitID(1)
        $0.appointment = AppointmentID(1)
        $0.patient = Clinic.patient
        $0.arrivedAt = Clinic.nine.instant
        $0.coverage = [.payer(Clinic.insurer, .primary), .payer(Clinic.second, .secondary)]
      })
    #expect(spec.events.first?.correlation == 1)
  }

  @Test func `refuses a second one`() {
    booked.given(checkIn).at(Clinic.moment("2026-03-02T09:30:00Z")).when(checkIn)
      .thenRefused(CareRefusal.alreadyCheckedIn(at: Clinic.nine.instant))
  }

  @Test func `takes a walk-in`() {
    booked.when(CheckInPatient.with { $0.patient = Clinic.other }).then(
      PatientCheckedIn.with {
        $0.visit = VisitID(1)
        $0.patient = Clinic.other
        $0.arrivedAt = Clinic.nine.instant
        $0.walkIn = true
      })
  }

  @Test func `needs an appointment or a patient, and both of one person`() {
    booked.when(CheckInPatient()).thenRefused(.fieldRequired)
    booked.when(CheckInPatient.with { $0.patient = PatientID(9) }).thenRefused(.unknownReference)
    booked.when(CheckInPatient.with { $0.appointment = AppointmentID(9) })
      .thenRefused(.unknownReference)
    booked.when(
      CheckInPatient.with {
        $0.appointment = AppointmentID(1)
        $0.patient = Clinic.other
      }
    ).thenRefused(CareRefusal.otherPatient(AppointmentID(1), Clinic.patient))
  }

  @Test func `is where the appointment is`() {
    booked.by(.staff(1), .admin).given(Clinic.defineClinic)
      .given(
        SetRoles.with {
          $0.staff = Clinic.doctor
          $0.clinic = ClinicID(2)
          $0.roles = [.reception]
        }
      )
      .by(.staff(2), .reception).at(clinic: 2).when(checkIn)
      .thenRefused(DeskRefusal.elsewhere("appointment A1", clinic: Clinic.id))
  }

  @Test func `is not in the future`() {
    let spec = booked.when(
      CheckInPatient.with {
        $0.appointment = AppointmentID(1)
        $0.arrivedAt = Clinic.moment("2026-03-03T00:00:00Z").instant
      })
    spec.thenRefused(.futureNotAllowed)
  }

  @Test func `takes the time of arrival as effective`() throws {
    let early = Clinic.moment("2026-03-02T08:50:00Z")
    let spec = booked.when(
      CheckInPatient.with {
        $0.appointment = AppointmentID(1)
        $0.arrivedAt = early.instant
      })
    #expect(spec.events.first?.effective == early)
  }
}

@Suite struct `An encounter` {
  @Test func `takes the appointment's practitioner`() {
    Clinic.open.by(.staff(2), .reception)
      .given(
        BookAppointment.with {
          $0.patient = Clinic.patient
          $0.practitioner = Clinic.doctor
          $0.start = Clinic.moment("2026-03-02T10:00:00Z").instant
          $0.durationSeconds = 1800
        }
      )
      .given(CheckInPatient.with { $0.appointment = AppointmentID(1) })
      .by(.staff(2), .practitioner).when(StartEncounter.with { $0.visit = VisitID(1) })
      .then(
        EncounterStarted.with {
          $0.encounter = EncounterID(1)
          $0.visit = VisitID(1)
          $0.patient = Clinic.patient
          $0.practitioner = Clinic.doctor
          $0.start = Clinic.nine.instant
        })
  }

  @Test func `needs a practitioner and a visit`() {
    let spec = Clinic.open.by(.staff(2), .reception)
      .given(CheckInPatient.with { $0.patient = Clinic.patient })
      .by(.staff(2), .practitioner)
    spec.when(StartEncounter.with { $0.visit = VisitID(1) }).thenRefused(.fieldRequired)
    spec.when(StartEncounter.with { $0.visit = VisitID(9) }).thenRefused(.unknownReference)
    spec.when(
      StartEncounter.with {
        $0.visit = VisitID(1)
        $0.practitioner = StaffID(9)
      }
    ).thenRefused(.unknownReference)
  }

  @Test func `does not begin before the patient arrived`() {
    let start = StartEncounter.with {
      $0.visit = VisitID(1)
      $0.practitioner = Clinic.doctor
      $0.start = Clinic.moment("2026-03-02T08:59:59Z").instant
    }
    let spec = Clinic.open.by(.staff(2), .reception)
      .given(CheckInPatient.with { $0.patient = Clinic.patient })
    spec.by(.staff(2), .practitioner).when(start)
      .thenRefused(CareRefusal.beforeArrival(Clinic.nine.instant))
    spec.importing.when(start).thenFound(.invalidState)
  }

  @Test func `ends once, and not before it began`() {
    let complete = CompleteEncounter.with {
      $0.encounter = EncounterID(1)
      $0.outcome = .followUp
    }
    Clinic.seen().when(complete).then(
      EncounterCompleted.with {
        $0.encounter = EncounterID(1)
        $0.end = Clinic.nine.instant
        $0.outcome = .followUp
      })
    Clinic.seen().given(complete).when(complete)
      .thenRefused(CareRefusal.completed(EncounterID(1)))
    Clinic.seen().when(
      CompleteEncounter.with {
        $0.encounter = EncounterID(1)
        $0.end = Clinic.moment("2026-03-02T08:59:59Z").instant
      }
    ).thenRefused(CareRefusal.endsBeforeStart(Clinic.nine.instant))
    Clinic.seen().when(CompleteEncounter.with { $0.encounter = EncounterID(2) })
      .thenRefused(.unknownReference)
  }
}

@Suite struct `A treatment` {
  @Test func `is charged to the patient where nobody covers`() {
    let spec = Clinic.seen().when(
      Clinic.treat(100_00) {
        $0.discount = cents(10_00)
        $0.units = 2
        $0.bodySite = "36"
        $0.diagnoses = ["K02"]
      })
    spec.then(
      TreatmentPerformed.with {
        $0.encounter = EncounterID(1)
        $0.line = 1
        $0.service = Clinic.implanting
        $0.units = 2
        $0.practitioner = Clinic.doctor
        $0.bodySite = "36"
        $0.diagnoses = ["K02"]
        $0.listPrice = cents(100_00)
        $0.discount = cents(10_00)
        $0.priceReason = .agreed
      },
      ChargePosted.with {
        $0.charge = ChargeID(1)
        $0.patient = Clinic.patient
        $0.encounterLine = EncounterLine(EncounterID(1), line: 1)
        $0.service = Clinic.implanting
        $0.units = 2
        $0.practitioner = Clinic.doctor
        $0.list = cents(100_00)
        $0.discount = cents(10_00)
        $0.net = cents(90_00)
        $0.responsible = .patient(Clinic.patient)
      })
    #expect(spec.events.map(\.cause) == [.command, .event(0)])
    #expect(spec.events.allSatisfy { $0.correlation == 1 })
    #expect(spec.state.billing.charges[Clinic.charge]?.owed == 90_00)
  }

  @Test func `counts its lines on`() throws {
    let spec = Clinic.seen().given(Clinic.treat(1)).when(Clinic.treat(2))
    #expect(try spec.events.first?.decoded(as: TreatmentPerformed.self).line == 2)
  }

  @Test func `is charged whole to the payer, and a fixed co-payment moves to the patient`() {
    Clinic.seen(copay: .fixed(cents(20_00)), insured: true).when(Clinic.treat(100_00)).then(
      TreatmentPerformed.with {
        $0.encounter = EncounterID(1)
        $0.line = 1
        $0.service = Clinic.implanting
        $0.units = 1
        $0.practitioner = Clinic.doctor
        $0.listPrice = cents(100_00)
        $0.priceReason = .agreed
      },
      ChargePosted.with {
        $0.charge = ChargeID(1)
        $0.patient = Clinic.patient
        $0.encounterLine = EncounterLine(EncounterID(1), line: 1)
        $0.service = Clinic.implanting
        $0.units = 1
        $0.practitioner = Clinic.doctor
        $0.list = cents(100_00)
        $0.net = cents(100_00)
        $0.responsible = .payer(Clinic.insurer, .primary)
      },
      ResponsibilityTransferred.with {
        $0.charge = ChargeID(1)
        $0.from = .payer(Clinic.insurer, .primary)
        $0.to = .patient(Clinic.patient)
        $0.amount = cents(20_00)
        $0.reason = .copay
      })
  }

  @Test func `a co-payment above the charge is the whole charge, and none is none`() {
    let whole = Clinic.charged(5_00, copay: .fixed(cents(20_00)), insured: true).state
    #expect(
      whole.billing.charges[Clinic.charge]?.owed(by: .patient(Clinic.patient)) == 5_00)
    Clinic.seen(copay: .fixed(cents(20_00)), insured: true).when(Clinic.treat(0))
      .thenEvents(TreatmentPerformed.self, ChargePosted.self)
    Clinic.seen(copay: .share(.zero), insured: true).when(Clinic.treat(100))
      .thenEvents(TreatmentPerformed.self, ChargePosted.self)
  }

  @Test func `a share is rounded down, the remainder is the insurer's`() throws {
    let spec = Clinic.seen(copay: .share(Rate(basisPoints: 3333)), insured: true)
      .when(Clinic.treat(10_01))
    let transfer = try #require(
      try spec.events.last?.decoded(as: ResponsibilityTransferred.self))
    #expect(transfer.amount == cents(3_33))
    #expect(transfer.reason == .coinsurance)
  }

  @Test func `who owes may be said, and must be covered on that day`() {
    Clinic.seen(insured: true)
      .when(Clinic.treat(100) { $0.responsible = .patient(Clinic.patient) })
      .thenEvents(TreatmentPerformed.self, ChargePosted.self)
    let second = Clinic.treat(100) { $0.responsible = .payer(Clinic.second, .secondary) }
    Clinic.seen(insured: true).when(second)
      .thenRefused(CareRefusal.notCovered(Clinic.second, Clinic.patient, Clinic.today))
    Clinic.seen(insured: true).importing.when(second).thenFound(.coverageNotActive)
    Clinic.seen().when(Clinic.treat(100) { $0.responsible = .patient(Clinic.other) })
      .thenRefused(CareRefusal.otherDebtor(Clinic.patient))
    Clinic.seen().when(Clinic.treat(100) { $0.responsible = .payer(Clinic.supplier, .primary) })
      .thenRefused(.invalidState, .coverageNotActive)
    Clinic.seen(insured: true)
      .when(Clinic.treat(100) { $0.responsible = .payer(Clinic.insurer, .unspecified) })
      .thenRefused(.fieldRequired)
  }

  @Test func `of nothing is legitimate, below nothing is not`() {
    Clinic.seen().when(Clinic.treat(0)).thenEvents(TreatmentPerformed.self, ChargePosted.self)
    Clinic.seen().when(Clinic.treat(-1)).thenRefused(.amountNegative)
    Clinic.seen().when(Clinic.treat(100) { $0.discount = cents(100) })
      .thenEvents(TreatmentPerformed.self, ChargePosted.self)
    Clinic.seen().when(Clinic.treat(100) { $0.discount = cents(101) })
      .thenRefused(CareRefusal.discountAboveList(Amount(minorUnits: 100, .usd)))
    Clinic.seen().when(Clinic.treat(100) { $0.discount = cents(-1) }).thenRefused(.amountNegative)
  }

  @Test func `a co-payment in another currency than the clinic's is refused`() {
    let coverage = Clinic.coverage(
      Clinic.insurer, copay: .fixed(Amount(minorUnits: 5, .eur)))
    let spec = Clinic.seen().at(clinic: 0).by(.staff(2), .reception).given(coverage)
      .at(clinic: 1).by(.staff(2), .practitioner)
    spec.when(Clinic.treat(100)).thenRefused(.currencyMismatch)
    spec.importing.when(Clinic.treat(100)).thenFound()
  }

  @Test func `in another currency is refused`() {
    Clinic.seen().when(Clinic.treat(0) { $0.listPrice = Amount(minorUnits: 100, .eur) })
      .thenRefused(DeskRefusal.currency(found: .eur, expected: .usd), field: "listPrice")
    Clinic.seen().when(Clinic.treat(0) { $0.listPrice = Amount(minorUnits: 100, .usd) })
      .thenEvents(TreatmentPerformed.self, ChargePosted.self)
  }

  @Test func `says why its price is taken`() {
    let silent = Clinic.treat(100) { $0.priceReason = .unspecified }
    Clinic.seen().when(silent).thenRefused(CareRefusal.priceReason)
    Clinic.seen().importing.when(silent).thenFound(.reasonRequired)
  }

  @Test func `needs an open encounter here, a service, units and a practitioner`() {
    Clinic.seen().given(CompleteEncounter.with { $0.encounter = EncounterID(1) })
      .when(Clinic.treat(100)).thenRefused(CareRefusal.completed(EncounterID(1)))
    Clinic.seen().when(Clinic.treat(100) { $0.encounter = EncounterID(2) })
      .thenRefused(.unknownReference)
    Clinic.seen().when(
      Clinic.treat(100) {
        $0.service = ServiceID(9)
        $0.units = 0
        $0.practitioner = StaffID(9)
      }
    ).thenRefused(.unknownReference, .outOfRange, .unknownReference)
  }

  @Test func `a discount above the limit wants a second person`() {
    var limited = Clinic.defineClinic
    limited.clinic = Clinic.id
    limited.limits.discount = cents(10)
    let spec = Clinic.seen().by(.staff(1), .admin).given(limited).by(.staff(2), .practitioner)
    func discount(_ minor: Int64, _ approver: StaffID?) -> PerformTreatment {
      Clinic.treat(100) {
        $0.discount = cents(minor)
        $0.approver = approver
      }
    }
    spec.when(discount(10, nil)).thenEvents(TreatmentPerformed.self, ChargePosted.self)
    spec.when(discount(11, nil))
      .thenRefused(DeskRefusal.secondPerson(limit: Amount(minorUnits: 10, .usd)))
    spec.when(discount(11, Clinic.doctor)).thenRefused(.needsSecondPerson)
    spec.when(discount(11, Clinic.cashier)).thenRefused(DeskRefusal.approver(Clinic.cashier))
    spec.when(discount(11, Clinic.admin)).thenEvents(TreatmentPerformed.self, ChargePosted.self)
    spec.when(discount(1, StaffID(9))).thenRefused(.unknownReference)
    spec.importing.when(discount(11, nil)).thenFound()
  }
}
