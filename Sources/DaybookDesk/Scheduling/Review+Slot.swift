import DaybookClinicEvents
import DaybookEvents
import DaybookValues

extension Review {
  /// Everything about a slot that an appointment takes: who works here and may do it, the hours
  /// kept, and that nobody and nothing has another appointment then.
  ///
  /// Overbooking is about who sees the patient, where, and when: nobody is at two places.
  ///
  /// - Parameters:
  ///   - patient: Who is to come; none where that is not known.
  ///   - services: What is to be done, as far as known.
  ///   - overbook: Whether it is knowingly booked over something else.
  ///   - except: The appointment that takes the slot, if it stands in the book.
  mutating func requireSlot(
    _ slot: BookedSlot, of patient: PatientID, for services: Few<ServiceID>, overbook: Bool,
    except: AppointmentID? = nil, _ state: DeskState
  ) {
    requireInRange(slot.start, "start")
    if slot.start < context.recorded, !isImport {
      refuse(SchedulingRefusal.startsInThePast(slot.start), "start")
    }
    requirePractitioner(
      slot.practitioner, state, at: slot.start, until: slot.lastInstant, "practitioner")
    requireCredentials(
      of: slot.practitioner, for: services, state, at: slot.start, "practitioner")
    if let resource = slot.resource {
      requireResource(resource, state, "resource")
      requireFit(resource, state, at: slot.start, "resource")
    }
    guard slot.start < slot.end else { return }
    if !overbook {
      requireWithinHours(slot, state, "start")
      requireFree(
        slot.practitioner, state, from: slot.start, to: slot.end, except: except, "start")
      if let resource = slot.resource {
        requireFree(resource, state, from: slot.start, to: slot.end, except: except, "resource")
      }
    }
    requireFree(patient, state, from: slot.start, to: slot.end, except: except, "start")
  }

  /// The duration as given, else that of the services together.
  mutating func duration(
    _ seconds: UInt32, of services: Few<ServiceID>, at start: Instant, _ state: DeskState
  ) -> UInt32 {
    if seconds > 0 { return seconds }
    var sum: UInt64 = 0
    for service in services {
      sum += UInt64(state.administration.services[service]?.at(start).durationSeconds ?? 0)
    }
    guard let seconds = UInt32(exactly: sum), seconds > 0 else {
      refuse(DeskRefusal.missing("a duration"), "durationSeconds")
      return 0
    }
    return seconds
  }

  /// The appointment as long as nobody has come for it, and it was neither missed nor called off.
  mutating func bookedAppointment(
    _ appointment: AppointmentID, _ state: DeskState, _ field: String
  ) -> AppointmentRecord? {
    guard let known = liveAppointment(appointment, state, field) else { return nil }
    if known.status == .arrived {
      let at = known.visit.flatMap { state.care.visits[$0]?.arrivedAt } ?? known.start
      refuse(SchedulingRefusal.arrived(appointment, at: at), field)
    }
    return known
  }

  /// The appointment where it is here, and was neither missed nor called off.
  mutating func liveAppointment(
    _ appointment: AppointmentID, _ state: DeskState, _ field: String
  ) -> AppointmentRecord? {
    let appointments = state.scheduling.appointments
    guard let known = known(appointment, in: appointments, field) else { return nil }
    requireHere(known.clinic, "appointment \(appointment)", field)
    switch known.status {
    case .booked, .arrived: break
    case .cancelled: refuse(SchedulingRefusal.cancelled(appointment), field)
    case .missed: refuse(SchedulingRefusal.missed(appointment), field)
    }
    return known
  }

  /// Whether the patient of an appointment is seen, or was.
  func isSeen(_ appointment: AppointmentRecord, _ state: DeskState) -> Bool {
    appointment.visit.flatMap { state.care.visits[$0]?.isSeen } ?? false
  }

  /// The request where it is here and waits.
  mutating func openRequest(
    _ request: RequestID, _ state: DeskState, _ field: String
  ) -> RequestRecord? {
    guard let known = known(request, in: state.scheduling.requests, field) else { return nil }
    requireHere(known.clinic, "request \(request)", field)
    if !known.isOpen { refuse(SchedulingRefusal.requestEnded(request), field) }
    return known
  }
}
