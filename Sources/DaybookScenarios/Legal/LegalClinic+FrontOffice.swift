import DaybookClinicEvents
import DaybookClinicRules
import DaybookDesk
import DaybookEvents
import DaybookValues

extension LegalClinic {
  /// Patients, coverage, visits and treatments.
  static let frontOffice: Makers = [
    (.newPatient, { clinic, _, _ in clinic.newPatient() }),
    (.coverage, { clinic, state, now in clinic.coverage(state, now) }),
    (.arrival, { clinic, state, now in clinic.arrival(state, now) }),
    (.encounter, { clinic, state, now in clinic.encounter(state, now) }),
    (.treatment, { clinic, state, now in clinic.treatment(state, now) }),
    (.completion, { clinic, state, _ in clinic.completion(state) }),
  ]

  private mutating func coverage(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    let today = day(now, state)
    let found = find(in: state.patients.patients) {
      $0.coverage.count < 2 && $0.mergedInto == nil
    }
    guard let (patient, record) = found else { return nil }
    // A second payer comes after the first.
    let priority: CoveragePriority = record.coverage.isEmpty ? .primary : .secondary
    guard !record.coverage.contains(where: { $0.priority == priority }) else { return nil }
    let set = SetCoverage.with {
      $0.patient = patient
      $0.payer = PartyID(priority == .primary ? UInt64(dice.from(1...2)) : 2)
      $0.priority = priority
      $0.from = today.advanced(by: 0 - dice.below(200))
      $0.to = today.advanced(by: dice.below(400))
      switch dice.below(3) {
      case 0: $0.copay = .fixed(cents(500...3_000))
      case 1: $0.copay = .share(Rate(basisPoints: Int64(dice.from(100...5_000))))
      default: break
      }
    }
    return LegalCommand(set, .reception)
  }

  private mutating func arrival(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    let coming = find(in: state.scheduling.appointments) { $0.status == .booked }
    if let (appointment, record) = coming, dice.chance(60) {
      return LegalCommand(
        CheckInPatient.with { $0.appointment = appointment }, .reception, at: record.clinic)
    }
    guard let patient = livePatient(state) else { return nil }
    return LegalCommand(
      CheckInPatient.with { $0.patient = patient }, .reception, effective: lately(state, now))
  }

  private mutating func encounter(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    let appointments = state.scheduling.appointments
    let found = find(in: state.care.visits) { visit in
      // Who left unseen is not there any more.
      visit.appointment.flatMap { appointments[$0]?.status } != .missed
        && visit.encounters.count < 3
    }
    guard let (visit, record) = found else { return nil }
    let services = record.appointment.flatMap { appointments[$0]?.services } ?? []
    let start = StartEncounter.with {
      $0.visit = visit
      // Only the first is trained for everything.
      $0.practitioner = services.contains(Self.laser) ? StaffID(1) : who
    }
    return LegalCommand(start, .practitioner, at: record.clinic)
  }

  private mutating func openEncounter(_ state: DeskState) -> (EncounterID, EncounterRecord)? {
    find(in: state.care.encounters) { $0.isOpen }
  }

  private mutating func treatment(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    guard let (encounter, record) = openEncounter(state) else { return nil }
    let clinic = record.clinic
    let at = lately(state, now, at: clinic)
    let patient = state.patients.current(record.patient)
    var treat = PerformTreatment()
    treat.encounter = encounter
    if dice.chance(30), let use = session(of: patient, state, at: at, clinic) {
      treat.package = use.package
      treat.service = use.service
    } else if dice.chance(30), let line = planned(for: patient, state, at: at, clinic) {
      treat.planLine = line.planLine
      treat.service = line.service
    } else {
      price(&treat, state, at: at, clinic)
    }
    if dice.chance(20) { treat.devices = devices(state, at: at, clinic) }
    return LegalCommand(treat, .practitioner, at: clinic, effective: at)
  }

  /// A service with a price: that of the list, or another with a reason.
  private mutating func price(
    _ treat: inout PerformTreatment, _ state: DeskState, at: Instant, _ clinic: ClinicID
  ) {
    let list = cents(0...30_000)
    treat.service = [Self.consultation, Self.implanting, Self.laser][dice.below(3)]
    treat.units = UInt32(dice.from(1...3))
    // Everybody's list has a price if the book's or the clinic's line has one.
    let listed = state.catalogue.price(
      of: .service(treat.service), payer: nil, at: clinic, on: day(at, state, at: clinic))
    if listed == nil || dice.chance(50) {
      treat.listPrice = list
      if dice.chance(25) {
        treat.discount = dollars(list.minorUnits / 10)
        treat.approver = other
      }
      treat.priceReason = .agreed
    }
    if dice.chance(30) {
      treat.taxCode = pick(state.catalogue.taxCodes.count, TaxCodeKind.self)
    }
  }

  /// What is put into the patient: of the lot that goes first.
  private mutating func devices(
    _ state: DeskState, at: Instant, _ clinic: ClinicID
  ) -> Few<Device> {
    let screw = item(like: Self.screw)
    let lots = usable(screw, state, at: at, clinic)
    guard let first = lots.first, first.available >= 1_000 else { return [] }
    return [
      .with {
        $0.item = screw
        $0.lot = first.lot
        $0.serial = word("SN")
      }
    ]
  }

  private mutating func completion(_ state: DeskState) -> LegalCommand? {
    guard let (encounter, record) = openEncounter(state) else { return nil }
    let complete = CompleteEncounter.with {
      $0.encounter = encounter
      $0.outcome = .completed
    }
    return LegalCommand(complete, .practitioner, at: record.clinic)
  }
}
