public import DaybookValues

/// How a supplier's invoice is laid over what was received.
public enum InvoiceMatching {
  /// How far a price may be off before a second person approves it: 5 % of what was received.
  public static let priceTolerance = Rate(basisPoints: 500)

  /// What `quantity` out of `open` was worth when it came in; the last takes the remainder.
  ///
  /// - Parameters:
  ///   - quantity: Thousandths, from 0 to `open`.
  ///   - open: Thousandths that are not invoiced yet.
  ///   - value: Minor units that are not invoiced yet.
  /// - Throws: `.overflow`, never while the quantity is at most what is open.
  public static func value(
    of quantity: Int64, open: Int64, worth value: Int64
  ) throws(ValueError) -> Int64 {
    try LotCost.value(of: quantity, onHand: open, worth: value)
  }

  /// Whether `net` is further from `value` than the tolerance allows.
  public static func isOff(_ net: Int64, from value: Int64) -> Bool {
    let difference = Int128(net) - Int128(value)
    return difference.magnitude * 10_000
      > UInt128(value.magnitude) * UInt128(priceTolerance.basisPoints.magnitude)
  }

  /// The part of `tax` that can be deducted at the share `proRata`, half away from zero.
  ///
  /// - Throws: `.overflow`.
  public static func deductible(
    _ tax: Int64, at proRata: Rate
  ) throws(ValueError) -> Int64 {
    try Amount(minorUnits: tax).applying(proRata).minorUnits
  }
}
