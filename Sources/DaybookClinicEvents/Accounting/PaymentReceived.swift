public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// Money has come in.
///
/// Fact, on the payment's stream. Debits the account of its method; credits, for each allocation,
/// the receivable of who owes that charge now, whoever paid. What is not allocated is a credit of
/// the party that paid, or its deposit.
public struct PaymentReceived: EventPayload, Hashable {
  /// The payment.
  public var payment = PaymentID()
  /// Who paid.
  public var from = Party()
  /// How much: above zero.
  public var amount = Amount.zero
  /// What it settles: together at most `amount`.
  public var allocations: Few<Allocation> = []
  /// How it was paid.
  public var method = PaymentMethod()
  /// What the rest is a deposit for; nil for a settlement, whose rest is credit.
  public var deposit: Deposit?
  /// The till session that took it; nil outside of a till.
  public var tillSession: TillSessionID?
  /// What was given on top for the staff.
  public var tip: Amount?
  /// The payer's reference of the remittance that announced it; empty where there is none.
  public var remittance = ""

  /// No payment: to be filled in.
  public init() {}

  public static var tag: AccountingTag { .paymentReceived }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .payment }
  public static var areas: Areas { [.accounting, .humanResources, .tax] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "payment", &payment)
    try fields.visit(2, "from", &from)
    try fields.visit(3, "amount", &amount)
    try fields.visit(4, "allocations", &allocations)
    try fields.visit(5, "method", &method)
    try fields.visit(6, "deposit", &deposit)
    try fields.visit(7, "tillSession", &tillSession)
    try fields.visit(8, "tip", &tip)
    try fields.visit(9, "remittance", &remittance)
    try fields.currency()
  }
}

extension PaymentReceived {
  /// What no allocation takes: the credit or the deposit of the party that paid.
  ///
  /// - Throws: `ValueError` where the amounts overflow or have two currencies.
  public func unapplied() throws(ValueError) -> Amount {
    var rest = amount
    for allocation in allocations { rest = try rest.subtracting(allocation.amount) }
    return rest
  }
}

/// A part of a payment that settles a part of a charge.
public struct Allocation: RequiredGroup, Hashable {
  /// The charge.
  public var charge = ChargeID()
  /// Who owed that part, and whose receivable it therefore lowers.
  public var owedBy = Debtor()
  /// How much: above zero, and at most what `owedBy` still owed.
  public var amount = Amount.zero

  /// Nothing: to be filled in.
  public init() {}

  /// `amount` of `charge`, which `owedBy` owed.
  public init(_ charge: ChargeID, owedBy: Debtor, _ amount: Amount) {
    self.charge = charge
    self.owedBy = owedBy
    self.amount = amount
  }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "charge", &charge)
    try fields.visit(2, "owedBy", &owedBy)
    try fields.visit(3, "amount", &amount)
  }
}

/// Money in advance: what it is meant for, and its tax.
public struct Deposit: Payload, Hashable {
  /// What it is meant for; nil where nothing in particular.
  public var purpose: DepositPurpose?
  /// The rule of its tax, where the supply is known and taxed; nil where no tax is due yet.
  public var taxCode: TaxCodeID?
  /// The tax in what no allocation takes: it is due with the advance.
  public var tax = Amount.zero

  /// For nothing in particular.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "purpose", &purpose)
    try fields.visit(2, "taxCode", &taxCode)
    try fields.visit(3, "tax", &tax)
  }
}

/// What a deposit is meant for.
public enum DepositPurpose: RequiredGroup, Hashable {
  /// An appointment, to be kept when the patient does not come.
  case appointment(AppointmentID)
  /// A treatment plan.
  case plan(PlanID)
  /// A package.
  case package(PackageID)

  /// No appointment: to be filled in.
  public init() { self = .appointment(AppointmentID()) }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.alternative(
      1, "appointment", &self,
      get: { if case .appointment(let appointment) = $0 { appointment } else { nil } },
      set: { .appointment($0) })
    try fields.alternative(
      2, "plan", &self,
      get: { if case .plan(let plan) = $0 { plan } else { nil } },
      set: { .plan($0) })
    try fields.alternative(
      3, "package", &self,
      get: { if case .package(let package) = $0 { package } else { nil } },
      set: { .package($0) })
    try fields.endAlternatives("purpose")
  }
}
