/// A running sum of minor units in 128 bits, narrowed with a check when it is done.
///
/// 2^64 of the largest amounts fit, so that adding never fails.
@frozen public struct MinorSum: Hashable, Sendable {
  /// The exact sum so far.
  public var total: Int128

  /// A sum, of nothing yet.
  @inlinable public init(_ total: Int128 = 0) {
    self.total = total
  }

  /// Adds so many minor units.
  @inlinable public mutating func add(_ minorUnits: Int64) {
    total += Int128(minorUnits)
  }

  /// The sum with so many minor units more.
  @inlinable public func adding(_ minorUnits: Int64) -> MinorSum {
    MinorSum(total + Int128(minorUnits))
  }

  /// The sum as 64 bits.
  ///
  /// - Throws: `.overflow` when it does not fit.
  @inlinable public func narrowed() throws(ValueError) -> Int64 {
    try Rounding.narrowed(total)
  }
}

extension MinorSum: CustomStringConvertible {
  /// The sum in minor units.
  public var description: String { String(total) }
}
