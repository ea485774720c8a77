public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// Money that had come in is taken back by a bank or an acquirer.
///
/// Fact, on the payment's stream. What of it was unapplied goes first; then its allocations are
/// opened again, newest first. Debits credit, deposit and receivables, credits the account of the
/// payment's method; the fee debits card fees.
public struct PaymentReturned: EventPayload, Hashable {
  /// The payment.
  public var payment = PaymentID()
  /// Who had paid.
  public var from = Party()
  /// How much is taken back: above zero, and at most what is left of the payment.
  public var amount = Amount.zero
  /// How it had been paid.
  public var method = MethodType.unspecified
  /// Who takes it back, and how.
  public var reason = PaymentReturnReason.unspecified
  /// What the bank or the acquirer asks for it.
  public var fee: Amount?
  /// What is owed again, newest first.
  public var reopened: Few<Allocation> = []
  /// Whether the unapplied part was a deposit, not credit.
  public var ofDeposit = false
  /// The tax of a taxable deposit in the unapplied part.
  public var tax = Amount.zero

  /// Nothing: to be filled in.
  public init() {}

  public static var tag: AccountingTag { .paymentReturned }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .payment }
  public static var areas: Areas { [.accounting, .humanResources, .tax] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "payment", &payment)
    try fields.visit(2, "from", &from)
    try fields.visit(3, "amount", &amount)
    try fields.visit(4, "method", &method)
    try fields.visit(5, "reason", &reason)
    try fields.visit(6, "fee", &fee)
    try fields.visit(7, "reopened", &reopened)
    try fields.visit(8, "ofDeposit", &ofDeposit)
    try fields.visit(9, "tax", &tax)
    try fields.currency()
  }
}

/// How a payment is taken back.
public enum PaymentReturnReason: UInt32, WireEnum {
  /// Not said: never valid in an event.
  case unspecified = 0
  /// The holder of a card disputes it.
  case chargeback = 1
  /// A direct debit is returned.
  case directDebit = 2
  /// A cheque is not honoured.
  case cheque = 3

  /// Not said.
  public init() { self = .unspecified }
}
