/// How much of something: thousandths of a unit, signed.
@frozen public struct Quantity: Hashable, Sendable {
  /// The quantity in thousandths of the unit: 1250 is 1.25.
  public var thousandths: Int64

  /// Nothing.
  @inlinable public init() {
    thousandths = 0
  }

  /// So many thousandths of a unit.
  @inlinable public init(thousandths: Int64) {
    self.thousandths = thousandths
  }

  /// So many whole units.
  ///
  /// - Throws: `.overflow`.
  @inlinable public init(units: Int64) throws(ValueError) {
    let (thousandths, tooLarge) = units.multipliedReportingOverflow(by: 1000)
    guard !tooLarge else {
      throw ValueError(.overflow, subject: "quantity", text: String(units))
    }
    self.thousandths = thousandths
  }

  /// Reads `1.25`: digits, and at most three decimals after a point.
  ///
  /// - Throws: `.empty`, `.malformed`, `.tooPrecise`, `.overflow`.
  public init(parsing text: some StringProtocol) throws(ValueError) {
    thousandths = try DecimalText.parse(String(text), subject: "quantity", scale: 3)
  }

  /// Nothing.
  @inlinable public static var zero: Quantity { Quantity() }

  /// One unit.
  @inlinable public static var one: Quantity { Quantity(thousandths: 1000) }

  /// Whether it is nothing.
  @inlinable public var isZero: Bool { thousandths == 0 }

  /// Whether it is above nothing.
  @inlinable public var isPositive: Bool { thousandths > 0 }

  /// Whether it is below nothing.
  @inlinable public var isNegative: Bool { thousandths < 0 }
}

extension Quantity {
  /// The sum of both.
  ///
  /// - Throws: `.overflow`.
  @inlinable public func adding(_ other: Quantity) throws(ValueError) -> Quantity {
    let (sum, tooLarge) = thousandths.addingReportingOverflow(other.thousandths)
    guard !tooLarge else { throw overflow("+", other) }
    return Quantity(thousandths: sum)
  }

  /// This less the other.
  ///
  /// - Throws: `.overflow`.
  @inlinable public func subtracting(_ other: Quantity) throws(ValueError) -> Quantity {
    let (difference, tooLarge) = thousandths.subtractingReportingOverflow(other.thousandths)
    guard !tooLarge else { throw overflow("-", other) }
    return Quantity(thousandths: difference)
  }

  /// The same quantity the other way.
  ///
  /// - Throws: `.overflow` for the smallest quantity of all, which has no counterpart.
  @inlinable public func negated() throws(ValueError) -> Quantity {
    try Quantity.zero.subtracting(self)
  }

  @usableFromInline @inline(never)
  func overflow(_ operation: StaticString, _ other: Quantity) -> ValueError {
    ValueError(.overflow, subject: "quantity", text: "\(self) \(operation) \(other)")
  }
}

extension Quantity: Comparable {
  /// Ordered by size.
  @inlinable public static func < (a: Quantity, b: Quantity) -> Bool {
    a.thousandths < b.thousandths
  }
}

extension Quantity: CustomStringConvertible {
  /// The number with as many decimals as it needs: `1.25`, `3`.
  public var description: String { DecimalText.printShortest(thousandths, scale: 3) }
}
