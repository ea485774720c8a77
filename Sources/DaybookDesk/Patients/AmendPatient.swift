public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// Says what is known of a patient, whole, in place of what was known before.
///
/// Answers with `PatientAmended`.
public struct AmendPatient: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// The patient.
  public var patient = PatientID()
  /// Name, day of birth and contacts as they are now; its person is 0 for the one who it is.
  public var person = PatientPerson()
  /// The year of birth; nil takes it from the day of birth.
  public var birthYear: Int32?
  /// The sex on record, for statistics.
  public var sex = Sex.unspecified
  /// Why.
  public var reason = AmendmentReason.unspecified

  /// No patient: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "patient", &patient)
    try fields.visit(2, "person", &person)
    try fields.visit(3, "birthYear", &birthYear)
    try fields.visit(4, "sex", &sex)
    try fields.visit(5, "reason", &reason)
  }
}

extension AmendPatient {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: [.reception, .practitioner, .admin])
    review.requireFact()
    let known = review.patient(patient, state, "patient")
    review.checkIdentity(person, birthYear)
    if let known, person.person != 0, person.person != known.person {
      review.refuse(PatientRefusal.otherPerson(patient), "person.person")
    }
    if reason == .unspecified { review.refuse(PatientRefusal.reasonMissing, "reason") }
    try review.conclude(into: &decision)

    let amended = PatientAmended.with {
      $0.patient = patient
      $0.person = person
      $0.person.person = known?.person ?? 0
      $0.birthYear = birthYear ?? person.birthDate.map { Int32($0.year) }
      $0.sex = sex
      $0.reason = reason
    }
    try decision.append(amended, to: patient.number, effective: review.effective)
  }
}

extension Review {
  /// A patient has a name, and was born, in the year that is named.
  mutating func checkIdentity(_ person: PatientPerson, _ birthYear: Int32?) {
    requireText(person.name, "person")
    requirePlain(person.sealed, "person.sealed")
    guard let day = person.birthDate else { return }
    if !day.isInRange || day > today {
      refuse(PatientRefusal.bornLater(day), "person.birthDate")
    }
    if let birthYear, birthYear != Int32(day.year) {
      refuse(PatientRefusal.otherYear(birthYear, day), "birthYear")
    }
  }
}
