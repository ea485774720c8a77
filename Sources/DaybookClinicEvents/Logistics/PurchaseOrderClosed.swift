public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// Nothing more comes of a purchase order.
///
/// Fact, on the order's stream.
public struct PurchaseOrderClosed: EventPayload, Hashable {
  /// The order.
  public var order = OrderID()
  /// Why nothing more comes.
  public var reason = OrderClosing.unspecified
  /// What else there is to say, about the goods and never about a person.
  public var note = ""

  /// No order: to be filled in.
  public init() {}

  public static var tag: LogisticsTag { .purchaseOrderClosed }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .order }
  public static var areas: Areas { [.logistics] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "order", &order)
    try fields.visit(2, "reason", &reason)
    try fields.visit(3, "note", &note)
  }
}

/// Why a purchase order is closed.
public enum OrderClosing: UInt32, WireEnum {
  /// Not said: never valid in an event.
  case unspecified = 0
  /// All has come, or as much as will.
  case complete = 1
  /// It is not wanted any more, or cannot be had.
  case cancelled = 2

  /// Not said.
  public init() { self = .unspecified }
}
