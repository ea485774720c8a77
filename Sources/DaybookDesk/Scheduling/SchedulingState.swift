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
    practitioners[event.practitioner, default: BusyTimes()].insert(busy)
    patients[event.patient, default: BusyTimes()].insert(busy)
  }

  mutating func keep(_ appointment: AppointmentID, visit: VisitID) throws(WireError) {
    try appointments.update(appointment) { $0.visit = visit }
  }
}

/// When somebody is busy: intervals in order of their start.
struct BusyTimes: Sendable {
  struct Interval: Sendable {
    var start: Int64
    var seconds: UInt32
    var appointment: AppointmentID

    var milliseconds: Int64 { Int64(seconds) * 1000 }
    var end: Int64 { start &+ milliseconds }
  }

  private var intervals: [Interval] = []
  /// The longest interval: nothing that begins earlier than this before a time reaches it.
  private var longest: Int64 = 0

  /// The appointment that shares time with the interval; an empty interval shares none.
  ///
  /// - Complexity: O(log n) and the intervals that begin within the longest one's length.
  func overlap(from start: Instant, to end: Instant) -> AppointmentID? {
    let (from, to) = (start.milliseconds, end.milliseconds)
    guard from < to else { return nil }
    var index = firstIndex { $0.start >= to }
    let (earliest, tooLarge) = from.subtractingReportingOverflow(longest)
    while index > 0 {
      index -= 1
      let interval = intervals[index]
      if interval.end > from, interval.seconds > 0 { return interval.appointment }
      if !tooLarge, interval.start < earliest { return nil }
    }
    return nil
  }

  mutating func insert(_ interval: Interval) {
    longest = max(longest, interval.milliseconds)
    if let last = intervals.last, last.start > interval.start {
      intervals.insert(interval, at: firstIndex { $0.start > interval.start })
    } else {
      intervals.append(interval)
    }
  }

  /// The first index whose interval fulfils `isBehind`, which holds for all after it.
  private func firstIndex(where isBehind: (Interval) -> Bool) -> Int {
    var low = 0
    var high = intervals.count
    while low < high {
      let middle = (low + high) / 2
      if isBehind(intervals[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
