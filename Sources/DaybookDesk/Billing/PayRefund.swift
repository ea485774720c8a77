public import DaybookBytes
public import DaybookClinicEvents
import DaybookClinicRules
public import DaybookEvents
public import DaybookValues

/// Pays credit or a deposit out to the party that has it.
///
/// Answers with `RefundPaid`, at most what the party has at the clinic of the envelope; the oldest
/// payment of which anything is left is used up first, or the one that is named. Credit is paid out
/// unless a deposit is asked for. Who was merged away has what they had under who stays. Cash comes
/// out of an open till, at most what that should hold.
/// Above the clinic's limit a second person approves.
public struct PayRefund: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// Who gets it.
  public var to = Party()
  /// How much: above zero.
  public var amount = Amount.zero
  /// How it is paid.
  public var method = PaymentMethod()
  /// The till that pays it; nil for the only one that is open here.
  public var till: TillID?
  /// The payment of which it is the rest; nil for the oldest ones.
  public var payment: PaymentID?
  /// Whether a deposit is paid out, not credit; a named payment says so itself.
  public var ofDeposit = false
  /// Why, never about a person.
  public var reason = ""
  /// Who approves it, above the clinic's limit.
  public var approver: StaffID?

  /// Nothing: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "to", &to)
    try fields.visit(2, "amount", &amount)
    try fields.visit(3, "method", &method)
    try fields.visit(4, "till", &till)
    try fields.visit(5, "payment", &payment)
    try fields.visit(6, "ofDeposit", &ofDeposit)
    try fields.visit(7, "reason", &reason)
    try fields.visit(8, "approver", &approver)
    try fields.currency()
  }
}

extension PayRefund {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(
      context, state, allowed: [.cashier, .accountant, .reception], needsClinic: true)
    review.requireFact()
    review.requireParty(to, state, "to")
    let amount = review.positive(amount, "amount")
    let session = review.session(of: till, for: method.type, state, "method")
    let method = review.tender(method, paying: amount, "method")
    if case .cash = method {
      review.requireCash(method.changesHands(amount) ?? .max, in: session, state, "amount")
    }
    let named = payment.flatMap { review.known($0, in: state.billing.payments, "payment") }
    if let named, let payment { check(named, payment, state, &review) }
    let parts = parts(amount, named, state, &review)
    review.requireSecondPerson(
      amount, limit: review.clinic?.limits.refund, approver: approver, state, "approver")
    try review.conclude(into: &decision)

    let refund = PaymentID(decision.nextNumber(PaymentKind.streamKind))
    let paid = RefundPaid.with {
      $0.refund = refund
      $0.to = to
      $0.amount = Amount(minorUnits: amount)
      $0.method = method
      $0.tillSession = session
      $0.parts = parts
      $0.ofDeposit = named?.isDeposit ?? ofDeposit
      $0.reason = reason
      $0.approver = approver
    }
    try decision.append(
      paid, to: refund.number, expecting: .noStream, effective: review.effective)
  }

  private func check(
    _ named: PaymentRecord, _ payment: PaymentID, _ state: DeskState, _ review: inout Review
  ) {
    review.requireHere(named.clinic, "payment \(payment)", "payment")
    if named.isRefund {
      review.refuse(BillingRefusal.notReceived(payment), "payment")
    } else if state.patients.current(named.from) != to {
      review.refuse(BillingRefusal.otherParty(payment), "payment")
    }
  }

  /// What is left of which payments, oldest first, up to the amount.
  private func parts(
    _ amount: Int64, _ named: PaymentRecord?, _ state: DeskState, _ review: inout Review
  ) -> Few<RefundedPart> {
    let account = state.billing.accounts[to]
    let isDeposit = named?.isDeposit ?? ofDeposit
    var left = amount
    var parts: Few<RefundedPart> = []
    if payment != nil, named == nil { return parts }
    // A party has few payments of which anything is left, however many it has made.
    var next = payment ?? account.firstOpen
    while left > 0, var record = state.billing.payments[next] {
      if record.clinic.number == review.context.clinic, record.isDeposit == isDeposit {
        let cut = min(left, record.unapplied)
        if cut > 0 {
          let tax = Amount(minorUnits: record.use(cut))
          parts.append(RefundedPart(next, Amount(minorUnits: cut), tax: tax))
        }
        left -= cut
      }
      if payment != nil { break }
      next = record.nextOpen
    }
    if left > 0 {
      review.refuse(
        BillingRefusal.aboveCredit(
          credit: review.amount(account.credit), deposit: review.amount(account.deposit)),
        "amount")
    }
    return parts
  }
}
