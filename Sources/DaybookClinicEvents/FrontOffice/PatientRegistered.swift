public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// A patient, known to the clinic from now on.
///
/// Fact, on the patient's stream.
public struct PatientRegistered: EventPayload, Hashable {
  /// The patient.
  public var patient = PatientID()
  /// Name, day of birth and contacts.
  public var person = PatientPerson()
  /// The year of birth.
  public var birthYear: Int32?
  /// The sex on record, for statistics.
  public var sex = Sex.unspecified

  /// No patient: to be filled in.
  public init() {}

  public static var tag: FrontOfficeTag { .patientRegistered }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .patient }
  public static var areas: Areas { [.accounting, .logistics] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "patient", &patient)
    try fields.visit(2, "person", &person)
    try fields.visit(3, "birthYear", &birthYear)
    try fields.visit(4, "sex", &sex)
  }
}

/// The sex on record.
///
/// The cases are those of FHIR's administrative gender; `unspecified` means that it was not asked.
public enum Sex: UInt32, WireEnum {
  /// Not asked.
  case unspecified = 0
  /// Female.
  case female = 1
  /// Male.
  case male = 2
  /// Other.
  case other = 3
  /// Asked and not known.
  case unknown = 4

  /// Not asked.
  public init() { self = .unspecified }
}
