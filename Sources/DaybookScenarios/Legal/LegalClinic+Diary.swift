import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

extension LegalClinic {
  /// The waiting list, appointments and what becomes of them, and who is who.
  static let diary: Makers = [
    (.booking, { clinic, state, now in clinic.booking(state, now) }),
    (.request, { clinic, state, _ in clinic.request(state) }),
    (.move, { clinic, state, now in clinic.move(state, now) }),
    (.cancellation, { clinic, state, now in clinic.cancellation(state, now) }),
    (.noShow, { clinic, state, now in clinic.noShow(state, now) }),
    (.leftUnseen, { clinic, state, now in clinic.leftUnseen(state, now) }),
    (.amendment, { clinic, state, _ in clinic.amendment(state) }),
    (.merging, { clinic, state, _ in clinic.merging(state) }),
  ]

  /// A time that practitioner, patient and room are free at, within what shifts and leave allow.
  private struct Slot {
    var practitioner: StaffID
    var resource: ResourceID?
    var start: Instant
    var end: Instant
  }

  private mutating func slot(
    _ state: DeskState, _ now: Instant, of patient: PatientID, at clinic: ClinicID,
    seconds: UInt32, except: AppointmentID? = nil, trained: Bool = false
  ) -> Slot? {
    let scheduling = state.scheduling
    let room = find(in: state.catalogue.resources) {
      $0.clinic == clinic && $0.type != .steriliser && !$0.retired
    }?.id
    let practitioner = trained ? StaffID(1) : lead(dice.below(size.staff))
    for _ in 0..<8 {
      let start = now + Int64(dice.from(1...1_500)) * 900_000
      let end = start + Int64(seconds) * 1_000
      guard isFree(practitioner, state, from: start, to: end, at: clinic, except: except),
        scheduling.appointment(of: patient, from: start, to: end, except: except) == nil
      else { continue }
      let free = room.flatMap { room in
        scheduling.appointment(of: room, from: start, to: end, except: except) == nil
          && state.equipment.isFit(room, at: start) ? room : nil
      }
      return Slot(practitioner: practitioner, resource: free, start: start, end: end)
    }
    return nil
  }

  private func isFree(
    _ practitioner: StaffID, _ state: DeskState, from start: Instant, to end: Instant,
    at clinic: ClinicID, except: AppointmentID?
  ) -> Bool {
    guard
      state.scheduling.appointment(of: practitioner, from: start, to: end, except: except) == nil
    else { return false }
    let day = day(start, state, at: clinic)
    let last = self.day(end, state, at: clinic)
    if state.people.leave(of: practitioner, from: day, to: last) != nil { return false }
    guard let record = state.administration.clinics[clinic] else { return false }
    let monday = day.advanced(by: 1 - day.weekday.rawValue)
    let nextMonday = last.advanced(by: 8 - last.weekday.rawValue)
    // Bookings are held against shifts in the weeks that have any, both where a slot is of two.
    return !state.people.hasShift(
      practitioner, from: record.start(of: monday).instant, to: record.start(of: nextMonday).instant
    )
      || state.people.isOnShift(practitioner, at: clinic, from: start, to: end)
  }

  private mutating func booking(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    let asked = find(in: state.scheduling.requests) { $0.isOpen }
    let waiting = asked.flatMap { $0.record.clinic == here ? $0 : nil }
    let requested = waiting.map { state.patients.current($0.record.patient) }
    guard let patient = requested ?? livePatient(state) else { return nil }
    let services: Few<ServiceID> = dice.chance(25) ? [Self.laser] : [Self.consultation]
    let seconds = UInt32(dice.from(1...4)) * 900
    guard
      let slot = slot(
        state, now, of: patient, at: here, seconds: seconds,
        trained: services.contains(Self.laser))
    else { return nil }
    var book = BookAppointment.with {
      $0.patient = patient
      $0.practitioner = slot.practitioner
      $0.resource = slot.resource
      $0.services = dice.chance(50) ? services : []
      $0.request = waiting?.id
      $0.start = slot.start
      $0.durationSeconds = seconds
      $0.channel = .desk
    }
    if dice.chance(15) { goOn(&book, slot, state) }
    if dice.chance(10) { bookOver(&book, state, now) }
    return LegalCommand(book, .reception)
  }

