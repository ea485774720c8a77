public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// Somebody owes less of a charge than before, without having paid; for a recovery, more.
///
/// Answers with `AdjustmentPosted`. Never below zero owed; a recovery takes back at most what was
/// held to be lost; above the clinic's limits a second person approves. A courtesy is not given on
/// what an invoice or a ticket asks for: that is rectified, or the goods come back. A bad debt that was
/// provided for uses up the allowance instead of being a loss once more; the tax in it comes back where
/// the clinic's law has it so, and is owed again with what is recovered.
public struct PostAdjustment: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// The charge.
  public var charge = ChargeID()
  /// Whose debt changes; nil for who is responsible now.
  public var debtor: Debtor?
  /// What sort of adjustment it is.
  public var type = AdjustmentType.unspecified
  /// How much: above zero.
  public var amount = Amount.zero
  /// The payer's reason code, such as `CO-45`; empty where there is none.
  public var reasonCode = ""
  /// Who approves it, above the clinic's limit.
  public var approver: StaffID?
  /// Whether an amount above what is owed is cut to that instead of refused.
  public var upToOwed = false
  /// The part of a bad debt that the allowance for doubtful debts was made for.
  public var provided = Amount.zero
  /// Whose the tax in a bad debt is; not said, as the clinic has it.
  public var badDebtTax = BadDebtTax.unspecified

  /// No adjustment: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "charge", &charge)
    try fields.visit(2, "debtor", &debtor)
    try fields.visit(3, "type", &type)
    try fields.visit(4, "amount", &amount)
    try fields.visit(5, "reasonCode", &reasonCode)
    try fields.visit(6, "approver", &approver)
    try fields.visit(7, "upToOwed", &upToOwed)
    try fields.visit(8, "provided", &provided)
    try fields.visit(9, "badDebtTax", &badDebtTax)
    try fields.currency()
  }
}

extension PostAdjustment {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: [.accountant], needsClinic: true)
    review.requireFact()
    if type == .unspecified { review.refuse(DeskRefusal.missing("a type"), "type") }
    let asked = review.positive(amount, "amount")
    let known = review.charge(charge, state, "charge")
    // The books of the charge's own clinic change.
    if let known { review.requireHere(known.clinic, "charge \(charge)", "charge") }
    if let debtor { review.requireDebtor(debtor, of: known, state, "debtor") }
    if type == .courtesy, known?.isInvoiced == true {
      review.refuse(BillingRefusal.invoiced(charge), "type")
    }
    let debtor = debtor ?? known?.current ?? Debtor()
    let posted = known.map { checkedAmount(asked, $0, debtor, &review) } ?? asked
    let tax = known.map { self.tax(of: posted, $0, review) } ?? 0
    let provided = review.notNegative(provided, "provided")
    if provided > 0, type != .badDebt {
      review.refuse(BillingRefusal.notProvidedFor, "provided")
    } else if provided > posted - tax {
      review.refuse(BillingRefusal.aboveLost(review.amount(posted - tax)), "provided")
    }
    if badDebtTax == .relieved, type != .badDebt {
      review.refuse(BillingRefusal.notRelieved, "badDebtTax")
    }
    review.requireSecondPerson(
      posted, limit: limit(review.clinic), approver: approver, state, "approver")
    try review.conclude(into: &decision)

    guard posted > 0 else { return }
    decision.correlation = context.correlation(known)
    let adjustment = AdjustmentPosted.with {
      $0.charge = charge
      $0.debtor = debtor
      $0.type = type
      $0.amount = Amount(minorUnits: posted)
      $0.reasonCode = reasonCode
      $0.approver = approver
      $0.provided = Amount(minorUnits: provided)
      $0.tax = Amount(minorUnits: tax)
    }
    try decision.append(
      adjustment, to: charge.number, effective: review.moment(notBefore: known))
  }

  private func checkedAmount(
    _ asked: Int64, _ known: ChargeRecord, _ debtor: Debtor, _ review: inout Review
  ) -> Int64 {
    let most = type == .recovery ? known.badDebt : known.owed(by: debtor)
    if asked > most, !upToOwed {
      let left = review.amount(most)
      review.refuse(
        type == .recovery
          ? BillingRefusal.aboveBadDebt(charge, lost: left)
          : BillingRefusal.aboveOwed(charge, owed: left), "amount")
    }
    return min(asked, most)
  }

  /// The tax that comes back with a bad debt, or goes with what is recovered; history has its own.
  private func tax(of posted: Int64, _ known: ChargeRecord, _ review: Review) -> Int64 {
    switch type {
    case .recovery: return known.reliefUndone(by: posted)
    case .badDebt where !review.isImport:
      let whose = badDebtTax == .unspecified ? review.clinic?.badDebtTax : badDebtTax
      return whose == .relieved ? known.relief(of: posted) : 0
    default: return 0
    }
  }

  /// Up to which amount one person suffices: what a payer's contract says needs none.
  private func limit(_ clinic: ClinicRecord?) -> Amount? {
    switch type {
    case .writeOff, .badDebt, .denied, .rounding: clinic?.limits.writeOff
    case .courtesy: clinic?.limits.discount
    case .contractual, .recovery, .unspecified: nil
    }
  }
}
