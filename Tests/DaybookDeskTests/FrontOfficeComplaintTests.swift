import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

/// What users of other systems complain of at the front desk: LESSONS section 3, rows 1, 2, 14, 18,
/// 19 and 25.
@Suite struct `What goes wrong elsewhere at the desk` {
  @Test
  func `nothing is edited: a change is an event with who, when and why, and the old one stays`()
    throws
  {
    let noon = Clinic.moment("2026-03-02T12:00:00Z")
    var spec = Clinic.open.by(.staff(2), .reception).at(noon).given(
      AmendPatient.with {
        $0.patient = Clinic.patient
        $0.person.familyName = "Younger"
        $0.reason = .corrected
      })
    let amended = try #require(spec.history.actions.last?.events.first)
    let header = amended.header
    #expect(header.actor == .staff(2) && header.role == .reception)
    #expect(header.effective == noon && header.recorded == noon.instant)
    #expect(try amended.decoded(as: PatientAmended.self).reason == .corrected)
    // The stream goes on: what was registered stands where it stood.
    #expect(header.stream == Clinic.patient.stream && header.version == 2)
    // And no event has a version again.
    spec = spec.when(
      AmendPatient.with {
        $0.patient = Clinic.patient
        $0.person.familyName = "Young"
        $0.reason = .corrected
      })
    #expect(spec.history.actions.last?.events.first?.header.version == 3)
  }

  @Test func `a discount or another price is in the event that says who gave it and why`() throws {
    let limited = Clinic.defineClinic.with {
      $0.clinic = Clinic.id
      $0.limits.discount = cents(10_00)
    }
    let seen = Clinic.seen().by(.staff(1), .admin).given(limited).by(.staff(2), .practitioner)
    let cheap = Clinic.treat(100_00) {
      $0.discount = cents(10_01)
      $0.priceReason = .courtesy
    }
    seen.when(cheap).thenRefused(.needsSecondPerson)
    let spec = seen.when(cheap.with { $0.approver = Clinic.admin })
    let performed = try spec.events[0].decoded(as: TreatmentPerformed.self)
    #expect(spec.history.actions.last?.events.first?.header.actor == .staff(2))
    #expect(performed.discount == cents(10_01) && performed.priceReason == .courtesy)
    #expect(performed.approver == Clinic.admin)
    // A fee that is asked for, or left out, at a missed appointment stands in that event too.
    let missed = Diary.booked.at(Diary.ten).when(
      Diary.missed().with { $0.feeService = Diary.fee })
    #expect(try missed.events[0].decoded(as: AppointmentMissed.self).feeService == Diary.fee)
    #expect(missed.events[1].isEvent(ChargePosted.self))
  }

  @Test func `a payment needs no visit and no charge, and waits as a balance of its own`() throws {
    // The patient was never here; nothing is booked, seen or charged.
    let spec = Counter.opened.when(
      ReceivePayment.with {
        $0.from = .party(.patient(Clinic.other))
        $0.amount = cents(30_00)
        $0.method = Counter.cash()
      })
    spec.thenEvents(PaymentReceived.self)
    let received = try spec.events[0].decoded(as: PaymentReceived.self)
    #expect(spec.events[0].correlation == 0 && received.allocations.isEmpty)
    #expect(spec.state.billing.accounts[.patient(Clinic.other)].credit == 30_00)
    #expect(spec.state.care.visits.count == 0 && spec.state.billing.charges.count == 0)
    // It settles what comes later, and what does not come is given back.
    spec.when(
      PayRefund.with {
        $0.to = .patient(Clinic.other)
        $0.amount = cents(30_00)
        $0.method = Counter.cash()
      }
    ).thenEvents(RefundPaid.self)
  }

  @Test func `a treatment outside of any appointment uses up what its recipe says`() throws {
    let walkedIn = Clinic.seen().importing
      .given(
        ReceiveGoods.with {
          $0.opening = true
          $0.lines = [
            .with {
              $0.item = Clinic.gloves
              $0.quantity = Quantity(thousandths: 10_000)
            }
          ]
        }
      )
      .by(.staff(2), .practitioner)
    let spec = walkedIn.when(Clinic.treat(10_00) { $0.service = Clinic.consult })
    spec.thenEvents(TreatmentPerformed.self, ChargePosted.self, StockIssued.self)
    let issued = try spec.events[2].decoded(as: StockIssued.self)
    #expect(issued.item == Clinic.gloves && issued.lines[0].quantity == .one)
    #expect(issued.encounterLine == EncounterLine(EncounterID(1), line: 1))
  }

  @Test func `what is booked or planned is charged only once it is performed, as it was performed`()
    throws
  {
    let booking = Diary.booking { $0.services = [Clinic.consult, Clinic.implanting] }
    var spec = Diary.desk.given(booking).given(Diary.checkIn).by(.staff(2), .practitioner)
      .given(StartEncounter.with { $0.visit = VisitID(1) })
    #expect(spec.state.billing.charges.count == 0)
    spec = spec.given(Clinic.treat(10_00))
    #expect(spec.state.billing.charges.count == 1)
    let charge = try spec.events[1].decoded(as: ChargePosted.self)
    #expect(charge.service == Clinic.implanting)
    #expect(charge.encounterLine == EncounterLine(EncounterID(1), line: 1))
    // Who ends the encounter charges nothing more.
    spec = spec.given(CompleteEncounter.with { $0.encounter = EncounterID(1) })
    #expect(spec.state.billing.charges.count == 1)
  }

  @Test func `a booking is held against real intervals and hours, whatever the grid is`() {
    // Ninety minutes from ten: a slot of half an hour later is not free.
    let long = Diary.desk.given(Diary.booking { $0.durationSeconds = 5400 })
    for start in ["10:30", "11:00", "11:29"] {
      long.when(Diary.booking("2026-03-02T\(start):00Z") { $0.patient = Clinic.other })
        .thenRefused(SchedulingRefusal.practitionerBusy(Clinic.doctor, Diary.first))
    }
    let free = Diary.booking("2026-03-02T11:30:00Z") { $0.patient = Clinic.other }
    long.when(free).thenEvents(AppointmentBooked.self)
    // Over something else only knowingly, and the event says so.
    let over = Diary.booking("2026-03-02T11:00:00Z") {
      $0.patient = Clinic.other
      $0.overbook = true
    }
    let spec = long.when(over)
    #expect(
      (try? spec.events.first?.decoded(as: AppointmentBooked.self).overbook) == true)
    // What ends behind closing time is outside of the hours.
    let hours = Clinic.defineClinic.with {
      $0.clinic = Clinic.id
      $0.openHours = [OpenHours(.monday, from: 9 * 3600, to: 18 * 3600)]
    }
    Diary.desk.by(.staff(1), .admin).given(hours).by(.staff(2), .reception)
      .when(Diary.booking("2026-03-02T17:45:00Z")).thenRefused(.outsideHours)
  }
}
