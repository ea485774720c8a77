public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// A room, chair, device or steriliser was serviced, repaired or calibrated.
///
/// Fact, on the resource's stream. What is unfit is not booked until a later one says that it is fit.
/// The cost posts nothing: it is a note, and the supplier's invoice posts it.
public struct EquipmentServiced: EventPayload, Hashable {
  /// What was serviced.
  public var resource = ResourceID()
  /// What was done.
  public var type = ServicingType.unspecified
  /// What came of it.
  public var result = ServicingResult.unspecified
  /// What it cost; nil where that is not known.
  public var cost: Amount?
  /// When it is due again; nil where it is not.
  public var nextDue: Day?
  /// Who did it, from outside; nil where nobody was asked.
  public var supplier: PartyID?

  /// Nothing: to be filled in.
  public init() {}

  public static var tag: LogisticsTag { .equipmentServiced }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .resource }
  public static var areas: Areas { [.accounting, .logistics] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "resource", &resource)
    try fields.visit(2, "type", &type)
    try fields.visit(3, "result", &result)
    try fields.visit(4, "cost", &cost)
    try fields.visit(5, "nextDue", &nextDue)
    try fields.visit(6, "supplier", &supplier)
    try fields.currency()
  }
}

/// What was done to a piece of equipment.
public enum ServicingType: UInt32, WireEnum {
  /// Not said: never valid in an event.
  case unspecified = 0
  /// It was looked after, as its maker wants it.
  case service = 1
  /// It was mended.
  case repair = 2
  /// It was compared with a standard, and set.
  case calibration = 3

  /// Not said.
  public init() { self = .unspecified }
}

/// Whether a piece of equipment may be used.
public enum ServicingResult: UInt32, WireEnum {
  /// Not said: never valid in an event.
  case unspecified = 0
  /// It may be used.
  case fit = 1
  /// It may not.
  case unfit = 2

  /// Not said.
  public init() { self = .unspecified }
}
