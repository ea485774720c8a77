public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// Credit or a deposit is paid out to the party that has it.
///
/// Fact, on a payment's stream of its own. Debits credit or deposit (and the tax of a taxable
/// deposit), credits the account of its method; never straight from income or a receivable.
public struct RefundPaid: EventPayload, Hashable {
  /// The refund, numbered with the payments.
  public var refund = PaymentID()
  /// Who gets it.
  public var to = Party()
  /// How much: above zero.
  public var amount = Amount.zero
  /// How it is paid.
  public var method = PaymentMethod()
  /// The till session that paid it; nil outside of a till.
  public var tillSession: TillSessionID?
  /// What is left of which payments is paid out; together the amount.
  public var parts: Few<RefundedPart> = []
  /// Whether it is a deposit that is paid out, not credit.
  public var ofDeposit = false
  /// Why, never about a person.
  public var reason = ""
  /// Who approved it, above the clinic's limit.
  public var approver: StaffID?

  /// No refund: to be filled in.
  public init() {}

  public static var tag: AccountingTag { .refundPaid }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .payment }
  public static var areas: Areas { [.accounting, .tax] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "refund", &refund)
    try fields.visit(2, "to", &to)
    try fields.visit(3, "amount", &amount)
    try fields.visit(4, "method", &method)
    try fields.visit(5, "tillSession", &tillSession)
    try fields.visit(6, "parts", &parts)
    try fields.visit(7, "ofDeposit", &ofDeposit)
    try fields.visit(8, "reason", &reason)
    try fields.visit(9, "approver", &approver)
    try fields.currency()
  }
}

/// What is left of a payment and paid out.
public struct RefundedPart: Payload, Hashable {
  /// The payment that brought it.
  public var payment = PaymentID()
  /// How much of it.
  public var amount = Amount.zero
  /// The tax of a taxable deposit in the amount.
  public var tax = Amount.zero

  /// Nothing: to be filled in.
  public init() {}

  /// `amount` of what `payment` brought.
  public init(_ payment: PaymentID, _ amount: Amount, tax: Amount = .zero) {
    self.payment = payment
    self.amount = amount
    self.tax = tax
  }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "payment", &payment)
    try fields.visit(2, "amount", &amount)
    try fields.visit(3, "tax", &tax)
  }
}
