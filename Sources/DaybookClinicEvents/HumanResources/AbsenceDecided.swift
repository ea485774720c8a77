public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// An absence is approved, refused or cancelled.
///
/// Plan, on the absence's stream, effective at the beginning of the absence's first day.
public struct AbsenceDecided: EventPayload, Hashable {
  /// The absence.
  public var absence = AbsenceID()
  /// What was decided.
  public var outcome = AbsenceOutcome.unspecified
  /// Who decided; nil in an imported history.
  public var approver: StaffID?

  /// No decision: to be filled in.
  public init() {}

  public static var tag: HumanResourcesTag { .absenceDecided }
  public static var nature: Nature { .plan }
  public static var streamKind: StreamKind { .absence }
  public static var areas: Areas { [.humanResources] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "absence", &absence)
    try fields.visit(2, "outcome", &outcome)
    try fields.visit(3, "approver", &approver)
  }
}

/// What becomes of an absence.
public enum AbsenceOutcome: UInt32, WireEnum {
  /// Not said: never valid in an event.
  case unspecified = 0
  /// It may be taken.
  case approved = 1
  /// It may not be taken.
  case refused = 2
  /// It does not take place.
  case cancelled = 3

  /// Not said.
  public init() { self = .unspecified }
}
