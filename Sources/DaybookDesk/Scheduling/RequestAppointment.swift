public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// Puts a patient who has no time yet on the waiting list of the envelope's clinic.
///
/// Answers with `AppointmentRequested`.
public struct RequestAppointment: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// Who wants to come.
  public var patient = PatientID()
  /// What is to be done, as far as known.
  public var services: Few<ServiceID> = []
  /// Who is to see the patient; nil where it does not matter.
  public var practitioner: StaffID?
  /// The first day wanted; nil for today.
  public var from: Day?
  /// The last day wanted; nil for any later one.
  public var to: Day?
  /// The days of the week wanted; none for all of them.
  public var weekdays: Few<DayOfWeek> = []
  /// How much it presses.
  public var priority = RequestPriority.unspecified

  /// No request: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "patient", &patient)
    try fields.visit(2, "services", &services)
    try fields.visit(3, "practitioner", &practitioner)
    try fields.visit(4, "from", &from)
    try fields.visit(5, "to", &to)
    try fields.visit(6, "weekdays", &weekdays)
    try fields.visit(7, "priority", &priority)
  }
}

extension RequestAppointment {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(
      context, state, allowed: [.reception, .practitioner, .admin], needsClinic: true)
    review.patient(patient, state, "patient")
    let first = from ?? review.effective.day
    for service in services {
      review.requireActive(service, state, at: review.effective.instant, "services")
    }
    if let practitioner {
      review.requireKnown(practitioner, in: state.administration.staff, "practitioner")
    }
    if !first.isInRange || to.map({ $0.isInRange && $0 >= first }) == false {
      review.refuse(
        DeskRefusal.outOfRange(
          "\(first) to \(to?.description ?? "open")", "a first day and no earlier last day"), "to")
    }
    if weekdays.contains(.unspecified) {
      review.refuse(DeskRefusal.missing("a day of the week"), "weekdays")
    }
    try review.conclude(into: &decision)

    let id = RequestID(decision.nextNumber(RequestKind.streamKind))
    let requested = AppointmentRequested.with {
      $0.request = id
      $0.patient = patient
      $0.services = services
      $0.practitioner = practitioner
      $0.from = first
      $0.to = to
      $0.weekdays = Few(DayOfWeek.allCases.filter(weekdays.contains))
      $0.priority = priority
    }
    try decision.append(
      requested, to: id.number, expecting: .noStream, effective: review.effective)
  }
}
