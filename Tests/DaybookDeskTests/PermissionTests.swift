import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

@Suite struct `Permission` {
  @Test func `the system defines the first clinic and its staff`() {
    Clinic.empty.when(Clinic.defineClinic).thenEvents(ClinicDefined.self)
    Clinic.begun.when(Clinic.hire("Ada")).thenEvents(StaffHired.self)
    Clinic.begun.given(Clinic.hire("Ada"))
      .when(Clinic.roles(Clinic.admin, [.admin])).thenEvents(RolesSet.self)
  }

  @Test func `the system may no more once somebody is admin`() {
    let spec = Clinic.staffed.by(.system, .system).at(clinic: 0)
    spec.when(Clinic.defineClinic).thenRefused(.notPermitted)
    spec.when(Clinic.hire("Eve")).thenRefused(.notPermitted)
    spec.when(Clinic.roles(Clinic.doctor, [.admin])).thenRefused(.notPermitted)
  }

  @Test func `the system may nothing else`() {
    Clinic.begun.when(Clinic.party("Insurer", .payer)).thenRefused(.notPermitted)
    Clinic.begun.when(Clinic.patient("Young")).thenRefused(.notPermitted)
  }

  @Test func `a role counts only where it is held`() {
    let second = DefineClinic.with {
      $0 = Clinic.defineClinic
      $0.name = "South"
    }
    let spec = Clinic.open.given(second)
    spec.by(.staff(2), .reception).at(clinic: 2).when(Clinic.patient("Xu"))
      .thenRefused(.notPermitted)
    spec.by(.staff(2), .reception).at(clinic: 1).when(Clinic.patient("Xu"))
      .thenEvents(PatientRegistered.self)
  }

  @Test func `for the whole book a role at any clinic counts`() {
    Clinic.open.by(.staff(2), .reception).at(clinic: 0).when(Clinic.patient("Xu"))
      .thenEvents(PatientRegistered.self)
  }

  @Test func `an admin of another clinic begins a new one, until it has its own`() {
    let south = SetRoles.with {
      $0.staff = Clinic.doctor
      $0.clinic = ClinicID(2)
      $0.roles = [.admin]
    }
    let spec = Clinic.staffed.given(Clinic.defineClinic).at(clinic: 2)
    spec.when(south).thenEvents(RolesSet.self)
    spec.given(south).when(south).thenRefused(.notPermitted)
  }

  @Test func `a role that is not held, or none, is refused`() {
    Clinic.open.by(.staff(3), .admin).when(Clinic.party("X", .payer)).thenRefused(.notPermitted)
    Clinic.open.by(.staff(1), .none).when(Clinic.party("X", .payer)).thenRefused(.notPermitted)
    Clinic.open.by(.staff(99), .admin).when(Clinic.party("X", .payer))
      .thenRefused(.notPermitted)
  }

  @Test func `a role that is held but does not fit is refused`() {
    Clinic.charged(100).by(.staff(2), .reception)
      .when(
        PostAdjustment.with {
          $0.charge = Clinic.charge
          $0.type = .writeOff
          $0.amount = cents(1)
        }
      )
      .thenRefused(
        DeskRefusal.notPermitted(actor: "D2", role: "reception", allowed: [.accountant]),
        field: "role")
  }

  @Test func `an importer acts in role import alone`() {
    Clinic.begun.by(.importer(1), .import).when(Clinic.party("Insurer", .payer))
      .thenEvents(PartyRegistered.self)
    Clinic.begun.by(.importer(1), .admin).when(Clinic.party("Insurer", .payer))
      .thenRefused(.notPermitted)
    Clinic.staffed.by(.staff(1), .import).when(Clinic.party("Insurer", .payer))
      .thenRefused(.notPermitted)
    Clinic.begun.by(.system, .import).when(Clinic.party("Insurer", .payer))
      .thenRefused(.notPermitted)
  }

  @Test func `a role taken away is gone`() {
    let gone = Clinic.open.given(Clinic.roles(Clinic.doctor, []))
    gone.by(.staff(2), .reception).when(Clinic.patient("Xu")).thenRefused(.notPermitted)
  }

  @Test func `a clinic that does not exist is named`() {
    Clinic.open.at(clinic: 7).when(Clinic.patient("Xu"))
      .thenRefused(DeskRefusal.unknown(kind: "clinic", name: "L7"))
    Clinic.charged(100).at(clinic: 0)
      .when(
        PostAdjustment.with {
          $0.charge = Clinic.charge
          $0.type = .writeOff
          $0.amount = cents(1)
        }
      )
      .thenRefused(.fieldRequired, .invalidState)
  }
}

@Suite struct `Times of commands` {
  @Test func `a fact of a later day is refused, for imports too`() {
    let tomorrow = Clinic.moment("2026-03-03T00:30:00Z")
    let spec = Clinic.open.at(tomorrow, recorded: Clinic.nine.instant)
    spec.by(.staff(2), .reception).when(Clinic.patient("Xu"))
      .thenRefused(DeskRefusal.inFuture(tomorrow, recorded: Clinic.nine.instant))
    spec.importing.when(Clinic.patient("Xu")).thenRefused(.futureNotAllowed)
  }

  @Test func `a fact later on the same day of the clinic is taken`() {
    let evening = Clinic.moment("2026-03-02T23:59:59Z")
    Clinic.open.at(evening, recorded: Clinic.nine.instant)
      .by(.staff(2), .reception).when(Clinic.patient("Xu")).thenEvents(PatientRegistered.self)
  }

  @Test func `the clinic's own clock gives the offset`() throws {
    let madrid = DefineClinic.with {
      $0 = Clinic.defineClinic
      $0.timeZone = "Europe/Madrid"
      $0.transitions = [
        ZoneTransition(offset: UTCOffset(seconds: 3600)),
        ZoneTransition(
          at: Clinic.moment("2026-03-29T01:00:00Z").instant, offset: UTCOffset(seconds: 7200)),
      ]
    }
    let spec = Clinic.empty.given(madrid).importing.at(clinic: 1)
    let winter = spec.at(Clinic.moment("2026-03-01T23:30:00Z")).when(Clinic.patient("Xu"))
    #expect(winter.events.first?.effective.description == "2026-03-02T00:30:00+01:00")
    let summer = spec.at(Clinic.moment("2026-03-29T01:00:00Z")).when(Clinic.patient("Xu"))
    #expect(summer.events.first?.effective.description == "2026-03-29T03:00:00+02:00")
    let before = spec.at(Clinic.moment("2026-03-29T00:59:59Z")).when(Clinic.patient("Xu"))
    #expect(before.events.first?.effective.description == "2026-03-29T01:59:59+01:00")
  }

  @Test func `a time out of range is refused and never traps`() {
    let spec = Clinic.open.by(.staff(2), .reception)
    spec.at(Moment(Instant(milliseconds: .min)), recorded: Clinic.nine.instant)
      .when(Clinic.patient("Xu")).thenRefused(.outOfRange, .outOfRange)
    spec.at(Moment(Instant(milliseconds: .max)), recorded: Clinic.nine.instant)
      .when(Clinic.patient("Xu")).thenRefused(.outOfRange, .outOfRange, .futureNotAllowed)
  }
}
