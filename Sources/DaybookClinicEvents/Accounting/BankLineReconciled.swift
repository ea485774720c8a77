public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// A line of a bank statement is explained.
///
/// Fact, on the bank account's stream. What it matches is cleared: card payments and cash on its way
/// move to the bank, payments that were booked on the bank stand. What it matches with an account is
/// posted: a fee, interest, or what nobody knows yet.
public struct BankLineReconciled: EventPayload, Hashable {
  /// The bank account.
  public var bankAccount = BankAccountID()
  /// The line as the statement names it: each once.
  public var line = ""
  /// The bank's date of it.
  public var date = Day()
  /// What came in; below zero what went out.
  public var amount = Amount.zero
  /// What explains it: together `amount`.
  public var matches: Few<BankMatch> = []
  /// What of it the bank account was not booked with before: its one line of the entry. Nil in events
  /// that were written when the bank account still had a line for each match.
  public var unbooked: Amount?

  /// No line: to be filled in.
  public init() {}

  public static var tag: AccountingTag { .bankLineReconciled }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .bankAccount }
  public static var areas: Areas { [.accounting] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "bankAccount", &bankAccount)
    try fields.visit(2, "line", &line)
    try fields.visit(3, "date", &date)
    try fields.visit(4, "amount", &amount)
    try fields.visit(5, "matches", &matches)
    try fields.visit(6, "unbooked", &unbooked)
    try fields.currency()
  }
}

/// What explains a part of a bank line.
public struct BankMatch: Payload, Hashable {
  /// The event, or the account.
  public var with = BankCounterpart()
  /// What came in by it; below zero what went out.
  public var amount = Amount.zero

  /// Nothing: to be filled in.
  public init() {}

  /// `amount` by `with`.
  public init(_ with: BankCounterpart, _ amount: Amount) {
    self.with = with
    self.amount = amount
  }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "with", &with)
    try fields.visit(2, "amount", &amount)
  }
}

/// With what a part of a bank line is matched.
public enum BankCounterpart: RequiredGroup, Hashable {
  /// An event that stands on the bank account already, by its position.
  case booked(Position)
  /// An event that stands in card clearing, by its position.
  case cardClearing(Position)
  /// An event that stands in cash in transit, by its position.
  case cashInTransit(Position)
  /// An account, by its code.
  case account(String)

  /// No account: to be filled in.
  public init() { self = .account("") }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.alternative(
      1, "booked", &self,
      get: { if case .booked(let position) = $0 { position } else { nil } },
      set: { .booked($0) })
    try fields.alternative(
      2, "cardClearing", &self,
      get: { if case .cardClearing(let position) = $0 { position } else { nil } },
      set: { .cardClearing($0) })
    try fields.alternative(
      3, "cashInTransit", &self,
      get: { if case .cashInTransit(let position) = $0 { position } else { nil } },
      set: { .cashInTransit($0) })
    try fields.alternative(
      4, "account", &self,
      get: { if case .account(let code) = $0 { code } else { nil } },
      set: { .account($0) })
    try fields.endAlternatives("with")
  }
}
