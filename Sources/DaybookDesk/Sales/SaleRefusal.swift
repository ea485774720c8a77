public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// What the Desk refuses about sales and returns.
public enum SaleRefusal: RefusalCase, Hashable {
  /// A line names one item or one service.
  case notOneThing
  /// Services are sold in whole units.
  case notWhole(ServiceID)
  /// No list has a price, and none is given.
  case noPrice
  /// A price below zero.
  case negativePrice(UnitPrice)
  /// More is taken off than the line comes to.
  case discountAboveLine(Amount)
  /// More is paid than the ticket comes to.
  case abovePaid(left: Amount)
  /// A walk-in pays at once; what is given back adds up.
  case notPaid(Amount)
  /// The original must be named, or said to be unknown.
  case noOriginal
  /// The sale has no such line.
  case noSuchLine(SaleID, UInt32)
  /// More comes back than was sold and is not back yet.
  case aboveSold(SaleID, line: UInt32, left: Quantity)
  /// The sale was undone.
  case reversed(SaleID)
  /// It is dated before the sale.
  case beforeSale(SaleID, Moment)

  /// The stable code.
  public var code: RefusalCode {
    switch self {
    case .notOneThing, .noPrice, .noOriginal: .fieldRequired
    case .notWhole: .outOfRange
    case .negativePrice: .amountNegative
    case .discountAboveLine: .outOfRange
    case .abovePaid, .notPaid: .unbalanced
    case .noSuchLine: .unknownReference
    case .aboveSold: .quantityExceeded
    case .beforeSale, .reversed: .invalidState
    }
  }

  /// What is wrong and what to do about it.
  public var message: String {
    switch self {
    case .notOneThing: "a line names one item or one service; fill in the one"
    case .notWhole(let service): "\(service) is sold in whole units; correct the quantity"
    case .noPrice: "no list has a price for it on that day; give one, or set it"
    case .negativePrice(let price): "\(price) is below zero; give the price without its sign"
    case .discountAboveLine(let amount):
      "the line comes to \(amount); take off at most that"
    case .abovePaid(let left): "\(left) is left to pay there; correct the amount"
    case .notPaid(let left):
      "\(left) is left over; pay it, or name the patient on whose account it goes"
    case .noOriginal: "name the sale, or say that the original is unknown"
    case .noSuchLine(let sale, let line): "\(sale) has no line \(line); correct the number"
    case .aboveSold(let sale, let line, let left):
      "\(left) of line \(line) of \(sale) can still come back; take back at most that"
    case .reversed(let sale): "\(sale) was reversed; nothing of it can come back"
    case .beforeSale(let sale, let moment):
      "\(sale) was at \(moment); give a time after that"
    }
  }
}
