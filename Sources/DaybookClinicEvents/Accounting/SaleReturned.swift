public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// Goods of a ticket come back, and their price goes out.
///
/// Fact, on the return's stream. Debits returns and output tax, at the rates of the sale; credits
/// the receivable, and debits it by what is given back at once. What goes back to the shelf debits
/// inventory by what it had cost when it was sold.
public struct SaleReturned: EventPayload, Hashable {
  /// The return.
  public var saleReturn = SaleReturnID()
  /// The till session that gave the money; nil outside of a till.
  public var tillSession: TillSessionID?
  /// The series of its number.
  public var series = ""
  /// Its number, without gaps in its series.
  public var number: UInt64 = 0
  /// The clinic whose stock the goods go back to.
  public var clinic = ClinicID()
  /// The sale; nil where the original is not known.
  public var sale: SaleID?
  /// What came back.
  public var lines: Few<ReturnLine> = []
  /// The sum of the lines, tax included.
  public var total = Amount.zero
  /// How it was given back.
  public var tenders: Few<Tender> = []
  /// The patient who had bought; nil for a walk-in.
  public var patient: PatientID?
  /// The charge that held what was not paid of the sale.
  public var charge: ChargeID?
  /// What the charge owes less.
  public var forgiven = Amount.zero
  /// Why it came back, about the goods and never about a person.
  public var reason = ""
  /// Who approved it, above the clinic's limit.
  public var approver: StaffID?

  /// No return: to be filled in.
  public init() {}

  public static var tag: AccountingTag { .saleReturned }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .saleReturn }
  public static var areas: Areas { [.accounting, .logistics, .tax] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "saleReturn", &saleReturn)
    try fields.visit(2, "tillSession", &tillSession)
    try fields.visit(3, "series", &series)
    try fields.visit(4, "number", &number)
    try fields.visit(5, "clinic", &clinic)
    try fields.visit(6, "sale", &sale)
    try fields.visit(7, "lines", &lines)
    try fields.visit(8, "total", &total)
    try fields.visit(9, "tenders", &tenders)
    try fields.visit(10, "patient", &patient)
    try fields.visit(11, "charge", &charge)
    try fields.visit(12, "forgiven", &forgiven)
    try fields.visit(13, "reason", &reason)
    try fields.visit(14, "approver", &approver)
    try fields.currency()
  }
}

/// What came back of one line of a ticket.
public struct ReturnLine: Payload, Hashable {
  /// The line of the sale, from 1; 0 where the original is not known.
  public var line: UInt32 = 0
  /// The item; nil for a service.
  public var item: ItemID?
  /// The service; nil for an item.
  public var service: ServiceID?
  /// How much came back.
  public var quantity = Quantity.zero
  /// What it had been sold for, tax included.
  public var amount = Amount.zero
  /// The rule of its tax; nil where it is not taxed.
  public var taxCode: TaxCodeID?
  /// The rate of the sale.
  public var rate = Rate()
  /// The tax in the amount.
  public var tax = Amount.zero
  /// What goes back to the shelf, lot by lot, with what it had cost; nothing where it does not.
  public var restocked: Few<IssueLine> = []

  /// Nothing: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "line", &line)
    try fields.visit(2, "item", &item)
    try fields.visit(3, "service", &service)
    try fields.visit(4, "quantity", &quantity)
    try fields.visit(5, "amount", &amount)
    try fields.visit(6, "taxCode", &taxCode)
    try fields.visit(7, "rate", &rate)
    try fields.visit(8, "tax", &tax)
    try fields.visit(9, "restocked", &restocked)
  }
}
