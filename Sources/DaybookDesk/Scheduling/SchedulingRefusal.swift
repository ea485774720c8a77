public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// What the Desk refuses about appointments.
public enum SchedulingRefusal: RefusalCase, Hashable {
  /// Only an import books the past.
  case startsInThePast(Instant)
  /// The practitioner has another appointment then.
  case practitionerBusy(StaffID, AppointmentID)
  /// The patient has another appointment then.
  case patientBusy(PatientID, AppointmentID)

  /// The stable code.
  public var code: RefusalCode {
    switch self {
    case .startsInThePast: .invalidState
    case .practitionerBusy, .patientBusy: .overlap
    }
  }

  /// What is wrong and what to do about it.
  public var message: String {
    switch self {
    case .startsInThePast(let start): "\(start) has passed; book a time to come"
    case .practitionerBusy(let staff, let appointment):
      "\(staff) has \(appointment) at that time; choose another time, or overbook knowingly"
    case .patientBusy(let patient, let appointment):
      "\(patient) has \(appointment) at that time, and cannot be elsewhere; choose another time"
    }
  }
}

extension Review {
  /// The practitioner has no appointment within the interval.
  mutating func requireFree(
    _ practitioner: StaffID, _ state: DeskState, from start: Instant, to end: Instant,
    _ field: String
  ) {
    if let other = state.scheduling.appointment(of: practitioner, from: start, to: end) {
      question(SchedulingRefusal.practitionerBusy(practitioner, other), field)
    }
  }

  /// The patient has no appointment within the interval.
  mutating func requireFree(
    _ patient: PatientID, _ state: DeskState, from start: Instant, to end: Instant,
    _ field: String
  ) {
    if let other = state.scheduling.appointment(of: patient, from: start, to: end) {
      question(SchedulingRefusal.patientBusy(patient, other), field)
    }
  }
}
