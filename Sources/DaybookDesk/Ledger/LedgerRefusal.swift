public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// What the Desk refuses about the bank and entries made by hand.
public enum LedgerRefusal: RefusalCase, Hashable {
  /// An entry has a debit and a credit at least.
  case tooFewLines
  /// A line is a debit or a credit.
  case oneSide(line: Int)
  /// Debits and credits differ: of the clinic that has all lines, or nil for those of several.
  case unbalanced(ClinicID?, debits: Amount, credits: Amount)
  /// The account is kept item by item, or by what makes its entries.
  case controlled(String)
  /// The account is made by the books alone, in pairs.
  case betweenClinics(String)
  /// An open item stands on the other side of its account.
  case otherSide(line: Int)
  /// The party is not whom the account is kept by.
  case wrongParty(line: Int, account: String)
  /// The clinic's books are in another currency.
  case otherCurrency(ClinicID)
  /// The line of the statement was reconciled.
  case lineTaken(String)
  /// What matches is not the line's amount.
  case matches(sum: Amount, amount: Amount)
  /// No bank statement shows the event.
  case notBanked(String)
  /// A line of a statement has shown the event.
  case matched(String)
  /// The event is of another amount.
  case otherAmount(String, amount: Amount)

  /// The stable code.
  public var code: RefusalCode {
    switch self {
    case .tooFewLines, .unbalanced, .matches, .oneSide, .otherAmount: .unbalanced
    case .controlled, .betweenClinics, .otherSide, .wrongParty, .matched: .invalidState
    case .otherCurrency: .currencyMismatch
    case .lineTaken: .duplicateSource
    case .notBanked: .unknownReference
    }
  }

  /// What is wrong and what to do about it.
  public var message: String {
    switch self {
    case .tooFewLines: "an entry has a debit and a credit at least; add the other side"
    case .oneSide(let line): "line \(line) is a debit or a credit; give one of them"
    case .unbalanced(let clinic, let debits, let credits):
      "\(clinic.map { "at \($0)" } ?? "over all clinics") debits are \(debits) and credits "
        + "\(credits); correct either"
    case .controlled(let account):
      "\(account) is kept by the events that make its entries; record those instead"
    case .betweenClinics(let account):
      "\(account) stands between clinics, and only the books make its lines, in pairs that are zero; "
        + "post an entry with the lines of both clinics instead, and leave it out"
    case .otherSide(let line):
      "line \(line) stands on the other side of its account; correct it, or use another account"
    case .wrongParty(let line, let account):
      "\(account) is kept by other parties than that of line \(line); correct either"
    case .otherCurrency(let clinic):
      "\(clinic) has books in another currency; make an entry of its own there"
    case .lineTaken(let line): "line \(line) is reconciled already; correct the line's name"
    case .matches(let sum, let amount):
      "the matches add up to \(sum), the line is \(amount); explain the rest"
    case .notBanked(let what): "no bank statement shows \(what); name a payment, or an account"
    case .matched(let what): "\(what) is reconciled already; leave it out"
    case .otherAmount(let what, let amount): "\(what) is \(amount); match all of it"
    }
  }
}

extension Review {
  /// Somebody who exists.
  mutating func requireCounterparty(
    _ party: Counterparty, _ state: DeskState, _ field: String
  ) {
    switch party {
    case .patient(let patient): self.patient(patient, state, field)
    case .party(let party): requireKnown(party, in: state.administration.parties, field)
    case .staff(let staff): requireKnown(staff, in: state.administration.staff, field)
    }
  }
}
