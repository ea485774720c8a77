public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// Somebody has proved that they may do something, or are protected.
///
/// Answers with `CredentialRecorded`. A renewal is another credential of the same type and name.
public struct RecordCredential: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// The member of staff.
  public var staff = StaffID()
  /// What sort of credential it is.
  public var type = CredentialType.unspecified
  /// What exactly it is, as services name it; empty where the type says all.
  public var name = ""
  /// The number under which it was issued; empty where there is none.
  public var number = ""
  /// The first day on which it is valid.
  public var from = Day()
  /// The last day on which it is valid; nil where it does not end.
  public var to: Day?

  /// No credential: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "staff", &staff)
    try fields.visit(2, "type", &type)
    try fields.visit(3, "name", &name)
    try fields.visit(4, "number", &number)
    try fields.visit(5, "from", &from)
    try fields.visit(6, "to", &to)
  }
}

extension RecordCredential {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: [.admin, .payroll, .reception])
    review.requireFact()
    let member = review.known(staff, in: state.people.members, "staff")
    if type == .unspecified { review.refuse(DeskRefusal.missing("a type"), "type") }
    review.requireRange(from, to ?? .max, "to")
    try review.conclude(into: &decision)

    let recorded = CredentialRecorded.with {
      $0.staff = staff
      $0.type = type
      $0.name = name.trimmed
      if !number.isEmpty {
        $0.person.person = member?.person ?? 0
        $0.person.number = number
      }
      $0.from = from
      $0.to = to
    }
    try decision.append(recorded, to: staff.number, effective: review.effective)
  }
}
