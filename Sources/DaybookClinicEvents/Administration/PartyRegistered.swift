public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// An outside party: one who pays for patients, one who sells to the clinic, or another.
///
/// Fact, on the party's stream.
public struct PartyRegistered: EventPayload, Hashable {
  /// The party.
  public var party = PartyID()
  /// What it is to the clinic.
  public var type = PartyType.unspecified
  /// The organisation's name; empty where the party is a person, whose name stands in `person`.
  public var name = ""
  /// The number it is taxed under, unique among parties of its type; empty where unknown.
  public var taxID = ""
  /// Days from an invoice to its due date.
  public var termsDays: UInt32 = 0
  /// Where it is.
  public var address = Address()
  /// The human being, where the party is one.
  public var person: PartyPerson?

  /// No party: to be filled in.
  public init() {}

  public static var tag: AdministrationTag { .partyRegistered }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .party }
  public static var areas: Areas { [.accounting, .logistics] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "party", &party)
    try fields.visit(2, "type", &type)
    try fields.visit(3, "name", &name)
    try fields.visit(4, "taxId", &taxID)
    try fields.visit(5, "termsDays", &termsDays)
    try fields.visit(6, "address", &address)
    try fields.visit(7, "person", &person)
  }
}

/// What an outside party is to the clinic.
public enum PartyType: UInt32, WireEnum {
  /// Not said: never valid in an event.
  case unspecified = 0
  /// Pays for patients: an insurer, a fund, an employer.
  case payer = 1
  /// Sells to the clinic.
  case supplier = 2
  /// Anything else: a guarantor, an authority, a lender.
  case other = 3

  /// Not said.
  public init() { self = .unspecified }
}
