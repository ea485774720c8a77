public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// Stock on its way between clinics has arrived, or it is explained why it never will.
///
/// Fact, on the transfer's stream. What neither arrives nor is explained stays in transit. Debits the
/// receiver's inventory by the value of its lines and the sender's loss by that of its differences,
/// against the sender's stock in transit.
public struct StockTransferReceived: EventPayload, Hashable {
  /// The transfer.
  public var transfer = TransferID()
  /// The clinic that dispatched it.
  public var from = ClinicID()
  /// The clinic to whose stock it comes.
  public var to = ClinicID()
  /// What has arrived.
  public var lines: Few<TransferLine> = []
  /// What will not arrive any more.
  public var differences: Few<TransferDifference> = []

  /// No transfer: to be filled in.
  public init() {}

  public static var tag: LogisticsTag { .stockTransferReceived }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .transfer }
  public static var areas: Areas { [.accounting, .logistics] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "transfer", &transfer)
    try fields.visit(2, "from", &from)
    try fields.visit(3, "to", &to)
    try fields.visit(4, "lines", &lines)
    try fields.visit(5, "differences", &differences)
    try fields.currency()
  }
}

/// Some of one lot that was dispatched and does not arrive.
public struct TransferDifference: Payload, Hashable {
  /// The item.
  public var item = ItemID()
  /// The maker's lot; empty where the item is not tracked by lot.
  public var lot = ""
  /// How much, in the item's base unit.
  public var quantity = Quantity.zero
  /// What that had cost, as it was dispatched.
  public var value = Amount.zero
  /// What became of it.
  public var explanation = TransferExplanation.unspecified

  /// Nothing: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "item", &item)
    try fields.visit(2, "lot", &lot)
    try fields.visit(3, "quantity", &quantity)
    try fields.visit(4, "value", &value)
    try fields.visit(5, "explanation", &explanation)
  }
}

/// Why something that was dispatched does not arrive.
public enum TransferExplanation: UInt32, WireEnum {
  /// Not said: never valid in an event.
  case unspecified = 0
  /// Nobody knows where it is.
  case lost = 1
  /// It arrived unusable and was thrown away.
  case damaged = 2
  /// It expired on the way and was thrown away.
  case expired = 3
  /// It never left, or came back: it is on the sender's shelf again.
  case neverLeft = 4

  /// Not said.
  public init() { self = .unspecified }
}
