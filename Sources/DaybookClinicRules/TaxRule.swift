public import DaybookClinicEvents
public import DaybookValues

/// What a tax code says on one day: who owes how much tax on a supply.
public struct TaxRule: Hashable, Sendable {
  /// The rate by law.
  public var rate: Rate
  /// What sort of rule it is.
  public var taxClass: TaxClass
  /// Whether the input tax of such supplies may be deducted.
  public var deductible: Bool

  /// A rule.
  public init(rate: Rate, _ taxClass: TaxClass, deductible: Bool = false) {
    self.rate = rate
    self.taxClass = taxClass
    self.deductible = deductible
  }

  /// The rate that the seller asks for: nothing where nothing is taxed, or the buyer owes it.
  public var askedRate: Rate {
    switch taxClass {
    case .standard, .reduced: rate
    case .zero, .exempt, .reverseCharge, .outside, .unspecified: .zero
    }
  }

  /// Whether income by this rule stands among the taxable.
  public var isTaxable: Bool {
    switch taxClass {
    case .standard, .reduced, .zero, .reverseCharge: true
    case .exempt, .outside, .unspecified: false
    }
  }

  /// Whether a rate can go with a class: one of its own goes with those that are taxed alone.
  public static func allows(_ rate: Rate, _ taxClass: TaxClass) -> Bool {
    switch taxClass {
    case .standard, .reduced, .reverseCharge: rate >= .zero && rate <= .whole
    case .zero, .exempt, .outside, .unspecified: rate == .zero
    }
  }

  /// The tax to add to a price without tax, rounded once, half away from zero.
  ///
  /// Source: BOOKS section 3, "rounding of tax"; a line is the document's part that is rounded.
  ///
  /// - Throws: `.overflow`.
  public func tax(onTopOf net: Int64) throws(ValueError) -> Int64 {
    try Amount(minorUnits: net).applying(askedRate).minorUnits
  }

  /// The tax inside a price with tax: V = round(G x r / (100 + r)); the net is the difference.
  ///
  /// Source: BOOKS section 3, "gross-priced".
  ///
  /// - Throws: `.overflow`.
  public func tax(includedIn gross: Int64) throws(ValueError) -> Int64 {
    try Amount(minorUnits: gross).taxIncluded(at: askedRate).minorUnits
  }
}

/// The tax of a charge: on what is asked, and on the price of the list.
public struct ChargeTax: Hashable, Sendable {
  /// The tax on list less discount.
  public var tax: Int64 = 0
  /// The tax on the list price; nil where it is the same.
  public var listTax: Int64?

  /// No tax.
  public init() {}

  /// The tax of a price of `list` of which `discount` is taken off, each rounded once.
  ///
  /// What was taken off has the difference of the two as its tax, so that both sides of the entry
  /// come to the cent, and none is rounded apart from the others.
  ///
  /// - Parameters:
  ///   - list: Minor units without tax.
  ///   - discount: Minor units without tax, at most `list`.
  ///   - rule: The rule of the day; nil where nothing is taxed.
  /// - Throws: `.overflow`.
  public init(list: Int64, discount: Int64, _ rule: TaxRule?) throws(ValueError) {
    guard let rule else { return }
    tax = try rule.tax(onTopOf: list - discount)
    let listTax = try rule.tax(onTopOf: list)
    if listTax != tax { self.listTax = listTax }
  }
}
