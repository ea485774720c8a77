public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// A practitioner begins to see the patient of a visit.
///
/// Answers with `EncounterStarted`. A visit may have several encounters. Who sees the patient works
/// here, with the credentials that the booked services need.
public struct StartEncounter: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// The visit.
  public var visit = VisitID()
  /// Who sees the patient; nil for the appointment's practitioner.
  public var practitioner: StaffID?
  /// The room, chair or device; nil for the appointment's.
  public var resource: ResourceID?
  /// When it begins; nil for the action's effective time.
  public var start: Instant?

  /// No encounter: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "visit", &visit)
    try fields.visit(2, "practitioner", &practitioner)
    try fields.visit(3, "resource", &resource)
    try fields.visit(4, "start", &start)
  }
}

extension StartEncounter {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: [.practitioner], needsClinic: true)
    let began = review.moment(start)
    review.requireFact(began, "start")
    var seen = PatientID()
    var sees = practitioner
    var holds = resource
    var services: Few<ServiceID> = []
    if let known = review.known(visit, in: state.care.visits, "visit") {
      seen = state.patients.current(known.patient)
      review.requireHere(known.clinic, "visit \(visit)", "visit")
      if began.instant < known.arrivedAt {
        review.question(CareRefusal.beforeArrival(known.arrivedAt), "start")
      }
      if let appointment = known.appointment,
        let booked = state.scheduling.appointments[appointment]
      {
        sees = sees ?? booked.practitioner
        holds = holds ?? booked.resource
        services = booked.services
        if booked.status == .missed {
          review.refuse(CareRefusal.leftUnseen(appointment), "visit")
        }
      }
      if sees == nil {
        review.refuse(DeskRefusal.missing("a practitioner"), "practitioner")
      }
    }
    if let sees {
      review.requirePractitioner(sees, state, at: began.instant, "practitioner")
      review.requireCredentials(
        of: sees, for: services, state, at: began.instant, "practitioner")
    }
    if let holds { review.requireResource(holds, state, "resource") }
    try review.conclude(into: &decision)

    let encounter = EncounterID(decision.nextNumber(EncounterKind.streamKind))
    decision.correlation = visit.number
    let started = EncounterStarted.with {
      $0.encounter = encounter
      $0.visit = visit
      $0.patient = seen
      $0.practitioner = sees ?? StaffID()
      $0.resource = holds
      $0.start = began.instant
    }
    try decision.append(
      started, to: encounter.number, expecting: .noStream, effective: began)
  }
}
