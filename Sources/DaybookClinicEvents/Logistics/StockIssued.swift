public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// Some of an item has left the stock of a clinic.
///
/// Fact, on the stream of the pair of clinic and item. Credits inventory by the value of its
/// lines, which the Desk has fixed, against the cost of what it was for. With the lot and the
/// encounter in one event, a recalled lot leads to its patients.
public struct StockIssued: EventPayload, Hashable {
  /// The clinic whose stock it leaves.
  public var clinic = ClinicID()
  /// The item.
  public var item = ItemID()
  /// How much of which lots, earliest expiry first.
  public var lines: Few<IssueLine> = []
  /// What was used beyond what was on hand, without value; settled by the next count or receipt.
  public var short: Quantity?
  /// What it was for.
  public var purpose = IssuePurpose.unspecified
  /// The treatment that used it; line 0 where the encounter as a whole did.
  public var encounterLine: EncounterLine?
  /// The patient on whom it was used or to whom it was handed; nil where there is none.
  public var patient: PatientID?
  /// Why another lot was taken than the one that expires first.
  public var lotOverride: LotOverride?
  /// The line of the sale that it was handed over for.
  public var soldLine: SoldLine?
  /// Whether this is what an earlier issue was short of, found in a receipt that was recorded late.
  public var late = false

  /// No issue: to be filled in.
  public init() {}

  public static var tag: LogisticsTag { .stockIssued }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .stock }
  public static var areas: Areas { [.accounting, .logistics] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "clinic", &clinic)
    try fields.visit(2, "item", &item)
    try fields.visit(3, "lines", &lines)
    try fields.visit(4, "short", &short)
    try fields.visit(5, "purpose", &purpose)
    try fields.visit(6, "encounterLine", &encounterLine)
    try fields.visit(7, "patient", &patient)
    try fields.visit(8, "lotOverride", &lotOverride)
    try fields.visit(9, "soldLine", &soldLine)
    try fields.visit(10, "late", &late)
    try fields.currency()
  }
}

/// Some of one lot that was taken.
public struct IssueLine: Payload, Hashable {
  /// The maker's lot; empty where the item is not tracked by lot.
  public var lot = ""
  /// How much was taken, in the item's base unit.
  public var quantity = Quantity.zero
  /// What that had cost, by the stock method; never computed again.
  public var value = Amount.zero

  /// Nothing: to be filled in.
  public init() {}

  /// `quantity` of `lot`, which had cost `value`.
  public init(lot: String = "", quantity: Quantity, value: Amount = .zero) {
    self.lot = lot
    self.quantity = quantity
    self.value = value
  }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "lot", &lot)
    try fields.visit(2, "quantity", &quantity)
    try fields.visit(3, "value", &value)
  }
}

/// What stock was taken for.
public enum IssuePurpose: UInt32, WireEnum {
  /// Not said: never valid in an event.
  case unspecified = 0
  /// Used on a patient.
  case treatment = 1
  /// Sold at the counter.
  case sale = 2
  /// Used in the house.
  case `internal` = 3
  /// Thrown away because it had expired.
  case expired = 4
  /// Thrown away because it was damaged.
  case damaged = 5
  /// Not found.
  case lost = 6

  /// Not said.
  public init() { self = .unspecified }
}

/// Why another lot was taken than the one that expires first.
public struct LotOverride: Payload, Hashable {
  /// The reason, about the goods and never about a person.
  public var reason = ""
  /// Who approved it; nil where nobody was asked.
  public var approver: StaffID?

  /// No reason: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "reason", &reason)
    try fields.visit(2, "approver", &approver)
  }
}
