public import DaybookClinicEvents
public import DaybookValues

/// What a charge earns its practitioner, and how much of that is earned so far.
///
/// The whole commission of a charge is fixed when it is charged. What is earned of it follows what
/// the charge comes to after adjustments, or what is collected of it, always as a running total: what
/// is taken back goes at the rate of the original, and the last part takes the remainder.
public enum CommissionRules {
  /// The whole commission of a charge.
  ///
  /// - Parameters:
  ///   - yield: What is agreed.
  ///   - base: The net price, less the materials where they are deducted; not below zero.
  ///   - units: How many times the service was done.
  /// - Throws: `.overflow`.
  public static func whole(
    _ yield: CommissionYield, of base: Int64, units: UInt32
  ) throws(ValueError) -> Int64 {
    switch yield {
    case .share(let rate): try Amount(minorUnits: base).applying(rate).minorUnits
    case .fixed(let amount):
      try Rounding.narrowed(Int128(amount.minorUnits) * Int128(units), subject: "commission")
    }
  }

  /// The part of `whole` that belongs to `done` of `total`: half away from zero.
  ///
  /// - Parameters:
  ///   - whole: What belongs to the total.
  ///   - done: How much is done, at most the total counts.
  ///   - total: The charge with its tax; a charge of nothing is done at once.
  public static func part(of whole: Int64, done: Int64, total: Int64) -> Int64 {
    guard total > 0 else { return done > 0 ? whole : 0 }
    let share = Int128(whole) * Int128(min(max(0, done), total))
    let exact = (try? Rounding.halfAwayFromZero(share, dividedBy: Int128(total))) ?? 0
    return Int64(clamping: exact)
  }

  /// Whether two rules of one person would both hold for some charge.
  public static func overlap(_ one: CommissionRuleSet, _ other: CommissionRuleSet) -> Bool {
    let inTime =
      one.from <= other.to ?? .max && other.from <= one.to ?? .max
    let inServices =
      one.services.isEmpty || other.services.isEmpty
      || one.services.contains { other.services.contains($0) }
    let inPayers = one.payer == nil || other.payer == nil || one.payer == other.payer
    return inTime && inServices && inPayers
  }
}
