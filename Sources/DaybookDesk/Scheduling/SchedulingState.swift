package import DaybookBytes
package import DaybookClinicEvents
package import DaybookEvents
package import DaybookValues

/// Where an appointment stands.
package enum AppointmentStatus: UInt8, Hashable, Sendable {
  /// To come, or past and unresolved.
  case booked = 0
  /// The patient has arrived.
  case arrived = 1
  /// Called off.
  case cancelled = 2
  /// The patient did not come, or left unseen.
  case missed = 3
}

/// What the Desk knows of an appointment.
package struct AppointmentRecord: Sendable {
  package var patient = PatientID()
  package var practitioner = StaffID()
  package var clinic = ClinicID()
  package var resource: ResourceID?
  package var services: Few<ServiceID> = []
  package var start = Instant()
  package var durationSeconds: UInt32 = 0
  package var status = AppointmentStatus.booked
  /// The visit that it became; nil until the patient arrives.
  package var visit: VisitID?
  /// Its nodes in the trees of patient, practitioner and resource.
  var nodes = AppointmentNodes()

  /// When it ends.
  package var end: Instant {
    Instant(milliseconds: start.milliseconds &+ Int64(durationSeconds) &* 1000)
  }
}

/// Where an appointment's time stands in the trees of who and what is busy; -1 for nowhere.
struct AppointmentNodes: Hashable, Sendable {
  var patient: Int32 = -1
  var practitioner: Int32 = -1
  var resource: Int32 = -1
}

/// What the Desk knows of a request on the waiting list.
package struct RequestRecord: Sendable {
  package var patient = PatientID()
  package var clinic = ClinicID()
  package var isOpen = true
}

