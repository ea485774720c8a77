public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// A practitioner begins to see the patient of a visit.
///
/// Answers with `EncounterStarted`. A visit may have several encounters.
public struct StartEncounter: Command, Hashable {
  // Field number kept: 3 resource.

  /// The decision state.
  public typealias State = DeskState

  /// The visit.
  public var visit = VisitID()
  /// Who sees the patient; nil for the appointment's practitioner.
  public var practitioner: StaffID?
  /// When it begins; nil for the action's effective time.
  public var start: Instant?

  /// No encounter: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "visit", &visit)
    try fields.visit(2, "practitioner", &practitioner)
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
    if let known = review.known(visit, in: state.care.visits, "visit") {
      seen = known.patient
      review.requireHere(known.clinic, "visit \(visit)", "visit")
      if began.instant < known.arrivedAt {
        review.question(CareRefusal.beforeArrival(known.arrivedAt), "start")
      }
      sees = sees ?? known.appointment.flatMap { state.scheduling.appointments[$0]?.practitioner }
      if sees == nil {
        review.refuse(DeskRefusal.missing("a practitioner"), "practitioner")
      }
    }
    if let sees { review.requirePractitioner(sees, state, at: began.instant, "practitioner") }
    try review.conclude(into: &decision)

    let encounter = EncounterID(decision.nextNumber(EncounterKind.streamKind))
    decision.correlation = visit.number
    let started = EncounterStarted.with {
      $0.encounter = encounter
      $0.visit = visit
      $0.patient = seen
      $0.practitioner = sees ?? StaffID()
      $0.start = began.instant
    }
    try decision.append(
      started, to: encounter.number, expecting: .noStream, effective: began)
  }
}
