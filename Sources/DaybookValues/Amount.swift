/// Money: signed minor units of a currency; in the books positive is a debit.
///
/// An amount without a currency adopts the other's. Two amounts are equal when minor units and
/// currency are, so ask `isZero` rather than compare with `.zero`.
@frozen public struct Amount: Hashable, Sendable {
  /// The amount in the smallest unit of the currency: cents of a euro.
  public var minorUnits: Int64
  /// The currency, with its decimals.
  public var currency: Currency

  /// Nothing, in the other's currency.
  @inlinable public init() {
    minorUnits = 0
    currency = .unspecified
  }

  /// So many of the smallest units of `currency`.
  @inlinable public init(minorUnits: Int64, _ currency: Currency = .unspecified) {
    self.minorUnits = minorUnits
    self.currency = currency
  }

  /// Nothing, in the other's currency.
  @inlinable public static var zero: Amount { Amount() }

  /// Whether it is nothing, in whatever currency.
  @inlinable public var isZero: Bool { minorUnits == 0 }

  /// Whether it is above nothing.
  @inlinable public var isPositive: Bool { minorUnits > 0 }

  /// Whether it is below nothing.
  @inlinable public var isNegative: Bool { minorUnits < 0 }
}

extension Amount {
  /// Reads `-1234.50`: ASCII minus, digits, a point and at most the currency's decimals.
  ///
  /// Fewer decimals and leading zeros are accepted; `+`, spaces, grouping and exponents are not.
  ///
  /// - Throws: `.empty`, `.malformed`, `.tooPrecise`, `.overflow`.
  public init(parsing text: some StringProtocol, in currency: Currency) throws(ValueError) {
    minorUnits = try DecimalText.parse(
      String(text), subject: "amount", scale: currency.exponent)
    self.currency = currency
  }

  /// The number with all decimals of its currency, `-1234.50`; two without a currency.
  public var decimal: String {
    DecimalText.print(minorUnits, scale: currency.exponent)
  }
}

extension Amount: CustomStringConvertible {
  /// Number and currency, `-1234.50 EUR`; the number alone without a currency.
  public var description: String {
    currency.isUnspecified ? decimal : "\(decimal) \(currency)"
  }
}

extension Amount: Comparable {
  /// Ordered by minor units; equal ones by currency, so that the order agrees with `==`.
  ///
  /// Across currencies this sorts and does not compare worth.
  @inlinable public static func < (a: Amount, b: Amount) -> Bool {
    a.minorUnits == b.minorUnits ? a.currency < b.currency : a.minorUnits < b.minorUnits
  }
}
