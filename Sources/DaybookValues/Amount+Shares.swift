extension Amount {
  /// Splits the amount in proportion to `weights`; the parts add up to the whole exactly.
  ///
  /// Every part is rounded towards zero, then what is left goes out one minor unit each to the
  /// largest remainders, ties to the lowest index. A negative amount is split as its magnitude, so
  /// that a reversal mirrors what it reverses. Nothing splits into nothings whatever the weights.
  /// Source: BOOKS section 3, "allocation".
  ///
  /// - Throws: `.outOfRange` for a weight below zero, `.divisionByZero` when an amount other than
  ///   zero meets weights that add up to nothing.
  /// - Complexity: O(n log n) in the count of weights.
  public func allocated(by weights: [Int64]) throws(ValueError) -> [Amount] {
    var total: UInt128 = 0
    for (index, weight) in weights.enumerated() {
      guard weight >= 0 else {
        throw ValueError(.outOfRange, subject: "weight", text: "\(weight) at index \(index)")
      }
      total += UInt128(weight.magnitude)
    }
    if isZero { return weights.map { _ in self } }
    guard total > 0 else {
      throw ValueError(.divisionByZero, subject: "amount", text: "\(self) by weights of 0 in all")
    }

    let whole = UInt128(minorUnits.magnitude)
    var parts: [UInt128] = []
    var remainders: [(index: Int, rest: UInt128)] = []
    parts.reserveCapacity(weights.count)
    remainders.reserveCapacity(weights.count)
    var left = whole
    for (index, weight) in weights.enumerated() {
      // At most 2^63 x 2^63: never beyond 128 bits.
      let (part, rest) = (whole * UInt128(weight.magnitude)).quotientAndRemainder(dividingBy: total)
      parts.append(part)
      remainders.append((index, rest))
      left -= part
    }
    if left > 0 {
      remainders.sort { $0.rest == $1.rest ? $0.index < $1.index : $0.rest > $1.rest }
      // The remainders add up to `left` x `total`, each below `total`: there are more of them.
      for remainder in remainders.prefix(Int(left)) {
        parts[remainder.index] += 1
      }
    }
    return parts.map { part in
      // No part exceeds the whole in magnitude, and the whole fits.
      let units = isNegative ? -Int128(part) : Int128(part)
      return Amount(minorUnits: Int64(truncatingIfNeeded: units), currency)
    }
  }

  /// The share `rate` of the amount, half away from zero: 10.01 at 21 % is 2.10.
  ///
  /// - Throws: `.overflow`.
  public func applying(_ rate: Rate) throws(ValueError) -> Amount {
    try scaled(by: Int128(rate.basisPoints), over: 10_000, "at \(rate)")
  }

  /// The tax inside a gross amount: G x r / (100 % + r), half away from zero.
  ///
  /// The net amount is the difference; never round the two apart.
  /// Source: BOOKS section 3, "gross-priced".
  ///
  /// - Throws: `.divisionByZero` at -100 %, `.outOfRange` below it, `.overflow`.
  public func taxIncluded(at rate: Rate) throws(ValueError) -> Amount {
    let divisor = 10_000 + Int128(rate.basisPoints)
    guard divisor >= 0 else {
      throw ValueError(.outOfRange, subject: "rate", text: rate.description)
    }
    return try scaled(by: Int128(rate.basisPoints), over: divisor, "tax included at \(rate)")
  }

  /// The amount x `numerator` / `denominator`, rounded once, half away from zero.
  ///
  /// - Throws: `.divisionByZero`, `.overflow`.
  public func scaled(by numerator: Int64, over denominator: Int64) throws(ValueError) -> Amount {
    try scaled(by: Int128(numerator), over: Int128(denominator), "x \(numerator) / \(denominator)")
  }

  private func scaled(
    by numerator: Int128, over denominator: Int128, _ operation: @autoclosure () -> String
  ) throws(ValueError) -> Amount {
    guard denominator != 0 else {
      throw ValueError(.divisionByZero, subject: "amount", text: "\(self) \(operation())")
    }
    let exact = try Rounding.halfAwayFromZero(
      Int128(minorUnits) * numerator, dividedBy: denominator)
    guard let units = Int64(exactly: exact) else {
      throw ValueError(.overflow, subject: "amount", text: "\(self) \(operation())")
    }
    return Amount(minorUnits: units, currency)
  }
}
