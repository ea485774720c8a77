public import DaybookBytes
public import DaybookClinicEvents
import DaybookClinicRules
public import DaybookEvents
public import DaybookValues

/// A payer answers a claim.
///
/// Answers with `ClaimAdjudicated` and, as what it causes, `AdjustmentPosted` for what the contract
/// or the payer takes off, and `ResponsibilityTransferred` for what falls to the patient beyond
/// what the patient has already paid or owes of it; of what the contract takes off, that is what was
/// not taken off before, with the treatment or by hand. Then, where the money came with the answer, its
/// `PaymentReceived`. What nobody is to pay is a denial, or a bad debt where the reason code says
/// that the clinic lost it. History has its own adjustments and transfers, so an import gets the answer alone; and where its source has
/// no lines, they are what has happened to the claim's charges.
public struct AdjudicateClaim: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// The claim.
  public var claim = ClaimID()
  /// The answer.
  public var outcome = ClaimOutcome.unspecified
  /// The answer charge by charge; none for a rejected claim.
  public var lines: Few<AdjudicatedLine> = []
  /// The payer's reference of the remittance; empty where there is none.
  public var remittance = ""
  /// How the money came that the lines say was paid; nil where it comes by itself.
  public var payment: PaymentMethod?

  /// No answer: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "claim", &claim)
    try fields.visit(2, "outcome", &outcome)
    try fields.visit(3, "lines", &lines)
    try fields.visit(4, "remittance", &remittance)
    try fields.visit(5, "payment", &payment)
    try fields.currency()
  }
}
