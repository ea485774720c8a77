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

    func overlaps(_ other: Booked) -> Bool { start < other.end && other.start < end }
  }

  private var bookings: [AppointmentID: Booked] = [:]
  private var ofPatients = SpanIndex<PatientID, AppointmentID>(part: 86_400_000)
  private var ofPractitioners = SpanIndex<StaffID, AppointmentID>(part: 86_400_000)
  private var ofResources = SpanIndex<ResourceID, AppointmentID>(part: 86_400_000)
  /// All that a patient ever booked.
  private var booked: [PatientID: [AppointmentID]] = [:]
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
      guard var booked = release(moved.appointment) else {
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
      if cancelled.request == nil { release(cancelled.appointment) }
    case .appointmentMissed:
      release(try event.payload(AppointmentMissed.self).appointment)
    case .patientsMerged:
      let merged = try event.payload(PatientsMerged.self)
      for id in booked[merged.from] ?? [] where bookings[id]?.patient == merged.from {
        guard var known = release(id) else { continue }
        known.patient = merged.into
        keep(id, known)
      }
      booked[merged.from] = nil
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
    for other in ofPatients.near(new.patient, from: new.start, to: new.end) {
      faults.require(
        bookings[other]?.overlaps(new) != true, "\(new.patient) is at \(other) too")
    }
    var shared = ofPractitioners.near(new.practitioner, from: new.start, to: new.end)
    if let resource = new.resource {
      shared += ofResources.near(resource, from: new.start, to: new.end)
    }
    for other in shared {
      guard let old = bookings[other], old.overlaps(new) else { continue }
      faults.require(new.isOver || old.isOver, "\(appointment) overlaps \(other)")
    }
    keep(appointment, new)
  }

  private mutating func keep(_ id: AppointmentID, _ new: Booked) {
    bookings[id] = new
    booked[new.patient, default: []].append(id)
    ofPatients.insert(id, of: new.patient, from: new.start, to: new.end)
    ofPractitioners.insert(id, of: new.practitioner, from: new.start, to: new.end)
    if let resource = new.resource {
      ofResources.insert(id, of: resource, from: new.start, to: new.end)
    }
  }

  /// Gives the time back.
  @discardableResult
  private mutating func release(_ id: AppointmentID) -> Booked? {
    guard let old = bookings.removeValue(forKey: id) else { return nil }
    ofPatients.remove(id, of: old.patient, from: old.start, to: old.end)
    ofPractitioners.remove(id, of: old.practitioner, from: old.start, to: old.end)
    if let resource = old.resource {
      ofResources.remove(id, of: resource, from: old.start, to: old.end)
    }
    return old
  }
}
