package import DaybookClinicEvents
package import DaybookValues

extension SchedulingState {
  /// The bookings of a patient within a time for which nobody has come yet, in order of time.
  ///
  /// - Complexity: O(log n) for each that is found.
  package func bookings(
    of patient: PatientID, from start: Instant, to end: Instant
  ) -> [AppointmentID] {
    var found: [AppointmentID] = []
    var end = end
    while start < end, let id = appointment(of: patient, from: start, to: end),
      let record = appointments[id]
    {
      if record.status == .booked { found.append(id) }
      // What is asked for next begins before this one.
      end = min(end, record.start)
    }
    return found.reversed()
  }
}
