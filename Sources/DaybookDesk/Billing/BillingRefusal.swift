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
  /// More was provided for than is lost now.
  case aboveLost(Amount)
  /// Only the tax of a bad debt comes back.
  case notRelieved
  /// Only a bad debt uses up what was provided for.
  case notProvidedFor
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
  /// A taxable deposit settles charges of its own rule of tax.
  case otherTax(ChargeID, deposit: TaxCodeID)
  /// An invoice or a ticket asks for the charge.
  case invoiced(ChargeID)
  /// The payment does not settle so much of the charge.
  case aboveAllocated(PaymentID, ChargeID, allocated: Amount)
  /// More than is left of the payment.
  case abovePayment(PaymentID, left: Amount)
  /// The payment is of a sort that is not taken back so.
  case notReturnable(PaymentID)
  /// A refund is no payment that came in.
  case notReceived(PaymentID)
  /// More than the party has to its credit, or as a deposit.
  case aboveCredit(credit: Amount, deposit: Amount)
  /// The payment is another party's.
  case otherParty(PaymentID)
  /// What is undone has a reason.
  case reason

  /// The stable code.
  public var code: RefusalCode {
    switch self {
    case .aboveOwed, .aboveUnapplied, .aboveBadDebt, .transferCut, .aboveAllocated,
      .abovePayment, .aboveLost:
      .overAllocated
    case .aboveCredit: .creditExceeded
    case .reason: .reasonRequired
    case .tillNotOpen: .tillNotOpen
    case .tender: .unbalanced
    case .walkInCredit, .wrongParty, .otherTax, .invoiced, .notReturnable, .notReceived,
      .otherParty, .notProvidedFor, .notRelieved:
      .invalidState
    case .transferIgnored: .amountNegative
    case .otherBooks: .currencyMismatch
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
    case .aboveLost(let lost):
      "\(lost) is lost; at most that was provided for"
    case .notRelieved: "only the tax of a bad debt comes back; leave it out"
    case .notProvidedFor: "only a bad debt uses up the allowance; leave it out"
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
    case .otherTax(let charge, let taxCode):
      "\(charge) is not taxed by \(taxCode) as the deposit is; refund the deposit, or settle another charge"
    case .invoiced(let charge):
      "\(charge) is invoiced; rectify the invoice, or take the goods of the ticket back"
    case .aboveAllocated(let payment, let charge, let allocated):
      "\(payment) settles \(allocated) of \(charge) there; release at most that"
    case .abovePayment(let payment, let left):
      "\(payment) has \(left) left in all; return at most that"
    case .notReturnable(let payment):
      "\(payment) was paid in a way that is not taken back so; correct the reason, or refund it"
    case .notReceived(let payment): "\(payment) went out; name a payment that came in"
    case .aboveCredit(let credit, let deposit):
      "there is \(credit) of credit and \(deposit) of deposits here; refund at most that"
    case .reason: "it needs a reason; say why"
    case .otherParty(let payment): "\(payment) is another party's; name one of this party"
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
