import DaybookClinicEvents
import DaybookClinicRules
import DaybookEvents
import DaybookValues

/// A time that somebody is to be seen at: by whom, where, from when to when.
struct BookedSlot {
  var practitioner = StaffID()
  var resource: ResourceID?
  var start = Instant()
  var end = Instant()
}

extension Review {
  /// The slot lies within the hours kept: those of the resource, else of the clinic.
  ///
  /// A resource without hours of its own keeps the clinic's, and a clinic that says nothing of its
  /// hours is always open.
  mutating func requireWithinHours(_ slot: BookedSlot, _ state: DeskState, _ field: String) {
    let resource = slot.resource.flatMap { state.catalogue.resources[$0] }
    for hours in [clinic?.openHours ?? [], resource?.openHours ?? []] {
      if !OpeningTimes.hold(hours, from: local(slot.start), to: local(slot.end)) {
        question(SchedulingRefusal.closed(slot.start, slot.end), field)
        return
      }
    }
  }

  /// Milliseconds since 1970 on the clinic's own clock.
  private func local(_ instant: Instant) -> Int64 {
    instant.milliseconds &+ Int64(moment(instant).offset.seconds) &* 1000
  }

  /// The resource exists, is here, and can hold a patient.
  mutating func requireResource(_ resource: ResourceID, _ state: DeskState, _ field: String) {
    guard let known = known(resource, in: state.catalogue.resources, field) else { return }
    requireHere(known.clinic, "resource \(resource)", field)
    if known.retired { question(SchedulingRefusal.resourceRetired(resource), field) }
    if known.type == .steriliser { refuse(SchedulingRefusal.notBookable(resource), field) }
  }
}
