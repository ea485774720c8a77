import DaybookValues

/// A whole that is used up in parts: each part's share is what the shares up to it come to, less
/// those before, so that the last part takes the remainder.
///
/// Source: BOOKS section 2, PaymentAllocated of a deposit; package session used.
public enum RunningShare {
  /// The share of `whole` that belongs to the first `used` of `total`; half away from zero.
  ///
  /// - Parameters:
  ///   - whole: What is shared out, such as the tax of a deposit, in minor units.
  ///   - used: How much of `total` is used, from 0 to `total`.
  ///   - total: What the parts come to; nothing shares out nothing.
  public static func upTo(_ used: Int64, of total: Int64, sharing whole: Int64) -> Int64 {
    guard total != 0, used != 0 else { return 0 }
    if used == total { return whole }
    // A product of 64-bit numbers, and a share of 64 bits as long as used is at most the total.
    let share = try? Rounding.halfAwayFromZero(
      Int128(whole) * Int128(used), dividedBy: Int128(total))
    return Int64(clamping: share ?? Int128(whole))
  }

  /// The share of `whole` that belongs to the part after the first `used` of `total`.
  public static func next(
    _ part: Int64, after used: Int64, of total: Int64, sharing whole: Int64
  ) -> Int64 {
    upTo(used + part, of: total, sharing: whole) - upTo(used, of: total, sharing: whole)
  }
}
