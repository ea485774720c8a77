public import DaybookBytes
public import DaybookEvents

/// A part of a payment no longer settles what it settled: the debt is open again, and the money is
/// credit, or deposit, of who paid.
///
/// Fact, on the payment's stream. Debits the receivable, credits the credit or the deposit.
public struct AllocationReleased: EventPayload, Hashable {
  /// What is released, of which payment.
  public var part = ReleasedPart()
  /// Why, never about a person.
  public var reason = ""

  /// Nothing: to be filled in.
  public init() {}

  public static var tag: AccountingTag { .allocationReleased }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .payment }
  public static var areas: Areas { [.accounting, .humanResources, .tax] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "part", &part)
    try fields.visit(2, "reason", &reason)
    try fields.currency()
  }
}