  /// A series: the same a week and two weeks later, where nothing stands in the way.
  private func goOn(_ book: inout BookAppointment, _ slot: Slot, _ state: DeskState) {
    for weeks in Int64(1)...2 {
      let (start, end) = (slot.start + weeks * 7 * .day, slot.end + weeks * 7 * .day)
      let scheduling = state.scheduling
      let isRoomFree = slot.resource.map {
        scheduling.appointment(of: $0, from: start, to: end) == nil
          && state.equipment.isFit($0, at: start)
      }
      guard isRoomFree ?? true,
        isFree(slot.practitioner, state, from: start, to: end, at: here, except: nil),
        scheduling.appointment(of: book.patient, from: start, to: end) == nil
      else { return }
      book.further.append(start)
    }
  }

  /// Knowingly over another appointment of the practitioner; the patient is not elsewhere then.
  private mutating func bookOver(
    _ book: inout BookAppointment, _ state: DeskState, _ now: Instant
  ) {
    let (clinic, practitioner, patient) = (here, book.practitioner, book.patient)
    let found = find(in: state.scheduling.appointments) { other in
      other.status == .booked && other.clinic == clinic && other.start > now
        && other.practitioner == practitioner
        && state.scheduling.appointment(of: patient, from: other.start, to: other.end) == nil
    }
    guard let (_, other) = found else { return }
    book.start = other.start
    book.durationSeconds = other.durationSeconds
    book.resource = nil
    book.further = []
    book.overbook = true
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
    let found = find(in: state.scheduling.appointments) { $0.status == .booked }
    guard let (id, record) = found,
      let slot = slot(
        state, now, of: record.patient, at: record.clinic, seconds: record.durationSeconds,
        except: id, trained: record.services.contains(Self.laser))
    else { return nil }
    let move = MoveAppointment.with {
      $0.appointment = id
      $0.practitioner = slot.practitioner
      $0.start = slot.start
      $0.resource = slot.resource
      $0.releasesResource = slot.resource == nil
    }
    return LegalCommand(move, .reception, at: record.clinic)
  }

  /// A fee, which the list has a price of.
  private mutating func fee() -> ServiceID? { dice.chance(40) ? Self.missedFee : nil }

  private mutating func cancellation(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    let waiting = find(in: state.scheduling.requests) { $0.isOpen }
    if let (request, record) = waiting, dice.chance(30) {
      let cancel = CancelAppointment.with {
        $0.request = request
        $0.by = .clinic
        $0.reason = .notWanted
      }
      return LegalCommand(cancel, .reception, at: record.clinic)
    }
    guard let (id, record) = find(in: state.scheduling.appointments, { $0.status == .booked })
    else { return nil }
    let cancel = CancelAppointment.with {
      $0.appointment = id
      $0.by = .patient
      $0.reason = .health
      $0.feeService = fee()
    }
    return LegalCommand(cancel, .reception, at: record.clinic)
  }

  private mutating func noShow(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    let found = find(in: state.scheduling.appointments) {
      $0.status == .booked && $0.start <= now
    }
    guard let (id, record) = found else { return nil }
    let miss = MissAppointment.with {
      $0.appointment = id
      $0.type = .noShow
      $0.feeService = fee()
    }
    return LegalCommand(miss, .reception, at: record.clinic)
  }

  private mutating func leftUnseen(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    let found = find(in: state.scheduling.appointments) { record in
      record.status == .arrived && record.start <= now
        && record.visit.flatMap { state.care.visits[$0]?.isSeen } == false
    }
    guard let (id, record) = found else { return nil }
    let miss = MissAppointment.with {
      $0.appointment = id
      $0.type = .leftUnseen
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
