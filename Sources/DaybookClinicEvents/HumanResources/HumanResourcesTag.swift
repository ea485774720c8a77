public import DaybookEvents

/// The events of the family Human resources.
///
/// A case's number stands in every record's header and is never reused.
@nonexhaustive
public enum HumanResourcesTag: UInt16, FamilyTag {
  /// `StaffHired`
  case staffHired = 1
  /// `ContractAmended`
  case contractAmended = 2
  /// `StaffLeft`
  case staffLeft = 3
  /// `CredentialRecorded`
  case credentialRecorded = 4
  /// `ShiftScheduled`
  case shiftScheduled = 5
  /// `ClockedIn`
  case clockedIn = 6
  /// `ClockedOut`
  case clockedOut = 7
  /// `TimeEntryCorrected`
  case timeEntryCorrected = 8
  /// `AbsenceRecorded`
  case absenceRecorded = 9
  /// `AbsenceDecided`
  case absenceDecided = 10
  /// `CommissionRuleSet`
  case commissionRuleSet = 11
  /// `CommissionAccrued`
  case commissionAccrued = 12
  /// `HoursRecorded`
  case hoursRecorded = 13
  /// `PayrollApproved`
  case payrollApproved = 14

  /// Family 4.
  @inlinable public static var family: FamilyNumber { .humanResources }
}
