public import DaybookBytes
public import DaybookClinicEvents
import DaybookClinicRules
public import DaybookEvents
public import DaybookValues

/// Opens an account of the ledger beside the built-in ones, or gives one other words.
///
/// Answers with `AccountDefined`. A code is known once; what an account is stays once something
/// uses it, and always for a built-in one.
public struct DefineAccount: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// The account to change; nil for the one of that code, or a new one.
  public var account: LedgerAccountID?
  /// The code that it is known and ordered by.
  public var code = ""
  /// The name that it goes by.
  public var name = ""
  /// What it is.
  public var type = LedgerAccountType.unspecified
  /// The heading of statements that it stands under; empty for none.
  public var group = ""

  /// No account: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "account", &account)
    try fields.visit(2, "code", &code)
    try fields.visit(3, "name", &name)
    try fields.visit(4, "type", &type)
    try fields.visit(5, "group", &group)
  }
}

extension DefineAccount {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: [.admin, .accountant])
    review.requireFact()
    let code = code.trimmed
    let catalogue = state.catalogue
    review.requireText(code, "code")
    review.requireText(name, "name")
    if type == .unspecified { review.refuse(DeskRefusal.missing("a type"), "type") }
    let taken = catalogue.account(code)
    if let account {
      if let known = review.known(account, in: catalogue.accounts, "account") {
        if known.code != code {
          review.refuse(CatalogueRefusal.accountCodeFixed(known.code), "code")
        }
        checkType(known.code, known.isUsed ? known.type : nil, &review)
      }
    } else if taken != nil {
      review.refuse(CatalogueRefusal.accountCodeTaken(code), "code")
    } else {
      // A built-in account may get another name, and is in use from the beginning.
      checkType(code, catalogue.accountType(code), &review)
    }
    if account == nil {
      review.requireRoom(
        for: "accounts of its own in one book", besides: catalogue.accounts.count,
        max: BookLimits.ownAccounts, instead: "use one that there is", "code")
    }
    try review.conclude(into: &decision)

    let standsFor = account.flatMap { catalogue.accounts[$0]?.standsFor } ?? ""
    let id = account ?? LedgerAccountID(decision.nextNumber(LedgerAccountKind.streamKind))
    let defined = AccountDefined.with {
      $0.account = id
      $0.code = code
      $0.name = name
      $0.type = type
      $0.group = group
      $0.standsFor = standsFor
    }
    try decision.append(
      defined, to: id.number, expecting: account == nil ? .noStream : .any,
      effective: review.effective)
  }

  private func checkType(
    _ code: String, _ fixed: LedgerAccountType?, _ review: inout Review
  ) {
    if let fixed, type != fixed, type != .unspecified {
      review.refuse(CatalogueRefusal.accountTypeFixed(code, fixed), "type")
    }
  }
}
