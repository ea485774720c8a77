import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

extension NearLegalClinic {
  /// Claims, answers and remittances.
  static let claims: [Maker] = [
    { near, state, _ in near.claimedTwice(state) },
    { near, state, _ in near.claimedTooMuch(state) },
    { near, state, _ in near.answeredTwice(state) },
    { near, state, _ in near.answeredOffByOne(state) },
    { near, state, _ in near.remittedOffByOne(state) },
    { near, state, _ in near.remittedTooMuch(state) },
    { near, state, _ in near.tookBackTooMuch(state) },
    { near, state, _ in near.remittedByOther(state) },
  ]

  private mutating func claimedTwice(_ state: DeskState) -> Nearly? {
    guard let (id, charge) = legal.find(in: state.billing.charges, { $0.claim != nil }),
      let claim = charge.claim, case .payer(let payer, let priority) = claim.debtor
    else { return nil }
    let submit = SubmitClaim.with {
      $0.payer = payer
      $0.priority = priority
      $0.charges = [ClaimRequest(id)]
    }
    return (LegalCommand(submit, .accountant, at: charge.clinic), .invalidState)
  }

  private mutating func claimedTooMuch(_ state: DeskState) -> Nearly? {
    let found = legal.find(in: state.billing.charges) { charge in
      charge.shares.contains { $0.debtor.priority > 0 }
    }
    guard let (id, charge) = found,
      let share = charge.shares.first(where: { $0.debtor.priority > 0 }),
      case .payer(let payer, let priority) = share.debtor
    else { return nil }
    let submit = SubmitClaim.with {
      $0.payer = payer
      $0.priority = priority
      $0.charges = [ClaimRequest(id, legal.dollars(charge.total + 1))]
    }
    return (LegalCommand(submit, .accountant, at: charge.clinic), .overAllocated)
  }

  private mutating func answeredTwice(_ state: DeskState) -> Nearly? {
    guard let (id, claim) = legal.find(in: state.claims.claims, { $0.isAnswered }) else {
      return nil
    }
    let answer = AdjudicateClaim.with {
      $0.claim = id
      $0.outcome = .rejected
    }
    return (LegalCommand(answer, .accountant, at: claim.clinic), .invalidState)
  }

  private mutating func answeredOffByOne(_ state: DeskState) -> Nearly? {
    guard let (id, claim) = legal.find(in: state.claims.claims, { $0.isLive }),
      let charge = claim.charges.first, let claimed = state.billing.charges[charge]?.claim
    else { return nil }
    let answer = AdjudicateClaim.with {
      $0.claim = id
      $0.outcome = .adjudicated
      $0.lines = [
        .with {
          $0.charge = charge
          $0.billed = legal.dollars(claimed.billed)
          $0.paid = legal.dollars(claimed.billed + 1)
        }
      ]
    }
    return (LegalCommand(answer, .accountant, at: claim.clinic), .unbalanced)
  }

  private mutating func remittance(
    _ state: DeskState, _ change: (inout ReceiveRemittance, (owed: Int64, paid: Int64)) -> Void
  ) -> LegalCommand? {
    guard let (id, claim) = legal.find(in: state.claims.claims, { !$0.isReversed }),
      let charge = claim.charges.first, let record = state.billing.charges[charge]
    else { return nil }
    let debtor = Debtor.payer(claim.payer, claim.priority)
    var remit = ReceiveRemittance()
    remit.payer = claim.payer
    remit.reference = "ERA"
    remit.lines = [RemittedCharge(id, charge, .zero)]
    change(&remit, (record.owed(by: debtor), record.paid(by: debtor)))
    return LegalCommand(remit, .accountant, at: claim.clinic)
  }

  private mutating func remittedOffByOne(_ state: DeskState) -> Nearly? {
    let made = remittance(state) { remit, _ in remit.total = Amount(minorUnits: 1, .usd) }
    return made.map { ($0, .unbalanced) }
  }

  private mutating func remittedTooMuch(_ state: DeskState) -> Nearly? {
    let made = remittance(state) { remit, known in
      remit.lines[0].paid = Amount(minorUnits: known.owed + 1, .usd)
    }
    return made.map { ($0, .overAllocated) }
  }

  private mutating func tookBackTooMuch(_ state: DeskState) -> Nearly? {
    let made = remittance(state) { remit, known in
      remit.lines[0].paid = Amount(minorUnits: -known.paid - 1, .usd)
      // So that what comes in is not below zero.
      remit.providerAdjustments = [
        ProviderAdjustment(.balance, "FB", Amount(minorUnits: known.paid + 1, .usd))
      ]
    }
    return made.map { ($0, .overAllocated) }
  }

  private mutating func remittedByOther(_ state: DeskState) -> Nearly? {
    let made = remittance(state) { remit, _ in
      remit.payer = remit.payer == PartyID(1) ? PartyID(2) : PartyID(1)
    }
    return made.map { ($0, .invalidState) }
  }
}
