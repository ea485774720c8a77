public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// Goods have been ordered from a supplier.
///
/// Plan, on the order's stream. An order posts nothing: the books learn of the goods when they come.
public struct PurchaseOrderPlaced: EventPayload, Hashable {
  /// The order.
  public var order = OrderID()
  /// From whom.
  public var supplier = PartyID()
  /// The clinic to which the goods are to come.
  public var clinic = ClinicID()
  /// What is ordered.
  public var lines: Few<OrderLine> = []
  /// When the goods are to be there; nil where nothing was agreed.
  public var due: Day?
  /// How much more than ordered is taken in, as a share of each item's quantity.
  public var tolerance = Rate()

  /// No order: to be filled in.
  public init() {}

  public static var tag: LogisticsTag { .purchaseOrderPlaced }
  public static var nature: Nature { .plan }
  public static var streamKind: StreamKind { .order }
  public static var areas: Areas { [.accounting, .logistics] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "order", &order)
    try fields.visit(2, "supplier", &supplier)
    try fields.visit(3, "clinic", &clinic)
    try fields.visit(4, "lines", &lines)
    try fields.visit(5, "due", &due)
    try fields.visit(6, "tolerance", &tolerance)
  }
}

/// Some of one item that is ordered.
public struct OrderLine: Payload, Hashable {
  /// The item.
  public var item = ItemID()
  /// How much, in the item's base unit.
  public var quantity = Quantity.zero
  /// The agreed cost of one base unit.
  public var unitCost = UnitPrice()

  /// Nothing: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "item", &item)
    try fields.visit(2, "quantity", &quantity)
    try fields.visit(3, "unitCost", &unitCost)
  }
}
