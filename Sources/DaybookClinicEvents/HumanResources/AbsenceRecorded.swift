public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// Somebody is not at work for some days, or asks for it.
///
/// Plan, on the absence's stream, effective at the beginning of its first day.
public struct AbsenceRecorded: EventPayload, Hashable {
  /// The absence.
  public var absence = AbsenceID()
  /// Who is absent.
  public var staff = StaffID()
  /// What sort of absence it is.
  public var type = AbsenceType.unspecified
  /// The first day.
  public var from = Day()
  /// The last day.
  public var to = Day()
  /// The working time that is missed, all days together, in seconds.
  public var seconds: UInt32 = 0
  /// Whether it waits for a decision; else it holds at once.
  public var requested = false

  /// No absence: to be filled in.
  public init() {}

  public static var tag: HumanResourcesTag { .absenceRecorded }
  public static var nature: Nature { .plan }
  public static var streamKind: StreamKind { .absence }
  public static var areas: Areas { [.humanResources] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "absence", &absence)
    try fields.visit(2, "staff", &staff)
    try fields.visit(3, "type", &type)
    try fields.visit(4, "from", &from)
    try fields.visit(5, "to", &to)
    try fields.visit(6, "seconds", &seconds)
    try fields.visit(7, "requested", &requested)
  }
}

/// What sort of absence something is.
public enum AbsenceType: UInt32, WireEnum {
  /// Not said: never valid in an event.
  case unspecified = 0
  /// Paid leave, out of the yearly entitlement.
  case holiday = 1
  /// Ill.
  case sick = 2
  /// Leave without pay.
  case unpaid = 3
  /// With a child, paid by others than the clinic.
  case parental = 4
  /// Hurt at work or on the way.
  case accident = 5
  /// A public holiday.
  case publicHoliday = 6
  /// At a training.
  case training = 7
  /// Any other.
  case other = 8

  /// Not said.
  public init() { self = .unspecified }
}
