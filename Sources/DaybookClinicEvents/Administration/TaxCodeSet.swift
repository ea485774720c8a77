public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// A rule of tax, or a new version of it, from a day on.
///
/// Plan, on the tax code's stream, effective on its first day: rates are known before they hold.
public struct TaxCodeSet: EventPayload, Hashable {
  /// The rule of tax.
  public var taxCode = TaxCodeID()
  /// The code that it is known by: `S21`.
  public var code = ""
  /// The rate; nothing where the class has no rate of its own.
  public var rate = Rate()
  /// What sort of rule it is.
  public var taxClass = TaxClass.unspecified
  /// Why no tax is asked, as an invoice says it: the article of the law; empty where some is.
  public var reason = ""
  /// Whether the input tax of such supplies may be deducted.
  public var deductible = false
  /// The box of the tax return that it is declared in; empty for none.
  public var returnBox = ""
  /// The first day.
  public var from = Day()

  /// No rule: to be filled in.
  public init() {}

  public static var tag: AdministrationTag { .taxCodeSet }
  public static var nature: Nature { .plan }
  public static var areas: Areas { [.accounting, .tax] }
  public static var streamKind: StreamKind { .taxCode }

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

/// What sort of rule of tax something is.
public enum TaxClass: UInt32, WireEnum {
  /// Not said: never valid in an event.
  case unspecified = 0
  /// Taxed at the standard rate.
  case standard = 1
  /// Taxed at a reduced rate.
  case reduced = 2
  /// Taxed at nothing, with the right to deduct.
  case zero = 3
  /// Not taxed by the law: medical care.
  case exempt = 4
  /// Who receives the supply owes the tax.
  case reverseCharge = 5
  /// Outside of the tax altogether.
  case outside = 6

  /// Not said.
  public init() { self = .unspecified }
}
