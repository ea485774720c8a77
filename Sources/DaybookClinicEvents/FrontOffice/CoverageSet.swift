public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// A payer covers a patient for a time.
///
/// Plan, on the patient's stream: a policy is a contract, which may begin in the future. Two
/// coverages of one patient and one priority never overlap.
public struct CoverageSet: EventPayload, Hashable {
  /// Who is covered.
  public var patient = PatientID()
  /// Who pays.
  public var payer = PartyID()
  /// In which order that payer is asked.
  public var priority = CoveragePriority.unspecified
  /// The first day of the coverage.
  public var from = Day()
  /// The last day of the coverage; nil while no end is known.
  public var to: Day?
  /// What the patient pays of each charge; nil where nothing is agreed.
  public var copay: Copay?
  /// Numbers of the policy and of its authorisation.
  public var person: CoveragePerson?

  /// No coverage: to be filled in.
  public init() {}

  public static var tag: FrontOfficeTag { .coverageSet }
  public static var nature: Nature { .plan }
  public static var streamKind: StreamKind { .patient }
  public static var areas: Areas { [.accounting] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "patient", &patient)
    try fields.visit(2, "payer", &payer)
    try fields.visit(3, "priority", &priority)
    try fields.visit(4, "from", &from)
    try fields.visit(5, "to", &to)
    try fields.visit(6, "copay", &copay)
    try fields.visit(7, "person", &person)
    try fields.currency()
  }
}

/// What a patient pays of a charge that a payer covers.
public enum Copay: RequiredGroup, Hashable {
  /// The same for each charge.
  case fixed(Amount)
  /// A share of each charge.
  case share(Rate)

  /// No share.
  public init() { self = .share(Rate()) }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.alternative(
      1, "fixed", &self,
      get: { if case .fixed(let amount) = $0 { amount } else { nil } },
      set: { .fixed($0) })
    try fields.alternative(
      2, "share", &self,
      get: { if case .share(let rate) = $0 { rate } else { nil } },
      set: { .share($0) })
    try fields.endAlternatives("copay")
  }
}
