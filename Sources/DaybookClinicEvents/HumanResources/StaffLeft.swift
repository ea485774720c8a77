public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// Somebody stops working for the clinic.
///
/// Plan, on the staff member's stream, effective at the beginning of the last day, which may lie in
/// the future.
public struct StaffLeft: EventPayload, Hashable {
  /// The member of staff.
  public var staff = StaffID()
  /// The last day of the contract.
  public var lastDay = Day()
  /// Why, by its sort.
  public var reason = LeavingReason.unspecified

  /// Nobody: to be filled in.
  public init() {}

  public static var tag: HumanResourcesTag { .staffLeft }
  public static var nature: Nature { .plan }
  public static var streamKind: StreamKind { .staff }
  public static var areas: Areas { [.humanResources] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "staff", &staff)
    try fields.visit(2, "lastDay", &lastDay)
    try fields.visit(3, "reason", &reason)
  }
}

/// Why somebody leaves.
public enum LeavingReason: UInt32, WireEnum {
  /// Not said: never valid in an event.
  case unspecified = 0
  /// Gave notice.
  case resigned = 1
  /// Was given notice.
  case dismissed = 2
  /// The contract was for a time that is over.
  case contractEnded = 3
  /// Retired.
  case retired = 4
  /// By agreement of both.
  case agreement = 5
  /// Died.
  case died = 6
  /// Any other.
  case other = 7

  /// Not said.
  public init() { self = .unspecified }
}
