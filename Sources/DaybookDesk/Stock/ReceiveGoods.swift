public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// Goods come in at the clinic of the envelope, or were there when the books began.
///
/// Answers with `GoodsReceived`. With an order, the supplier is the order's, and so is the cost of a
/// line that names none; no more comes in than was ordered and its tolerance.
///
/// What is dated before a count leaves the count as it is: `StockCounted` in the same action takes it
/// off again. What is dated before something was used beyond what was on hand is what was used:
/// `StockIssued` in the same action settles that.
public struct ReceiveGoods: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// The purchase order that it answers; nil where there is none.
  public var order: OrderID?
  /// Who sent the goods; nil for opening stock, and for the supplier of the order.
  public var supplier: PartyID?
  /// What came in.
  public var lines: Few<GoodsLine> = []
  /// Whether this is stock that was there when the books began.
  public var opening = false
  /// When these goods were to be there; nil for the day on which the order was due.
  public var due: Day?

  /// No receipt: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "order", &order)
    try fields.visit(2, "supplier", &supplier)
    try fields.visit(3, "lines", &lines)
    try fields.visit(4, "opening", &opening)
    try fields.visit(5, "due", &due)
    try fields.currency()
  }
}

/// Some of one item and one lot that comes in.
public struct GoodsLine: Payload, Hashable {
  /// The item.
  public var item = ItemID()
  /// The maker's lot; empty where the item is not tracked by lot.
  public var lot = ""
  /// The last day on which the lot may be used; nil where it does not expire.
  public var expiry: Day?
  /// How much, in `unit`.
  public var quantity = Quantity.zero
  /// The cost of one `unit`; 0 for what the order says.
  public var unitCost = UnitPrice()
  /// The cost of the line; nil for quantity times unit cost.
  public var value: Amount?
  /// A pack of the item; empty for its base unit.
  public var unit = ""

  /// Nothing: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "item", &item)
    try fields.visit(2, "lot", &lot)
    try fields.visit(3, "expiry", &expiry)
    try fields.visit(4, "quantity", &quantity)
    try fields.visit(5, "unitCost", &unitCost)
    try fields.visit(6, "value", &value)
    try fields.visit(7, "unit", &unit)
  }
}

