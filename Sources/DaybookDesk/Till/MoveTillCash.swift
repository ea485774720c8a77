public import DaybookBytes
public import DaybookClinicEvents
import DaybookClinicRules
public import DaybookEvents
public import DaybookValues

/// Puts cash into an open till or takes it out, for another reason than a payment or a sale.
///
/// Answers with `TillCashMoved`. Out goes at most what the till should hold. Petty cash names the
/// account it is spent on, and is for what has no invoice of a supplier; its tax is what the code's
/// rate makes of the amount unless it is given, and deductible by the clinic's share.
public struct MoveTillCash: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// The till; nil for the only one that is open here.
  public var till: TillID?
  /// Into the till, or out of it.
  public var direction = CashDirection.unspecified
  /// What for.
  public var type = CashMoveType.unspecified
  /// How much: above zero.
  public var amount = Amount.zero
  /// The code of the account that petty cash is spent on.
  public var account = ""
  /// The slip or receipt that petty cash answers.
  public var document = ""
  /// The rule of the tax in what petty cash was spent on; nil where there is none.
  public var taxCode: TaxCodeID?
  /// The tax on the slip; nil for what the rate makes of the amount.
  public var tax: Amount?
  /// The open till that a handover goes to.
  public var toTill: TillID?

  /// No cash: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "till", &till)
    try fields.visit(2, "direction", &direction)
    try fields.visit(3, "type", &type)
    try fields.visit(4, "amount", &amount)
    try fields.visit(5, "account", &account)
    try fields.visit(6, "document", &document)
    try fields.visit(7, "taxCode", &taxCode)
    try fields.visit(8, "tax", &tax)
    try fields.visit(9, "toTill", &toTill)
    try fields.currency()
  }
}

extension MoveTillCash {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(
      context, state, allowed: [.cashier, .accountant, .reception], needsClinic: true)
    review.requireFact()
    let session = review.session(of: till, for: .cash, state, "till")
    if direction == .unspecified { review.refuse(DeskRefusal.missing("a direction"), "direction") }
    if type == .unspecified { review.refuse(DeskRefusal.missing("a type"), "type") }
    let amount = review.positive(amount, "amount")
    if direction == .out { review.requireCash(amount, in: session, state, "amount") }
    let other = checkedHandover(session, state, &review)
    let tax = checkedTax(amount, state, &review)
    let builtIn = state.catalogue.builtInCode(account.trimmed)
    if type == .petty, !(builtIn.map { PettyCash.accounts.contains($0) } ?? false) {
      let such = state.catalogue.ownCode(PettyCash.general)
      review.refuse(TillRefusal.notPetty(account: account.trimmed, such: such), "account")
    }
    // History without a till has no session to stand in.
    if session == nil, review.isImport { review.refuse(BillingRefusal.tillNotOpen, "till") }
    try review.conclude(into: &decision)

    guard let session else { return }
    let moved = TillCashMoved.with {
      $0.session = session
      $0.direction = direction
      $0.type = type
      $0.amount = Amount(minorUnits: amount)
      $0.document = document
      $0.toSession = other
      guard type == .petty else { return }
      $0.account = account.trimmed
      $0.taxCode = taxCode
      $0.tax = Amount(minorUnits: tax.whole)
      $0.deductible = Amount(minorUnits: tax.deductible)
    }
    try decision.append(moved, to: session.number, effective: review.effective)
  }

  /// The session that a handover goes to.
  private func checkedHandover(
    _ session: TillSessionID?, _ state: DeskState, _ review: inout Review
  ) -> TillSessionID? {
    guard type == .handover else { return nil }
    guard let toTill, direction == .out else {
      review.refuse(TillRefusal.handover, "toTill")
      return nil
    }
    let other = review.session(of: toTill, for: .cash, state, "toTill")
    if let other, other == session { review.refuse(TillRefusal.handover, "toTill") }
    return other
  }

  /// The tax in petty cash, and what of it is deductible.
  private func checkedTax(
    _ amount: Int64, _ state: DeskState, _ review: inout Review
  ) -> (whole: Int64, deductible: Int64) {
    guard type == .petty, let taxCode else { return (0, 0) }
    let rate = review.taxRate(taxCode, state, "taxCode")
    let whole =
      tax.map { review.notNegative($0, "tax") } ?? review.taxIncluded(in: amount, at: rate)
    if whole > amount {
      review.refuse(TillRefusal.taxAboveAmount(review.amount(amount)), "tax")
    }
    let share = review.clinic?.proRata ?? Rate()
    let deductible = try? Amount(minorUnits: whole).applying(share)
    return (whole, min(whole, max(0, deductible?.minorUnits ?? 0)))
  }
}
