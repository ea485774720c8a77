public import DaybookEvents
public import DaybookValues

/// A way in which money changes hands, without what it leaves behind: what a till counts by.
public enum MethodType: UInt32, WireEnum {
  /// Not said: never valid in an event.
  case unspecified = 0
  /// Notes and coins.
  case cash = 1
  /// A card at a terminal.
  case card = 2
  /// A bank transfer.
  case transfer = 3
  /// Drawn from the payer's bank account.
  case directDebit = 4
  /// A cheque.
  case cheque = 5
  /// A voucher, redeemed.
  case voucher = 6
  /// Paid on a web page.
  case online = 7

  /// Not said.
  public init() { self = .unspecified }
}

extension PaymentMethod {
  /// Which way it is.
  public var type: MethodType {
    switch self {
    case .cash: .cash
    case .card: .card
    case .transfer: .transfer
    case .directDebit: .directDebit
    case .cheque: .cheque
    case .voucher: .voucher
    case .online: .online
    }
  }

  /// What was given away (below zero) or gained because the smallest coin is larger than the minor
  /// unit; nil where there is no such difference.
  public var rounding: Amount? {
    guard case .cash(let tender) = self else { return nil }
    return tender.rounding
  }
}
