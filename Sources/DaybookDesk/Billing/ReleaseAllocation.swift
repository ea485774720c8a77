public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// A part of a payment is to settle a charge no longer.
///
/// Answers with an `AllocationReleased` for each debtor concerned, the newest allocation first: the
/// debt is open again, and the money is credit, or deposit, of who paid. Effective when it is done,
/// and not before payment and charge.
public struct ReleaseAllocation: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// The payment.
  public var payment = PaymentID()
  /// The charge that it settles.
  public var charge = ChargeID()
  /// How much: nil for all that the payment settles of the charge.
  public var amount: Amount?
  /// Why, never about a person.
  public var reason = ""

  /// Nothing: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "payment", &payment)
    try fields.visit(2, "charge", &charge)
    try fields.visit(3, "amount", &amount)
    try fields.visit(4, "reason", &reason)
    try fields.currency()
  }
}

extension ReleaseAllocation {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: [.cashier, .accountant], needsClinic: true)
    review.requireFact()
    if reason.trimmed.isEmpty { review.refuse(BillingRefusal.reason, "reason") }
    let paid = review.known(payment, in: state.billing.payments, "payment")
    if let paid { review.requireHere(paid.clinic, "payment \(payment)", "payment") }
    let known = review.charge(charge, state, "charge")
    let standing = (known.map { state.billing.allocations(of: $0) } ?? [])
      .filter { $0.payment == payment }
    let allocated = standing.reduce(0) { $0 + $1.amount }
    let asked = amount.map { review.positive($0, "amount") } ?? allocated
    if paid != nil, known != nil, asked > allocated || allocated == 0 {
      review.refuse(
        BillingRefusal.aboveAllocated(payment, charge, allocated: review.amount(allocated)),
        "amount")
    }
    try review.conclude(into: &decision)

    guard var paid else { return }
    decision.correlation = context.correlation(known)
    let at = later(review.moment(notBefore: known), paid.effective)
    for part in standing.cut(to: asked) {
      let released = AllocationReleased.with {
        $0.part = ReleasedPart(part, of: &paid, at: context.clinic)
        $0.reason = reason
      }
      try decision.append(
        released, to: payment.number, effective: at,
        otherClinics: state.otherClinics(of: [part.allocation], than: context.clinic))
    }
  }

  private func later(_ one: Moment, _ other: Moment) -> Moment {
    other.instant > one.instant ? other : one
  }
}

extension [AllocationRecord] {
  /// As many of them, in their order, as come to `amount`; the last one in part.
  func cut(to amount: Int64) -> [AllocationRecord] {
    var left = amount
    var parts: [AllocationRecord] = []
    for var record in self where left > 0 {
      record.amount = Swift.min(left, record.amount)
      left -= record.amount
      parts.append(record)
    }
    return parts
  }
}

extension AllocationRecord {
  /// The part as events say it.
  var allocation: Allocation {
    Allocation(charge, owedBy: owedBy, Amount(minorUnits: amount))
  }
}

extension ReleasedPart {
  /// A part of `payment` that is released at a clinic, with the tax that goes back with it.
  init(_ part: AllocationRecord, of payment: inout PaymentRecord, at clinic: UInt64) {
    self.init()
    self.payment = part.payment
    from = payment.from
    allocation = part.allocation
    ofDeposit = payment.isDeposit
    tax = Amount(minorUnits: payment.giveBack(part.amount))
    if payment.clinic.number != clinic { self.clinic = payment.clinic }
  }

  /// A part of `payment` that becomes credit apart from it: the payment stays used.
  init(credited part: AllocationRecord, of payment: PaymentRecord, at clinic: UInt64) {
    self.init()
    self.payment = part.payment
    from = payment.from
    allocation = part.allocation
    if payment.clinic.number != clinic { self.clinic = payment.clinic }
  }
}

extension [ReleasedPart] {
  /// The other clinics that have the credit.
  var otherClinics: [UInt64] { Set(compactMap { $0.clinic?.number }).sorted() }
}
