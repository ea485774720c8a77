import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

@Suite struct `Booking somebody who has shifts` {
  private func book(
    _ start: String, _ change: (inout BookAppointment) -> Void = { _ in }
  ) -> BookAppointment {
    .with {
      $0.patient = Clinic.patient
      $0.practitioner = People.nurse
      $0.start = Clinic.moment(start).instant
      $0.durationSeconds = 1800
      change(&$0)
    }
  }

  /// On Tuesday from eight to four here, on Thursday elsewhere.
  private var desk: Spec {
    People.open.given(People.shift("2026-03-03T08:00:00Z", "2026-03-03T16:00:00Z")).at(clinic: 2)
      .given(People.shift("2026-03-05T08:00:00Z", "2026-03-05T16:00:00Z")).at(clinic: 1)
      .by(.staff(6), .reception)
  }

  @Test(arguments: [
    ("2026-03-03T08:00:00Z", true), ("2026-03-03T07:59:59Z", false),
    ("2026-03-03T15:30:00Z", true), ("2026-03-03T15:30:01Z", false),
    ("2026-03-04T10:00:00Z", false), ("2026-03-05T10:00:00Z", false),
    ("2026-03-08T23:30:00Z", false), ("2026-03-09T00:00:00Z", true),
  ]) func `is held against shifts in weeks with any, at that clinic`(
    _ start: String, _ isFree: Bool
  ) {
    let spec = desk.when(book(start))
    if isFree { spec.thenEvents(AppointmentBooked.self) } else { spec.thenRefused(.outsideHours) }
    desk.when(book(start) { $0.overbook = true }).thenEvents(AppointmentBooked.self)
    desk.importing.when(book(start)).thenEvents(AppointmentBooked.self)
  }

  @Test func `is not during an approved leave, shifts or not`() {
    let away = People.open.given(People.absence(.holiday, "2026-03-10", "2026-03-11"))
      .by(.staff(6), .reception)
    away.when(book("2026-03-10T09:00:00Z"))
      .thenRefused(PeopleRefusal.onLeave(People.nurse, AbsenceID(1)))
    away.when(book("2026-03-12T09:00:00Z")).thenEvents(AppointmentBooked.self)
  }

  @Test func `needs the credentials of the services on that day`() {
    var laser = Clinic.service("Laser")
    laser.credentialKinds = ["laser"]
    let services = People.open.by(.staff(1), .admin).given(laser).by(.staff(7), .payroll)
    let booking = book("2026-03-10T09:00:00Z") { $0.services = [ServiceID(3)] }
    let desk = services.by(.staff(1), .admin)
    desk.when(booking).thenRefused(
      CareRefusal.credentialMissing(People.nurse, "laser", Clinic.day("2026-03-10")),
      field: "practitioner")
    desk.importing.when(booking).thenFound(.credentialExpired)
    func credential(_ type: CredentialType, _ name: String, to: String) -> RecordCredential {
      .with {
        $0.staff = People.nurse
        $0.type = type
        $0.name = name
        $0.from = Clinic.day("2026-01-01")
        $0.to = Clinic.day(to)
      }
    }
    desk.given(credential(.training, "laser", to: "2026-03-10")).when(booking)
      .thenEvents(AppointmentBooked.self)
    desk.given(credential(.training, "laser", to: "2026-03-09")).when(booking)
      .thenRefused(.credentialExpired)
  }

  @Test func `needs a licence that was recorded once to be kept up`() {
    let licence = RecordCredential.with {
      $0.staff = People.nurse
      $0.type = .licence
      $0.from = Clinic.day("2026-01-01")
      $0.to = Clinic.day("2026-03-31")
    }
    let spec = People.open.given(licence)
    var renewed = licence
    renewed.from = Clinic.day("2026-04-01")
    renewed.to = nil
    let booking = book("2026-04-01T09:00:00Z")
    spec.by(.staff(6), .reception).when(booking).thenRefused(.credentialExpired)
    spec.given(renewed).by(.staff(6), .reception).when(booking)
      .thenEvents(AppointmentBooked.self)
  }
}
