public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// A payer is asked for what it owes.
///
/// Fact, on the claim's stream. Posts nothing: the charges stand in its receivable already.
public struct ClaimSubmitted: EventPayload, Hashable {
  /// The claim.
  public var claim = ClaimID()
  /// Who is asked.
  public var payer = PartyID()
  /// The priority of the coverage under which it is asked.
  public var priority = CoveragePriority.unspecified
  /// Whose charges they are.
  public var patient = PatientID()
  /// What is asked for: charges that the payer owes, none on another live claim.
  public var charges: Few<ClaimedCharge> = []
  /// The sum of the charges' amounts.
  public var total = Amount.zero
  /// The claim that this one takes the place of.
  public var replaces: ClaimID?

  /// No claim: to be filled in.
  public init() {}

  public static var tag: AccountingTag { .claimSubmitted }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .claim }
  public static var areas: Areas { [.accounting] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "claim", &claim)
    try fields.visit(2, "payer", &payer)
    try fields.visit(3, "priority", &priority)
    try fields.visit(4, "patient", &patient)
    try fields.visit(5, "charges", &charges)
    try fields.visit(6, "total", &total)
    try fields.visit(7, "replaces", &replaces)
    try fields.currency()
  }
}

/// What a claim asks for one charge.
public struct ClaimedCharge: Payload, Hashable {
  /// The charge.
  public var charge = ChargeID()
  /// How much is asked for.
  public var amount = Amount.zero

  /// Nothing: to be filled in.
  public init() {}

  /// `amount` for `charge`.
  public init(_ charge: ChargeID, _ amount: Amount) {
    self.charge = charge
    self.amount = amount
  }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "charge", &charge)
    try fields.visit(2, "amount", &amount)
  }
}
