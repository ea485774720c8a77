public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// Somebody owes less of a charge than before, without having paid; for a recovery, more.
///
/// Fact, on the charge's stream. Credits the receivable of the debtor against the account of its
/// type; a recovery debits it. What of a bad debt was provided for goes against the allowance, and
/// tax that comes back against output tax.
public struct AdjustmentPosted: EventPayload, Hashable {
  /// The charge.
  public var charge = ChargeID()
  /// Whose debt it changes.
  public var debtor = Debtor()
  /// What sort of adjustment it is, which decides the account.
  public var type = AdjustmentType.unspecified
  /// How much: above zero, and at most what the debtor owed (recoveries apart).
  public var amount = Amount.zero
  /// The payer's reason code, such as `CO-45`; empty where there is none.
  public var reasonCode = ""
  /// Who approved it, above the clinic's limit.
  public var approver: StaffID?
  /// The part of a bad debt that the allowance was made for; nothing of any other.
  public var provided = Amount.zero
  /// The part of a bad debt that is tax and comes back from the authority, or of a recovery that is
  /// owed to it again; nothing where the clinic bears it, and of any other.
  public var tax = Amount.zero

  /// No adjustment: to be filled in.
  public init() {}

  public static var tag: AccountingTag { .adjustmentPosted }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .charge }
  public static var areas: Areas { [.accounting, .tax] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "charge", &charge)
    try fields.visit(2, "debtor", &debtor)
    try fields.visit(3, "type", &type)
    try fields.visit(4, "amount", &amount)
    try fields.visit(5, "reasonCode", &reasonCode)
    try fields.visit(6, "approver", &approver)
    try fields.visit(7, "provided", &provided)
    try fields.visit(8, "tax", &tax)
    try fields.currency()
  }
}

/// What sort of adjustment something is.
public enum AdjustmentType: UInt32, WireEnum {
  /// Not said: never valid in an event.
  case unspecified = 0
  /// The payer's contract allows less than the list price.
  case contractual = 1
  /// The payer refused, and the clinic bears it.
  case denied = 2
  /// Too little to be asked for.
  case writeOff = 3
  /// Not to be had any more.
  case badDebt = 4
  /// A bad debt that is to be had after all.
  case recovery = 5
  /// Given as a courtesy.
  case courtesy = 6
  /// A difference of rounding.
  case rounding = 7

  /// Not said.
  public init() { self = .unspecified }
}
