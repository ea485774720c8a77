public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// How money changes hands, with what that way of paying leaves behind.
///
/// Cash goes to the till (imported cash without one to the safe), cards and online payments to the
/// acquirer's clearing account, transfers, direct debits and cheques to the bank.
public enum PaymentMethod: RequiredGroup, Hashable {
  /// Notes and coins.
  case cash(CashTender)
  /// A card at a terminal.
  case card(CardTender)
  /// A bank transfer, made by the party that pays.
  case transfer(BankTender)
  /// Drawn from the payer's bank account by the clinic.
  case directDebit(BankTender)
  /// A cheque, on paper or electronic.
  case cheque(BankTender)
  /// A voucher, redeemed.
  case voucher(VoucherTender)
  /// Paid on a web page, through an acquirer.
  case online(CardTender)

  /// Cash, of which nothing more is known.
  public init() { self = .cash(CashTender()) }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.alternative(
      1, "cash", &self,
      get: { if case .cash(let tender) = $0 { tender } else { nil } },
      set: { .cash($0) })
    try fields.alternative(
      2, "card", &self,
      get: { if case .card(let tender) = $0 { tender } else { nil } },
      set: { .card($0) })
    try fields.alternative(
      3, "transfer", &self,
      get: { if case .transfer(let tender) = $0 { tender } else { nil } },
      set: { .transfer($0) })
    try fields.alternative(
      4, "directDebit", &self,
      get: { if case .directDebit(let tender) = $0 { tender } else { nil } },
      set: { .directDebit($0) })
    try fields.alternative(
      5, "cheque", &self,
      get: { if case .cheque(let tender) = $0 { tender } else { nil } },
      set: { .cheque($0) })
    try fields.alternative(
      6, "voucher", &self,
      get: { if case .voucher(let tender) = $0 { tender } else { nil } },
      set: { .voucher($0) })
    try fields.alternative(
      7, "online", &self,
      get: { if case .online(let tender) = $0 { tender } else { nil } },
      set: { .online($0) })
    try fields.endAlternatives("method")
  }
}

/// The cash that was given and given back.
public struct CashTender: Payload, Hashable {
  /// What was handed over; nil when it was not noted.
  public var tendered: Amount?
  /// What was given back; nil when it was not noted.
  public var change: Amount?
  /// What was given away or gained because the smallest coin is larger than the minor unit:
  /// tendered less change is the payment's amount and this and the tip.
  public var rounding: Amount?

  /// Cash, of which nothing more is known.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "tendered", &tendered)
    try fields.visit(2, "change", &change)
    try fields.visit(3, "rounding", &rounding)
  }
}

/// The slip of a card payment.
public struct CardTender: Payload, Hashable {
  /// The terminal or the acquirer's service.
  public var terminal = ""
  /// The acquirer's reference of the payment; never a card number.
  public var reference = ""

  /// A card, of which nothing more is known.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "terminal", &terminal)
    try fields.visit(2, "reference", &reference)
  }
}

/// What names a payment at the bank.
public struct BankTender: Payload, Hashable {
  /// The transfer's reference, the mandate of a direct debit, the number of a cheque.
  public var reference = ""

  /// A payment through the bank, of which nothing more is known.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "reference", &reference)
  }
}

/// The voucher that was redeemed.
public struct VoucherTender: Payload, Hashable {
  /// The voucher's code.
  public var code = ""

  /// A voucher, of which nothing more is known.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "code", &code)
  }
}
