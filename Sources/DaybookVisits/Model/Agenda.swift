import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// What became of an appointment or of a visit.
enum Status: String {
  /// Nobody came yet.
  case booked
  /// The patient is here, and with nobody.
  case arrived
  /// Somebody is with the patient.
  case inProgress
  /// All encounters that began are completed.
  case seen
  /// It was called off.
  case cancelled
  /// Nobody came.
  case noShow
  /// The patient came, and left before being seen.
  case leftUnseen
}

/// All appointments and visits as they were known at a position: what every list is made of.
///
/// Plans count as they were known, whatever day they were made; facts up to a day, if one is given.
struct Agenda {
  /// An appointment where it stands now, with what became of it.
  struct Appointment {
    var appointment = AppointmentID()
    var patient = PatientID()
    var practitioner = StaffID()
    var resource = ResourceID()
    var clinic = ClinicID()
    var start = Moment()
    var seconds: UInt32 = 0
    var end: EndRow.Kind?
    var visit: VisitID?

    /// The first millisecond at which practitioner and resource are free again.
    var endMilliseconds: Int64 { start.instant.milliseconds &+ Int64(seconds) &* 1000 }
  }

  /// A visit, with its encounters.
  struct Visit {
    var visit = VisitID()
    var appointment = AppointmentID()
    var patient = PatientID()
    var clinic = ClinicID()
    var at = Moment()
    /// Who saw the patient first.
    var practitioner = StaffID()
    var begun = 0
    var completed = 0

    var status: Status { begun == 0 ? .arrived : completed < begun ? .inProgress : .seen }
  }

  private(set) var appointments = Numbered<Appointment>()
  private(set) var visits = Numbered<Visit>()
  /// Requests of the waiting list that ended, by their number.
  private(set) var endedRequests: Set<RequestID> = []
  private let merged: [PatientID: PatientID]

  /// As known at `position`.
  ///
  /// - Parameter day: The last effective day of a fact, inclusive; all that are known if nil.
  /// - Complexity: O(events of appointments and visits up to the position).
  init(_ model: VisitsModel, knownAt position: Position, factsThrough day: Day? = nil) {
    var merged: [PatientID: PatientID] = [:]
    for row in model.merges.rows(through: position) { merged[row.from] = row.into }
    self.merged = merged
    for row in model.bookings.rows(through: position) { book(row) }
    for row in model.arrivals.rows(through: position) where day.map({ row.at.day <= $0 }) ?? true {
      arrive(row)
    }
    for row in model.encounters.rows(through: position)
    where day.map({ row.at.day <= $0 }) ?? true {
      see(row)
    }
    for row in model.ends.rows(through: position) where day.map({ row.day <= $0 }) ?? true {
      end(row)
    }
  }

  private mutating func book(_ row: BookingRow) {
    var appointment = appointments[row.appointment.number] ?? Appointment()
    appointment.appointment = row.appointment
    if !row.patient.isNone { appointment.patient = current(row.patient) }
    appointment.practitioner = row.practitioner
    appointment.resource = row.resource
    appointment.clinic = row.clinic
    appointment.start = row.start
    appointment.seconds = row.seconds
    appointments[row.appointment.number] = appointment
    if !row.request.isNone { endedRequests.insert(row.request) }
  }

  private mutating func arrive(_ row: ArrivalRow) {
    visits[row.visit.number] = Visit(
      visit: row.visit, appointment: row.appointment, patient: current(row.patient),
      clinic: row.clinic, at: row.at)
    if !row.appointment.isNone {
      appointments.update(row.appointment.number) { $0.visit = row.visit }
    }
  }

  private mutating func see(_ row: EncounterRow) {
    visits.update(row.visit.number) {
      if row.isEnd {
        $0.completed += 1
      } else {
        if $0.begun == 0 { $0.practitioner = row.practitioner }
        $0.begun += 1
      }
    }
  }

  private mutating func end(_ row: EndRow) {
    if !row.request.isNone { endedRequests.insert(row.request) }
    appointments.update(row.appointment.number) { $0.end = row.kind }
  }

  /// Who the patient is now: the one into whom they were merged, however often.
  func current(_ patient: PatientID) -> PatientID {
    var current = patient
    // No log of ours merges in a circle; a foreign one shall not hold us up.
    for _ in 0..<merged.count {
      guard let next = merged[current] else { break }
      current = next
    }
    return current
  }

  /// What became of an appointment.
  func status(of appointment: Appointment) -> Status {
    switch appointment.end {
    case .cancelledByPatient, .cancelledByClinic: .cancelled
    case .noShow: .noShow
    case .leftUnseen: .leftUnseen
    case nil: appointment.visit.flatMap { visits[$0.number]?.status } ?? .booked
    }
  }

  /// What became of a visit: of who left unseen, the appointment says so.
  func status(of visit: Visit) -> Status {
    guard let appointment = appointments[visit.appointment.number],
      appointment.visit == visit.visit, appointment.end != nil
    else { return visit.status }
    return status(of: appointment)
  }
}

/// Values by number, in the order in which their numbers first came.
struct Numbered<Value> {
  private var places = DenseIndex()
  private(set) var values: [Value] = []

  subscript(number: UInt64) -> Value? {
    get { places[number].map { values[$0] } }
    set {
      guard let newValue else { return }
      if let place = places[number] {
        values[place] = newValue
      } else {
        places[number] = values.count
        values.append(newValue)
      }
    }
  }

  /// Changes the value of `number`, if it has one.
  mutating func update(_ number: UInt64, _ body: (inout Value) -> Void) {
    if let place = places[number] { body(&values[place]) }
  }
}
