public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// An account of the ledger beside the built-in ones, or new words for one, from now on.
///
/// Fact, on the account's stream. Journals and rules name accounts by their code. What an account
/// is stays once something uses it, and always for a code of the built-in chart. A country's pack gives
/// the built-in accounts codes of its own, before anything is posted: `standsFor` says which account
/// that is, and its built-in code is free from then on.
public struct AccountDefined: EventPayload, Hashable {
  /// The account.
  public var account = LedgerAccountID()
  /// The code that it is known and ordered by: `6150`; stays.
  public var code = ""
  /// The name that it goes by.
  public var name = ""
  /// What it is.
  public var type = LedgerAccountType.unspecified
  /// The heading of statements that it stands under; empty for none.
  public var group = ""
  /// The built-in code of the account that has this code in a country's chart; empty for all others.
  public var standsFor = ""

  /// No account: to be filled in.
  public init() {}

  public static var tag: AdministrationTag { .accountDefined }
  public static var nature: Nature { .fact }
  public static var areas: Areas { [.accounting] }
  public static var streamKind: StreamKind { .account }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "account", &account)
    try fields.visit(2, "code", &code)
    try fields.visit(3, "name", &name)
    try fields.visit(4, "type", &type)
    try fields.visit(5, "group", &group)
    try fields.visit(6, "standsFor", &standsFor)
  }
}

/// What an account is, which decides where it stands in statements and how a year is closed.
public enum LedgerAccountType: UInt32, WireEnum {
  /// Not said: never valid in an event.
  case unspecified = 0
  /// What the clinic owns or is owed.
  case asset = 1
  /// What it owes.
  case liability = 2
  /// What is its owners'.
  case equity = 3
  /// What it earned.
  case income = 4
  /// What that cost.
  case expense = 5

  /// Not said.
  public init() { self = .unspecified }
}
