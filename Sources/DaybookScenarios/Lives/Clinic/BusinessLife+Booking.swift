import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

/// A time that is free for somebody.
struct FreeSlot: Sendable {
  var worker: Int
  var resource: ResourceID
  var start: Instant
}

// Appointments: booked, moved, called off, asked for.
extension BusinessLife {
  /// A time within some days that suits everybody; nil where a few tries find none.
  private mutating func freeSlot(
    _ persona: Int, _ offer: Int, from first: Day, to last: Day, _ state: DeskState
  ) -> FreeSlot? {
    let performers = practice.offers[offer].performers
    let minutes = practice.offers[offer].minutes
    guard !performers.isEmpty else { return nil }
    for _ in 0..<30 {
      let date = first.advanced(by: dice.below(last.days(since: first) + 1))
      let worker = pick(performers)
      guard isOpen(on: date), let duty = staff.workers[worker].duty(on: date) else { continue }
      let places = (duty.to - duty.from - minutes * 60) / 900
      guard places > 0 else { continue }
      let second = duty.from + dice.below(places + 1) * 900
      let start = instant(date, second)
      let end = Instant(milliseconds: start.milliseconds + Int64(minutes) * 60_000)
      let resource =
        offer == Self.whitening ? practice.lamp : practice.rooms[worker == Self.soler ? 0 : 1]
      let slot = FreeSlot(worker: worker, resource: resource, start: start)
      if start.milliseconds > now.milliseconds + 1_800_000,
        isFree(slot, until: end, date, persona, state)
      {
        return slot
      }
    }
    return nil
  }

  private func isFree(
    _ slot: FreeSlot, until end: Instant, _ date: Day, _ persona: Int, _ state: DeskState
  ) -> Bool {
    let member = Self.id(slot.worker)
    let scheduling = state.scheduling
    let monday = date.advanced(by: 1 - date.weekday.rawValue)
    let hasShift = state.people.hasShift(
      member, from: zone.start(of: monday), to: zone.start(of: monday.advanced(by: 7)))
    return scheduling.appointment(of: member, from: slot.start, to: end) == nil
      && scheduling.appointment(of: slot.resource, from: slot.start, to: end) == nil
      && scheduling.appointment(of: Self.patient(persona), from: slot.start, to: end) == nil
      && state.equipment.isFit(slot.resource, at: slot.start)
      && (!hasShift
        || state.people.isOnShift(member, at: ClinicID(1), from: slot.start, to: end))
  }

  // MARK: - Booking

  mutating func book(
    _ persona: Int, _ offer: Int, _ channel: BookingChannel, request: RequestID? = nil,
    from first: Day? = nil, within days: Int, _ state: DeskState
  ) -> [Deed] {
    let known = practice.personas[persona]
    if known.isGone || known.isBooked { return [] }
    let first = first ?? day
    let last = min(first.advanced(by: days), day.advanced(by: Self.bookedDays))
    guard first <= last, let slot = freeSlot(persona, offer, from: first, to: last, state) else {
      return []
    }
    let book = BookAppointment.with {
      $0.patient = Self.patient(persona)
      $0.practitioner = Self.id(slot.worker)
      $0.resource = slot.resource
      $0.services = [Self.service(offer)]
      $0.start = slot.start
      $0.channel = channel
      $0.request = request
    }
    practice.personas[persona].isBooked = true
    let isToday = zone.moment(slot.start).day == day
    return [
      Deed(
        hand(.reception), .reception, book,
        "books \(known.name) with \(staff.workers[slot.worker].name), \(said(slot.start)), "
          + practice.offers[offer].name
      ) { life, state in
        let appointment = AppointmentID(UInt64(state.scheduling.appointments.count))
        life.practice.booked.append(appointment)
        if isToday { life.planVisit(appointment, state) }
        if offer == Self.whitening, !isToday, life.dice.chance(60) {
          life.plan(after: 120) { life, state in life.takeDeposit(persona, appointment, state) }
        }
      }
    ]
  }

  /// Somebody who was here before is called, and comes again.
  mutating func recall(_ state: DeskState) -> [Deed] {
    let free = practice.personas.indices.filter {
      !practice.personas[$0].isGone && !practice.personas[$0].isBooked
    }
    guard !free.isEmpty else { return [] }
    let persona = pick(free)
    let offer = dice.chance(50) ? Self.cleaning : dice.chance(70) ? Self.filling : Self.whitening
    return book(persona, offer, dice.chance(30) ? .online : .phone, within: 18, state)
  }

  /// Somebody without a time goes on the waiting list, and gets one a day later or gives up.
  mutating func askForTime(_ state: DeskState) -> [Deed] {
    let free = practice.personas.indices.filter {
      !practice.personas[$0].isGone && !practice.personas[$0].isBooked
    }
    guard !free.isEmpty else { return [] }
    let persona = pick(free)
    let request = RequestAppointment.with {
      $0.patient = Self.patient(persona)
      $0.services = [Self.service(Self.filling)]
      $0.weekdays = [.monday, .wednesday, .friday]
      $0.priority = .soon
    }
    let name = practice.personas[persona].name
    return [
      Deed(
        hand(.reception), .reception, request, "puts \(name) on the waiting list for a filling"
      ) { life, state in
        let request = RequestID(UInt64(state.scheduling.requests.count))
        life.plan(on: life.day.advanced(by: 1), at: LifeCalendar.at(9, 20)) { life, state in
          let booked =
            life.dice.chance(75)
            ? life.book(
              persona, Self.filling, .waitingList, request: request, within: 10, state) : []
          return booked.isEmpty ? [life.giveUp(request, name)] : booked
        }
      }
    ]
  }

