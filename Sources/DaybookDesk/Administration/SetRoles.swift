public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// Gives a member of staff these roles at a clinic, and takes all others away.
///
/// Answers with `RolesSet`. The last admin cannot lose the role.
public struct SetRoles: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// Who has them.
  public var staff = StaffID()
  /// Where.
  public var clinic = ClinicID()
  /// All of them, in any order; none takes every role away.
  public var roles: Few<ClinicRole> = []

  /// No roles of nobody: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "staff", &staff)
    try fields.visit(2, "clinic", &clinic)
    try fields.visit(3, "roles", &roles)
  }
}

extension SetRoles {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    let administration = state.administration
    var review = Review(context, state, allowed: [.admin], systemBegins: true)
    review.requireFact()
    review.requireKnown(staff, in: administration.staff, "staff")
    review.requireKnown(clinic, in: administration.clinics, "clinic")
    var ascending: [ClinicRole] = []
    for role in ClinicRole.allCases where roles.contains(role) {
      if role == .unspecified || role == .import || role == .system {
        review.refuse(AdministrationRefusal.notForStaff(role), "roles")
      } else {
        ascending.append(role)
      }
    }
    if !ascending.contains(.admin), administration.isLastAdmin(staff, at: clinic) {
      review.refuse(AdministrationRefusal.lastAdmin(staff), "roles")
    }
    try review.conclude(into: &decision)

    let pair = administration.pair(of: staff, at: clinic)
    let number = pair?.number ?? decision.nextNumber(StaffRoleKind.streamKind)
    let set = RolesSet.with {
      $0.staff = staff
      $0.clinic = clinic
      $0.roles = Few(ascending)
    }
    try decision.append(
      set, to: number, expecting: pair == nil ? .noStream : .any, effective: review.effective)
  }
}
