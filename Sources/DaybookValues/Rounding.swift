/// The one rounding of the books, in 128 bits: half away from zero, once, at the end.
///
/// Source: BOOKS section 3; EN 16931 BR-CO-17 for tax.
public enum Rounding {
  /// The quotient to the nearest integer; a half goes away from zero.
  ///
  /// - Throws: `.divisionByZero`; `.overflow` for the one quotient that has no place, minimum / -1.
  @inlinable public static func halfAwayFromZero(
    _ dividend: Int128, dividedBy divisor: Int128
  ) throws(ValueError) -> Int128 {
    guard divisor != 0 else { throw fault(.divisionByZero, dividend, divisor) }
    // Nearly always; and a processor divides 64 bits by itself.
    if let small = Int64(exactly: dividend), let by = Int64(exactly: divisor), small != .min {
      return Int128(halfAwayFromZero(small, by))
    }
    let (quotient, tooLarge) = dividend.dividedReportingOverflow(by: divisor)
    guard !tooLarge else { throw fault(.overflow, dividend, divisor) }
    let rest = (dividend % divisor).magnitude
    // rest >= divisor / 2, written so that nothing can overflow.
    guard rest >= divisor.magnitude - rest else { return quotient }
    // The divisor is not 1 here (it would leave no rest), so one step further still fits.
    return (dividend < 0) == (divisor < 0) ? quotient + 1 : quotient - 1
  }

  /// The same of 64 bits: no divisor of 0, and not the smallest dividend, so that the quotient has a place.
  @usableFromInline static func halfAwayFromZero(_ dividend: Int64, _ divisor: Int64) -> Int64 {
    let (quotient, left) = dividend.quotientAndRemainder(dividingBy: divisor)
    let rest = left.magnitude
    guard rest >= divisor.magnitude - rest else { return quotient }
    return (dividend < 0) == (divisor < 0) ? quotient + 1 : quotient - 1
  }

  /// `value` as 64 bits.
  ///
  /// - Throws: `.overflow` when it does not fit.
  @inlinable public static func narrowed(
    _ value: Int128, subject: String = "sum"
  ) throws(ValueError) -> Int64 {
    guard let narrow = Int64(exactly: value) else {
      throw ValueError(.overflow, subject: subject, text: String(value))
    }
    return narrow
  }

  @usableFromInline @inline(never)
  static func fault(_ kind: ValueError.Kind, _ dividend: Int128, _ divisor: Int128) -> ValueError {
    ValueError(kind, subject: "quotient", text: "\(dividend) / \(divisor)")
  }
}
