public import DaybookBytes
public import DaybookClinicEvents
import DaybookClinicRules
public import DaybookEvents
public import DaybookValues

/// Sets a rule of tax, or a new version of it, from a day on.
///
/// Answers with `TaxCodeSet`, effective on its first day. What is exempt, outside or at zero has no
/// rate.
public struct SetTaxCode: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// The rule to change; nil for a new one.
  public var taxCode: TaxCodeID?
  /// The code that it is known by.
  public var code = ""
  /// The rate; nothing where the class has none of its own.
  public var rate = Rate()
  /// What sort of rule it is.
  public var taxClass = TaxClass.unspecified
  /// Why no tax is asked, as an invoice says it; empty where some is.
  public var reason = ""
  /// Whether the input tax of such supplies may be deducted.
  public var deductible = false
  /// The box of the tax return; empty for none.
  public var returnBox = ""
  /// The first day; nil for that on which it takes effect.
  public var from: Day?

  /// No rule: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "taxCode", &taxCode)
    try fields.visit(2, "code", &code)
    try fields.visit(3, "rate", &rate)
    try fields.visit(4, "taxClass", &taxClass)
    try fields.visit(5, "reason", &reason)
    try fields.visit(6, "deductible", &deductible)
    try fields.visit(7, "returnBox", &returnBox)
    try fields.visit(8, "from", &from)
  }
}

extension SetTaxCode {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: [.admin, .accountant])
    let code = code.trimmed
    if let taxCode { review.requireKnown(taxCode, in: state.catalogue.taxCodes, "taxCode") }
    review.requireText(code, "code")
    if let taken = state.catalogue.taxCode(code), taken != taxCode {
      review.refuse(CatalogueRefusal.taxCodeTaken(taken), "code")
    }
    if taxClass == .unspecified {
      review.refuse(DeskRefusal.missing("a class"), "taxClass")
    } else if !TaxRule.allows(rate, taxClass) {
      review.refuse(CatalogueRefusal.rateOfClass(rate, taxClass), "rate")
    }
    if taxCode == nil {
      review.requireRoom(
        for: "tax codes in one book", besides: state.catalogue.taxCodes.count,
        max: BookLimits.taxCodes, instead: "give one that there is another rate from a day on",
        "code")
    }
    let effective = review.beginning(of: from, "from")
    try review.conclude(into: &decision)

    let id = taxCode ?? TaxCodeID(decision.nextNumber(TaxCodeKind.streamKind))
    let set = TaxCodeSet.with {
      $0.taxCode = id
      $0.code = code
      $0.rate = rate
      $0.taxClass = taxClass
      $0.reason = reason
      $0.deductible = deductible
      $0.returnBox = returnBox
      $0.from = effective.day
    }
    try decision.append(
      set, to: id.number, expecting: taxCode == nil ? .noStream : .any, effective: effective)
  }
}
