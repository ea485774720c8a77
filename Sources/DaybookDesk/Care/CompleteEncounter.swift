public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// A practitioner has finished with a patient.
///
/// Answers with `EncounterCompleted`; nothing more is added to the encounter after it.
public struct CompleteEncounter: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// The encounter.
  public var encounter = EncounterID()
  /// When it ended, at or after its start; nil for the action's effective time.
  public var end: Instant?
  /// How it ended.
  public var outcome = EncounterOutcome.unspecified

  /// No encounter: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "encounter", &encounter)
    try fields.visit(2, "end", &end)
    try fields.visit(3, "outcome", &outcome)
  }
}

extension CompleteEncounter {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: [.practitioner], needsClinic: true)
    let ended = review.moment(end)
    review.requireFact(ended, "end")
    let known = review.openEncounter(encounter, state, "encounter")
    if let known, ended.instant < known.start {
      review.refuse(CareRefusal.endsBeforeStart(known.start), "end")
    }
    try review.conclude(into: &decision)

    decision.correlation = known?.visit.number ?? context.correlation
    let completed = EncounterCompleted.with {
      $0.encounter = encounter
      $0.end = ended.instant
      $0.outcome = outcome
    }
    try decision.append(completed, to: encounter.number, effective: ended)
  }
}
