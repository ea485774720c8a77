public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// A patient has arrived at the clinic of the envelope, and a visit begins.
///
/// Answers with `PatientCheckedIn`, which begins the visit that all further events belong to.
public struct CheckInPatient: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// The appointment that the patient comes for; nil where there is none.
  public var appointment: AppointmentID?
  /// Who has arrived without an appointment; nil for the appointment's patient.
  public var patient: PatientID?
  /// When; nil for the action's effective time.
  public var arrivedAt: Instant?

  /// Nobody: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "appointment", &appointment)
    try fields.visit(2, "patient", &patient)
    try fields.visit(3, "arrivedAt", &arrivedAt)
  }
}

extension CheckInPatient {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: [.reception, .practitioner], needsClinic: true)
    let arrived = review.moment(arrivedAt)
    review.requireFact(arrived, "arrivedAt")
    let who = checkedPatient(state, &review)
    try review.conclude(into: &decision)

    let visit = VisitID(decision.nextNumber(VisitKind.streamKind))
    decision.correlation = visit.number
    let coverage = state.patients.payers(of: who, on: arrived.day)
    let checkedIn = PatientCheckedIn.with {
      $0.visit = visit
      $0.appointment = appointment
      $0.patient = who
      $0.arrivedAt = arrived.instant
      $0.walkIn = appointment == nil
      $0.coverage = coverage
    }
    try decision.append(checkedIn, to: visit.number, expecting: .noStream, effective: arrived)
  }

  private func checkedPatient(_ state: DeskState, _ review: inout Review) -> PatientID {
    guard let appointment else {
      guard let patient else {
        review.refuse(DeskRefusal.missing("an appointment or a patient"), "patient")
        return PatientID()
      }
      review.patient(patient, state, "patient")
      return patient
    }
    let appointments = state.scheduling.appointments
    guard let booked = review.known(appointment, in: appointments, "appointment") else {
      if let patient { review.patient(patient, state, "patient") }
      return PatientID()
    }
    if let patient, patient != booked.patient {
      review.refuse(CareRefusal.otherPatient(appointment, booked.patient), "patient")
    }
    review.requireHere(booked.clinic, "appointment \(appointment)", "appointment")
    switch booked.status {
    case .booked: break
    case .arrived:
      let at = booked.visit.flatMap { state.care.visits[$0]?.arrivedAt } ?? booked.start
      review.refuse(CareRefusal.alreadyCheckedIn(at: at), "appointment")
    case .cancelled: review.refuse(SchedulingRefusal.cancelled(appointment), "appointment")
    case .missed: review.refuse(SchedulingRefusal.missed(appointment), "appointment")
    }
    return booked.patient
  }
}
