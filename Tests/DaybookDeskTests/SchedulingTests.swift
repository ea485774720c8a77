import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

@Suite struct `Booking` {
  private var desk: Spec { Clinic.open.by(.staff(2), .reception) }

  private func booking(
    _ start: String, seconds: UInt32 = 1800, _ change: (inout BookAppointment) -> Void = { _ in }
  ) -> BookAppointment {
    .with {
      $0.patient = Clinic.patient
      $0.practitioner = Clinic.doctor
      $0.start = Clinic.moment(start).instant
      $0.durationSeconds = seconds
      change(&$0)
    }
  }

  @Test func `takes the time of its services when none is given`() {
    let booking = booking("2026-03-02T10:00:00Z", seconds: 0) {
      $0.services = [Clinic.consult, Clinic.implanting]
      $0.channel = .phone
    }
    desk.when(booking).then(
      AppointmentBooked.with {
        $0.appointment = AppointmentID(1)
        $0.patient = Clinic.patient
        $0.practitioner = Clinic.doctor
        $0.services = [Clinic.consult, Clinic.implanting]
        $0.start = Clinic.moment("2026-03-02T10:00:00Z").instant
        $0.durationSeconds = 3600
        $0.channel = .phone
      })
    desk.when(self.booking("2026-03-02T10:00:00Z", seconds: 0)).thenRefused(.fieldRequired)
  }

  @Test(arguments: [
    ("2026-03-02T09:30:00Z", 1800, true), ("2026-03-02T09:30:00Z", 1801, false),
    ("2026-03-02T10:15:00Z", 60, false), ("2026-03-02T09:00:00Z", 86_400, false),
    ("2026-03-02T10:29:59Z", 60, false), ("2026-03-02T10:30:00Z", 60, true),
  ]) func `the practitioner is free for the whole interval`(
    _ start: String, _ seconds: UInt32, _ isFree: Bool
  ) {
    let other = booking(start, seconds: seconds) { $0.patient = Clinic.other }
    let spec = desk.given(booking("2026-03-02T10:00:00Z")).when(other)
    if isFree {
      spec.thenEvents(AppointmentBooked.self)
    } else {
      spec.thenRefused(
        SchedulingRefusal.practitionerBusy(Clinic.doctor, AppointmentID(1)), field: "start")
    }
  }

  @Test func `the patient is not elsewhere then`() {
    let other = booking("2026-03-02T10:00:00Z") { $0.practitioner = Clinic.admin }
    desk.given(booking("2026-03-02T10:00:00Z")).when(other)
      .thenRefused(SchedulingRefusal.patientBusy(Clinic.patient, AppointmentID(1)))
    // Overbooking is about who sees the patient; nobody is at two places.
    let over = booking("2026-03-02T10:00:00Z") { $0.overbook = true }
    desk.given(booking("2026-03-02T10:00:00Z")).when(over)
      .thenRefused(
        SchedulingRefusal.patientBusy(Clinic.patient, AppointmentID(1)), field: "start")
  }

  @Test func `over something else only knowingly`() {
    let again = booking("2026-03-02T10:00:00Z")
    desk.given(again).when(again).thenRefused(.overlap, .overlap)
    let over = booking("2026-03-02T10:00:00Z") {
      $0.patient = Clinic.other
      $0.overbook = true
    }
    desk.given(again).when(over).thenEvents(AppointmentBooked.self)
    desk.given(again).importing.when(again).thenFound(.overlap, .overlap)
  }

  @Test func `the past is for imports alone`() {
    let past = booking("2026-03-02T08:59:59Z")
    desk.when(past).thenRefused(SchedulingRefusal.startsInThePast(past.start))
    desk.importing.when(past).thenFound().thenEvents(AppointmentBooked.self)
    desk.when(booking("2026-03-02T09:00:00Z")).thenEvents(AppointmentBooked.self)
  }

  @Test func `the practitioner works here on that day`() {
    var late = Clinic.hire("Late")
    late.start = Clinic.day("2026-03-03")
    let spec = desk.by(.staff(1), .admin).given(late).by(.staff(2), .reception)
    let today = booking("2026-03-02T10:00:00Z") { $0.practitioner = StaffID(5) }
    spec.when(today).thenRefused(
      AdministrationRefusal.notWorkingHere(StaffID(5), clinic: Clinic.id))
    spec.importing.when(today).thenFound(.invalidState)
    spec.when(booking("2026-03-03T00:00:00Z") { $0.practitioner = StaffID(5) })
      .thenEvents(AppointmentBooked.self)
  }

  @Test func `needs patient, practitioner and services that exist`() {
    desk.when(
      booking("2026-03-02T10:00:00Z") {
        $0.patient = PatientID(9)
        $0.practitioner = StaffID(9)
        $0.services = [ServiceID(9)]
      }
    ).thenRefused(.unknownReference, .unknownReference, .unknownReference)
  }

  @Test func `finds an overlap far behind shorter appointments`() {
    var spec = desk.given(booking("2026-03-02T10:00:00Z", seconds: 86_400 * 3))
    spec = spec.importing
    for minute in 10..<40 {
      spec = spec.given(
        booking("2026-03-02T11:\(minute):00Z", seconds: 60) { $0.overbook = true })
    }
    spec.by(.staff(2), .reception)
      .when(booking("2026-03-04T00:00:00Z") { $0.patient = Clinic.other })
      .thenRefused(SchedulingRefusal.practitionerBusy(Clinic.doctor, AppointmentID(1)))
  }

  @Test func `a time at the end of time is refused and never traps`() {
    desk.when(booking("2026-03-02T10:00:00Z") { $0.start = Instant(milliseconds: .max) })
      .thenRefused(.outOfRange)
  }
}
