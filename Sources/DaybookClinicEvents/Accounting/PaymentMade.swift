public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// The clinic has paid somebody.
///
/// Fact, on the payment's stream. Debits what it settles, credits the till, the safe or the bank.
public struct PaymentMade: EventPayload, Hashable {
  /// The payment.
  public var payment = PaymentID()
  /// Who was paid.
  public var to = Counterparty()
  /// How much: above zero.
  public var amount = Amount.zero
  /// How it was paid.
  public var method = PaymentMethod()
  /// The till session that gave it; nil outside of a till.
  public var tillSession: TillSessionID?
  /// What it settles: together `amount`.
  public var settles: Few<PaidItem> = []
  /// Who approved it, above the clinic's limit.
  public var approver: StaffID?

  /// No payment: to be filled in.
  public init() {}

  public static var tag: AccountingTag { .paymentMade }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .payment }
  public static var areas: Areas { [.accounting, .humanResources] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "payment", &payment)
    try fields.visit(2, "to", &to)
    try fields.visit(3, "amount", &amount)
    try fields.visit(4, "method", &method)
    try fields.visit(5, "tillSession", &tillSession)
    try fields.visit(6, "settles", &settles)
    try fields.visit(7, "approver", &approver)
    try fields.currency()
  }
}

/// So much of what the clinic owes; below zero what is set off against it, such as a credit note.
public struct PaidItem: Payload, Hashable {
  /// What is paid.
  public var item = PayableItem()
  /// How much of it.
  public var amount = Amount.zero

  /// Nothing: to be filled in.
  public init() {}

  /// `amount` of `item`.
  public init(_ item: PayableItem, _ amount: Amount) {
    self.item = item
    self.amount = amount
  }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "item", &item)
    try fields.visit(2, "amount", &amount)
  }
}

/// What a payment of the clinic settles.
public enum PayableItem: RequiredGroup, Hashable {
  /// A supplier's invoice or credit note.
  case invoice(SupplierInvoiceID)
  /// An item that was open when the books began.
  case opening(OpeningItem)
  /// An account, by its code: tax, social security, a loan, an advance.
  case account(String)
  /// What a run of the payroll owes somebody.
  case payrollLine(PayrollItem)

  /// No invoice: to be filled in.
  public init() { self = .invoice(SupplierInvoiceID()) }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.alternative(
      1, "invoice", &self,
      get: { if case .invoice(let invoice) = $0 { invoice } else { nil } },
      set: { .invoice($0) })
    try fields.alternative(
      2, "opening", &self,
      get: { if case .opening(let item) = $0 { item } else { nil } },
      set: { .opening($0) })
    try fields.alternative(
      3, "account", &self,
      get: { if case .account(let code) = $0 { code } else { nil } },
      set: { .account($0) })
    try fields.alternative(
      4, "payrollLine", &self,
      get: { if case .payrollLine(let line) = $0 { line } else { nil } },
      set: { .payrollLine($0) })
    try fields.endAlternatives("item")
  }
}

/// What a run of the payroll owes one person.
public struct PayrollItem: Payload, Hashable {
  /// The run.
  public var run = PayrollRunID()
  /// The person.
  public var staff = StaffID()

  /// Nobody: to be filled in.
  public init() {}

  /// What `run` owes `staff`.
  public init(_ run: PayrollRunID, _ staff: StaffID) {
    self.run = run
    self.staff = staff
  }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "run", &run)
    try fields.visit(2, "staff", &staff)
  }
}
