public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// A bank or an acquirer takes back money that had come in.
///
/// Answers with `PaymentReturned`. What of the payment settles nothing goes first; then its
/// allocations are opened again, newest first. Refunds of it are not touched.
///
/// A line of a statement shows amount and fee as one sum. A fee that the bank takes by a line of its
/// own is no part of the return: that line is explained by the account for fees.
public struct ReturnPayment: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// The payment.
  public var payment = PaymentID()
  /// How much is taken back; nil for all that is left of it.
  public var amount: Amount?
  /// Who takes it back, and how.
  public var reason = PaymentReturnReason.unspecified
  /// What is asked for it, in the same line of the statement.
  public var fee: Amount?

  /// Nothing: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "payment", &payment)
    try fields.visit(2, "amount", &amount)
    try fields.visit(3, "reason", &reason)
    try fields.visit(4, "fee", &fee)
    try fields.currency()
  }
}

extension ReturnPayment {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: [.accountant], needsClinic: true)
    review.requireFact()
    if reason == .unspecified { review.refuse(BillingRefusal.reason, "reason") }
    let known = review.known(payment, in: state.billing.payments, "payment")
    if let known { check(known, &review) }
    let standing = known.map { state.billing.allocations(of: $0) } ?? []
    let left = standing.reduce(known?.unapplied ?? 0) { $0 + $1.amount }
    let asked = amount.map { review.positive($0, "amount") } ?? left
    if known != nil, asked > left || left == 0 {
      review.refuse(BillingRefusal.abovePayment(payment, left: review.amount(left)), "amount")
    }
    let fee = fee.map { review.notNegative($0, "fee") }
    try review.conclude(into: &decision)

    guard var known else { return }
    let unapplied = min(asked, known.unapplied)
    let tax = known.use(unapplied)
    let reopened = standing.cut(to: asked - unapplied)
    let charge = reopened.first.flatMap { state.billing.charges[$0.charge] }
    decision.correlation = context.correlation(charge)
    let returned = PaymentReturned.with {
      $0.payment = payment
      $0.from = known.from
      $0.amount = Amount(minorUnits: asked)
      $0.method = known.method
      $0.reason = reason
      $0.fee = fee.map { Amount(minorUnits: $0) }
      $0.reopened = Few(reopened.map(\.allocation))
      $0.ofDeposit = known.isDeposit
      $0.tax = Amount(minorUnits: tax)
    }
    let isEarly = review.effective.instant < known.effective.instant
    try decision.append(
      returned, to: payment.number, effective: isEarly ? known.effective : review.effective,
      otherClinics: state.otherClinics(of: returned.reopened, than: context.clinic))
  }

  /// The payment came in here, by a way that can be taken back so.
  private func check(_ known: PaymentRecord, _ review: inout Review) {
    review.requireHere(known.clinic, "payment \(payment)", "payment")
    if known.isRefund { review.refuse(BillingRefusal.notReceived(payment), "payment") }
    let fits =
      switch known.method {
      case .card, .online: reason == .chargeback
      case .directDebit: reason == .directDebit
      case .cheque: reason == .cheque
      case .cash, .transfer, .voucher, .unspecified: false
      }
    if !fits, reason != .unspecified, !known.isRefund {
      review.refuse(BillingRefusal.notReturnable(payment), "reason")
    }
  }
}
