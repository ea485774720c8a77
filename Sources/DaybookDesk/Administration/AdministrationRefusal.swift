public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// What the Desk refuses about clinics, staff, roles, parties and services.
public enum AdministrationRefusal: RefusalCase, Hashable {
  /// A zone's offsets do not begin with one that has always been, or are not in order of time.
  case transitionsNotOrdered
  /// Something is posted, so the currency stays.
  case currencyFixed(clinic: ClinicID, currency: Currency)
  /// Something is posted, so the zone stays.
  case zoneFixed(clinic: ClinicID, timeZone: String)
  /// A role that no member of staff holds.
  case notForStaff(ClinicRole)
  /// Nobody else could give roles any more.
  case lastAdmin(StaffID)
  /// A party is an organisation or a person, not both.
  case twoNames
  /// Another party of the type has the tax number.
  case taxIDTaken(PartyID)
  /// The party does not pay for patients.
  case notAPayer(PartyID)
  /// The service is not performed any more.
  case serviceInactive(ServiceID)
  /// The member of staff does not work at the clinic, or not yet.
  case notWorkingHere(StaffID, clinic: ClinicID)

  /// The stable code.
  public var code: RefusalCode {
    switch self {
    case .transitionsNotOrdered: .outOfRange
    case .taxIDTaken: .duplicateSource
    case .serviceInactive: .serviceInactive
    case .currencyFixed, .zoneFixed, .notForStaff, .lastAdmin, .twoNames, .notAPayer,
      .notWorkingHere:
      .invalidState
    }
  }

  /// What is wrong and what to do about it.
  public var message: String {
    switch self {
    case .transitionsNotOrdered:
      "the zone's offsets must begin with one without a time and go on in order of time"
    case .currencyFixed(let clinic, let currency):
      "\(clinic) has postings in \(currency); define a new clinic for another currency"
    case .zoneFixed(let clinic, let timeZone):
      "\(clinic) has postings dated in \(timeZone); define a new clinic for another zone"
    case .notForStaff(let role): "\(role) is no role of a member of staff; leave it out"
    case .lastAdmin(let staff):
      "\(staff) is the last admin; make somebody else admin first"
    case .twoNames: "the party is a person, whose name stands in the person; leave the name empty"
    case .taxIDTaken(let party): "\(party) has this tax number; use that party"
    case .notAPayer(let party):
      "\(party) does not pay for patients; register a party of type payer"
    case .serviceInactive(let service):
      "\(service) is not performed at that time; activate it, or choose another service"
    case .notWorkingHere(let staff, let clinic):
      "\(staff) does not work at \(clinic) on that day; hire them there first"
    }
  }
}
