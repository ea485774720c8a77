public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// What a document comes to under one rule of tax.
public struct TaxSum: Payload, Hashable {
  /// The rule; nil for what is not taxed.
  public var taxCode: TaxCodeID?
  /// Its rate on the document's day.
  public var rate = Rate()
  /// The sum of the lines without tax.
  public var net = Amount.zero
  /// The sum of the lines' tax.
  public var tax = Amount.zero

  /// Nothing: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "taxCode", &taxCode)
    try fields.visit(2, "rate", &rate)
    try fields.visit(3, "net", &net)
    try fields.visit(4, "tax", &tax)
  }
}
