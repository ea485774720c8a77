public import DaybookEvents

/// The events of the family Administration.
///
/// A case's number stands in every record's header and is never reused. Numbers kept for the rest
/// of the family:
///
/// | number | event |
/// |---|---|
/// | 3 | AccountDefined |
/// | 4 | PostingRuleSet |
/// | 6 | PriceSet |
/// | 7 | TaxCodeSet |
/// | 9 | ResourceDefined |
@nonexhaustive
public enum AdministrationTag: UInt16, FamilyTag {
  /// `ClinicDefined`
  case clinicDefined = 1
  /// `RolesSet`
  case rolesSet = 2
  /// `ServiceDefined`
  case serviceDefined = 5
  /// `PartyRegistered`
  case partyRegistered = 8

  /// Family 1.
  public static var family: FamilyNumber { .administration }
}
