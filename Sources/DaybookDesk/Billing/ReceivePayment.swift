public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// Money comes in at the clinic of the envelope.
///
/// Answers with `PaymentReceived`. Each allocation reduces what the charge's responsible parties
/// owe, whoever paid: first a part owed by the payer of the money, then the patient's, then that of
/// payers 1, 2 and 3. What nothing takes is credit, or a deposit, of the party that paid. A charge
/// dated after the payment is settled on its own day, by `PaymentAllocated` in the same action. What
/// a taxable deposit settles at once is allocated so too, and its tax is in the whole of it.
///
/// The session of the till is inside: cash goes into the open till, and is refused without one.
public struct ReceivePayment: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// Who pays.
  public var from = PaidBy()
  /// How much: above zero.
  public var amount = Amount.zero
  /// How it is paid.
  public var method = PaymentMethod()
  /// What it settles, to the amount: refused where less is owed.
  public var allocations: Few<ChargeAmount> = []
  /// What the rest settles, charge by charge, up to what is owed.
  public var settling: Few<ChargeID> = []
  /// What the rest is a deposit for; nil for a settlement, whose rest is credit.
  public var deposit: Deposit?
  /// What is given on top for the staff.
  public var tip: Amount?
  /// The payer's reference of the remittance; empty where there is none.
  public var remittance = ""
  /// The till that takes it; nil for the only one that is open here.
  public var till: TillID?

  /// No payment: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "from", &from)
    try fields.visit(2, "amount", &amount)
    try fields.visit(3, "method", &method)
    try fields.visit(4, "allocations", &allocations)
    try fields.visit(5, "settling", &settling)
    try fields.visit(6, "deposit", &deposit)
    try fields.visit(7, "till", &till)
    try fields.visit(8, "tip", &tip)
    try fields.visit(9, "remittance", &remittance)
    try fields.currency()
  }
}

/// Who pays, as far as a source knows.
public enum PaidBy: RequiredGroup, Hashable {
  /// This party.
  case party(Party)
  /// The payer that owes this charge now, else its patient.
  case owing(ChargeID)

  /// Somebody who is not registered.
  public init() { self = .party(.walkIn) }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.alternative(
      1, "party", &self,
      get: { if case .party(let party) = $0 { party } else { nil } },
      set: { .party($0) })
    try fields.alternative(
      2, "owing", &self,
      get: { if case .owing(let charge) = $0 { charge } else { nil } },
      set: { .owing($0) })
    try fields.endAlternatives("from")
  }
}

/// So much of a charge.
public struct ChargeAmount: Payload, Hashable {
  /// The charge.
  public var charge = ChargeID()
  /// How much of it.
  public var amount = Amount.zero

  /// Nothing: to be filled in.
  public init() {}

  /// `amount` of `charge`.
  public init(_ charge: ChargeID, _ amount: Amount) {
    self.charge = charge
    self.amount = amount
  }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "charge", &charge)
    try fields.visit(2, "amount", &amount)
  }
}

extension ReceivePayment {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(
      context, state, allowed: [.cashier, .accountant, .reception], needsClinic: true)
    review.requireFact()
    let amount = review.positive(amount, "amount")
    let party = payingParty(state, &review)
    let tip = tip.map { review.notNegative($0, "tip") } ?? 0
    let session = review.session(of: till, for: method.type, state, "method")
    let method = review.tender(method, paying: amount, tip: tip, "method")
    let deposit = checkedDeposit(amount, state, &review)
    var settlement = Settlement(of: amount, paidBy: party, taxedBy: deposit?.taxCode)
    settlement.take(allocations, state, &review)
    settlement.take(upToOwed: settling, state, &review)
    if party == .walkIn, settlement.left > 0, review.violations.isEmpty {
      review.refuse(BillingRefusal.walkInCredit(review.amount(settlement.left)), "from")
    }
    try review.conclude(into: &decision)

    decision.correlation = context.correlation(settlement.first)
    let payment = PaymentID(decision.nextNumber(PaymentKind.streamKind))
    // The books go by days: what is settled before it is charged waits for the charge's day.
    // Parts of a taxable deposit carry their share of its tax.
    let isTaxed = deposit?.taxCode != nil
    let (now, later) =
      isTaxed ? ([], settlement.parts) : settlement.parts(through: review.effective.day)
    let received = PaymentReceived.with {
      $0.payment = payment
      $0.from = party
      $0.amount = Amount(minorUnits: amount)
      $0.allocations = Few(now)
      $0.method = method
      $0.deposit = deposit
      $0.tillSession = session
      $0.tip = self.tip.map { Amount(minorUnits: $0.minorUnits) }
      $0.remittance = remittance
    }
    let index = try decision.append(
      received, to: payment.number, expecting: .noStream, effective: review.effective,
      otherClinics: state.otherClinics(of: received.allocations, than: context.clinic))
    var record = PaymentRecord(amount: amount, unapplied: amount)
    record.tax = deposit?.tax.minorUnits ?? 0
    for part in later {
      let tax = record.use(part.allocation.amount.minorUnits)
      let allocated = PaymentAllocated.with {
        $0.payment = payment
        $0.from = party
        $0.allocation = part.allocation
        $0.ofDeposit = deposit != nil
        $0.tax = Amount(minorUnits: tax)
      }
      let at = part.at.instant > review.effective.instant ? part.at : review.effective
      try decision.append(
        allocated, to: payment.number, effective: at,
        otherClinics: state.otherClinics(of: [part.allocation], than: context.clinic),
        cause: .event(index))
    }
  }

  private func payingParty(_ state: DeskState, _ review: inout Review) -> Party {
    switch from {
    case .owing(let charge):
      let party = review.charge(charge, state, "from")?.payingParty ?? .walkIn
      guard case .patient(let patient) = party else { return party }
      return .patient(state.patients.current(patient))
    case .party(let party):
      review.requireParty(party, state, "from")
      return party
    }
  }

  /// What the rest is a deposit for, with its tax: all of a taxable deposit is in advance.
  private func checkedDeposit(
    _ amount: Int64, _ state: DeskState, _ review: inout Review
  ) -> Deposit? {
    guard var deposit else { return nil }
    deposit.tax = .zero
    if let taxCode = deposit.taxCode {
      let rate = review.taxRate(taxCode, state, "deposit.taxCode")
      deposit.tax = Amount(minorUnits: review.taxIncluded(in: amount, at: rate))
    }
    switch deposit.purpose {
    case .appointment(let appointment):
      review.requireKnown(appointment, in: state.scheduling.appointments, "deposit.purpose")
    case .plan(let plan):
      review.requireKnown(plan, in: state.packages.plans, "deposit.purpose")
    case .package(let package):
      review.requireKnown(package, in: state.packages.packages, "deposit.purpose")
    case nil: break
    }
    return deposit
  }
}
