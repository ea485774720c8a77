public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// A part of a ticket that is paid in one way.
///
/// What changes hands is the amount, the tip and, in cash, the rounding.
public struct Tender: RequiredGroup, Hashable {
  /// How it is paid.
  public var method = PaymentMethod()
  /// What of the ticket it pays: above zero.
  public var amount = Amount.zero
  /// What is given on top for the staff.
  public var tip: Amount?

  /// Nothing: to be filled in.
  public init() {}

  /// `amount`, paid by `method`.
  public init(_ method: PaymentMethod, _ amount: Amount) {
    self.method = method
    self.amount = amount
  }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "method", &method)
    try fields.visit(2, "amount", &amount)
    try fields.visit(3, "tip", &tip)
  }
}
