extension Amount {
  /// The sum of both, in the currency of the one that has one.
  ///
  /// - Throws: `.currencyMismatch`, `.overflow`.
  @inlinable public func adding(_ other: Amount) throws(ValueError) -> Amount {
    let currency = try sharedCurrency(with: other, "+")
    let (sum, tooLarge) = minorUnits.addingReportingOverflow(other.minorUnits)
    guard !tooLarge else { throw fault(.overflow, "+", other) }
    return Amount(minorUnits: sum, currency)
  }

  /// This less the other, in the currency of the one that has one.
  ///
  /// - Throws: `.currencyMismatch`, `.overflow`.
  @inlinable public func subtracting(_ other: Amount) throws(ValueError) -> Amount {
    let currency = try sharedCurrency(with: other, "-")
    let (difference, tooLarge) = minorUnits.subtractingReportingOverflow(other.minorUnits)
    guard !tooLarge else { throw fault(.overflow, "-", other) }
    return Amount(minorUnits: difference, currency)
  }

  /// The same amount on the other side.
  ///
  /// - Throws: `.overflow` for the smallest amount of all, which has no counterpart.
  @inlinable public func negated() throws(ValueError) -> Amount {
    guard minorUnits != .min else { throw fault(.overflow, "0 -", self) }
    return Amount(minorUnits: -minorUnits, currency)
  }

  /// The amount without its sign.
  ///
  /// - Throws: `.overflow` for the smallest amount of all, which has no counterpart.
  @inlinable public func magnitude() throws(ValueError) -> Amount {
    isNegative ? try negated() : self
  }

  /// The sum of all of them, kept in 128 bits and narrowed once; `.zero` of none.
  ///
  /// A partial sum may exceed 64 bits as long as the whole does not.
  ///
  /// - Throws: `.currencyMismatch`, `.overflow`.
  @inlinable public static func sum(
    _ amounts: some Sequence<Amount>
  ) throws(ValueError) -> Amount {
    var sum = MinorSum()
    var whole = Amount.zero
    for amount in amounts {
      whole.currency = try whole.sharedCurrency(with: amount, "+")
      sum.add(amount.minorUnits)
    }
    whole.minorUnits = try sum.narrowed()
    return whole
  }

  /// The currency of an operation on both.
  @inlinable
  func sharedCurrency(
    with other: Amount, _ operation: StaticString
  ) throws(ValueError) -> Currency {
    if currency == other.currency || other.currency.isUnspecified { return currency }
    if currency.isUnspecified { return other.currency }
    throw fault(.currencyMismatch, operation, other)
  }

  @usableFromInline @inline(never)
  func fault(_ kind: ValueError.Kind, _ operation: StaticString, _ other: Amount) -> ValueError {
    ValueError(kind, subject: "amount", text: "\(self) \(operation) \(other)")
  }
}
