/// The price or cost of one unit, in 1/10000 of the currency's main unit.
///
/// Finer than an amount, since gloves cost 0.0425 a piece; it carries no currency of its own.
@frozen public struct UnitPrice: Hashable, Sendable {
  /// The price in 1/10000 of a euro, dollar or dinar: 42075 is 4.2075.
  public var tenThousandths: Int64

  /// Free of charge.
  @inlinable public init() {
    tenThousandths = 0
  }

  /// So many ten-thousandths of the main unit.
  @inlinable public init(tenThousandths: Int64) {
    self.tenThousandths = tenThousandths
  }

  /// Reads `4.2075`: digits, and at most four decimals after a point.
  ///
  /// - Throws: `.empty`, `.malformed`, `.tooPrecise`, `.overflow`.
  public init(parsing text: some StringProtocol) throws(ValueError) {
    tenThousandths = try DecimalText.parse(String(text), subject: "unit price", scale: 4)
  }

  /// What one unit costs when `quantity` of them cost `amount`; rounded once, half away from zero.
  ///
  /// - Throws: `.divisionByZero` for a quantity of nothing, `.overflow`.
  public init(_ amount: Amount, per quantity: Quantity = .one) throws(ValueError) {
    guard !quantity.isZero else {
      throw ValueError(.divisionByZero, subject: "unit price", text: "\(amount) / \(quantity)")
    }
    // Minor units x 10^-exponent / (thousandths x 10^-3) x 10^4.
    let exponent = amount.currency.exponent
    var dividend = Int128(amount.minorUnits)
    var divisor = Int128(quantity.thousandths)
    if exponent <= 7 {
      dividend *= powerOfTen(7 - exponent)
    } else {
      divisor *= powerOfTen(exponent - 7)
    }
    let exact = try Rounding.halfAwayFromZero(dividend, dividedBy: divisor)
    guard let price = Int64(exactly: exact) else {
      throw ValueError(.overflow, subject: "unit price", text: "\(amount) / \(quantity)")
    }
    tenThousandths = price
  }

  /// No price.
  @inlinable public static var zero: UnitPrice { UnitPrice() }

  /// Whether it is nothing.
  @inlinable public var isZero: Bool { tenThousandths == 0 }

  /// Whether it is below nothing.
  @inlinable public var isNegative: Bool { tenThousandths < 0 }

  /// The amount for so many units, computed in 128 bits and rounded once, half away from zero.
  ///
  /// - Throws: `.overflow`.
  public func times(_ quantity: Quantity, in currency: Currency) throws(ValueError) -> Amount {
    // 10^-4 x 10^-3 of the main unit, which has 10^exponent minor units.
    let product = Int128(tenThousandths) * Int128(quantity.thousandths)
    let exponent = currency.exponent
    let exact: Int128
    var tooLarge = false
    if exponent <= 7 {
      exact = try Rounding.halfAwayFromZero(product, dividedBy: powerOfTen(7 - exponent))
    } else {
      (exact, tooLarge) = product.multipliedReportingOverflow(by: powerOfTen(exponent - 7))
    }
    guard !tooLarge, let units = Int64(exactly: exact) else {
      throw ValueError(.overflow, subject: "unit price", text: "\(self) x \(quantity) \(currency)")
    }
    return Amount(minorUnits: units, currency)
  }
}

/// 10^`exponent`, for 0...15.
private func powerOfTen(_ exponent: Int) -> Int128 {
  var power: Int128 = 1
  for _ in 0..<exponent { power *= 10 }
  return power
}

extension UnitPrice: Comparable {
  /// Ordered by size.
  @inlinable public static func < (a: UnitPrice, b: UnitPrice) -> Bool {
    a.tenThousandths < b.tenThousandths
  }
}

extension UnitPrice: CustomStringConvertible {
  /// The number with all four decimals: `4.2075`, `12.5000`.
  public var description: String { DecimalText.print(tenThousandths, scale: 4) }
}