/// Appointments, the waiting list, and who and what is free.
package struct SchedulingState: Sendable {
  package private(set) var appointments = Dense<AppointmentKind, AppointmentRecord>()
  package private(set) var requests = Dense<RequestKind, RequestRecord>()
  /// The last number given to a series.
  package private(set) var lastSeries: UInt64 = 0
  /// When practitioners, patients and resources are busy, a tree each.
  private var intervals = TimeForest<BusyInterval>()
  /// The roots of the trees, by number.
  private var practitioners = DenseIndex()
  private var patients = DenseIndex()
  private var resources = DenseIndex()

  /// An appointment of `practitioner` within the interval, another than `except`; nil where there
  /// is none.
  package func appointment(
    of practitioner: StaffID, from start: Instant, to end: Instant,
    except: AppointmentID? = nil
  ) -> AppointmentID? {
    practitioners[practitioner.number].flatMap { overlap(from: start, to: end, except, under: $0) }
  }

  /// An appointment of `patient` within the interval, another than `except`; nil where there is
  /// none.
  package func appointment(
    of patient: PatientID, from start: Instant, to end: Instant, except: AppointmentID? = nil
  ) -> AppointmentID? {
    patients[patient.number].flatMap { overlap(from: start, to: end, except, under: $0) }
  }

  /// An appointment that holds `resource` within the interval, another than `except`; nil where
  /// there is none.
  package func appointment(
    of resource: ResourceID, from start: Instant, to end: Instant, except: AppointmentID? = nil
  ) -> AppointmentID? {
    resources[resource.number].flatMap { overlap(from: start, to: end, except, under: $0) }
  }

  // MARK: - Events

  mutating func book(_ event: AppointmentBooked, _ header: RecordHeader) throws(WireError) {
    var record = AppointmentRecord(
      patient: event.patient, practitioner: event.practitioner, clinic: ClinicID(header.clinic),
      resource: event.resource, services: event.services, start: event.start,
      durationSeconds: event.durationSeconds)
    guard event.appointment.number == UInt64(appointments.count) + 1 else {
      throw WireError(.outOfRange, at: 0, field: AppointmentKind.name)
    }
    try occupy(&record, event.appointment)
    try appointments.append(record, as: event.appointment)
    if let series = event.series { lastSeries = max(lastSeries, series.number) }
    if let request = event.request { try requests.update(request) { $0.isOpen = false } }
  }

  mutating func move(_ event: AppointmentMoved) throws(WireError) {
    guard var record = appointments[event.appointment] else {
      throw WireError(.outOfRange, at: 0, field: AppointmentKind.name)
    }
    try free(record)
    record.practitioner = event.practitioner
    record.resource = event.resource
    record.start = event.start
    record.durationSeconds = event.durationSeconds
    try occupy(&record, event.appointment)
    try appointments.update(event.appointment) { $0 = record }
  }

  mutating func cancel(_ event: AppointmentCancelled) throws(WireError) {
    if let request = event.request {
      try requests.update(request) { $0.isOpen = false }
    } else {
      try end(event.appointment, .cancelled)
    }
  }

  mutating func miss(_ event: AppointmentMissed) throws(WireError) {
    try end(event.appointment, .missed)
  }

  private mutating func end(
    _ appointment: AppointmentID, _ status: AppointmentStatus
  ) throws(WireError) {
    guard let record = appointments[appointment] else {
      throw WireError(.outOfRange, at: 0, field: AppointmentKind.name)
    }
    try free(record)
    try appointments.update(appointment) {
      $0.status = status
      $0.nodes = AppointmentNodes()
    }
  }

  mutating func keep(_ appointment: AppointmentID, visit: VisitID) throws(WireError) {
    try appointments.update(appointment) {
      $0.visit = visit
      $0.status = .arrived
    }
  }

  mutating func request(_ event: AppointmentRequested, _ header: RecordHeader) throws(WireError) {
    try requests.append(
      RequestRecord(patient: event.patient, clinic: ClinicID(header.clinic)), as: event.request)
  }

  /// The appointments of a patient who is merged away are those of the one who stays.
  ///
  /// - Complexity: O(n log n) of the appointments that move.
  mutating func merge(_ from: PatientID, into: PatientID) throws(WireError) {
    guard let root = patients[from.number] else { return }
    for busy in intervals.elements(under: Int32(truncatingIfNeeded: root)) {
      var node: Int32 = -1
      if busy.seconds > 0 {
        let place = try add(busy, under: patients[into.number])
        patients[into.number] = place.root
        node = place.node
      }
      try appointments.update(busy.appointment) {
        $0.patient = into
        $0.nodes.patient = node
      }
    }
    patients[from.number] = nil
  }

  // MARK: - Trees

  /// Takes the appointment's time in each of its trees.
  private mutating func occupy(
    _ record: inout AppointmentRecord, _ appointment: AppointmentID
  ) throws(WireError) {
    let busy = BusyInterval(
      start: record.start.milliseconds, seconds: record.durationSeconds, appointment: appointment)
    var place = try add(busy, under: practitioners[record.practitioner.number])
    practitioners[record.practitioner.number] = place.root
    record.nodes.practitioner = place.node
    place = try add(busy, under: patients[record.patient.number])
    patients[record.patient.number] = place.root
    record.nodes.patient = place.node
    record.nodes.resource = -1
    if let resource = record.resource {
      place = try add(busy, under: resources[resource.number])
      resources[resource.number] = place.root
      record.nodes.resource = place.node
    }
  }

  /// Adds an interval to the tree of a root.
  ///
  /// - Returns: The root that the tree has now, and the index of the interval's node.
  private mutating func add(
    _ busy: BusyInterval, under root: Int?
  ) throws(WireError) -> (root: Int, node: Int32) {
    var root = root.map { Int32(truncatingIfNeeded: $0) } ?? TimeForest<BusyInterval>.empty
    let node = try intervals.insert(busy, into: &root)
    return (Int(root), node)
  }

  /// Gives the appointment's time back in each of its trees.
  private mutating func free(_ record: AppointmentRecord) throws(WireError) {
    try free(record.nodes.practitioner, in: practitioners[record.practitioner.number])
    try free(record.nodes.patient, in: patients[record.patient.number])
    if let resource = record.resource {
      try free(record.nodes.resource, in: resources[resource.number])
    }
  }

  private mutating func free(_ node: Int32, in root: Int?) throws(WireError) {
    guard let root, node >= 0 else { return }
    try intervals.change(node, under: Int32(truncatingIfNeeded: root)) { $0.seconds = 0 }
  }

  // MARK: - Who is free

  /// Of the appointments that share time with the interval the one that starts last; an empty
  /// interval shares none.
  ///
  /// - Complexity: O(log n).
  private func overlap(
    from start: Instant, to end: Instant, _ except: AppointmentID?, under root: Int
  ) -> AppointmentID? {
    let (from, to) = (start.milliseconds, end.milliseconds)
    guard from < to else { return nil }
    return overlap(from, to, except, under: intervals[Int32(truncatingIfNeeded: root)])
  }

  /// Every part that ends after `from` and starts before `to` has an answer in it, so that at most
  /// two paths are walked in vain: that along `to`, and that to `except`.
  private func overlap(
    _ from: Int64, _ to: Int64, _ except: AppointmentID?,
    under node: TimeForest<BusyInterval>.Node?
  ) -> AppointmentID? {
    guard let node, node.summary > from else { return nil }
    if node.element.start < to {
      if let found = overlap(from, to, except, under: intervals[node.after]) { return found }
      if node.element.seconds > 0, node.element.end > from, node.element.appointment != except {
        return node.element.appointment
      }
    }
    return overlap(from, to, except, under: intervals[node.before])
  }
}

/// When somebody or something is busy, and with which appointment.
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
    try parts.visit("requests", &requests)
    try parts.visit("lastSeries", &lastSeries)
    try parts.visit("intervals", &intervals)
    try parts.visit("practitioners", &practitioners)
    try parts.visit("patients", &patients)
    try parts.visit("resources", &resources)
  }
}
