public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// What the Desk refuses about patients and their coverage.
public enum PatientRefusal: RefusalCase, Hashable {
  /// The day of birth has not come yet.
  case bornLater(Day)
  /// Year and day of birth do not agree.
  case otherYear(Int32, Day)
  /// Another coverage of the same priority holds at the same time.
  case coverageOverlaps(CoveragePriority, payer: PartyID, from: Day)
  /// The patient goes on under another number.
  case mergedAway(PatientID, into: PatientID)
  /// A patient cannot be merged into themselves.
  case mergedIntoItself(PatientID)
  /// The command names another human being than the patient is.
  case otherPerson(PatientID)
  /// A change of what is known of somebody needs a reason.
  case reasonMissing

  /// The stable code.
  public var code: RefusalCode {
    switch self {
    case .bornLater, .otherYear: .outOfRange
    case .coverageOverlaps: .overlap
    case .mergedAway, .mergedIntoItself, .otherPerson: .invalidState
    case .reasonMissing: .reasonRequired
    }
  }

  /// What is wrong and what to do about it.
  public var message: String {
    switch self {
    case .bornLater(let day): "\(day) as day of birth has not come yet; correct it"
    case .otherYear(let year, let day): "\(year) is not the year of \(day); leave the year out"
    case .coverageOverlaps(let priority, let payer, let from):
      "the \(priority) coverage by \(payer) from \(from) holds at that time; choose other days or another priority"
    case .mergedAway(let patient, let into): "\(patient) goes on as \(into); use that number"
    case .mergedIntoItself(let patient): "\(patient) is one patient already; name two"
    case .otherPerson(let patient):
      "\(patient) is another person; leave the person out, or register a new patient"
    case .reasonMissing: "say why: changed, corrected, completed, duplicate, requested or other"
    }
  }
}

extension Review {
  /// The record of a patient who exists and was not merged away; nil, and a violation, otherwise.
  @discardableResult
  mutating func patient(
    _ patient: PatientID, _ state: DeskState, _ field: String
  ) -> PatientRecord? {
    guard let known = known(patient, in: state.patients.patients, field) else { return nil }
    if known.mergedInto != nil {
      refuse(PatientRefusal.mergedAway(patient, into: state.patients.current(patient)), field)
    }
    return known
  }
}
