public import DaybookEvents

/// The events of the family Corrections.
///
/// A case's number stands in every record's header and is never reused.
@nonexhaustive
public enum CorrectionsTag: UInt16, FamilyTag {
  /// `Reversed`
  case reversed = 1

  /// Family 6.
  @inlinable public static var family: FamilyNumber { .corrections }
}
