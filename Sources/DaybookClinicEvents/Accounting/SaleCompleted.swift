public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// Goods or services are sold over the counter, on one ticket, which is a simplified invoice.
///
/// Fact, on the sale's stream. Debits the receivable by the total and credits it by what is paid at
/// once; credits sales and output tax. The cost of the goods is posted by the stock they are taken
/// from. What a patient does not pay at once stands in a charge.
public struct SaleCompleted: EventPayload, Hashable {
  /// The sale.
  public var sale = SaleID()
  /// The till session that made it; nil outside of a till.
  public var tillSession: TillSessionID?
  /// The patient who bought; nil for a walk-in.
  public var patient: PatientID?
  /// The series of its number.
  public var series = ""
  /// The ticket's number, without gaps in its series.
  public var number: UInt64 = 0
  /// What was sold.
  public var lines: Few<SaleLine> = []
  /// The sum of the lines, tax included.
  public var total = Amount.zero
  /// How it was paid: these are the receipt.
  public var tenders: Few<Tender> = []
  /// The charge in which the rest stands that a patient did not pay at once.
  public var charge: ChargeID?
  /// Who approved a discount above the clinic's limit.
  public var approver: StaffID?

  /// No sale: to be filled in.
  public init() {}

  public static var tag: AccountingTag { .saleCompleted }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .sale }
  public static var areas: Areas { [.accounting, .logistics, .tax] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "sale", &sale)
    try fields.visit(2, "tillSession", &tillSession)
    try fields.visit(3, "patient", &patient)
    try fields.visit(4, "series", &series)
    try fields.visit(5, "number", &number)
    try fields.visit(6, "lines", &lines)
    try fields.visit(7, "total", &total)
    try fields.visit(8, "tenders", &tenders)
    try fields.visit(9, "charge", &charge)
    try fields.visit(10, "approver", &approver)
    try fields.currency()
  }
}

/// One line of a ticket.
public struct SaleLine: Payload, Hashable {
  /// The item that was handed over; nil for a service.
  public var item: ItemID?
  /// The service; nil for an item.
  public var service: ServiceID?
  /// How much, in the item's base unit or in units of the service.
  public var quantity = Quantity.zero
  /// The price of one unit, tax included.
  public var unitPrice = UnitPrice()
  /// What was taken off the line.
  public var discount = Amount.zero
  /// Quantity times price, rounded once, half away from zero, less the discount; tax included.
  public var amount = Amount.zero
  /// The rule of its tax; nil where it is not taxed.
  public var taxCode: TaxCodeID?
  /// The rate on the day of the sale.
  public var rate = Rate()
  /// The tax in the amount.
  public var tax = Amount.zero

  /// Nothing: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "item", &item)
    try fields.visit(2, "service", &service)
    try fields.visit(3, "quantity", &quantity)
    try fields.visit(4, "unitPrice", &unitPrice)
    try fields.visit(5, "discount", &discount)
    try fields.visit(6, "amount", &amount)
    try fields.visit(7, "taxCode", &taxCode)
    try fields.visit(8, "rate", &rate)
    try fields.visit(9, "tax", &tax)
  }
}

/// A line of a sale.
public struct SoldLine: Payload, Hashable {
  /// The sale.
  public var sale = SaleID()
  /// The line, from 1.
  public var line: UInt32 = 0

  /// No line: to be filled in.
  public init() {}

  /// Line `line` of `sale`.
  public init(_ sale: SaleID, line: UInt32) {
    self.sale = sale
    self.line = line
  }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "sale", &sale)
    try fields.visit(2, "line", &line)
  }
}
