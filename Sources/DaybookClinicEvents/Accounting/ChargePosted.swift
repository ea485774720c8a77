public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// Somebody owes the clinic for a service.
///
/// Fact, on the charge's stream, effective on the day on which the service was done. Debits the
/// receivable of who is responsible, credits income (and tax). A charge of nothing is legitimate,
/// counts, and makes no entry.
public struct ChargePosted: EventPayload, Hashable {
  /// The charge.
  public var charge = ChargeID()
  /// The patient for whom the service was done.
  public var patient = PatientID()
  /// The treatment that is charged; nil for fees, packages and the like.
  public var encounterLine: EncounterLine?
  /// The service.
  public var service = ServiceID()
  /// How many times it was done.
  public var units: UInt32 = 0
  /// Who did it, so that income has a practitioner; nil where nobody did.
  public var practitioner: StaffID?
  /// The price of all units before discount.
  public var list = Amount.zero
  /// What was taken off.
  public var discount = Amount.zero
  /// List less discount: never below zero.
  public var net = Amount.zero
  /// The rule of its tax; nil where it is not taxed.
  public var taxCode: TaxCodeID?
  /// The tax on `net`.
  public var tax = Amount.zero
  /// Who owes all of it at first, net and tax.
  public var responsible = Debtor()
  /// The package that the charge sells, or of which it uses a session.
  public var package: PackageID?
  /// What of the package's price the session earns: fixed when it is used; nil for no session.
  public var recognised: Amount?
  /// The tax on `list`, so that what was taken off has the difference to `tax`, each rounded once.
  ///
  /// Nil where it is as `tax`, since nothing was taken off or nothing is taxed.
  public var listTax: Amount?
  /// The sale of which it is what a patient did not pay at once; the sale posts it.
  public var sale: SaleID?

  /// No charge: to be filled in.
  public init() {}

  public static var tag: AccountingTag { .chargePosted }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .charge }
  public static var areas: Areas { [.accounting, .humanResources, .tax] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "charge", &charge)
    try fields.visit(2, "patient", &patient)
    try fields.visit(3, "encounterLine", &encounterLine)
    try fields.visit(4, "service", &service)
    try fields.visit(5, "units", &units)
    try fields.visit(6, "practitioner", &practitioner)
    try fields.visit(7, "list", &list)
    try fields.visit(8, "discount", &discount)
    try fields.visit(9, "net", &net)
    try fields.visit(10, "taxCode", &taxCode)
    try fields.visit(11, "tax", &tax)
    try fields.visit(12, "responsible", &responsible)
    try fields.visit(13, "package", &package)
    try fields.visit(14, "recognised", &recognised)
    try fields.currency()
    try fields.visit(16, "listTax", &listTax)
    try fields.visit(17, "sale", &sale)
  }
}
