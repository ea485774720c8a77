public import DaybookValues

/// What the sessions of a package earn of its price.
///
/// Running totals, so that the last session takes the remainder. Source: BOOKS section 2, package
/// session used.
public enum PackageShare {
  /// What the first `used` of `sessions` earn together: price x used / sessions, half away.
  ///
  /// - Parameters:
  ///   - price: Minor units of all sessions.
  ///   - used: From 0 to `sessions`.
  ///   - sessions: At least 1.
  /// - Throws: `.overflow`, never while `used` is at most `sessions`.
  public static func earned(
    of price: Int64, used: UInt32, of sessions: UInt32
  ) throws(ValueError) -> Int64 {
    try Amount(minorUnits: price).scaled(by: Int64(used), over: Int64(sessions)).minorUnits
  }
}
