public import DaybookEvents

/// What a member of staff may do at a clinic.
///
/// The numbers are those of the header's `role`, and stand in every record: never reused.
public enum ClinicRole: UInt32, WireEnum {
  /// No role: never valid in an event.
  case unspecified = 0
  /// Defines clinics, services, prices and the roles of others.
  case admin = 1
  /// Registers, books and checks in.
  case reception = 2
  /// Treats.
  case practitioner = 3
  /// Takes and returns money at a till.
  case cashier = 4
  /// Orders, receives, counts and issues goods.
  case buyer = 5
  /// Posts, adjusts, bills, reconciles and closes periods.
  case accountant = 6
  /// Decides on hours and absences, and approves payroll.
  case payroll = 7
  /// Appends recorded history; see `Importer`.
  case `import` = 8
  /// What the program does by itself.
  case system = 9
  /// Reads everything and appends nothing.
  case auditor = 10

  /// No role.
  public init() { self = .unspecified }

  /// The role as a header has it.
  public var role: Role { Role(UInt16(rawValue)) }
}

extension ClinicRole {
  /// The clinic role that a header's role stands for; nil when it is not one of this catalogue.
  public init?(_ role: Role) {
    guard let known = ClinicRole(rawValue: UInt32(role.rawValue)), known != .unspecified else {
      return nil
    }
    self = known
  }
}

extension Role {
  /// Defines clinics, services, prices and the roles of others.
  public static var admin: Role { ClinicRole.admin.role }
  /// Registers, books and checks in.
  public static var reception: Role { ClinicRole.reception.role }
  /// Treats.
  public static var practitioner: Role { ClinicRole.practitioner.role }
  /// Takes and returns money at a till.
  public static var cashier: Role { ClinicRole.cashier.role }
  /// Orders, receives, counts and issues goods.
  public static var buyer: Role { ClinicRole.buyer.role }
  /// Posts, adjusts, bills, reconciles and closes periods.
  public static var accountant: Role { ClinicRole.accountant.role }
  /// Decides on hours and absences, and approves payroll.
  public static var payroll: Role { ClinicRole.payroll.role }
  /// Appends recorded history.
  public static var `import`: Role { ClinicRole.import.role }
  /// What the program does by itself.
  public static var system: Role { ClinicRole.system.role }
  /// Reads everything and appends nothing.
  public static var auditor: Role { ClinicRole.auditor.role }
}
