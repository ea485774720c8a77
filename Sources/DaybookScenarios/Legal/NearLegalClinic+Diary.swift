import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

extension NearLegalClinic {
  /// Appointments.
  static let diary: [Maker] = [
    { near, state, now in near.bookedOver(state, now) },
    { near, state, now in near.movedOver(state, now) },
    { near, state, now in near.roomTaken(state, now) },
    { near, state, now in near.atTwoPlaces(state, now) },
    { near, state, now in near.untrained(state, now) },
    { near, state, now in near.offShift(state, now) },
    { near, state, _ in near.cancelledTwice(state) },
    { near, state, now in near.missedTooEarly(state, now) },
    { near, state, now in near.bookedForSomebodyGone(state, now) },
    { near, state, now in near.movedElsewhere(state, now) },
  ]

  private mutating func appointment(
    _ state: DeskState, _ isFit: (AppointmentRecord) -> Bool
  ) -> (AppointmentID, AppointmentRecord)? {
    legal.find(in: state.scheduling.appointments, isFit)
  }

  private func booking(
    _ now: Instant, _ change: (inout BookAppointment) -> Void
  ) -> BookAppointment {
    .with {
      $0.patient = PatientID(1)
      $0.practitioner = StaffID(1)
      $0.start = now + 400 * .day
      $0.durationSeconds = 900
      $0.channel = .desk
      change(&$0)
    }
  }

  private mutating func bookedOver(_ state: DeskState, _ now: Instant) -> Nearly? {
    let start = now + .hour
    let scheduling = state.scheduling
    guard scheduling.appointment(of: StaffID(1), from: start, to: start + 40 * .day) != nil,
      let patient = legal.livePatient(state)
    else { return nil }
    let book = booking(now) {
      $0.patient = patient
      $0.start = start
      $0.durationSeconds = 40 * 86_400
    }
    return (LegalCommand(book, .reception), .overlap)
  }

  /// Over everything that the first practitioner has for a year.
  private mutating func movedOver(_ state: DeskState, _ now: Instant) -> Nearly? {
    guard let (id, record) = appointment(state, { $0.status == .booked }) else { return nil }
    let start = now + 60_000
    let taken = state.scheduling.appointment(
      of: StaffID(1), from: start, to: start + 365 * .day, except: id)
    guard taken != nil else { return nil }
    let move = MoveAppointment.with {
      $0.appointment = id
      $0.practitioner = StaffID(1)
      $0.start = start
      $0.durationSeconds = 365 * 86_400
    }
    return (LegalCommand(move, .reception, at: record.clinic), .overlap)
  }

  /// The same time and room with the other practitioner.
  private mutating func roomTaken(_ state: DeskState, _ now: Instant) -> Nearly? {
    let found = appointment(state) { $0.status == .booked && $0.resource != nil && $0.start > now }
    guard let (_, record) = found, let patient = legal.livePatient(state), patient != record.patient
    else { return nil }
    let book = booking(now) {
      $0.patient = patient
      $0.practitioner = StaffID(record.practitioner == StaffID(1) ? 2 : 1)
      $0.resource = record.resource
      $0.start = record.start
      $0.durationSeconds = record.durationSeconds
    }
    return (LegalCommand(book, .reception, at: record.clinic), .overlap)
  }

  /// Overbooking knowingly does not put a patient at two places.
  private mutating func atTwoPlaces(_ state: DeskState, _ now: Instant) -> Nearly? {
    guard let (_, record) = appointment(state, { $0.status == .booked && $0.start > now }) else {
      return nil
    }
    let book = booking(now) {
      $0.patient = record.patient
      $0.start = record.start
      $0.durationSeconds = record.durationSeconds
      $0.overbook = true
    }
    return (LegalCommand(book, .reception, at: record.clinic), .overlap)
  }

  private mutating func untrained(_ state: DeskState, _ now: Instant) -> Nearly? {
    guard let patient = legal.livePatient(state) else { return nil }
    let book = booking(now) {
      $0.patient = patient
      $0.practitioner = StaffID(2)
      $0.services = [LegalClinic.laser]
    }
    return (LegalCommand(book, .reception), .credentialExpired)
  }

  /// In a week with shifts, at a time that none of them holds.
  private mutating func offShift(_ state: DeskState, _ now: Instant) -> Nearly? {
    let start = now + Int64(legal.dice.from(1...300)) * .hour
    let end = start + 900_000
    let clinic = legal.here
    guard let record = state.administration.clinics[clinic],
      let patient = legal.livePatient(state)
    else { return nil }
    let day = record.moment(start).day
    let week = record.start(of: day.advanced(by: 1 - day.weekday.rawValue)).instant
    let people = state.people
    let staff = (1...2).map { StaffID($0) }.first {
      people.hasShift($0, from: week, to: week + 7 * .day)
        && !people.isOnShift($0, at: clinic, from: start, to: end)
    }
    guard let staff else { return nil }
    let book = booking(now) {
      $0.patient = patient
      $0.practitioner = staff
      $0.start = start
    }
    return (LegalCommand(book, .reception), .outsideHours)
  }

  private mutating func cancelledTwice(_ state: DeskState) -> Nearly? {
    guard let (id, record) = appointment(state, { $0.status == .cancelled }) else { return nil }
    let cancel = CancelAppointment.with {
      $0.appointment = id
      $0.by = .patient
      $0.reason = .other
    }
    return (LegalCommand(cancel, .reception, at: record.clinic), .invalidState)
  }

  private mutating func missedTooEarly(_ state: DeskState, _ now: Instant) -> Nearly? {
    guard let (id, record) = appointment(state, { $0.status == .booked && $0.start > now }) else {
      return nil
    }
    let miss = MissAppointment.with {
      $0.appointment = id
      $0.type = .noShow
    }
    return (LegalCommand(miss, .reception, at: record.clinic), .futureNotAllowed)
  }

  private mutating func bookedForSomebodyGone(_ state: DeskState, _ now: Instant) -> Nearly? {
    guard let (gone, _) = legal.find(in: state.patients.patients, { $0.mergedInto != nil }) else {
      return nil
    }
    return (LegalCommand(booking(now) { $0.patient = gone }, .reception), .invalidState)
  }

  /// For the other clinic than the appointment's.
  private mutating func movedElsewhere(_ state: DeskState, _ now: Instant) -> Nearly? {
    guard let (id, record) = appointment(state, { $0.status == .booked }) else { return nil }
    let move = MoveAppointment.with {
      $0.appointment = id
      $0.start = now + 400 * .day
    }
    let clinic = record.clinic == LegalClinic.north ? LegalClinic.south : LegalClinic.north
    return (LegalCommand(move, .reception, at: clinic), .invalidState)
  }
}
