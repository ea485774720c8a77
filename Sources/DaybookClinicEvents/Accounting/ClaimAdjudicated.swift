public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// A payer has answered a claim.
///
/// Fact, on the claim's stream. Posts nothing itself: adjustments and transfers follow in the same
/// action, and the money is a payment of its own.
public struct ClaimAdjudicated: EventPayload, Hashable {
  /// The claim.
  public var claim = ClaimID()
  /// The answer.
  public var outcome = ClaimOutcome.unspecified
  /// The answer charge by charge.
  public var lines: Few<AdjudicatedLine> = []
  /// The payer's reference of the remittance; empty where there is none.
  public var remittance = ""

  /// No answer: to be filled in.
  public init() {}

  public static var tag: AccountingTag { .claimAdjudicated }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .claim }
  public static var areas: Areas { [.accounting] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "claim", &claim)
    try fields.visit(2, "outcome", &outcome)
    try fields.visit(3, "lines", &lines)
    try fields.visit(4, "remittance", &remittance)
    try fields.currency()
  }
}

/// How a payer answers a claim.
public enum ClaimOutcome: UInt32, WireEnum {
  /// Not said: never valid in an event.
  case unspecified = 0
  /// Decided, charge by charge.
  case adjudicated = 1
  /// Decided, and nothing is paid.
  case denied = 2
  /// Not decided: the claim was not acceptable as sent.
  case rejected = 3

  /// Not said.
  public init() { self = .unspecified }
}

/// What a payer decided for one charge: billed is the sum of the four others.
public struct AdjudicatedLine: Payload, Hashable {
  /// The charge.
  public var charge = ChargeID()
  /// What the claim asked for.
  public var billed = Amount.zero
  /// What the payer pays.
  public var paid = Amount.zero
  /// What the contract takes off.
  public var contractual = Amount.zero
  /// What the patient is to pay.
  public var patientDue = Amount.zero
  /// What is taken off for any other reason, or added below zero.
  public var other = Amount.zero
  /// The payer's reason codes: `CO-45`, `PR-1`.
  public var codes: Few<String> = []

  /// Nothing: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "charge", &charge)
    try fields.visit(2, "billed", &billed)
    try fields.visit(3, "paid", &paid)
    try fields.visit(4, "contractual", &contractual)
    try fields.visit(5, "patientDue", &patientDue)
    try fields.visit(6, "other", &other)
    try fields.visit(7, "codes", &codes)
  }
}
