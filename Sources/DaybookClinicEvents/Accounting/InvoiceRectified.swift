public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// An invoice asks for less than it did: an invoice of its own, with the differences.
///
/// Fact, on the stream of the rectifying invoice. Debits credit notes and output tax; credits the
/// receivable by what was open, and the credit of who paid by the rest.
public struct InvoiceRectified: EventPayload, Hashable {
  /// The rectifying invoice.
  public var invoice = InvoiceID()
  /// The series of its number.
  public var series = ""
  /// Its number, without gaps in its series.
  public var number: UInt64 = 0
  /// Its date, never before that of the number before.
  public var date = Day()
  /// The invoice that it corrects.
  public var original = InvoiceID()
  /// What is asked for less, line by line.
  public var lines: Few<RectifiedLine> = []
  /// The sums of the lines by rule of tax.
  public var taxes: Few<TaxSum> = []
  /// What is asked for less, tax included.
  public var total = Amount.zero
  /// What is overpaid by it, and becomes credit of who paid.
  public var released: Few<ReleasedPart> = []
  /// Why, about the invoice and never about a person.
  public var reason = ""
  /// Who approved it, above the clinic's limit.
  public var approver: StaffID?

  /// No invoice: to be filled in.
  public init() {}

  public static var tag: AccountingTag { .invoiceRectified }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .invoice }
  public static var areas: Areas { [.accounting, .tax] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "invoice", &invoice)
    try fields.visit(2, "series", &series)
    try fields.visit(3, "number", &number)
    try fields.visit(4, "date", &date)
    try fields.visit(5, "original", &original)
    try fields.visit(6, "lines", &lines)
    try fields.visit(7, "taxes", &taxes)
    try fields.visit(8, "total", &total)
    try fields.visit(9, "released", &released)
    try fields.visit(10, "reason", &reason)
    try fields.visit(11, "approver", &approver)
    try fields.currency()
  }
}

/// What is asked for less on one line of an invoice; amounts above zero.
public struct RectifiedLine: Payload, Hashable {
  /// The line of the original, from 1.
  public var line: UInt32 = 0
  /// The charge of which less is owed; nil for an advance.
  public var charge: ChargeID?
  /// Who owes less of it.
  public var owedBy: Debtor?
  /// Without tax.
  public var net = Amount.zero
  /// The rule of its tax, as on the original.
  public var taxCode: TaxCodeID?
  /// The rate of the original.
  public var rate = Rate()
  /// Its tax.
  public var tax = Amount.zero
  /// The payment in advance that the line confirmed.
  public var deposit: PaymentID?

  /// Nothing: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "line", &line)
    try fields.visit(2, "charge", &charge)
    try fields.visit(3, "owedBy", &owedBy)
    try fields.visit(4, "net", &net)
    try fields.visit(5, "taxCode", &taxCode)
    try fields.visit(6, "rate", &rate)
    try fields.visit(7, "tax", &tax)
    try fields.visit(8, "deposit", &deposit)
  }
}

/// A part of a payment that settles nothing any more.
public struct ReleasedPart: RequiredGroup, Hashable {
  /// The payment.
  public var payment = PaymentID()
  /// Who had paid, and whose credit it becomes.
  public var from = Party()
  /// What it had settled.
  public var allocation = Allocation()
  /// Whether the rest of the payment is a deposit, not credit.
  public var ofDeposit = false
  /// The tax of a taxable deposit in the part.
  public var tax = Amount.zero
  /// The clinic that took the payment, and has the credit; nil for that of the event.
  public var clinic: ClinicID?
  /// The payment of nothing that holds the part as credit from now on; nil where the payment itself
  /// does.
  public var credit: PaymentID?

  /// Nothing: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "payment", &payment)
    try fields.visit(2, "from", &from)
    try fields.visit(3, "allocation", &allocation)
    try fields.visit(4, "ofDeposit", &ofDeposit)
    try fields.visit(5, "tax", &tax)
    try fields.visit(6, "clinic", &clinic)
    try fields.visit(7, "credit", &credit)
  }
}
