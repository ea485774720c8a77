public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// Goods have come in, or were there when the books began.
///
/// Fact, on the receipt's stream. Debits inventory by the value of its lines, against goods
/// received and not yet invoiced.
public struct GoodsReceived: EventPayload, Hashable {
  /// The receipt.
  public var receipt = ReceiptID()
  /// The purchase order that it answers; nil where there is none.
  public var order: OrderID?
  /// Who sent the goods; nil for opening stock.
  public var supplier: PartyID?
  /// The clinic whose stock they join.
  public var clinic = ClinicID()
  /// What came in.
  public var lines: Few<ReceiptLine> = []
  /// Whether this is stock that was there when the books began.
  public var opening = false
  /// When these goods were to be there, where that is another day than the order's.
  public var due: Day?

  /// No receipt: to be filled in.
  public init() {}

  public static var tag: LogisticsTag { .goodsReceived }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .receipt }
  public static var areas: Areas { [.accounting, .logistics] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "receipt", &receipt)
    try fields.visit(2, "order", &order)
    try fields.visit(3, "supplier", &supplier)
    try fields.visit(4, "clinic", &clinic)
    try fields.visit(5, "lines", &lines)
    try fields.visit(6, "opening", &opening)
    try fields.visit(7, "due", &due)
    try fields.currency()
  }
}

/// Some of one item and one lot that came in.
public struct ReceiptLine: Payload, Hashable {
  /// The item.
  public var item = ItemID()
  /// The maker's lot; empty where the item is not tracked by lot.
  public var lot = ""
  /// The last day on which the lot may be used; nil where it does not expire.
  public var expiry: Day?
  /// How much came in, in the item's base unit.
  public var quantity = Quantity.zero
  /// The cost of one base unit, as the supplier states it.
  public var unitCost = UnitPrice()
  /// The cost of the line; where it differs from quantity times unit cost, this decides.
  public var value = Amount.zero

  /// Nothing: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "item", &item)
    try fields.visit(2, "lot", &lot)
    try fields.visit(3, "expiry", &expiry)
    try fields.visit(4, "quantity", &quantity)
    try fields.visit(5, "unitCost", &unitCost)
    try fields.visit(6, "value", &value)
  }
}
