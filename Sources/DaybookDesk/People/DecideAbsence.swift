public import DaybookBytes
public import DaybookClinicEvents
import DaybookClinicRules
public import DaybookEvents
public import DaybookValues

/// Approves, refuses or cancels an absence.
///
/// Answers with `AbsenceDecided`. What waits is approved or refused by somebody else than who is
/// absent; what waits or is approved may be cancelled, by that person too. Nothing is decided twice.
public struct DecideAbsence: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// The absence.
  public var absence = AbsenceID()
  /// What is decided.
  public var outcome = AbsenceOutcome.unspecified
  /// Who decides; nil for the actor.
  public var approver: StaffID?

  /// No decision: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "absence", &absence)
    try fields.visit(2, "outcome", &outcome)
    try fields.visit(3, "approver", &approver)
  }
}

extension DecideAbsence {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: ClinicRole.ofAnybody, needsClinic: true)
    let known = review.known(absence, in: state.people.absences, "absence")
    if outcome == .unspecified { review.refuse(DeskRefusal.missing("an outcome"), "outcome") }
    let approver = known.flatMap { check($0, state, &review) }
    try review.conclude(into: &decision)

    guard let known else { return }
    let decided = AbsenceDecided.with {
      $0.absence = absence
      $0.outcome = outcome
      $0.approver = approver
    }
    try decision.append(decided, to: absence.number, effective: review.start(of: known.from))
  }

  private func check(
    _ known: AbsenceRecord, _ state: DeskState, _ review: inout Review
  ) -> StaffID? {
    let waits = known.outcome == .unspecified
    if !waits, outcome != .cancelled || known.outcome != .approved {
      review.refuse(PeopleRefusal.decided(absence, known.outcome), "outcome")
    }
    if known.outcome == .approved, known.type.changesPay,
      let home = state.people.members[known.staff]?.engagement.terms(on: known.from).home
    {
      review.requireOpenPayroll(at: home, from: known.from, to: known.to, state, "absence")
    }
    if outcome == .approved {
      review.noteShifts(of: known.staff, from: known.from, to: known.to, state, "absence")
    }
    let actor = review.context.actor.staffNumber.map { StaffID($0) }
    if outcome == .cancelled, approver == nil || approver == actor, actor == known.staff {
      return actor
    }
    return review.approver(
      approver, of: known.staff, roles: [.payroll, .admin], state, "approver")
  }
}
