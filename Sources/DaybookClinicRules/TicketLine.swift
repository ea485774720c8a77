public import DaybookValues

/// What one line of a ticket comes to; a ticket is the sum of its lines.
public enum TicketLine {
  /// Quantity times price, rounded once, half away from zero, less the discount; tax included.
  ///
  /// Source: BOOKS section 2, small change.
  ///
  /// - Throws: `.overflow`.
  public static func amount(
    _ quantity: Quantity, at price: UnitPrice, less discount: Int64, in currency: Currency
  ) throws(ValueError) -> Int64 {
    let gross = try price.times(quantity, in: currency)
    return try gross.subtracting(Amount(minorUnits: discount, currency)).minorUnits
  }

  /// The tax in a gross amount: G x r / (100 % + r), rounded once; the net amount is the rest.
  ///
  /// Source: BOOKS section 3, gross-priced.
  ///
  /// - Throws: `.overflow`, or what no rate of tax is.
  public static func tax(in gross: Int64, at rate: Rate) throws(ValueError) -> Int64 {
    try Amount(minorUnits: gross).taxIncluded(at: rate).minorUnits
  }
}
