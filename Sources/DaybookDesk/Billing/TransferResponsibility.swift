public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// A part of a charge is owed by somebody else from now on.
///
/// Answers with `ResponsibilityTransferred`; with nothing where nothing would move: between the
/// same party, or an amount of zero. Only history may ask for more than is owed, which moves what
/// is owed and is a finding.
public struct TransferResponsibility: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// The charge.
  public var charge = ChargeID()
  /// Who owed it; nil for who is responsible now.
  public var from: Debtor?
  /// Who owes it from now on.
  public var to = Debtor()
  /// How much.
  public var amount = Amount.zero
  /// Why.
  public var reason = TransferReason.unspecified

  /// No transfer: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "charge", &charge)
    try fields.visit(2, "from", &from)
    try fields.visit(3, "to", &to)
    try fields.visit(4, "amount", &amount)
    try fields.visit(5, "reason", &reason)
    try fields.currency()
  }
}

extension TransferResponsibility {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: [.accountant, .reception], needsClinic: true)
    review.requireFact()
    if reason == .unspecified { review.refuse(DeskRefusal.missing("a reason"), "reason") }
    let known = review.charge(charge, state, "charge")
    // The books of the charge's own clinic change.
    if let known { review.requireHere(known.clinic, "charge \(charge)", "charge") }
    if let from { review.requireDebtor(from, of: known, state, "from") }
    review.requireDebtor(to, of: known, state, "to")
    let from = from ?? known?.current ?? Debtor()
    let moved = known != nil && from == to ? 0 : checkedAmount(known, from, &review)
    if let known, case .payer(let payer, _) = to, moved > 0 {
      review.requireCovered(known.patient, by: payer, on: known.effective.day, state, "to")
    }
    try review.conclude(into: &decision)

    guard moved > 0 else { return }
    decision.correlation = context.correlation(known)
    let transferred = ResponsibilityTransferred.with {
      $0.charge = charge
      $0.from = from
      $0.to = to
      $0.amount = Amount(minorUnits: moved)
      $0.reason = reason
    }
    try decision.append(
      transferred, to: charge.number, effective: review.moment(notBefore: known))
  }

  /// What moves of what is asked for; of an unknown charge, all.
  private func checkedAmount(
    _ known: ChargeRecord?, _ from: Debtor, _ review: inout Review
  ) -> Int64 {
    guard let asked = review.minorUnits(amount, "amount") else { return 0 }
    let owed = known?.owed(by: from) ?? .max
    if asked < 0 {
      review.question(
        BillingRefusal.transferIgnored(charge, asked: review.amount(asked)), "amount")
    } else if asked > owed {
      if review.isImport {
        review.question(
          BillingRefusal.transferCut(
            charge, asked: review.amount(asked), moved: review.amount(owed)), "amount")
      } else {
        review.refuse(
          BillingRefusal.aboveOwed(charge, owed: review.amount(owed)), "amount")
      }
    }
    return max(0, min(asked, owed))
  }
}
