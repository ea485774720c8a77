public import DaybookEvents

/// The events of the family Human resources.
///
/// A case's number stands in every record's header and is never reused. Numbers kept for the rest
/// of the family:
///
/// | number | event |
/// |---|---|
/// | 2 | ContractAmended |
/// | 3 | StaffLeft |
/// | 4 | CredentialRecorded |
/// | 5 | ShiftScheduled |
/// | 6 | ClockedIn |
/// | 7 | ClockedOut |
/// | 8 | TimeEntryCorrected |
/// | 9 | AbsenceRecorded |
/// | 10 | AbsenceDecided |
/// | 11 | CommissionRuleSet |
/// | 12 | CommissionAccrued |
/// | 13 | HoursRecorded |
/// | 14 | PayrollApproved |
@nonexhaustive
public enum HumanResourcesTag: UInt16, FamilyTag {
  /// `StaffHired`
  case staffHired = 1

  /// Family 4.
  public static var family: FamilyNumber { .humanResources }
}
