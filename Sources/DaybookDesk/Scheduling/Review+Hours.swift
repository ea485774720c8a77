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
  /// The slot lies within the hours kept: in a week for which the practitioner has any shift, within
  /// one of them at this clinic; else within the hours of clinic and resource. Nobody is booked on
  /// a leave that is approved.
  ///
  /// A resource without hours of its own keeps the clinic's, and a clinic that says nothing of its
  /// hours is always open.
  mutating func requireWithinHours(_ slot: BookedSlot, _ state: DeskState, _ field: String) {
    let day = moment(slot.start).day
    if let absence = state.people.leave(of: slot.practitioner, from: day, to: day) {
      question(PeopleRefusal.onLeave(slot.practitioner, absence), field)
    }
    if let week = week(of: slot.start),
      state.people.hasShift(slot.practitioner, from: week.start, to: week.end)
    {
      if !state.people.isOnShift(
        slot.practitioner, at: ClinicID(context.clinic), from: slot.start, to: slot.end)
      {
        question(SchedulingRefusal.offShift(slot.practitioner, slot.start), field)
      }
      return
    }
    let resource = slot.resource.flatMap { state.catalogue.resources[$0] }
    for hours in [clinic?.openHours ?? [], resource?.openHours ?? []] {
      if !OpeningTimes.hold(hours, from: local(slot.start), to: local(slot.end)) {
        question(SchedulingRefusal.closed(slot.start, slot.end), field)
        return
      }
    }
  }

  /// From the Monday of a time to the next one, on the clinic's own clock.
  private func week(of time: Instant) -> (start: Instant, end: Instant)? {
    guard time.isInRange else { return nil }
    let here = moment(time)
    let monday = here.day.advanced(by: 1 - here.day.weekday.rawValue)
    guard let start = try? Moment(monday, offset: here.offset),
      let end = try? Moment(monday.advanced(by: 7), offset: here.offset)
    else { return nil }
    return (start.instant, end.instant)
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
