import DaybookBytes
package import DaybookClinicEvents
import DaybookEvents
package import DaybookValues

/// What the Desk knows of an appointment.
package struct AppointmentRecord: Sendable {
  package var patient: PatientID
  package var practitioner: StaffID
  package var clinic: ClinicID
  /// The visit that it became; nil until the patient arrives.
  package var visit: VisitID?
}

/// Appointments and who is free.
package struct SchedulingState: Sendable {
  package private(set) var appointments = Dense<AppointmentKind, AppointmentRecord>()
  private var practitioners: [StaffID: BusyTimes] = [:]
  private var patients: [PatientID: BusyTimes] = [:]

  /// An appointment of `practitioner` within the interval; nil where there is none.
  package func appointment(
    of practitioner: StaffID, from start: Instant, to end: Instant
  ) -> AppointmentID? {
    practitioners[practitioner]?.overlap(from: start, to: end)
  }

  /// An appointment of `patient` within the interval; nil where there is none.
  package func appointment(
    of patient: PatientID, from start: Instant, to end: Instant
  ) -> AppointmentID? {
    patients[patient]?.overlap(from: start, to: end)
  }

  // MARK: - Events

  mutating func book(_ event: AppointmentBooked, _ header: RecordHeader) throws(WireError) {
    let record = AppointmentRecord(
      patient: event.patient, practitioner: event.practitioner, clinic: ClinicID(header.clinic))
    try appointments.append(record, as: event.appointment)
    let busy = BusyTimes.Interval(
      start: event.start.milliseconds, seconds: event.durationSeconds,
      appointment: event.appointment)
    try practitioners[event.practitioner, default: BusyTimes()].insert(busy)
    try patients[event.patient, default: BusyTimes()].insert(busy)
  }

  mutating func keep(_ appointment: AppointmentID, visit: VisitID) throws(WireError) {
    try appointments.update(appointment) { $0.visit = visit }
  }
}

/// When somebody is busy.
struct BusyTimes: Sendable {
  struct Interval: TimedElement {
    var start: Int64
    var seconds: UInt32
    var appointment: AppointmentID

    var time: Int64 { start }
    var end: Int64 { start &+ Int64(seconds) &* 1000 }

    /// The latest end of any interval that is not empty.
    static func summary(_ before: Int64?, _ interval: Interval, _ after: Int64?) -> Int64 {
      let own = interval.seconds > 0 ? interval.end : .min
      return max(before ?? .min, own, after ?? .min)
    }
  }

  private var intervals = TimeTree<Interval>()

  /// Of the appointments that share time with the interval the one that starts last; an empty
  /// interval shares none.
  ///
  /// - Complexity: O(log n).
  func overlap(from start: Instant, to end: Instant) -> AppointmentID? {
    let (from, to) = (start.milliseconds, end.milliseconds)
    return from < to ? overlap(from, to, under: intervals.root) : nil
  }

  /// Every part that ends after `from` and starts before `to` has an answer in it, so that at most
  /// one path is walked in vain: that along `to`.
  private func overlap(
    _ from: Int64, _ to: Int64, under node: TimeTree<Interval>.Node?
  ) -> AppointmentID? {
    guard let node, node.summary > from else { return nil }
    if node.element.start < to {
      if let found = overlap(from, to, under: intervals[node.after]) { return found }
      if node.element.seconds > 0, node.element.end > from { return node.element.appointment }
    }
    return overlap(from, to, under: intervals[node.before])
  }

  mutating func insert(_ interval: Interval) throws(WireError) { try intervals.insert(interval) }
}
