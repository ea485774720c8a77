package import DaybookClinicEvents
package import DaybookValues

extension SchedulingState {
  /// The bookings of a patient within a time to which nobody has come yet, the latest first.
  ///
  /// - Complexity: O(bookings found, log n each).
  package func bookings(
    of patient: PatientID, from start: Instant, to end: Instant
  ) -> [AppointmentID] {
    appointment(of: patient, from: start, to: end)
      .flatMap { appointments[$0]?.visit == nil ? [$0] : nil } ?? []
  }
}