  private func giveUp(_ request: RequestID, _ name: String) -> Deed {
    let cancel = CancelAppointment.with {
      $0.request = request
      $0.by = .patient
      $0.reason = .notWanted
    }
    return Deed(hand(.reception), .reception, cancel, "takes \(name) off the waiting list")
  }

  // MARK: - Moving and calling off

  /// An appointment of a later day that may still be moved or called off.
  private mutating func laterAppointment(
    _ state: DeskState
  ) -> (id: AppointmentID, record: AppointmentRecord)? {
    let appointments = state.scheduling.appointments
    let now = now
    practice.booked.removeAll { id in
      guard let known = appointments[id] else { return true }
      return known.status != .booked || known.start < now
    }
    let later = practice.booked.filter { id in
      guard let start = appointments[id]?.start, zone.moment(start).day > day else { return false }
      return !isPaidFor(id, state)
    }
    guard !later.isEmpty else { return nil }
    let id = pick(later)
    return appointments[id].map { (id, $0) }
  }

  /// Whether something was paid in advance for it.
  private func isPaidFor(_ appointment: AppointmentID, _ state: DeskState) -> Bool {
    guard let patient = state.scheduling.appointments[appointment]?.patient else { return false }
    return practice.personas[Int(patient.number) - 1].deposit != nil
  }

  mutating func moveOne(_ state: DeskState) -> [Deed] {
    guard let (id, record) = laterAppointment(state) else { return [] }
    return move(id, record, state, "at the patient's wish")
  }

  private mutating func move(
    _ id: AppointmentID, _ record: AppointmentRecord, _ state: DeskState, _ why: String
  ) -> [Deed] {
    let persona = Int(record.patient.number) - 1
    let offer = Int(record.services.first?.number ?? 1) - 1
    let slot = freeSlot(
      persona, offer, from: day.advanced(by: 1), to: day.advanced(by: Self.bookedDays), state)
    guard let slot else { return [] }
    let move = MoveAppointment.with {
      $0.appointment = id
      $0.start = slot.start
      $0.practitioner = Self.id(slot.worker)
      $0.resource = slot.resource
    }
    return [
      Deed(
        hand(.reception), .reception, move,
        "moves \(practice.personas[persona].name) from \(said(record.start)) to "
          + "\(said(slot.start)) with \(staff.workers[slot.worker].name), \(why)")
    ]
  }

  mutating func cancelOne(_ state: DeskState) -> [Deed] {
    guard let (id, record) = laterAppointment(state) else { return [] }
    return [cancel(id, record, .patient, .otherCommitment, fee: nil)]
  }

  mutating func cancel(
    _ id: AppointmentID, _ record: AppointmentRecord, _ by: CancelledBy,
    _ reason: CancellationReason, fee: ServiceID?
  ) -> Deed {
    let persona = Int(record.patient.number) - 1
    practice.personas[persona].isBooked = false
    let cancel = CancelAppointment.with {
      $0.appointment = id
      $0.by = by
      $0.reason = reason
      $0.feeService = fee
    }
    return Deed(
      hand(.reception), .reception, cancel,
      "cancels \(practice.personas[persona].name), \(said(record.start))"
        + (by == .clinic ? ", since nobody is there" : "") + (fee == nil ? "" : ", with the fee")
    ) { life, state in
      if fee != nil { life.noteFee(persona, state) }
    }
  }

  /// A charge of a fee was made for a patient.
  mutating func noteFee(_ persona: Int, _ state: DeskState) {
    practice.personas[persona].fresh.append(ChargeID(UInt64(state.billing.charges.count)))
    planLatePayment(persona)
  }

  /// Somebody is not there for some days: who was booked is moved, or called off.
  mutating func planWithout(_ worker: Int, from: Day, to: Day) {
    plan(after: 300) { life, state in
      let start = life.instant(from, 0)
      var end = life.instant(to.advanced(by: 1), 0)
      var found: [AppointmentID] = []
      while start < end,
        let id = state.scheduling.appointment(of: Self.id(worker), from: start, to: end),
        let record = state.scheduling.appointments[id]
      {
        if record.status == .booked { found.append(id) }
        end = min(end, record.start)
      }
      for (place, id) in found.reversed().enumerated() {
        life.plan(after: 60 * (place + 1)) { life, state in life.workAround(id, state) }
      }
      return []
    }
  }

  private mutating func workAround(_ id: AppointmentID, _ state: DeskState) -> [Deed] {
    guard let record = state.scheduling.appointments[id], record.status == .booked,
      record.start > now
    else { return [] }
    if !isPaidFor(id, state), !dice.chance(80) {
      return [cancel(id, record, .clinic, .practitionerAway, fee: nil)]
    }
    let moved = move(id, record, state, "since nobody is there")
    return moved.isEmpty
      ? [cancel(id, record, .clinic, .practitionerAway, fee: nil)] : moved
  }
}
