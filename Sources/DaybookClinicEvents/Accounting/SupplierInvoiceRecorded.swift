public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// A supplier asks for money, or with amounts below zero gives it back.
///
/// Fact, on the invoice's stream, effective on the day on which it is recorded; its own date is a
/// field. Credits trade payables by the total less what is withheld. Debits, line by line, what was
/// received and not invoiced, or an account; the tax that can be deducted, and the tax that cannot. A
/// credit note for goods that went back after their invoice clears what the supplier has owed since. A
/// line for commission debits what is owed to the person whom it names.
public struct SupplierInvoiceRecorded: EventPayload, Hashable {
  /// The invoice.
  public var invoice = SupplierInvoiceID()
  /// Who sent it.
  public var supplier = PartyID()
  /// The supplier's number of it: each once.
  public var number = ""
  /// The supplier's date of it.
  public var date = Day()
  /// When it is to be paid.
  public var due = Day()
  /// What it asks for.
  public var lines: Few<SupplierInvoiceLine> = []
  /// What is not paid to the supplier but to an authority; nil where nothing is.
  public var withheld: Withholding?
  /// What the supplier asks for: net and tax of all lines, without the tax of a reverse charge.
  public var total = Amount.zero
  /// Who approved prices that are further off than the tolerance.
  public var approver: StaffID?

  /// No invoice: to be filled in.
  public init() {}

  public static var tag: AccountingTag { .supplierInvoiceRecorded }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .supplierInvoice }
  public static var areas: Areas { [.accounting, .logistics, .tax] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "invoice", &invoice)
    try fields.visit(2, "supplier", &supplier)
    try fields.visit(3, "number", &number)
    try fields.visit(4, "date", &date)
    try fields.visit(5, "due", &due)
    try fields.visit(6, "lines", &lines)
    try fields.visit(7, "withheld", &withheld)
    try fields.visit(8, "total", &total)
    try fields.visit(9, "approver", &approver)
    try fields.currency()
  }
}

/// What a supplier's invoice asks for one thing; all amounts below zero in a credit note.
public struct SupplierInvoiceLine: Payload, Hashable {
  /// The line of a receipt that it is for; nil where it is for no goods.
  public var received: ReceiptMatch?
  /// The code of the account that it is for; empty where it is for goods received.
  public var account = ""
  /// Its price without tax.
  public var net = Amount.zero
  /// The rule of its tax; nil where it is not taxed.
  public var taxCode: TaxCodeID?
  /// The tax on `net`.
  public var tax = Amount.zero
  /// The part of the tax that can be deducted.
  public var deductible = Amount.zero
  /// Whether the clinic owes the tax itself, and the supplier does not ask for it.
  public var reverseCharge = false
  /// Whose commission it asks for; nil where it is for something else, and in events that were written
  /// before a line could say so.
  public var staff: StaffID?
  /// The payroll run that stated the commission; nil where none is named.
  public var run: PayrollRunID?

  /// Nothing: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "received", &received)
    try fields.visit(2, "account", &account)
    try fields.visit(3, "net", &net)
    try fields.visit(4, "taxCode", &taxCode)
    try fields.visit(5, "tax", &tax)
    try fields.visit(6, "deductible", &deductible)
    try fields.visit(7, "reverseCharge", &reverseCharge)
    try fields.visit(8, "staff", &staff)
    try fields.visit(9, "run", &run)
  }
}

/// Goods that were received and are now invoiced, or with a quantity below zero credited.
public struct ReceiptMatch: Payload, Hashable {
  /// The receipt.
  public var receipt = ReceiptID()
  /// Its line, from 1.
  public var line: UInt32 = 0
  /// How much of it is invoiced.
  public var quantity = Quantity.zero
  /// What that was worth when it came in: what the price differs from is the price difference.
  public var value = Amount.zero
  /// Whether it had been invoiced before and has gone back: the supplier owed it, and credits it now.
  public var returned = false

  /// Nothing: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "receipt", &receipt)
    try fields.visit(2, "line", &line)
    try fields.visit(3, "quantity", &quantity)
    try fields.visit(4, "value", &value)
    try fields.visit(5, "returned", &returned)
  }
}

/// What is kept back of an invoice for an authority.
public struct Withholding: Payload, Hashable {
  /// How much.
  public var amount = Amount.zero
  /// What for: `IRPF 15%`.
  public var type = ""

  /// Nothing: to be filled in.
  public init() {}

  /// `amount` for `type`.
  public init(_ amount: Amount, _ type: String) {
    self.amount = amount
    self.type = type
  }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "amount", &amount)
    try fields.visit(2, "type", &type)
  }
}
