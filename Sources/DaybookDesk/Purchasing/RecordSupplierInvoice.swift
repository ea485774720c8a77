public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// A supplier asks for money, or with amounts below zero gives it back.
///
/// Answers with `SupplierInvoiceRecorded`. A line for goods takes of the receipt what is not
/// invoiced yet; a price further off than 5 % of what came in wants a second person. A line of a
/// credit note takes what of the receipt has gone back since it was invoiced, and once that is all
/// credited what is still here: then the goods go back without another note. The tax is that
/// of its rule where the invoice does not say it; of it the clinic's share can be deducted, unless
/// the line says otherwise or the rule gives no right to. A line for commission names whose it is,
/// and asks for at most what that person is owed.
public struct RecordSupplierInvoice: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// Who sent it.
  public var supplier = PartyID()
  /// The supplier's number of it.
  public var number = ""
  /// The supplier's date of it.
  public var date = Day()
  /// When it is to be paid; nil for its date and the supplier's days.
  public var due: Day?
  /// What it asks for.
  public var lines: Few<InvoicedLine> = []
  /// What is not paid to the supplier but to an authority; nil where nothing is.
  public var withheld: Withholding?
  /// What it asks for in all, as it has it; nil where it does not say.
  public var total: Amount?
  /// Who approves prices that are further off than the tolerance.
  public var approver: StaffID?

  /// No invoice: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "supplier", &supplier)
    try fields.visit(2, "number", &number)
    try fields.visit(3, "date", &date)
    try fields.visit(4, "due", &due)
    try fields.visit(5, "lines", &lines)
    try fields.visit(6, "withheld", &withheld)
    try fields.visit(7, "total", &total)
    try fields.visit(8, "approver", &approver)
    try fields.currency()
  }
}

/// What a supplier's invoice asks for one thing.
public struct InvoicedLine: Payload, Hashable {
  /// The receipt of the goods; nil where it is for no goods.
  public var receipt: ReceiptID?
  /// The receipt's line, from 1.
  public var line: UInt32 = 1
  /// How much of it, in a credit note below zero; nil for all that is not invoiced, or not credited.
  public var quantity: Quantity?
  /// The code of the account; empty where it is for goods received.
  public var account = ""
  /// The price without tax.
  public var net = Amount.zero
  /// The rule of its tax; nil where it is not taxed.
  public var taxCode: TaxCodeID?
  /// The tax on it, as the invoice has it; nil for that of the rule on the invoice's date.
  public var tax: Amount?
  /// The share of the tax that can be deducted; nil for the clinic's.
  public var deductible: Rate?
  /// Whether the clinic owes the tax itself, and the supplier does not ask for it; the rule says so
  /// too.
  public var reverseCharge = false
  /// Whose commission it asks for; nil on all accounts but commission payable.
  public var staff: StaffID?
  /// The payroll run whose commission it asks for; nil for whatever the person is owed.
  public var run: PayrollRunID?

  /// Nothing: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "receipt", &receipt)
    try fields.visit(2, "line", &line)
    try fields.visit(3, "quantity", &quantity)
    try fields.visit(4, "account", &account)
    try fields.visit(5, "net", &net)
    try fields.visit(6, "taxCode", &taxCode)
    try fields.visit(7, "tax", &tax)
    try fields.visit(8, "deductible", &deductible)
    try fields.visit(9, "reverseCharge", &reverseCharge)
    try fields.visit(10, "staff", &staff)
    try fields.visit(11, "run", &run)
  }
}
