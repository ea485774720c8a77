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

  /// The last millisecond that is taken; the start where the end is not after it.
  var lastInstant: Instant {
    start < end ? Instant(milliseconds: end.milliseconds - 1) : start
  }
}

extension Review {
  /// The slot lies within the hours kept: in a week for which the practitioner has any shift, within
  /// one of them at this clinic; else within the hours of clinic and resource. Nobody is booked on
  /// a leave that is approved. A slot over midnight is of both days, and where those are of two weeks,
  /// of both weeks.
  ///
  /// A resource without hours of its own keeps the clinic's, and a clinic that says nothing of its
  /// hours is always open.
  mutating func requireWithinHours(_ slot: BookedSlot, _ state: DeskState, _ field: String) {
    guard let days = days(of: slot) else { return }
    if let absence = state.people.leave(
      of: slot.practitioner, from: days.lowerBound, to: days.upperBound)
    {
      question(PeopleRefusal.onLeave(slot.practitioner, absence), field)
    }
    let weeks = weeks(of: days)
    if state.people.hasShift(slot.practitioner, from: weeks.start, to: weeks.end) {
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

  /// The days on the clinic's own clock that have a part of the slot.
  private func days(of slot: BookedSlot) -> ClosedRange<Day>? {
    guard slot.start.isInRange else { return nil }
    let first = moment(slot.start).day
    return first...max(first, slot.lastInstant.isInRange ? moment(slot.lastInstant).day : first)
  }

  /// From the Monday of the first day to the one behind the last, on the clinic's own clock.
  private func weeks(of days: ClosedRange<Day>) -> (start: Instant, end: Instant) {
    let (first, last) = (days.lowerBound, days.upperBound)
    let end = last.advanced(by: 8 - last.weekday.rawValue)
    return (
      start(of: first.advanced(by: 1 - first.weekday.rawValue)).instant, start(of: end).instant
    )
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
