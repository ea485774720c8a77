public import DaybookEvents

/// The events of the family Administration.
///
/// A case's number stands in every record's header and is never reused.
@nonexhaustive
public enum AdministrationTag: UInt16, FamilyTag {
  /// `ClinicDefined`
  case clinicDefined = 1
  /// `RolesSet`
  case rolesSet = 2
  /// `AccountDefined`
  case accountDefined = 3
  /// `PostingRuleSet`
  case postingRuleSet = 4
  /// `ServiceDefined`
  case serviceDefined = 5
  /// `PriceSet`
  case priceSet = 6
  /// `TaxCodeSet`
  case taxCodeSet = 7
  /// `PartyRegistered`
  case partyRegistered = 8
  /// `ResourceDefined`
  case resourceDefined = 9

  /// Family 1.
  @inlinable public static var family: FamilyNumber { .administration }
}
