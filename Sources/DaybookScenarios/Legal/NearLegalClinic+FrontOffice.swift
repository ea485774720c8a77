import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

extension NearLegalClinic {
  /// Visits and coverage.
  static let frontOffice: [Maker] = [
    { near, state, _ in near.arrivedTwice(state) },
    { near, state, _ in near.treatedTooLate(state) },
    { near, state, _ in near.discountedAlone(state) },
    { near, state, _ in near.chargedToStranger(state) },
    { near, state, now in near.expiredDevice(state, now) },
    { near, state, now in near.coveredTwice(state, now) },
    { near, _, now in near.bornTomorrow(now) },
  ]

  private mutating func arrivedTwice(_ state: DeskState) -> Nearly? {
    guard
      let (come, record) = legal.find(
        in: state.scheduling.appointments,
        {
          $0.status == .arrived
        })
    else { return nil }
    return (
      LegalCommand(
        CheckInPatient.with { $0.appointment = come }, .reception, at: record.clinic),
      .invalidState
    )
  }

  private func treatment(
    _ encounter: EncounterID, _ change: (inout PerformTreatment) -> Void = { _ in }
  ) -> PerformTreatment {
    .with {
      $0.encounter = encounter
      $0.service = LegalClinic.implanting
      $0.listPrice = legal.dollars(10_000)
      $0.priceReason = .agreed
      change(&$0)
    }
  }

  private mutating func treatedTooLate(_ state: DeskState) -> Nearly? {
    guard let (over, record) = legal.find(in: state.care.encounters, { !$0.isOpen }) else {
      return nil
    }
    return (LegalCommand(treatment(over), .practitioner, at: record.clinic), .invalidState)
  }

  mutating func open(_ state: DeskState) -> (id: EncounterID, record: EncounterRecord)? {
    legal.find(in: state.care.encounters) { $0.isOpen }
  }

  /// A discount above the limit, which the actor approves.
  private mutating func discountedAlone(_ state: DeskState) -> Nearly? {
    guard let (id, record) = open(state) else { return nil }
    let treat = treatment(id) {
      $0.discount = legal.dollars(1_001)
      $0.approver = legal.who
    }
    return (LegalCommand(treat, .practitioner, at: record.clinic), .needsSecondPerson)
  }

  /// A payer that does not cover the patient.
  private mutating func chargedToStranger(_ state: DeskState) -> Nearly? {
    guard let (id, record) = open(state) else { return nil }
    let patient = state.patients.current(record.patient)
    guard state.patients.patients[patient]?.coverage.isEmpty == true else { return nil }
    let treat = treatment(id) { $0.responsible = .payer(LegalClinic.insurer, .primary) }
    return (LegalCommand(treat, .practitioner, at: record.clinic), .coverageNotActive)
  }

  /// An implant of a lot that has expired.
  private mutating func expiredDevice(_ state: DeskState, _ now: Instant) -> Nearly? {
    guard let (id, record) = open(state) else { return nil }
    let key = StockKey(clinic: record.clinic, item: LegalClinic.screw)
    let today = legal.day(now, state, at: record.clinic)
    let expired = state.stock.shelf(of: key).first { shelf in
      let lot = state.stock.itemLot(shelf.lot, of: LegalClinic.screw)
      return shelf.onHand >= 1_000 && lot?.expiry.map { $0 < today } == true
    }
    guard let expired else { return nil }
    let treat = treatment(id) {
      $0.devices = [
        .with {
          $0.item = LegalClinic.screw
          $0.lot = expired.lot
        }
      ]
    }
    return (LegalCommand(treat, .practitioner, at: record.clinic), .lotExpired)
  }

  private mutating func coveredTwice(_ state: DeskState, _ now: Instant) -> Nearly? {
    let found = legal.find(in: state.patients.patients) {
      !$0.coverage.isEmpty && $0.mergedInto == nil
    }
    guard let (patient, record) = found, let coverage = record.coverage.first else { return nil }
    let set = SetCoverage.with {
      $0.patient = patient
      $0.payer = PartyID(coverage.payer == PartyID(1) ? 2 : 1)
      $0.priority = coverage.priority
      $0.from = coverage.from
      $0.to = coverage.from
    }
    return (LegalCommand(set, .reception), .overlap)
  }

  private func bornTomorrow(_ now: Instant) -> Nearly? {
    let register = RegisterPatient.with {
      $0.person.familyName = "Early"
      $0.person.birthDate = Moment(now).day.advanced(by: 2)
    }
    return (LegalCommand(register, .reception), .outOfRange)
  }
}
