public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// A payer has paid for many claims in one sum, and perhaps taken back what it paid before.
///
/// Fact, on the stream of the payment that it is. Debits the bank by the total, or credits it where
/// more is taken back than paid, and credits, line by line, what the payer owes; what is taken back is
/// owed again. Adjustments that concern no charge
/// are interest, fees, or a balance that the payer carries to its next remittance.
public struct RemittanceReceived: EventPayload, Hashable {
  /// The payment.
  public var payment = PaymentID()
  /// Who paid.
  public var payer = PartyID()
  /// The payer's reference of the remittance.
  public var reference = ""
  /// The payer's date of it.
  public var date = Day()
  /// What it pays, and takes back, charge by charge.
  public var lines: Few<RemittanceLine> = []
  /// What else makes the total more or less.
  public var providerAdjustments: Few<ProviderAdjustment> = []
  /// What came in: the sum of lines and adjustments; below zero what the payer has taken.
  public var total = Amount.zero

  /// No remittance: to be filled in.
  public init() {}

  public static var tag: AccountingTag { .remittanceReceived }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .payment }
  public static var areas: Areas { [.accounting, .humanResources] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "payment", &payment)
    try fields.visit(2, "payer", &payer)
    try fields.visit(3, "reference", &reference)
    try fields.visit(4, "date", &date)
    try fields.visit(5, "lines", &lines)
    try fields.visit(6, "providerAdjustments", &providerAdjustments)
    try fields.visit(7, "total", &total)
    try fields.currency()
  }
}

/// What a remittance pays for one charge, or takes back.
public struct RemittanceLine: Payload, Hashable {
  /// The claim that asked for it.
  public var claim = ClaimID()
  /// The charge.
  public var charge = ChargeID()
  /// The priority under which the payer owes it.
  public var priority = CoveragePriority.unspecified
  /// What is paid; below zero what is taken back, and owed again.
  public var paid = Amount.zero

  /// Nothing: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "claim", &claim)
    try fields.visit(2, "charge", &charge)
    try fields.visit(3, "priority", &priority)
    try fields.visit(4, "paid", &paid)
  }
}

/// What makes a remittance more or less than its lines.
public struct ProviderAdjustment: Payload, Hashable {
  /// What sort it is, which decides the account.
  public var type = ProviderAdjustmentType.unspecified
  /// The payer's code: `L6`, `FB`, `WO`.
  public var code = ""
  /// What it adds to the total; below zero what it takes off.
  public var amount = Amount.zero
  /// The claim that it concerns; nil for none.
  public var claim: ClaimID?

  /// Nothing: to be filled in.
  public init() {}

  /// `amount` of `type`, by the payer's code.
  public init(_ type: ProviderAdjustmentType, _ code: String, _ amount: Amount) {
    self.type = type
    self.code = code
    self.amount = amount
  }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "type", &type)
    try fields.visit(2, "code", &code)
    try fields.visit(3, "amount", &amount)
    try fields.visit(4, "claim", &claim)
  }
}

/// What sort of adjustment of a remittance something is.
public enum ProviderAdjustmentType: UInt32, WireEnum {
  /// Not said: never valid in an event.
  case unspecified = 0
  /// Interest for paying late.
  case interest = 1
  /// A fee that the payer keeps.
  case fee = 2
  /// A balance carried to the next remittance, or brought from the last.
  case balance = 3

  /// Not said.
  public init() { self = .unspecified }
}
