public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// An invoice is written: which shares of which charges it asks for, from whom.
///
/// Fact, on the invoice's stream. Posts nothing, since the charges stand in the receivables already,
/// but what rounding the tax of the whole document makes of it: where the clinic rounds so, the
/// receivable of the line that has it, against output tax.
public struct InvoiceIssued: EventPayload, Hashable {
  /// The invoice.
  public var invoice = InvoiceID()
  /// The series of its number.
  public var series = ""
  /// Its number, without gaps in its series.
  public var number: UInt64 = 0
  /// Its date, never before that of the number before.
  public var date = Day()
  /// Who is asked, as they were called then.
  public var customer = InvoiceCustomer()
  /// Who asks, as the clinic was called then.
  public var issuer = InvoiceIssuer()
  /// What it asks for.
  public var lines: Few<InvoiceLine> = []
  /// Advances that were invoiced before and are taken off.
  public var deductions: Few<DepositDeduction> = []
  /// The sums of lines and deductions by rule of tax.
  public var taxes: Few<TaxSum> = []
  /// What it comes to, tax included.
  public var total = Amount.zero
  /// When it is to be paid.
  public var due: Few<DueDate> = []
  /// What is overpaid by a tax that is rounded down, and becomes credit of who paid.
  public var released: Few<ReleasedPart> = []

  /// No invoice: to be filled in.
  public init() {}

  public static var tag: AccountingTag { .invoiceIssued }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .invoice }
  public static var areas: Areas { [.accounting, .tax] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "invoice", &invoice)
    try fields.visit(2, "series", &series)
    try fields.visit(3, "number", &number)
    try fields.visit(4, "date", &date)
    try fields.visit(5, "customer", &customer)
    try fields.visit(6, "issuer", &issuer)
    try fields.visit(7, "lines", &lines)
    try fields.visit(8, "deductions", &deductions)
    try fields.visit(9, "taxes", &taxes)
    try fields.visit(10, "total", &total)
    try fields.visit(11, "due", &due)
    try fields.visit(12, "released", &released)
    try fields.currency()
  }
}

/// Who an invoice is written to, as they were called when it was written.
public struct InvoiceCustomer: RequiredGroup, Hashable {
  /// The patient or party.
  public var party = Party()
  /// The name of an organisation; empty for a person, whose name stands in the person's group.
  public var name = ""
  /// The number that an organisation is taxed under.
  public var taxID = ""
  /// Where an organisation is.
  public var address = Address()
  /// A person; nil for an organisation.
  public var person: InvoicePerson?

  /// Nobody: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "party", &party)
    try fields.visit(2, "name", &name)
    try fields.visit(3, "taxId", &taxID)
    try fields.visit(4, "address", &address)
    try fields.visit(5, "person", &person)
  }
}

/// A person to whom an invoice is written.
public struct InvoicePerson: PersonalGroup, Hashable {
  /// The human being's number, a `PersonID`.
  public var person: UInt64 = 0
  /// The fields below, sealed; empty while they stand plain.
  public var sealed: [UInt8] = []
  /// The whole name, as it is printed.
  public var name = ""
  /// The number that the person is taxed under.
  public var taxID = ""
  /// Postal address, in one text.
  public var address = ""

  /// Nobody: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.personal(&person, &sealed)
    try fields.visit(3, "name", &name)
    try fields.visit(4, "taxId", &taxID)
    try fields.visit(5, "address", &address)
  }
}

/// Who writes an invoice, as the clinic was called when it was written.
public struct InvoiceIssuer: Payload, Hashable {
  /// The name it is registered under.
  public var legalName = ""
  /// The number it is taxed under.
  public var taxID = ""
  /// Where it is.
  public var address = Address()

  /// Nobody: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "legalName", &legalName)
    try fields.visit(2, "taxId", &taxID)
    try fields.visit(3, "address", &address)
  }
}

/// One line of an invoice: a share of a charge, an advance, or a sum of a ticket.
public struct InvoiceLine: Payload, Hashable {
  /// The charge of which it asks for a share.
  public var charge: ChargeID?
  /// Whose share of the charge it is.
  public var owedBy: Debtor?
  /// The payment in advance that it confirms.
  public var deposit: PaymentID?
  /// The sale whose ticket it takes the place of.
  public var sale: SaleID?
  /// Without tax.
  public var net = Amount.zero
  /// The rule of its tax; nil where it is not taxed.
  public var taxCode: TaxCodeID?
  /// The rate of the charge, the advance or the sale.
  public var rate = Rate()
  /// Its tax.
  public var tax = Amount.zero
  /// What of the tax comes from rounding the whole document, and is owed with it; below zero what is
  /// owed less.
  public var rounding = Amount.zero

  /// Nothing: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "charge", &charge)
    try fields.visit(2, "owedBy", &owedBy)
    try fields.visit(3, "deposit", &deposit)
    try fields.visit(4, "sale", &sale)
    try fields.visit(5, "net", &net)
    try fields.visit(6, "taxCode", &taxCode)
    try fields.visit(7, "rate", &rate)
    try fields.visit(8, "tax", &tax)
    try fields.visit(9, "rounding", &rounding)
  }
}

/// What an advance that was invoiced before takes off an invoice.
public struct DepositDeduction: Payload, Hashable {
  /// The payment in advance.
  public var payment = PaymentID()
  /// Without tax.
  public var net = Amount.zero
  /// The rule of its tax; nil where it is not taxed.
  public var taxCode: TaxCodeID?
  /// The rate of the advance.
  public var rate = Rate()
  /// Its tax.
  public var tax = Amount.zero

  /// Nothing: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "payment", &payment)
    try fields.visit(2, "net", &net)
    try fields.visit(3, "taxCode", &taxCode)
    try fields.visit(4, "rate", &rate)
    try fields.visit(5, "tax", &tax)
  }
}

/// A part of an invoice and the day on which it is due.
public struct DueDate: Payload, Hashable {
  /// The day.
  public var date = Day()
  /// How much is due then.
  public var amount = Amount.zero

  /// Nothing: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "date", &date)
    try fields.visit(2, "amount", &amount)
  }
}
