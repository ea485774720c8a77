public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// Somebody has proved that they may do something, or are protected, for a time.
///
/// Fact, on the staff member's stream. What services ask for by kind is this credential where they
/// name its `name`, or its type.
public struct CredentialRecorded: EventPayload, Hashable {
  /// The member of staff.
  public var staff = StaffID()
  /// What sort of credential it is.
  public var type = CredentialType.unspecified
  /// What exactly it is, as services name it; empty where the type says all.
  public var name = ""
  /// The number under which it was issued.
  public var person = CredentialPerson()
  /// The first day on which it is valid.
  public var from = Day()
  /// The last day on which it is valid; nil where it does not end.
  public var to: Day?

  /// No credential: to be filled in.
  public init() {}

  public static var tag: HumanResourcesTag { .credentialRecorded }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .staff }
  public static var areas: Areas { [.humanResources] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "staff", &staff)
    try fields.visit(2, "type", &type)
    try fields.visit(3, "name", &name)
    try fields.visit(4, "person", &person)
    try fields.visit(5, "from", &from)
    try fields.visit(6, "to", &to)
  }
}

/// What a credential says about the member of staff who holds it.
public struct CredentialPerson: PersonalGroup, Hashable {
  /// The human being's number, a `PersonID`.
  public var person: UInt64 = 0
  /// The fields below, sealed; empty while they stand plain.
  public var sealed: [UInt8] = []
  /// The number of the licence, policy or certificate.
  public var number = ""

  /// Nobody: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.personal(&person, &sealed)
    try fields.visit(3, "number", &number)
  }
}

/// What sort of credential something is.
public enum CredentialType: UInt32, WireEnum {
  /// Not said: never valid in an event.
  case unspecified = 0
  /// A licence to practise.
  case licence = 1
  /// Cover against liability.
  case insurance = 2
  /// A training, such as for lasers or radiation.
  case training = 3
  /// A vaccination.
  case vaccination = 4

  /// Not said.
  public init() { self = .unspecified }
}
