public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// What is known of a patient, whole, in place of what was known before.
///
/// Fact, on the patient's stream. Fields that did not change stand in it all the same.
public struct PatientAmended: EventPayload, Hashable {
  /// The patient.
  public var patient = PatientID()
  /// Name, day of birth and contacts as they are now.
  public var person = PatientPerson()
  /// The year of birth.
  public var birthYear: Int32?
  /// The sex on record, for statistics.
  public var sex = Sex.unspecified
  /// Why.
  public var reason = AmendmentReason.unspecified

  /// No patient: to be filled in.
  public init() {}

  public static var tag: FrontOfficeTag { .patientAmended }
  public static var nature: Nature { .fact }
  public static var areas: Areas { [.accounting] }
  public static var streamKind: StreamKind { .patient }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "patient", &patient)
    try fields.visit(2, "person", &person)
    try fields.visit(3, "birthYear", &birthYear)
    try fields.visit(4, "sex", &sex)
    try fields.visit(5, "reason", &reason)
  }
}

/// Why what is known of a patient is another from now on.
///
/// A choice, not a text: words about a person stand in the personal group alone.
public enum AmendmentReason: UInt32, WireEnum {
  /// Not said: never valid in an event.
  case unspecified = 0
  /// It has changed: moved, married, another telephone.
  case changed = 1
  /// It was wrong.
  case corrected = 2
  /// It was not known.
  case completed = 3
  /// The same person was registered twice.
  case duplicate = 4
  /// The patient asked for it.
  case requested = 5
  /// Another one.
  case other = 6

  /// Not said.
  public init() { self = .unspecified }
}
