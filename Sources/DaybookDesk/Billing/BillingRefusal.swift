public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// What the Desk refuses about charges, payments and adjustments.
public enum BillingRefusal: RefusalCase, Hashable {
  /// More than the debtor owes of the charge.
  case aboveOwed(ChargeID, owed: Amount)
  /// More than the payment has left.
  case aboveUnapplied(PaymentID?, left: Amount)
  /// More than was held to be lost.
  case aboveBadDebt(ChargeID, lost: Amount)
  /// Cash needs an open till.
  case tillNotOpen
  /// What was handed over less the change is not the amount with rounding and tip.
  case tender(expected: Amount, found: Amount)
  /// A walk-in has no account for what is left over.
  case walkInCredit(Amount)
  /// A transfer above what is owed moved what is owed.
  case transferCut(ChargeID, asked: Amount, moved: Amount)
  /// A transfer of history below zero moved nothing.
  case transferIgnored(ChargeID, asked: Amount)
  /// The charge is in the books of a clinic with another currency.
  case otherBooks(ChargeID, clinic: ClinicID)
  /// The party is not what the field needs.
  case wrongParty(PartyID)
  /// A deposit for something that is another patient's or does not exist.
  case depositPurpose

  /// The stable code.
  public var code: RefusalCode {
    switch self {
    case .aboveOwed, .aboveUnapplied, .aboveBadDebt, .transferCut: .overAllocated
    case .tillNotOpen: .tillNotOpen
    case .tender: .unbalanced
    case .walkInCredit, .wrongParty: .invalidState
    case .transferIgnored: .amountNegative
    case .otherBooks: .currencyMismatch
    case .depositPurpose: .unknownReference
    }
  }

  /// What is wrong and what to do about it.
  public var message: String {
    switch self {
    case .aboveOwed(let charge, let owed):
      "\(charge) has \(owed) open there; give at most that, the rest becomes credit"
    case .aboveUnapplied(let payment, let left):
      "\(payment.map { "\($0)" } ?? "the payment") has \(left) left; allocate at most that"
    case .aboveBadDebt(let charge, let lost):
      "\(charge) has \(lost) written off as lost; recover at most that"
    case .tillNotOpen: "no till is open; open one before taking cash"
    case .tender(let expected, let found):
      "tendered less change is \(found), amount, rounding and tip are \(expected); count again"
    case .walkInCredit(let rest):
      "\(rest) settles nothing, and a walk-in keeps no credit; name the patient"
    case .transferCut(let charge, let asked, let moved):
      "\(asked) of \(charge) was to move and only \(moved) was owed; that was moved"
    case .transferIgnored(let charge, let asked):
      "\(asked) of \(charge) was to move; nothing was moved"
    case .otherBooks(let charge, let clinic):
      "\(charge) is in the books of \(clinic), which have another currency; pay it there"
    case .wrongParty(let party):
      "\(party) is of another type; name it as payer or as other party, as it is registered"
    case .depositPurpose: "what the deposit is for does not exist; correct it, or leave it out"
    }
  }
}

extension Review {
  /// A charge in the clinic's currency, whichever clinic's it is; nil, and a violation, otherwise.
  mutating func charge(
    _ id: ChargeID, _ state: DeskState, _ field: String
  ) -> ChargeRecord? {
    guard let charge = known(id, in: state.billing.charges, field) else { return nil }
    let currency = state.administration.clinics[charge.clinic]?.currency
    if let currency, let here = clinic?.currency, currency != here {
      refuse(BillingRefusal.otherBooks(id, clinic: charge.clinic), field)
    }
    return charge
  }

  /// A debtor that exists: the charge's patient, or a payer; of an unknown charge, any patient.
  mutating func requireDebtor(
    _ debtor: Debtor, of charge: ChargeRecord?, _ state: DeskState, _ field: String
  ) {
    switch debtor {
    case .patient(let patient):
      guard let charge else {
        requireKnown(patient, in: state.patients.patients, field)
        return
      }
      if patient != charge.patient { refuse(CareRefusal.otherDebtor(charge.patient), field) }
    case .payer(let payer, let priority):
      requirePayer(payer, state, field)
      if priority == .unspecified { refuse(DeskRefusal.missing("a priority"), field) }
    }
  }

  /// What happens to a charge takes effect when it is done, and not before the charge itself.
  func moment(notBefore charge: ChargeRecord?) -> Moment {
    guard let charge, charge.effective.instant > effective.instant else { return effective }
    return charge.effective
  }
}

extension DecisionContext {
  /// The visit that the command belongs to, else that of the charge.
  func correlation(_ charge: ChargeRecord?) -> UInt64 {
    correlation == 0 ? charge?.visit ?? 0 : correlation
  }
}
