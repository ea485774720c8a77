public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// A payer is asked for what it owes.
///
/// Answers with `ClaimSubmitted`. The charges are the payer's, and stand on no other claim that
/// waits for its answer.
public struct SubmitClaim: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// Who is asked.
  public var payer = PartyID()
  /// The priority of the coverage; unspecified takes that under which the payer owes the charges.
  public var priority = CoveragePriority.unspecified
  /// What is asked for.
  public var charges: Few<ClaimRequest> = []
  /// The sum as the source has it; nil where it does not say.
  public var total: Amount?
  /// The claim that this one takes the place of.
  public var replaces: ClaimID?

  /// No claim: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "payer", &payer)
    try fields.visit(2, "priority", &priority)
    try fields.visit(3, "charges", &charges)
    try fields.visit(4, "total", &total)
    try fields.visit(5, "replaces", &replaces)
    try fields.currency()
  }
}

/// What a claim is to ask for one charge.
public struct ClaimRequest: Payload, Hashable {
  /// The charge.
  public var charge = ChargeID()
  /// How much; nil for all that the payer owes of it.
  public var amount: Amount?

  /// Nothing: to be filled in.
  public init() {}

  /// `amount` for `charge`; without one, all that the payer owes of it.
  public init(_ charge: ChargeID, _ amount: Amount? = nil) {
    self.charge = charge
    self.amount = amount
  }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "charge", &charge)
    try fields.visit(2, "amount", &amount)
  }
}

extension SubmitClaim {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: [.accountant], needsClinic: true)
    review.requireFact()
    review.requirePayer(payer, state, "payer")
    if charges.isEmpty { review.refuse(DeskRefusal.missing("a charge"), "charges") }
    if Set(charges.map(\.charge)).count != charges.count {
      review.refuse(DeskRefusal.namedTwice("charge"), "charges")
    }
    var claimed: [ClaimedCharge] = []
    var priority = priority
    var known: [ChargeRecord] = []
    for request in charges {
      guard let charge = review.charge(request.charge, state, "charges") else { continue }
      known.append(charge)
      if let amount = check(request, charge, &priority, &review) {
        claimed.append(ClaimedCharge(request.charge, Amount(minorUnits: amount)))
      }
    }
    if Set(known.map(\.patient)).count > 1 {
      review.refuse(ClaimRefusal.severalPatients, "charges")
    }
    let sum = review.sum(claimed.map(\.amount.minorUnits), "charges")
    checkTotal(sum, &review)
    checkReplaced(known.first?.patient, state, &review)
    try review.conclude(into: &decision)

    decision.correlation = context.correlation(known.first)
    let claim = ClaimID(decision.nextNumber(ClaimKind.streamKind))
    let submitted = ClaimSubmitted.with {
      $0.claim = claim
      $0.payer = payer
      $0.priority = priority
      $0.patient = known.first?.patient ?? PatientID()
      $0.charges = Few(claimed)
      $0.total = Amount(minorUnits: sum)
      $0.replaces = replaces
    }
    try decision.append(
      submitted, to: claim.number, expecting: .noStream, effective: review.effective)
  }

  /// What is asked for one charge: the payer's, on no other live claim, at most the whole of it.
  ///
  /// The priority, where it is not given, is that of the first charge.
  private func check(
    _ request: ClaimRequest, _ charge: ChargeRecord, _ priority: inout CoveragePriority,
    _ review: inout Review
  ) -> Int64? {
    let debtors = charge.shares.map(\.debtor).filter { $0.party == .payer(payer) }
    // Of several shares of one payer the claim takes the one that still owes.
    let owing = debtors.first { charge.owed(by: $0) > 0 } ?? debtors.first
    if priority == .unspecified, case .payer(_, let found)? = owing { priority = found }
    let debtor = Debtor.payer(payer, priority)
    guard charge.concerns(debtor) else {
      review.refuse(ClaimRefusal.notOwedByPayer(request.charge, payer), "charges")
      return nil
    }
    if let claim = charge.claim?.claim, claim != replaces {
      review.refuse(ClaimRefusal.onAnotherClaim(request.charge, claim), "charges")
    }
    guard let asked = request.amount else { return charge.owed(by: debtor) }
    let amount = review.notNegative(asked, "charges.amount")
    if amount > charge.total {
      review.refuse(
        ClaimRefusal.aboveCharge(request.charge, total: review.amount(charge.total)),
        "charges.amount")
    }
    return amount
  }

  private func checkTotal(_ sum: Int64, _ review: inout Review) {
    guard let total, let stated = review.minorUnits(total, "total"), stated != sum else { return }
    review.refuse(
      ClaimRefusal.total(stated: review.amount(stated), sum: review.amount(sum)), "total")
  }

  private func checkReplaced(
    _ patient: PatientID?, _ state: DeskState, _ review: inout Review
  ) {
    guard let replaces,
      let old = review.known(replaces, in: state.claims.claims, "replaces")
    else { return }
    if old.payer != payer || patient.map({ $0 != old.patient }) ?? false {
      review.refuse(ClaimRefusal.replacesOther(replaces), "replaces")
    }
    if let by = old.replacedBy {
      review.refuse(ClaimRefusal.replaced(replaces, by: by), "replaces")
    }
  }
}
