public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
import DaybookValues

/// Makes a patient known to the book.
///
/// Answers with `PatientRegistered`.
public struct RegisterPatient: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// Name, day of birth and contacts; its person is 0 for somebody whom the book does not know yet.
  public var person = PatientPerson()
  /// The year of birth; nil takes it from the day of birth.
  public var birthYear: Int32?
  /// The sex on record, for statistics.
  public var sex = Sex.unspecified

  /// No patient: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "person", &person)
    try fields.visit(2, "birthYear", &birthYear)
    try fields.visit(3, "sex", &sex)
  }
}

extension RegisterPatient {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: [.reception, .practitioner, .admin])
    review.requireFact()
    review.checkIdentity(person, birthYear)
    review.requirePerson(person.person, state, "person.person")
    try review.conclude(into: &decision)

    let id = PatientID(decision.nextNumber(PatientKind.streamKind))
    let registered = PatientRegistered.with {
      $0.patient = id
      $0.person = person
      $0.person.person = state.person(person.person)
      $0.birthYear = birthYear ?? person.birthDate.map { Int32($0.year) }
      $0.sex = sex
    }
    try decision.append(
      registered, to: id.number, expecting: .noStream, effective: review.effective)
  }
}
