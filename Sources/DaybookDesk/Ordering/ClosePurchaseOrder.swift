public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// Says that nothing more comes of an order.
///
/// Answers with `PurchaseOrderClosed`. What came of it before stays.
public struct ClosePurchaseOrder: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// The order.
  public var order = OrderID()
  /// Why nothing more comes.
  public var reason = OrderClosing.unspecified
  /// What else there is to say, about the goods and never about a person.
  public var note = ""

  /// No order: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "order", &order)
    try fields.visit(2, "reason", &reason)
    try fields.visit(3, "note", &note)
  }
}

extension ClosePurchaseOrder {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: [.admin, .buyer], needsClinic: true)
    review.requireFact()
    if let known = review.known(order, in: state.stock.orders, "order") {
      review.requireHere(known.clinic, "\(order)", "order")
      if !known.isOpen { review.refuse(OrderRefusal.orderClosed(order), "order") }
    }
    if reason == .unspecified { review.refuse(DeskRefusal.missing("a reason"), "reason") }
    try review.conclude(into: &decision)

    let closed = PurchaseOrderClosed.with {
      $0.order = order
      $0.reason = reason
      $0.note = note
    }
    try decision.append(closed, to: order.number, effective: review.effective)
  }
}
