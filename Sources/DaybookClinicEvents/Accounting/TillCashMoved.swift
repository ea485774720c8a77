public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// Cash went into a till or out of it, for another reason than a payment or a sale.
///
/// Fact, on the session's stream. Debits or credits the till against the safe, cash in transit, an
/// account of expense, or another till.
public struct TillCashMoved: EventPayload, Hashable {
  /// The session.
  public var session = TillSessionID()
  /// Into the till, or out of it.
  public var direction = CashDirection.unspecified
  /// What for.
  public var type = CashMoveType.unspecified
  /// How much: above zero, and out at most what the till should hold.
  public var amount = Amount.zero
  /// The code of the account that petty cash is spent on; empty for anything else.
  public var account = ""
  /// The slip or receipt that petty cash answers.
  public var document = ""
  /// The rule of the tax in what petty cash was spent on; nil where there is none.
  public var taxCode: TaxCodeID?
  /// The tax in the amount.
  public var tax = Amount.zero
  /// What of the tax is deductible; the rest is cost.
  public var deductible = Amount.zero
  /// The session that a handover goes to.
  public var toSession: TillSessionID?

  /// No cash: to be filled in.
  public init() {}

  public static var tag: AccountingTag { .tillCashMoved }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .tillSession }
  public static var areas: Areas { [.accounting, .tax] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "session", &session)
    try fields.visit(2, "direction", &direction)
    try fields.visit(3, "type", &type)
    try fields.visit(4, "amount", &amount)
    try fields.visit(5, "account", &account)
    try fields.visit(6, "document", &document)
    try fields.visit(7, "taxCode", &taxCode)
    try fields.visit(8, "tax", &tax)
    try fields.visit(9, "deductible", &deductible)
    try fields.visit(10, "toSession", &toSession)
    try fields.currency()
  }
}

/// Whether cash goes into a till or out of it.
public enum CashDirection: UInt32, WireEnum {
  /// Not said: never valid in an event.
  case unspecified = 0
  /// Into the till.
  case into = 1
  /// Out of the till.
  case out = 2

  /// Not said.
  public init() { self = .unspecified }
}

/// What cash is moved for.
public enum CashMoveType: UInt32, WireEnum {
  /// Not said: never valid in an event.
  case unspecified = 0
  /// Change to give, from the safe or back into it.
  case float = 1
  /// To the bank, or from it: in transit until the bank says so.
  case bank = 2
  /// Small expenses, or what is left of the money for one.
  case petty = 3
  /// To another open till.
  case handover = 4

  /// Not said.
  public init() { self = .unspecified }
}
