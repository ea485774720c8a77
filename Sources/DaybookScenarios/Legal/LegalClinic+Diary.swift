import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

extension LegalClinic {
  /// The waiting list, and appointments that are moved, called off and missed.
  static let diary: [(weight: Int, make: Maker)] = [
    (2, { clinic, state, _ in clinic.request(state) }),
    (3, { clinic, state, now in clinic.move(state, now) }),
    (3, { clinic, state, now in clinic.cancellation(state, now) }),
    (3, { clinic, state, now in clinic.noShow(state, now) }),
    (2, { clinic, state, _ in clinic.amendment(state) }),
    (1, { clinic, state, _ in clinic.merging(state) }),
  ]

  /// A patient who was not merged away.
  mutating func livePatient(_ state: DeskState) -> PatientID? {
    let patients = state.patients.patients
    return find(patients.count, PatientKind.self) { patients[$0]?.mergedInto == nil }
  }

  /// An appointment for which nobody has come, and that was neither missed nor called off.
  private mutating func booked(
    _ state: DeskState, _ isFit: (AppointmentRecord) -> Bool = { _ in true }
  ) -> (AppointmentID, AppointmentRecord)? {
    let appointments = state.scheduling.appointments
    let id = find(appointments.count, AppointmentKind.self) {
      appointments[$0].map { $0.status == .booked && isFit($0) } ?? false
    }
    guard let id, let record = appointments[id] else { return nil }
    return (id, record)
  }

  private mutating func request(_ state: DeskState) -> LegalCommand? {
    guard let patient = livePatient(state) else { return nil }
    let request = RequestAppointment.with {
      $0.patient = patient
      $0.services = [ServiceID(UInt64(dice.from(1...2)))]
      $0.weekdays = dice.chance(50) ? [.monday, .friday] : []
      $0.priority = .routine
    }
    return LegalCommand(request, .reception)
  }

  private mutating func move(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    guard let (id, record) = booked(state) else { return nil }
    let practitioner = StaffID(UInt64(dice.from(1...2)))
    let start = Instant(milliseconds: now.milliseconds + Int64(dice.from(1...1_500)) * 900_000)
    let end = Instant(
      milliseconds: start.milliseconds + Int64(record.durationSeconds) * 1_000)
    let scheduling = state.scheduling
    guard
      scheduling.appointment(of: practitioner, from: start, to: end, except: id) == nil,
      scheduling.appointment(of: record.patient, from: start, to: end, except: id) == nil
    else { return nil }
    let move = MoveAppointment.with {
      $0.appointment = id
      $0.practitioner = practitioner
      $0.start = start
      $0.releasesResource = true
    }
    return LegalCommand(move, .reception, at: record.clinic)
  }

  /// A fee where the list has its price.
  private mutating func fee(_ state: DeskState, _ now: Instant) -> ServiceID? {
    let fee = ServiceID(3)
    guard dice.chance(40), state.administration.services[fee]?.at(now).type == .fee else {
      return nil
    }
    let price = state.catalogue.price(
      of: .service(fee), payer: nil, at: ClinicID(1), on: Moment(now).day)
    return price == nil ? nil : fee
  }

  private mutating func cancellation(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    let requests = state.scheduling.requests
    let waiting = find(requests.count, RequestKind.self) { requests[$0]?.isOpen ?? false }
    if let waiting, dice.chance(30) {
      let cancel = CancelAppointment.with {
        $0.request = waiting
        $0.by = .clinic
        $0.reason = .notWanted
      }
      return LegalCommand(cancel, .reception)
    }
    guard let (id, record) = booked(state) else { return nil }
    let cancel = CancelAppointment.with {
      $0.appointment = id
      $0.by = .patient
      $0.reason = .health
      $0.feeService = fee(state, now)
    }
    return LegalCommand(cancel, .reception, at: record.clinic)
  }

  private mutating func noShow(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    guard let (id, record) = booked(state, { $0.start <= now }) else { return nil }
    let miss = MissAppointment.with {
      $0.appointment = id
      $0.type = .noShow
      $0.feeService = fee(state, now)
    }
    return LegalCommand(miss, .reception, at: record.clinic)
  }

  private mutating func amendment(_ state: DeskState) -> LegalCommand? {
    guard let patient = livePatient(state) else { return nil }
    let amend = AmendPatient.with {
      $0.patient = patient
      $0.person.familyName = word("Family")
      $0.reason = .changed
    }
    return LegalCommand(amend, .reception)
  }

  private mutating func merging(_ state: DeskState) -> LegalCommand? {
    guard let from = livePatient(state), let into = livePatient(state), from != into else {
      return nil
    }
    let merge = MergePatients.with {
      $0.from = from
      $0.into = into
      $0.reason = .duplicate
    }
    return LegalCommand(merge, .reception)
  }
}