extension ReceiveGoods {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: [.buyer], needsClinic: true)
    review.requireFact()
    let order = checkOrder(state, &review)
    let supplier = checkSupplier(order, state, &review)
    if lines.isEmpty { review.refuse(DeskRefusal.missing("a line"), "lines") }
    if let due, !due.isInRange {
      review.refuse(DeskRefusal.outOfRange("\(due)", "a day of the years 1 to 9999"), "due")
    }
    let received = lines.map { check($0, order, state, &review) }
    let clinic = ClinicID(context.clinic)
    let moves = received.map {
      StockMove(
        key: StockKey(clinic: clinic, item: $0.item), lot: $0.lot,
        quantity: $0.quantity.thousandths, value: $0.value.minorUnits)
    }
    review.requireRoom(for: moves, in: state.stock, "lines")
    if let order { checkOrdered(received, order, &review) }
    checkExpiries(state, &review)
    try review.conclude(into: &decision)

    let id = ReceiptID(decision.nextNumber(ReceiptKind.streamKind))
    let event = GoodsReceived.with {
      $0.receipt = id
      $0.order = self.order
      $0.supplier = supplier
      $0.clinic = clinic
      $0.lines = Few(received)
      $0.opening = opening
      $0.due = due
    }
    let index = try decision.append(
      event, to: id.number, expecting: .noStream, effective: review.effective)
    var picking = StockPicking(state.stock)
    try picking.keepCounts(moves, at: review.effective, cause: index, into: &decision)
    try picking.settleShorts(by: moves, at: review.effective, cause: index, into: &decision)
  }

  private func checkOrder(_ state: DeskState, _ review: inout Review) -> OrderRecord? {
    guard let order, let known = review.known(order, in: state.stock.orders, "order") else {
      return nil
    }
    review.requireHere(known.clinic, "\(order)", "order")
    if !known.isOpen { review.refuse(OrderRefusal.orderClosed(order), "order") }
    if opening { review.refuse(OrderRefusal.openingWasNotOrdered(order), "order") }
    return known
  }

  private func checkSupplier(
    _ order: OrderRecord?, _ state: DeskState, _ review: inout Review
  ) -> PartyID? {
    if let order, let id = self.order {
      if let supplier, supplier != order.supplier {
        review.refuse(OrderRefusal.otherSupplier(id, order.supplier), "supplier")
      }
      return order.supplier
    }
    if let supplier {
      review.requireSupplier(supplier, state, "supplier")
    } else if !opening, self.order == nil {
      review.refuse(DeskRefusal.missing("a supplier"), "supplier")
    }
    return supplier
  }

  private func check(
    _ line: GoodsLine, _ order: OrderRecord?, _ state: DeskState, _ review: inout Review
  ) -> ReceiptLine {
    review.requirePositive(line.quantity, "lines.quantity")
    if line.unitCost.isNegative {
      review.refuse(DeskRefusal.outOfRange("\(line.unitCost)", "a cost from 0"), "lines.unitCost")
    }
    var measured = Measured(quantity: line.quantity, unitCost: line.unitCost, value: nil)
    if let item = review.known(line.item, in: state.stock.items, "lines.item") {
      // An expiry belongs to a lot, whether or not the item asks for one.
      if item.lotTracked || line.expiry != nil, line.lot.trimmed.isEmpty {
        review.refuse(StockRefusal.lotRequired(line.item), "lines.lot")
      }
      if item.expiryTracked, line.expiry == nil {
        review.refuse(StockRefusal.expiryRequired(line.item), "lines.expiry")
      }
      measured = measure(line, item, order, &review)
    }
    if let expiry = line.expiry, !expiry.isInRange {
      review.refuse(
        DeskRefusal.outOfRange("\(expiry)", "a day of the years 1 to 9999"), "lines.expiry")
    }
    let value = line.value.map { Amount(minorUnits: review.notNegative($0, "lines.value")) }
    return ReceiptLine.with {
      $0.item = line.item
      $0.lot = line.lot.trimmed
      $0.expiry = line.expiry
      $0.quantity = measured.quantity
      $0.unitCost = measured.unitCost
      // A value that is given decides over quantity times unit cost.
      $0.value = value ?? measured.value ?? .zero
    }
  }

  /// The line in the base unit; where it names no cost at all, at what the order says.
  private func measure(
    _ line: GoodsLine, _ item: ItemRecord, _ order: OrderRecord?, _ review: inout Review
  ) -> Measured {
    // What the order says is the cost of a base unit.
    let agreed = order?.lines.first { $0.item == line.item }?.unitCost
    let isAgreed = line.unitCost.isZero && line.value == nil && agreed != nil
    var measured = review.measure(
      line.quantity, at: line.unitCost, in: line.unit, of: line.item, item, "lines")
    if isAgreed, let agreed {
      measured = review.measure(
        measured.quantity, at: agreed, in: "", of: line.item, item, "lines")
    }
    return measured
  }

  /// No more of an item than was ordered and is taken in beyond it.
  private func checkOrdered(
    _ received: [ReceiptLine], _ order: OrderRecord, _ review: inout Review
  ) {
    guard let id = self.order else { return }
    var left: [ItemID: Int64] = [:]
    for line in received {
      let ordered = order.lines.first { $0.item == line.item }
      let open = left[line.item] ?? ordered?.open(tolerance: order.tolerance) ?? 0
      if line.quantity.thousandths > open {
        review.question(
          OrderRefusal.beyondOrder(
            line.item, id, left: Quantity(thousandths: max(0, open))), "lines.quantity")
      }
      left[line.item] = open.subtractingReportingOverflow(line.quantity.thousandths).partialValue
    }
  }

  /// A lot has one expiry, wherever and whenever it comes in.
  private func checkExpiries(_ state: DeskState, _ review: inout Review) {
    struct ItemLot: Hashable {
      var item: ItemID
      var lot: String
    }
    var seen: [ItemLot: Day?] = [:]
    for line in lines where !line.lot.trimmed.isEmpty {
      let lot = ItemLot(item: line.item, lot: line.lot.trimmed)
      let known = seen[lot] ?? state.stock.expiry(of: lot.lot, lot.item)
      if let known, known != line.expiry {
        review.refuse(StockRefusal.otherExpiry(lot: lot.lot, known: known), "lines.expiry")
      }
      seen[lot] = .some(line.expiry)
    }
  }
}

extension OrderLineRecord {
  /// How much more may come in; below zero where an import took more.
  func open(tolerance: Rate) -> Int64 {
    let most = Int128(ordered) * Int128(10_000 + tolerance.basisPoints) / 10_000
    return Int64(clamping: most - Int128(received))
  }
}
