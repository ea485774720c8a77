public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// Money comes in at the clinic of the envelope.
///
/// Answers with `PaymentReceived`. Each allocation reduces what the charge's responsible parties
/// owe, whoever paid: first a part owed by the payer of the money, then the patient's, then that of
/// payers 1, 2 and 3. What nothing takes is credit, or a deposit, of the party that paid. A charge
/// dated after the payment is settled on its own day, by `PaymentAllocated` in the same action.
public struct ReceivePayment: Command, Hashable {
  // Field number kept: 7 tillSession.

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

  /// No payment: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "from", &from)
    try fields.visit(2, "amount", &amount)
    try fields.visit(3, "method", &method)
    try fields.visit(4, "allocations", &allocations)
    try fields.visit(5, "settling", &settling)
    try fields.visit(6, "deposit", &deposit)
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
    checkMethod(amount, &review)
    checkDeposit(state, &review)
    var settlement = Settlement(of: amount, paidBy: party)
    settlement.take(allocations, state, &review)
    settlement.take(upToOwed: settling, state, &review)
    if party == .walkIn, settlement.left > 0, review.violations.isEmpty {
      review.refuse(BillingRefusal.walkInCredit(review.amount(settlement.left)), "from")
    }
    try review.conclude(into: &decision)

    decision.correlation = context.correlation(settlement.first)
    let payment = PaymentID(decision.nextNumber(PaymentKind.streamKind))
    // The books go by days: what is settled before it is charged waits for the charge's day.
    let (now, later) = settlement.parts(through: review.effective.day)
    let received = PaymentReceived.with {
      $0.payment = payment
      $0.from = party
      $0.amount = Amount(minorUnits: amount)
      $0.allocations = Few(now)
      $0.method = Self.plain(method)
      $0.deposit = deposit
      $0.tip = tip.map { Amount(minorUnits: $0.minorUnits) }
      $0.remittance = remittance
    }
    let index = try decision.append(
      received, to: payment.number, expecting: .noStream, effective: review.effective)
    for part in later {
      let allocated = PaymentAllocated.with {
        $0.payment = payment
        $0.from = party
        $0.allocation = part.allocation
        $0.ofDeposit = deposit != nil
      }
      try decision.append(
        allocated, to: payment.number, effective: part.at, cause: .event(index))
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

  /// Cash needs an open till, and is counted.
  private func checkMethod(_ amount: Int64, _ review: inout Review) {
    let tip = tip.map { review.notNegative($0, "tip") } ?? 0
    guard case .cash(let cash) = method else { return }
    // No till can be open: their events come with a later step.
    review.question(BillingRefusal.tillNotOpen, "method")
    let rounding = cash.rounding.flatMap { review.minorUnits($0, "method.rounding") } ?? 0
    let change = cash.change.map { review.notNegative($0, "method.change") } ?? 0
    guard let tendered = cash.tendered else { return }
    let given = review.notNegative(tendered, "method.tendered")
    let expected = review.sum([amount, rounding, tip, change], "amount")
    if given != expected {
      review.refuse(
        BillingRefusal.tender(
          expected: review.amount(expected &- change), found: review.amount(given &- change)),
        "method.tendered")
    }
  }

  private func checkDeposit(_ state: DeskState, _ review: inout Review) {
    guard let deposit else { return }
    if deposit.taxCode != nil {
      review.refuse(
        DeskRefusal.unknown(kind: TaxCodeKind.name, name: "for a deposit"), "deposit.taxCode")
    }
    switch deposit.purpose {
    case .appointment(let appointment):
      review.requireKnown(appointment, in: state.scheduling.appointments, "deposit.purpose")
    case .plan, .package: review.refuse(BillingRefusal.depositPurpose, "deposit.purpose")
    case nil: break
    }
  }

  /// The method with amounts in the clinic's own currency, which is not named.
  private static func plain(_ method: PaymentMethod) -> PaymentMethod {
    guard case .cash(var cash) = method else { return method }
    cash.tendered = cash.tendered.map { Amount(minorUnits: $0.minorUnits) }
    cash.change = cash.change.map { Amount(minorUnits: $0.minorUnits) }
    cash.rounding = cash.rounding.map { Amount(minorUnits: $0.minorUnits) }
    return .cash(cash)
  }
}
