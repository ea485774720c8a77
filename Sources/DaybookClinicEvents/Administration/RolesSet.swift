public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// The roles that a member of staff has at a clinic from now on; earlier ones end.
///
/// Fact, on the stream of the pair of staff and clinic.
public struct RolesSet: EventPayload, Hashable {
  /// Who has them.
  public var staff = StaffID()
  /// Where.
  public var clinic = ClinicID()
  /// All of them, ascending; none takes every role away.
  public var roles: Few<ClinicRole> = []

  /// No roles of nobody: to be filled in.
  public init() {}

  public static var tag: AdministrationTag { .rolesSet }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .staffRole }
  public static var areas: Areas { [.humanResources] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "staff", &staff)
    try fields.visit(2, "clinic", &clinic)
    try fields.visit(3, "roles", &roles)
  }
}
