public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// A part of an earlier payment's credit or deposit settles a part of a charge.
///
/// Fact, on the payment's stream, effective at the later of payment and charge. Debits the credit
/// or the deposit of who paid, credits the receivable of who owes.
public struct PaymentAllocated: EventPayload, Hashable {
  /// The payment.
  public var payment = PaymentID()
  /// Who had paid, and whose credit it lowers.
  public var from = Party()
  /// What it settles.
  public var allocation = Allocation()
  /// Whether the rest of the payment was a deposit, not credit.
  public var ofDeposit = false
  /// The tax of a taxable deposit in the part: its running share.
  public var tax = Amount.zero

  /// No allocation: to be filled in.
  public init() {}

  public static var tag: AccountingTag { .paymentAllocated }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .payment }
  public static var areas: Areas { [.accounting, .humanResources, .tax] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "payment", &payment)
    try fields.visit(2, "from", &from)
    try fields.visit(3, "allocation", &allocation)
    try fields.visit(4, "ofDeposit", &ofDeposit)
    try fields.visit(5, "tax", &tax)
    try fields.currency()
  }
}
