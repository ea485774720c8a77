public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// Stock of one clinic is on its way to another.
///
/// Fact, on the transfer's stream. Credits the sender's inventory by the value of its lines, against
/// the sender's stock in transit.
public struct StockTransferDispatched: EventPayload, Hashable {
  /// The transfer.
  public var transfer = TransferID()
  /// The clinic whose stock it leaves.
  public var from = ClinicID()
  /// The clinic to which it goes, another than `from`.
  public var to = ClinicID()
  /// What is on its way; each lot of an item once.
  public var lines: Few<TransferLine> = []

  /// No transfer: to be filled in.
  public init() {}

  public static var tag: LogisticsTag { .stockTransferDispatched }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .transfer }
  public static var areas: Areas { [.accounting, .logistics] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "transfer", &transfer)
    try fields.visit(2, "from", &from)
    try fields.visit(3, "to", &to)
    try fields.visit(4, "lines", &lines)
    try fields.currency()
  }
}

/// Some of one lot between two clinics.
public struct TransferLine: Payload, Hashable {
  /// The item.
  public var item = ItemID()
  /// The maker's lot; empty where the item is not tracked by lot.
  public var lot = ""
  /// The last day on which the lot may be used; nil where it does not expire.
  public var expiry: Day?
  /// How much, in the item's base unit.
  public var quantity = Quantity.zero
  /// What that had cost, by the stock method; never computed again.
  public var value = Amount.zero

  /// Nothing: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "item", &item)
    try fields.visit(2, "lot", &lot)
    try fields.visit(3, "expiry", &expiry)
    try fields.visit(4, "quantity", &quantity)
    try fields.visit(5, "value", &value)
  }
}
