public import DaybookValues

/// What can be taken of one lot.
public struct LotOnHand: Hashable, Sendable {
  /// The maker's lot; empty where the item is not tracked by lot.
  public var lot: String
  /// The last day on which it may be used; nil where it does not expire.
  public var expiry: Day?
  /// Thousandths of the base unit that can be taken.
  public var available: Int64

  /// Describes a lot.
  public init(lot: String, expiry: Day?, available: Int64) {
    self.lot = lot
    self.expiry = expiry
    self.available = available
  }
}

/// First expiry, first out: which lots a quantity is taken from.
public enum LotPicking {
  /// Whether `left` is used up before `right`: the earlier expiry, none last, then by name.
  public static func precedes(_ left: LotOnHand, _ right: LotOnHand) -> Bool {
    switch (left.expiry, right.expiry) {
    case (let one?, let other?) where one != other: one < other
    case (_?, nil): true
    case (nil, _?): false
    // Texts are compared as bytes: their order is the same on every machine.
    default: left.lot.utf8.lexicographicallyPrecedes(right.lot.utf8)
    }
  }

  /// Whether a lot may still be used on `day`; its last day counts.
  public static func isUsable(_ lot: LotOnHand, on day: Day) -> Bool {
    lot.expiry.map { $0 >= day } ?? true
  }

  /// Takes `quantity` over as many lots as needed.
  ///
  /// - Parameters:
  ///   - quantity: Thousandths of the base unit, above zero.
  ///   - lots: The lots that may be taken from, in any order.
  /// - Returns: Indexes into `lots` with what is taken of each, and what they do not have.
  public static func pick(
    _ quantity: Int64, from lots: [LotOnHand]
  ) -> (taken: [(index: Int, quantity: Int64)], short: Int64) {
    let order = lots.indices.sorted { precedes(lots[$0], lots[$1]) }
    var left = quantity
    var taken: [(index: Int, quantity: Int64)] = []
    for index in order where left > 0 && lots[index].available > 0 {
      let cut = min(left, lots[index].available)
      taken.append((index, cut))
      left -= cut
    }
    return (taken, left)
  }
}

/// What a quantity taken from a lot had cost: the lot's moving cost.
public enum LotCost {
  /// The value of `quantity` out of `onHand`, which is worth `value`.
  ///
  /// Rounded once, half away from zero; what is taken last takes the remainder, so that an empty
  /// lot is worth nothing.
  ///
  /// - Parameters:
  ///   - quantity: Thousandths of the base unit, from 0 to `onHand`.
  ///   - onHand: Thousandths of the base unit.
  ///   - value: Minor units.
  /// - Throws: `.overflow`, never while the quantity is at most what is on hand.
  public static func value(
    of quantity: Int64, onHand: Int64, worth value: Int64
  ) throws(ValueError) -> Int64 {
    if quantity >= onHand { return value }
    return try Amount(minorUnits: value).scaled(by: quantity, over: onHand).minorUnits
  }

  /// The value of `quantity` that turns up of a lot: as much as one has of what is on hand, else of
  /// what came in last, else nothing.
  ///
  /// Rounded once, half away from zero.
  ///
  /// - Parameters:
  ///   - quantity: Thousandths of the base unit, not below zero.
  ///   - known: What quantities of the lot are worth, the one to go by first.
  /// - Throws: `.overflow`.
  public static func surplus(
    of quantity: Int64, after known: [(quantity: Int64, value: Int64)]
  ) throws(ValueError) -> Int64 {
    guard let first = known.first(where: { $0.quantity > 0 }) else { return 0 }
    return try Amount(minorUnits: first.value).scaled(by: quantity, over: first.quantity)
      .minorUnits
  }
}
