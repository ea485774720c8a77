package import DaybookBytes
package import DaybookClinicEvents
package import DaybookEvents
package import DaybookValues

/// What the Desk knows of an appointment.
package struct AppointmentRecord: Sendable {
  package var patient = PatientID()
  package var practitioner = StaffID()
  package var clinic = ClinicID()
  /// The visit that it became; nil until the patient arrives.
  package var visit: VisitID?
}

/// Appointments and who is free.
package struct SchedulingState: Sendable {
  package private(set) var appointments = Dense<AppointmentKind, AppointmentRecord>()
  /// When practitioners and patients are busy, a tree each.
  private var intervals = TimeForest<BusyInterval>()
  /// The roots of the trees, by number.
  private var practitioners = DenseIndex()
  private var patients = DenseIndex()

  /// An appointment of `practitioner` within the interval; nil where there is none.
  package func appointment(
    of practitioner: StaffID, from start: Instant, to end: Instant
  ) -> AppointmentID? {
    practitioners[practitioner.number].flatMap { overlap(from: start, to: end, under: $0) }
  }

  /// An appointment of `patient` within the interval; nil where there is none.
  package func appointment(
    of patient: PatientID, from start: Instant, to end: Instant
  ) -> AppointmentID? {
    patients[patient.number].flatMap { overlap(from: start, to: end, under: $0) }
  }

  // MARK: - Events

  mutating func book(_ event: AppointmentBooked, _ header: RecordHeader) throws(WireError) {
    let record = AppointmentRecord(
      patient: event.patient, practitioner: event.practitioner, clinic: ClinicID(header.clinic))
    try appointments.append(record, as: event.appointment)
    let busy = BusyInterval(
      start: event.start.milliseconds, seconds: event.durationSeconds,
      appointment: event.appointment)
    practitioners[event.practitioner.number] = try adding(
      busy, to: practitioners[event.practitioner.number])
    patients[event.patient.number] = try adding(busy, to: patients[event.patient.number])
  }

  /// Adds an interval to the tree of a root.
  ///
  /// - Returns: The root that the tree has now.
  private mutating func adding(_ busy: BusyInterval, to root: Int?) throws(WireError) -> Int {
    var root = root.map { Int32(truncatingIfNeeded: $0) } ?? TimeForest<BusyInterval>.empty
    try intervals.insert(busy, into: &root)
    return Int(root)
  }

  mutating func keep(_ appointment: AppointmentID, visit: VisitID) throws(WireError) {
    try appointments.update(appointment) { $0.visit = visit }
  }

  // MARK: - Who is free

  /// Of the appointments that share time with the interval the one that starts last; an empty
  /// interval shares none.
  ///
  /// - Complexity: O(log n).
  private func overlap(
    from start: Instant, to end: Instant, under root: Int
  ) -> AppointmentID? {
    let (from, to) = (start.milliseconds, end.milliseconds)
    return from < to ? overlap(from, to, under: intervals[Int32(truncatingIfNeeded: root)]) : nil
  }

  /// Every part that ends after `from` and starts before `to` has an answer in it, so that at most
  /// one path is walked in vain: that along `to`.
  private func overlap(
    _ from: Int64, _ to: Int64, under node: TimeForest<BusyInterval>.Node?
  ) -> AppointmentID? {
    guard let node, node.summary > from else { return nil }
    if node.element.start < to {
      if let found = overlap(from, to, under: intervals[node.after]) { return found }
      if node.element.seconds > 0, node.element.end > from { return node.element.appointment }
    }
    return overlap(from, to, under: intervals[node.before])
  }
}

/// When somebody is busy, and with which appointment.
struct BusyInterval: TimedElement {
  var start: Int64 = 0
  var seconds: UInt32 = 0
  var appointment = AppointmentID()

  var time: Int64 { start }
  var end: Int64 { start &+ Int64(seconds) &* 1000 }

  /// The latest end of any interval that is not empty.
  static func summary(_ before: Int64?, _ interval: BusyInterval, _ after: Int64?) -> Int64 {
    let own = interval.seconds > 0 ? interval.end : .min
    return max(before ?? .min, own, after ?? .min)
  }
}

extension SchedulingState: Checkpointed {
  package mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("appointments", &appointments)
    try parts.visit("intervals", &intervals)
    try parts.visit("practitioners", &practitioners)
    try parts.visit("patients", &patients)
  }
}

extension BusyInterval: StoredRecord {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&start)
    try fields.visit(&seconds)
    try fields.visit(&appointment)
  }
}
