public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// A lot may not be used any more, or may be used again: at all clinics, from the effective time on.
///
/// Fact, on the item's stream. A lot that is held or recalled is neither used on a patient nor sold;
/// it is counted, moved, returned and thrown away like any other.
public struct LotStatusSet: EventPayload, Hashable {
  /// The item.
  public var item = ItemID()
  /// The maker's lot.
  public var lot = ""
  /// What it is from now on.
  public var status = LotStatus.unspecified
  /// The maker's or the authority's number of the notice; empty where there is none.
  public var notice = ""
  /// Why, about the goods and never about a person.
  public var reason = ""
  /// Who approved the release of a recalled lot; nil where nobody was asked.
  public var approver: StaffID?

  /// Nothing: to be filled in.
  public init() {}

  public static var tag: LogisticsTag { .lotStatusSet }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .item }
  public static var areas: Areas { [.logistics] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "item", &item)
    try fields.visit(2, "lot", &lot)
    try fields.visit(3, "status", &status)
    try fields.visit(4, "notice", &notice)
    try fields.visit(5, "reason", &reason)
    try fields.visit(6, "approver", &approver)
  }
}

/// Whether a lot may be used.
public enum LotStatus: UInt32, WireEnum {
  /// Not said: never valid in an event.
  case unspecified = 0
  /// Not until it is known that it may.
  case held = 1
  /// The maker or an authority calls it back.
  case recalled = 2
  /// It may be used again.
  case released = 3

  /// Not said.
  public init() { self = .unspecified }

  /// Whether the lot may not be used on a patient, nor sold.
  public var isBlocked: Bool { self == .held || self == .recalled }
}
