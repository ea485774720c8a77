public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
import DaybookValues

/// Registers an outside party: one who pays for patients, one who sells to the clinic, or another.
///
/// Answers with `PartyRegistered`. A tax number is unique among parties of one type.
public struct RegisterParty: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// What it is to the clinic.
  public var type = PartyType.unspecified
  /// The organisation's name; empty where the party is a person.
  public var name = ""
  /// The number it is taxed under; empty where unknown.
  public var taxID = ""
  /// Days from an invoice to its due date.
  public var termsDays: UInt32 = 0
  /// Where it is.
  public var address = Address()
  /// The human being, where the party is one; its person is 0 for somebody not known yet.
  public var person: PartyPerson?

  /// No party: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "type", &type)
    try fields.visit(2, "name", &name)
    try fields.visit(3, "taxId", &taxID)
    try fields.visit(4, "termsDays", &termsDays)
    try fields.visit(5, "address", &address)
    try fields.visit(6, "person", &person)
  }
}

extension RegisterParty {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: [.admin, .reception, .accountant, .buyer])
    review.requireFact()
    if type == .unspecified { review.refuse(DeskRefusal.missing("what the party is"), "type") }
    if let person {
      review.requireText(person.name, "person.name")
      review.requirePlain(person.sealed, "person.sealed")
      review.requirePerson(person.person, state, "person.person")
      if !name.isEmpty { review.refuse(AdministrationRefusal.twoNames, "name") }
    } else {
      review.requireText(name, "name")
    }
    if let taken = state.administration.party(taxedUnder: taxID, type) {
      review.refuse(AdministrationRefusal.taxIDTaken(taken), "taxId")
    }
    try review.conclude(into: &decision)

    let id = PartyID(decision.nextNumber(PartyKind.streamKind))
    let registered = PartyRegistered.with {
      $0.party = id
      $0.type = type
      $0.name = name
      $0.taxID = taxID.trimmed
      $0.termsDays = termsDays
      $0.address = address
      $0.person = person
      if let person { $0.person?.person = state.person(person.person) }
    }
    try decision.append(
      registered, to: id.number, expecting: .noStream, effective: review.effective)
  }
}
