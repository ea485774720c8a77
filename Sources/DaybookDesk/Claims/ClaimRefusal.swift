public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// What the Desk refuses about claims.
public enum ClaimRefusal: RefusalCase, Hashable {
  /// The payer has nothing to do with the charge.
  case notOwedByPayer(ChargeID, PartyID)
  /// The charge stands on another claim that is not answered.
  case onAnotherClaim(ChargeID, ClaimID)
  /// More is asked for than the whole charge.
  case aboveCharge(ChargeID, total: Amount)
  /// The charges of a claim are of one patient.
  case severalPatients
  /// The stated total is not the sum.
  case total(stated: Amount, sum: Amount)
  /// The claim has been answered.
  case notLive(ClaimID)
  /// The claim has been taken back.
  case takenBack(ClaimID)
  /// The claim has been replaced.
  case replaced(ClaimID, by: ClaimID)
  /// The claim to replace is of another payer or patient.
  case replacesOther(ClaimID)
  /// The charge does not stand on the claim.
  case notOnClaim(ChargeID, ClaimID)
  /// A charge of the claim has no answer.
  case unanswered(ChargeID)
  /// The parts of a line are not what was billed.
  case unbalancedLine(ChargeID)
  /// The contract was expected to take off more than the payer's answer does.
  case allowedMore(ChargeID, allowed: Amount)
  /// The line answers another amount than the claim asked for.
  case otherBilled(ChargeID, billed: Amount)
  /// The outcome and the lines do not agree.
  case outcomeLines(ClaimOutcome)
  /// The claim asked another payer.
  case otherPayer(ClaimID, PartyID)
  /// More is taken back than was paid.
  case abovePaid(ChargeID, paid: Amount)
  /// The payer uses up more of its balance than it has carried.
  case aboveCarried(PartyID, carried: Amount)
  /// The money of history comes by a payment of its own.
  case importedMoney

  /// The stable code.
  public var code: RefusalCode {
    switch self {
    case .notOwedByPayer, .onAnotherClaim, .severalPatients, .notLive, .takenBack, .replaced,
      .replacesOther, .outcomeLines, .otherPayer, .importedMoney:
      .invalidState
    case .aboveCharge, .abovePaid, .allowedMore: .overAllocated
    case .aboveCarried: .creditExceeded
    case .total, .unbalancedLine, .otherBilled: .unbalanced
    case .notOnClaim: .unknownReference
    case .unanswered: .fieldRequired
    }
  }

  /// What is wrong and what to do about it.
  public var message: String {
    switch self {
    case .notOwedByPayer(let charge, let payer):
      "\(charge) is not owed by \(payer); transfer it first, or leave it out"
    case .onAnotherClaim(let charge, let claim):
      "\(charge) stands on \(claim), which is not answered; wait for it, or replace it"
    case .aboveCharge(let charge, let total): "\(charge) is \(total) in all; ask for at most that"
    case .severalPatients: "the charges are of several patients; submit a claim for each"
    case .total(let stated, let sum): "the charges add up to \(sum), not \(stated); correct either"
    case .notLive(let claim): "\(claim) has been answered; submit a new one that replaces it"
    case .takenBack(let claim): "\(claim) was taken back; submit a new one"
    case .replaced(let claim, let by): "\(claim) was replaced by \(by); go on with that one"
    case .replacesOther(let claim):
      "\(claim) is of another payer or patient; name the claim that this one replaces"
    case .notOnClaim(let charge, let claim): "\(charge) does not stand on \(claim); leave it out"
    case .unanswered(let charge): "\(charge) has no line; give what the payer decided for it"
    case .unbalancedLine(let charge):
      "for \(charge), paid, contractual, patient's due and other do not add up to billed"
    case .allowedMore(let charge, let allowed):
      "the contract has taken \(allowed) off \(charge), more than the answer says; reverse that "
        + "adjustment first"
    case .otherBilled(let charge, let billed):
      "the claim asked for \(billed) for \(charge); answer that amount"
    case .otherPayer(let claim, let payer): "\(claim) asks \(payer); name its own payer"
    case .abovePaid(let charge, let paid):
      "\(paid) was paid of \(charge); take back at most that"
    case .aboveCarried(let payer, let carried):
      "\(payer) has carried \(carried); it can use up at most that"
    case .importedMoney: "an import records the money by itself; leave the payment out"
    case .outcomeLines(let outcome):
      outcome == .rejected
        ? "a rejected claim was not decided; leave its lines out"
        : "a denied claim pays nothing; correct the lines or the outcome"
    }
  }
}
