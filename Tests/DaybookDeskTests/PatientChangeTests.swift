import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

@Suite struct `A patient amended` {
  private var desk: Spec { Clinic.open.by(.staff(2), .reception) }
  private let amend = AmendPatient.with {
    $0.patient = Clinic.patient
    $0.person.familyName = "Younger"
    $0.person.birthDate = Clinic.day("1990-05-01")
    $0.reason = .changed
  }

  @Test func `is told whole, under the same person`() {
    let person = desk.state.patients.patients[Clinic.patient]?.person ?? 0
    desk.when(amend).then(
      PatientAmended.with {
        $0.patient = Clinic.patient
        $0.person.person = person
        $0.person.familyName = "Younger"
        $0.person.birthDate = Clinic.day("1990-05-01")
        $0.birthYear = 1990
        $0.reason = .changed
      })
    desk.when(amend.with { $0.person.person = person }).thenEvents(PatientAmended.self)
    desk.when(amend.with { $0.person.person = person + 1 })
      .thenRefused(PatientRefusal.otherPerson(Clinic.patient))
  }

  @Test func `has a name, a reason and a birth that agrees`() {
    desk.when(amend.with { $0.reason = .unspecified }).thenRefused(.reasonRequired)
    desk.when(amend.with { $0.person.familyName = " " }).thenRefused(.fieldRequired)
    desk.when(amend.with { $0.birthYear = 1991 }).thenRefused(.outOfRange)
    desk.when(amend.with { $0.person.birthDate = Clinic.day("2026-03-03") })
      .thenRefused(.outOfRange)
    desk.when(amend.with { $0.patient = PatientID(9) }).thenRefused(.unknownReference)
  }
}

@Suite struct `Patients merged` {
  private var desk: Spec { Clinic.open.by(.staff(2), .reception) }
  private let merge = MergePatients.with {
    $0.from = Clinic.other
    $0.into = Clinic.patient
    $0.reason = .duplicate
  }

  @Test func `are two who live, and one from then on`() {
    let spec = desk.when(merge)
    spec.then(
      PatientsMerged.with {
        $0.from = Clinic.other
        $0.into = Clinic.patient
        $0.reason = .duplicate
      })
    #expect(spec.events.first?.stream == Clinic.other.stream)
    #expect(spec.state.patients.current(Clinic.other) == Clinic.patient)
    let gone = PatientRefusal.mergedAway(Clinic.other, into: Clinic.patient)
    spec.when(merge).thenRefused(gone, field: "from")
    spec.when(merge.with { ($0.from, $0.into) = ($0.into, $0.from) })
      .thenRefused(gone, field: "into")
    desk.when(merge.with { $0.into = Clinic.other })
      .thenRefused(PatientRefusal.mergedIntoItself(Clinic.other))
    desk.when(merge.with { $0.reason = .unspecified }).thenRefused(.reasonRequired)
    desk.when(merge.with { $0.into = PatientID(9) }).thenRefused(.unknownReference)
  }

  @Test func `leave no later command for the number that went`() {
    let spec = desk.given(merge)
    let commands: [any Command<DeskState>] = [
      Diary.booking { $0.patient = Clinic.other },
      CheckInPatient.with { $0.patient = Clinic.other },
      Clinic.coverage(Clinic.insurer).with { $0.patient = Clinic.other },
      RequestAppointment.with { $0.patient = Clinic.other },
      AmendPatient.with {
        $0.patient = Clinic.other
        $0.person.familyName = "Zeno"
        $0.reason = .corrected
      },
      ReceivePayment.with {
        $0.from = .party(.patient(Clinic.other))
        $0.amount = cents(1)
        $0.method = .card(CardTender())
      },
    ]
    func refused<C: Command>(_ command: C) where C.State == DeskState {
      spec.when(command)
        .thenRefused(PatientRefusal.mergedAway(Clinic.other, into: Clinic.patient))
    }
    for command in commands { refused(command) }
  }

  @Test func `go on with the appointments and the coverage of both`() {
    let booked = desk.given(Diary.booking { $0.patient = Clinic.other })
      .given(Clinic.coverage(Clinic.insurer).with { $0.patient = Clinic.other })
      .given(merge)
    // Nobody is at two places, whatever their number was.
    booked.when(Diary.booking { $0.practitioner = Clinic.admin })
      .thenRefused(SchedulingRefusal.patientBusy(Clinic.patient, Diary.first))
    booked.when(Diary.checkIn).then(
      PatientCheckedIn.with {
        $0.visit = VisitID(1)
        $0.appointment = Diary.first
        $0.patient = Clinic.patient
        $0.arrivedAt = Clinic.nine.instant
        $0.coverage = [.payer(Clinic.insurer, .primary)]
      })
    booked.given(Diary.cancel).when(Diary.booking { $0.practitioner = Clinic.admin })
      .thenEvents(AppointmentBooked.self)
  }

  @Test func `keep the coverage of who stays where both have one`() {
    let spec = desk.given(Clinic.coverage(Clinic.second))
      .given(Clinic.coverage(Clinic.insurer).with { $0.patient = Clinic.other })
      .given(merge)
    #expect(
      spec.state.patients.payers(of: Clinic.patient, on: Clinic.today)
        == [.payer(Clinic.second, .primary)])
  }

  @Test func `are charged under the number that stays, also where they were being seen`() throws {
    let seen = Clinic.seen().by(.staff(2), .reception)
      .given(merge.with { ($0.from, $0.into) = ($0.into, $0.from) })
      .by(.staff(2), .practitioner).when(Clinic.treat(100))
    let charge = try seen.events[1].decoded(as: ChargePosted.self)
    #expect(charge.patient == Clinic.other)
    #expect(charge.responsible == .patient(Clinic.other))
  }

  @Test func `are followed however often it happens`() {
    let spec = desk.given(Clinic.patient("Third")).given(merge).given(
      MergePatients.with {
        $0.from = Clinic.patient
        $0.into = PatientID(3)
        $0.reason = .duplicate
      })
    #expect(spec.state.patients.current(Clinic.other) == PatientID(3))
  }
}

@Suite struct `A coverage set anew` {
  @Test func `by the same payer from the same day ends earlier, and leaves room for another`() {
    let desk = Clinic.open.by(.staff(2), .reception).given(Clinic.coverage(Clinic.insurer))
    let next = Clinic.coverage(Clinic.second).with { $0.from = Clinic.day("2026-07-01") }
    desk.when(next).thenRefused(.overlap)
    let ended = desk.given(
      Clinic.coverage(Clinic.insurer).with { $0.to = Clinic.day("2026-06-30") })
    ended.when(next).thenEvents(CoverageSet.self)
    let payers = ended.given(next).state.patients
    #expect(
      payers.payers(of: Clinic.patient, on: Clinic.day("2026-06-30"))
        == [.payer(Clinic.insurer, .primary)])
    #expect(
      payers.payers(of: Clinic.patient, on: Clinic.day("2026-07-01"))
        == [.payer(Clinic.second, .primary)])
  }
}
