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

  /// The stable code.
  public var code: RefusalCode {
    switch self {
    case .bornLater, .otherYear: .outOfRange
    case .coverageOverlaps: .overlap
    }
  }

  /// What is wrong and what to do about it.
  public var message: String {
    switch self {
    case .bornLater(let day): "\(day) as day of birth has not come yet; correct it"
    case .otherYear(let year, let day): "\(year) is not the year of \(day); leave the year out"
    case .coverageOverlaps(let priority, let payer, let from):
      "the \(priority) coverage by \(payer) from \(from) holds at that time; choose other days or another priority"
    }
  }
}
