public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// Somebody has looked how much is there, lot by lot; or something that happened before a count was
/// recorded after it.
///
/// Fact, on the count's stream. What was counted is what there was at that time, whatever is recorded
/// later. Debits or credits inventory by the value of the variances, against stock written off.
///
/// A movement that is recorded after a count and dated before it does not move what was counted: in
/// the same action the count takes the opposite variance, with `late` set, dated as the movement.
public struct StockCounted: EventPayload, Hashable {
  /// The count.
  public var count = CountID()
  /// The clinic whose stock was counted.
  public var clinic = ClinicID()
  /// When it was counted.
  public var countedAt = Instant()
  /// What was counted.
  public var lines: Few<CountLine> = []
  /// Whether this is what a movement that was recorded late makes of an earlier count.
  public var late = false

  /// No count: to be filled in.
  public init() {}

  public static var tag: LogisticsTag { .stockCounted }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .count }
  public static var areas: Areas { [.accounting, .logistics] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "count", &count)
    try fields.visit(2, "clinic", &clinic)
    try fields.visit(3, "countedAt", &countedAt)
    try fields.visit(4, "lines", &lines)
    try fields.visit(5, "late", &late)
    try fields.currency()
  }
}

/// What was counted of one lot.
public struct CountLine: Payload, Hashable {
  /// The item.
  public var item = ItemID()
  /// The maker's lot; empty where the item is not tracked by lot.
  public var lot = ""
  /// The last day on which the lot may be used; nil where it does not expire.
  public var expiry: Day?
  /// How much was there, in the item's base unit.
  public var counted = Quantity.zero
  /// How much of it was more than the books had; below zero what was missing.
  public var variance = Quantity.zero
  /// What the variance had cost, by the stock method; below zero what is written off.
  public var value = Amount.zero
  /// How much earlier issues were short of that the count settles.
  public var settled = Quantity.zero

  /// Nothing: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "item", &item)
    try fields.visit(2, "lot", &lot)
    try fields.visit(3, "expiry", &expiry)
    try fields.visit(4, "counted", &counted)
    try fields.visit(5, "variance", &variance)
    try fields.visit(6, "value", &value)
    try fields.visit(7, "settled", &settled)
  }
}
