import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

@Suite struct `Calling an appointment off` {
  @Test func `says who, why and with what notice, and frees the time`() {
    let spec = Diary.booked.when(Diary.cancel)
    spec.then(
      AppointmentCancelled.with {
        $0.appointment = Diary.first
        $0.by = .patient
        $0.noticeSeconds = 3600
        $0.reason = .otherCommitment
      })
    spec.when(Diary.booking()).thenEvents(AppointmentBooked.self)
    spec.when(Diary.cancel).thenRefused(SchedulingRefusal.cancelled(Diary.first))
    spec.when(Diary.checkIn).thenRefused(SchedulingRefusal.cancelled(Diary.first))
  }

  @Test func `may cost a fee at the price of the list`() {
    Diary.booked.when(Diary.cancel.with { $0.feeService = Diary.fee }).then(
      AppointmentCancelled.with {
        $0.appointment = Diary.first
        $0.by = .patient
        $0.noticeSeconds = 3600
        $0.reason = .otherCommitment
        $0.feeService = Diary.fee
      },
      ChargePosted.with {
        $0.charge = ChargeID(1)
        $0.patient = Clinic.patient
        $0.service = Diary.fee
        $0.units = 1
        $0.list = cents(25_00)
        $0.net = cents(25_00)
        $0.responsible = .patient(Clinic.patient)
      })
    Diary.booked.when(Diary.cancel.with { $0.feeService = Clinic.consult })
      .thenRefused(.invalidState, .fieldRequired)
    Diary.booked.when(Diary.cancel.with { $0.feeService = ServiceID(9) })
      .thenRefused(.unknownReference)
  }

  @Test func `needs a reason, and one thing to call off`() {
    Diary.booked.when(CancelAppointment.with { $0.appointment = Diary.first })
      .thenRefused(.reasonRequired, .reasonRequired)
    Diary.booked.when(Diary.cancel.with { $0.request = RequestID(1) }).thenRefused(.fieldRequired)
    Diary.booked.when(Diary.cancel.with { $0.appointment = nil }).thenRefused(.fieldRequired)
  }

  @Test func `is possible until the patient is seen`() {
    let arrived = Diary.booked.given(Diary.checkIn)
    arrived.when(Diary.cancel).thenEvents(AppointmentCancelled.self)
    arrived.by(.staff(2), .practitioner).given(StartEncounter.with { $0.visit = VisitID(1) })
      .by(.staff(2), .reception).when(Diary.cancel)
      .thenRefused(SchedulingRefusal.seen(Diary.first))
  }
}

@Suite struct `A missed appointment` {
  @Test func `is one whose time has come, and of whom nobody came`() {
    Diary.booked.when(Diary.missed()).thenRefused(.futureNotAllowed)
    let spec = Diary.booked.at(Diary.ten).when(Diary.missed())
    spec.then(
      AppointmentMissed.with {
        $0.appointment = Diary.first
        $0.type = .noShow
      })
    spec.when(Diary.missed()).thenRefused(SchedulingRefusal.missed(Diary.first))
    spec.when(Diary.checkIn).thenRefused(SchedulingRefusal.missed(Diary.first))
    Diary.booked.at(Diary.ten).when(Diary.missed(.unspecified)).thenRefused(.fieldRequired)
    Diary.booked.given(Diary.checkIn).at(Diary.ten).when(Diary.missed())
      .thenRefused(SchedulingRefusal.arrived(Diary.first, at: Clinic.nine.instant))
  }

  @Test func `is left unseen only by who came, and was not seen`() {
    Diary.booked.at(Diary.ten).when(Diary.missed(.leftUnseen))
      .thenRefused(SchedulingRefusal.notArrived(Diary.first))
    let arrived = Diary.booked.given(Diary.checkIn).at(Diary.ten)
    let left = arrived.when(Diary.missed(.leftUnseen))
    left.thenEvents(AppointmentMissed.self)
    #expect(left.events.first?.correlation == 1)
    let start = StartEncounter.with { $0.visit = VisitID(1) }
    left.by(.staff(2), .practitioner).when(start)
      .thenRefused(CareRefusal.leftUnseen(Diary.first))
    arrived.by(.staff(2), .practitioner).given(start).by(.staff(2), .reception)
      .when(Diary.missed(.leftUnseen)).thenRefused(SchedulingRefusal.seen(Diary.first))
  }

  @Test func `may cost a fee, with its tax`() throws {
    let taxed = Diary.booked.by(.staff(1), .admin)
      .given(
        SetTaxCode.with {
          $0.code = "S21"
          $0.rate = Rate(basisPoints: 2100)
          $0.taxClass = .standard
        }
      )
      .given(
        Clinic.service("Missed").with {
          $0.service = Diary.fee
          $0.type = .fee
          $0.taxCode = TaxCodeID(1)
        }
      )
      .by(.staff(2), .reception).at(Diary.ten)
      .when(Diary.missed().with { $0.feeService = Diary.fee })
    taxed.thenEvents(AppointmentMissed.self, ChargePosted.self)
    let charge = try taxed.events[1].decoded(as: ChargePosted.self)
    #expect(charge.net == cents(25_00) && charge.tax == cents(5_25))
    #expect(charge.taxCode == TaxCodeID(1))
    #expect(taxed.state.billing.charges[ChargeID(1)]?.owed == 30_25)
  }
}

@Suite struct `Credentials` {
  private var desk: Spec {
    Clinic.open.by(.staff(1), .admin)
      .given(Clinic.service("Laser").with { $0.credentialKinds = ["licence"] })
      .by(.staff(2), .reception)
  }
  private let laser = Diary.booking { $0.services = [ServiceID(3)] }

  private func licence(to: String) -> RecordCredential {
    .with {
      $0.staff = Clinic.doctor
      $0.type = .licence
      $0.name = "General medicine"
      $0.from = Clinic.day("2020-01-01")
      $0.to = Clinic.day(to)
    }
  }

  @Test func `that a service needs are valid on the day of the booking`() {
    let missing = CareRefusal.credentialMissing(Clinic.doctor, "licence", Clinic.today)
    desk.when(laser).thenRefused(missing, field: "practitioner")
    desk.importing.when(laser).thenFound(.credentialExpired)
    let spec = desk.given(licence(to: "2026-03-02"))
    spec.when(laser).thenEvents(AppointmentBooked.self)
    spec.when(laser.with { $0.start.milliseconds += 86_400_000 }).thenRefused(.credentialExpired)
    spec.when(Diary.booking()).thenEvents(AppointmentBooked.self)
  }

  @Test func `are valid when the encounter begins`() {
    let spec = desk.given(licence(to: "2026-03-02")).given(laser).given(Diary.checkIn)
      .by(.staff(2), .practitioner)
    let start = StartEncounter.with { $0.visit = VisitID(1) }
    spec.when(start).thenEvents(EncounterStarted.self)
    // The other one has no licence.
    spec.when(start.with { $0.practitioner = Clinic.accountant })
      .thenRefused(.credentialExpired)
  }
}
