import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

extension LegalClinic {
  /// Patients, bookings, visits and treatments.
  static let frontOffice: [(weight: Int, make: Maker)] = [
    (6, { clinic, _, _ in clinic.newPatient() }),
    (5, { clinic, state, now in clinic.coverage(state, now) }),
    (9, { clinic, state, now in clinic.booking(state, now) }),
    (10, { clinic, state, now in clinic.arrival(state, now) }),
    (10, { clinic, state, now in clinic.encounter(state, now) }),
    (18, { clinic, state, now in clinic.treatment(state, now) }),
    (7, { clinic, state, _ in clinic.completion(state) }),
  ]

  private mutating func coverage(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    let patients = state.patients.patients
    let today = Moment(now).day
    let id = find(patients.count, PatientKind.self) {
      patients[$0].map { $0.coverage.isEmpty && $0.mergedInto == nil } ?? false
    }
    guard let id else { return nil }
    let set = SetCoverage.with {
      $0.patient = id
      $0.payer = PartyID(UInt64(dice.from(1...2)))
      $0.priority = .primary
      $0.from = Day(daysSince1970: today.daysSince1970 - Int32(dice.below(200)))
      $0.to = Day(daysSince1970: today.daysSince1970 + Int32(dice.below(400)))
      if dice.chance(50) { $0.copay = .fixed(cents(500...3_000)) }
    }
    return LegalCommand(set, .reception)
  }

  private mutating func booking(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    let scheduling = state.scheduling
    let requests = scheduling.requests
    let waiting = find(requests.count, RequestKind.self) { requests[$0]?.isOpen ?? false }
    let asked = waiting.flatMap { requests[$0] }.map { state.patients.current($0.patient) }
    guard let patient = asked ?? livePatient(state) else { return nil }
    let room = pick(state.catalogue.resources.count, ResourceKind.self)
    let practitioner = StaffID(UInt64(dice.from(1...2)))
    for _ in 0..<8 {
      let start = Instant(milliseconds: now.milliseconds + Int64(dice.from(1...1_500)) * 900_000)
      let seconds = UInt32(dice.from(1...4)) * 900
      let end = Instant(milliseconds: start.milliseconds + Int64(seconds) * 1_000)
      let isFree =
        scheduling.appointment(of: practitioner, from: start, to: end) == nil
        && scheduling.appointment(of: patient, from: start, to: end) == nil
      guard isFree else { continue }
      let book = BookAppointment.with {
        $0.patient = patient
        $0.practitioner = practitioner
        $0.resource = room.flatMap {
          scheduling.appointment(of: $0, from: start, to: end) == nil ? $0 : nil
        }
        $0.request = waiting
        $0.start = start
        $0.durationSeconds = seconds
        $0.channel = .desk
      }
      return LegalCommand(book, .reception)
    }
    return nil
  }

  private mutating func arrival(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    let appointments = state.scheduling.appointments
    let coming = find(appointments.count, AppointmentKind.self) {
      appointments[$0]?.status == .booked
    }
    if let coming, dice.chance(60) {
      return LegalCommand(CheckInPatient.with { $0.appointment = coming }, .reception)
    }
    guard let patient = livePatient(state) else { return nil }
    return LegalCommand(CheckInPatient.with { $0.patient = patient }, .reception)
  }

  private mutating func encounter(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    let visits = state.care.visits
    let appointments = state.scheduling.appointments
    let visit = find(visits.count, VisitKind.self) { id in
      // Who left unseen is not there any more.
      visits[id]?.appointment.flatMap { appointments[$0]?.status } != .missed
    }
    guard let visit else { return nil }
    let start = StartEncounter.with {
      $0.visit = visit
      $0.practitioner = StaffID(UInt64(dice.from(1...2)))
    }
    return LegalCommand(start, .practitioner)
  }

  private mutating func openEncounter(_ state: DeskState) -> EncounterID? {
    let encounters = state.care.encounters
    return find(encounters.count, EncounterKind.self) { encounters[$0]?.isOpen ?? false }
  }

  private mutating func treatment(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    guard let encounter = openEncounter(state) else { return nil }
    let list = cents(0...30_000)
    let service = ServiceID(UInt64(dice.from(1...2)))
    // Everybody's list has a price if the book's or the clinic's line has one.
    let listed = state.catalogue.price(
      of: .service(service), payer: nil, at: ClinicID(1), on: Moment(now).day)
    let treat = PerformTreatment.with {
      $0.encounter = encounter
      $0.service = service
      $0.units = UInt32(dice.from(1...3))
      if listed == nil || dice.chance(50) {
        $0.listPrice = list
        if dice.chance(20) { $0.discount = Amount(minorUnits: list.minorUnits / 10, .usd) }
        $0.priceReason = .agreed
      }
      if dice.chance(30) {
        $0.taxCode = pick(state.catalogue.taxCodes.count, TaxCodeKind.self)
      }
    }
    return LegalCommand(treat, .practitioner)
  }

  private mutating func completion(_ state: DeskState) -> LegalCommand? {
    guard let encounter = openEncounter(state) else { return nil }
    let complete = CompleteEncounter.with {
      $0.encounter = encounter
      $0.outcome = .completed
    }
    return LegalCommand(complete, .practitioner)
  }
}
