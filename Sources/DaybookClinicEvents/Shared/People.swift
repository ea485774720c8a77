public import DaybookBytes
public import DaybookEvents
public import DaybookValues

extension PersonalGroup {
  /// The human being whom the group tells of.
  public var personID: PersonID {
    get { PersonID(person) }
    set { person = newValue.number }
  }
}

/// All that an event says about a patient in words.
public struct PatientPerson: PersonalGroup, Hashable {
  /// The human being's number, a `PersonID`.
  public var person: UInt64 = 0
  /// The fields below, sealed; empty while they stand plain.
  public var sealed: [UInt8] = []
  /// Given names.
  public var givenName = ""
  /// Family name.
  public var familyName = ""
  /// The day of birth; outside the group stands the year alone.
  public var birthDate: Day?
  /// Telephone number.
  public var phone = ""
  /// Electronic mail address.
  public var email = ""
  /// Postal address, in one text.
  public var address = ""
  /// Anything else worth knowing at the desk.
  public var note = ""

  /// Nobody: to be filled in.
  public init() {}

  /// Given and family name, as they are printed.
  public var name: String {
    givenName.isEmpty || familyName.isEmpty
      ? givenName + familyName : "\(givenName) \(familyName)"
  }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.personal(&person, &sealed)
    try fields.visit(3, "givenName", &givenName)
    try fields.visit(4, "familyName", &familyName)
    try fields.visit(5, "birthDate", &birthDate)
    try fields.visit(6, "phone", &phone)
    try fields.visit(7, "email", &email)
    try fields.visit(8, "address", &address)
    try fields.visit(9, "note", &note)
  }
}

/// What a policy says about the patient whom it covers.
public struct CoveragePerson: PersonalGroup, Hashable {
  /// The human being's number, a `PersonID`.
  public var person: UInt64 = 0
  /// The fields below, sealed; empty while they stand plain.
  public var sealed: [UInt8] = []
  /// The number of the policy or of the membership.
  public var policy = ""
  /// The number of the payer's authorisation.
  public var authorisation = ""

  /// Nobody: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.personal(&person, &sealed)
    try fields.visit(3, "policy", &policy)
    try fields.visit(4, "authorisation", &authorisation)
  }
}

/// All that an event says about a member of staff in words.
public struct StaffPerson: PersonalGroup, Hashable {
  /// The human being's number, a `PersonID`.
  public var person: UInt64 = 0
  /// The fields below, sealed; empty while they stand plain.
  public var sealed: [UInt8] = []
  /// The whole name, as it is printed.
  public var name = ""
  /// Telephone number.
  public var phone = ""
  /// Electronic mail address.
  public var email = ""
  /// Postal address, in one text.
  public var address = ""

  /// Nobody: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.personal(&person, &sealed)
    try fields.visit(3, "name", &name)
    try fields.visit(4, "phone", &phone)
    try fields.visit(5, "email", &email)
    try fields.visit(6, "address", &address)
  }
}

/// The human being who is an outside party, or speaks for one.
public struct PartyPerson: PersonalGroup, Hashable {
  /// The human being's number, a `PersonID`.
  public var person: UInt64 = 0
  /// The fields below, sealed; empty while they stand plain.
  public var sealed: [UInt8] = []
  /// The whole name, as it is printed.
  public var name = ""
  /// Telephone number.
  public var phone = ""
  /// Electronic mail address.
  public var email = ""
  /// Postal address, in one text.
  public var address = ""

  /// Nobody: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.personal(&person, &sealed)
    try fields.visit(3, "name", &name)
    try fields.visit(4, "phone", &phone)
    try fields.visit(5, "email", &email)
    try fields.visit(6, "address", &address)
  }
}
