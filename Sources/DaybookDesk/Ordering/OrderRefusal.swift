public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// What the Desk refuses about purchase orders.
public enum OrderRefusal: RefusalCase, Hashable {
  /// Nothing more comes of the order.
  case orderClosed(OrderID)
  /// The order went to somebody else.
  case otherSupplier(OrderID, PartyID)
  /// More than was ordered, with what is taken in beyond it; zero of what was not ordered.
  case beyondOrder(ItemID, OrderID, left: Quantity)
  /// Stock that was there when the books began was not ordered.
  case openingWasNotOrdered(OrderID)

  /// The stable code.
  public var code: RefusalCode {
    switch self {
    case .orderClosed, .otherSupplier, .openingWasNotOrdered: .invalidState
    case .beyondOrder: .quantityExceeded
    }
  }

  /// What is wrong and what to do about it.
  public var message: String {
    switch self {
    case .orderClosed(let order):
      "\(order) is closed; receive the goods without it, or place another order"
    case .otherSupplier(let order, let supplier):
      "\(order) went to \(supplier); leave the supplier out, or receive without the order"
    case .beyondOrder(let item, let order, let left):
      "\(left) more of \(item) may come of \(order); receive the rest without it, or send it back"
    case .openingWasNotOrdered(let order):
      "opening stock was there before any order; leave \(order) out"
    }
  }
}
