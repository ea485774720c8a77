public import DaybookEvents

/// The events of the family Front office.
///
/// A case's number stands in every record's header and is never reused. Numbers kept for the rest
/// of the family:
///
/// | number | event |
/// |---|---|
/// | 2 | PatientAmended |
/// | 3 | PatientsMerged |
/// | 5 | AppointmentRequested |
/// | 7 | AppointmentMoved |
/// | 8 | AppointmentCancelled |
/// | 9 | AppointmentMissed |
@nonexhaustive
public enum FrontOfficeTag: UInt16, FamilyTag {
  /// `PatientRegistered`
  case patientRegistered = 1
  /// `CoverageSet`
  case coverageSet = 4
  /// `AppointmentBooked`
  case appointmentBooked = 6
  /// `PatientCheckedIn`
  case patientCheckedIn = 10
  /// `EncounterStarted`
  case encounterStarted = 11
  /// `TreatmentPerformed`
  case treatmentPerformed = 12
  /// `EncounterCompleted`
  case encounterCompleted = 13
  /// `TreatmentPlanAccepted`
  case treatmentPlanAccepted = 14
  /// `PackageSold`
  case packageSold = 15
  /// `PackageCancelled`
  case packageCancelled = 16

  /// Family 2.
  public static var family: FamilyNumber { .frontOffice }
}
