public import DaybookEvents

/// The events of the family Front office.
///
/// A case's number stands in every record's header and is never reused.
@nonexhaustive
public enum FrontOfficeTag: UInt16, FamilyTag {
  /// `PatientRegistered`
  case patientRegistered = 1
  /// `PatientAmended`
  case patientAmended = 2
  /// `PatientsMerged`
  case patientsMerged = 3
  /// `CoverageSet`
  case coverageSet = 4
  /// `AppointmentRequested`
  case appointmentRequested = 5
  /// `AppointmentBooked`
  case appointmentBooked = 6
  /// `AppointmentMoved`
  case appointmentMoved = 7
  /// `AppointmentCancelled`
  case appointmentCancelled = 8
  /// `AppointmentMissed`
  case appointmentMissed = 9
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
  @inlinable public static var family: FamilyNumber { .frontOffice }
}
