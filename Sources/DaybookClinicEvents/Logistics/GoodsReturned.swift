public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// Goods of a receipt have gone back to who sent them.
///
/// Fact, on the receipt's stream. Credits inventory by the value of its lines, and debits goods
/// received and not yet invoiced, or the supplier where it was invoiced, by what the receipt had taken
/// them in at: the supplier owes that until a credit note for the receipt clears it. Where the stock has
/// another cost by now, the difference is price variance.
public struct GoodsReturned: EventPayload, Hashable {
  /// The receipt that they came in with.
  public var receipt = ReceiptID()
  /// To whom they go.
  public var supplier = PartyID()
  /// The clinic whose stock they leave.
  public var clinic = ClinicID()
  /// What goes back.
  public var lines: Few<GoodsReturnLine> = []
  /// Why, about the goods and never about a person.
  public var reason = ""

  /// Nothing: to be filled in.
  public init() {}

  public static var tag: LogisticsTag { .goodsReturned }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .receipt }
  public static var areas: Areas { [.accounting, .logistics] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "receipt", &receipt)
    try fields.visit(2, "supplier", &supplier)
    try fields.visit(3, "clinic", &clinic)
    try fields.visit(4, "lines", &lines)
    try fields.visit(5, "reason", &reason)
    try fields.currency()
  }
}

/// Some of one line of a receipt that goes back.
public struct GoodsReturnLine: Payload, Hashable {
  /// The line of the receipt, from 1.
  public var receiptLine: UInt32 = 0
  /// The item.
  public var item = ItemID()
  /// The maker's lot; empty where the item is not tracked by lot.
  public var lot = ""
  /// How much, in the item's base unit.
  public var quantity = Quantity.zero
  /// What that had cost, by the stock method; never computed again.
  public var value = Amount.zero
  /// Whether the supplier had invoiced it, or it was there when the books began.
  public var invoiced = false
  /// What the receipt had taken it in at: what the supplier does not invoice, or gives back.
  public var received = Amount.zero

  /// Nothing: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "receiptLine", &receiptLine)
    try fields.visit(2, "item", &item)
    try fields.visit(3, "lot", &lot)
    try fields.visit(4, "quantity", &quantity)
    try fields.visit(5, "value", &value)
    try fields.visit(6, "invoiced", &invoiced)
    try fields.visit(7, "received", &received)
  }
}
