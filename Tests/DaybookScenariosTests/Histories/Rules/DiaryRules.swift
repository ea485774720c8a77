import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// Nobody and nothing is booked twice at a time unless it is said so, and no patient ever is; who
/// moves, calls off or stays away gives the time back.
struct DiaryRules: HistoryRule {
  private struct Booked {
    var patient: PatientID
    var practitioner: StaffID
    var resource: ResourceID?
    var start: Int64
    var end: Int64
    var isOver: Bool
  }

  private var bookings: [AppointmentID: Booked] = [:]
  private var resources: [ResourceID: ResourceType] = [:]

  mutating func take(_ event: borrowing Event, _ faults: inout Faults) throws {
    if event.header.family == .administration,
      event.header.tag == AdministrationTag.resourceDefined.rawValue
    {
      let defined = try event.payload(ResourceDefined.self)
      resources[defined.resource] = defined.type
    }
    guard event.header.family == .frontOffice else { return }
    switch FrontOfficeTag(rawValue: event.header.tag) {
    case .appointmentBooked:
      let booked = try event.payload(AppointmentBooked.self)
      let start = booked.start.milliseconds
      hold(
        booked.appointment,
        Booked(
          patient: booked.patient, practitioner: booked.practitioner, resource: booked.resource,
          start: start, end: start + Int64(booked.durationSeconds) * 1000, isOver: booked.overbook),
        &faults)
    case .appointmentMoved:
      let moved = try event.payload(AppointmentMoved.self)
      guard var booked = bookings.removeValue(forKey: moved.appointment) else {
        return faults.add("\(moved.appointment) is moved, and holds no time")
      }
      booked.practitioner = moved.practitioner
      booked.resource = moved.resource
      booked.start = moved.start.milliseconds
      booked.end = booked.start + Int64(moved.durationSeconds) * 1000
      booked.isOver = moved.overbook
      hold(moved.appointment, booked, &faults)
    case .appointmentCancelled:
      let cancelled = try event.payload(AppointmentCancelled.self)
      if cancelled.request == nil { bookings[cancelled.appointment] = nil }
    case .appointmentMissed:
      bookings[try event.payload(AppointmentMissed.self).appointment] = nil
    case .patientsMerged:
      let merged = try event.payload(PatientsMerged.self)
      for (id, booked) in bookings where booked.patient == merged.from {
        bookings[id]?.patient = merged.into
      }
    default: break
    }
  }

  mutating func undo(_ reversed: Reversed, _ header: RecordHeader, _ faults: inout Faults) {}

  private mutating func hold(
    _ appointment: AppointmentID, _ new: Booked, _ faults: inout Faults
  ) {
    if let resource = new.resource {
      faults.require(resources[resource] != .steriliser, "\(resource) holds no patient")
    }
    for (other, old) in bookings where new.start < old.end && old.start < new.end {
      faults.require(old.patient != new.patient, "\(new.patient) is at \(other) too")
      let isShared =
        old.practitioner == new.practitioner
        || old.resource != nil && old.resource == new.resource
      faults.require(
        !isShared || new.isOver || old.isOver, "\(appointment) overlaps \(other)")
    }
    bookings[appointment] = new
  }
}
