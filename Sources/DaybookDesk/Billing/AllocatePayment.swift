public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// Credit or a deposit of an earlier payment settles charges.
///
/// Answers with a `PaymentAllocated` for each part, effective at the later of payment and charge;
/// where that day is closed by now, when it is done: what is old and open can be settled all the same.
/// Whoever paid, the parts are taken in the same order as at the payment itself.
public struct AllocatePayment: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// The payment.
  public var payment = PaymentID()
  /// What it settles, to the amount: refused where less is owed, or less is left.
  public var allocations: Few<ChargeAmount> = []
  /// What the rest settles, charge by charge, up to what is owed.
  public var settling: Few<ChargeID> = []

  /// No payment: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "payment", &payment)
    try fields.visit(2, "allocations", &allocations)
    try fields.visit(3, "settling", &settling)
    try fields.currency()
  }
}

extension AllocatePayment {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: [.cashier, .accountant], needsClinic: true)
    review.requireFact()
    if allocations.isEmpty, settling.isEmpty {
      review.refuse(DeskRefusal.missing("a charge"), "allocations")
    }
    let known = review.known(payment, in: state.billing.payments, "payment")
    // The money is in the books of the clinic that took it.
    if let known { review.requireHere(known.clinic, "payment \(payment)", "payment") }
    // Of an unknown payment there is no telling how much is left.
    var settlement = Settlement(
      of: known?.unapplied ?? .max, paidBy: known?.from ?? .walkIn, taxedBy: known?.taxCode)
    settlement.take(allocations, of: payment, state, &review)
    settlement.take(upToOwed: settling, state, &review)
    try review.conclude(into: &decision)

    guard var known else { return }
    decision.correlation = context.correlation(settlement.first)
    for part in settlement.parts {
      let tax = known.use(part.allocation.amount.minorUnits)
      let allocated = PaymentAllocated.with {
        $0.payment = payment
        $0.from = known.from
        $0.allocation = part.allocation
        $0.ofDeposit = known.isDeposit
        $0.tax = Amount(minorUnits: tax)
      }
      let others = state.otherClinics(of: [part.allocation], than: context.clinic)
      let later = part.at.instant > known.effective.instant ? part.at : known.effective
      try decision.append(
        allocated, to: payment.number,
        effective: effective(later, at: [context.clinic] + others, state, review),
        otherClinics: others)
    }
  }

  private func effective(
    _ later: Moment, at clinics: [UInt64], _ state: DeskState, _ review: Review
  ) -> Moment {
    let isClosed = clinics.contains {
      let open = state.periods.firstOpenDay(ClinicID($0), PaymentAllocated.areas)
      return open.map { later.day < $0 } ?? false
    }
    return isClosed && review.effective.instant > later.instant ? review.effective : later
  }
}
