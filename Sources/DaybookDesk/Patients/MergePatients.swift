public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// Says that two patients are one person, who goes on under one number.
///
/// Answers with `PatientsMerged`. Appointments go along, and coverage where none of its priority
/// holds then. Charges and payments stay where they stand: who owes them is `into`. No later command
/// may name `from`.
public struct MergePatients: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// The patient whose number is not used any more.
  public var from = PatientID()
  /// The patient who stays.
  public var into = PatientID()
  /// Why.
  public var reason = AmendmentReason.unspecified

  /// Nobody: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "from", &from)
    try fields.visit(2, "into", &into)
    try fields.visit(3, "reason", &reason)
  }
}

extension MergePatients {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: [.reception, .admin])
    review.requireFact()
    review.patient(from, state, "from")
    if from == into {
      review.refuse(PatientRefusal.mergedIntoItself(from), "into")
    } else {
      review.patient(into, state, "into")
    }
    if reason == .unspecified { review.refuse(PatientRefusal.reasonMissing, "reason") }
    try review.conclude(into: &decision)

    let merged = PatientsMerged.with {
      $0.from = from
      $0.into = into
      $0.reason = reason
    }
    try decision.append(merged, to: from.number, effective: review.effective)
  }
}
