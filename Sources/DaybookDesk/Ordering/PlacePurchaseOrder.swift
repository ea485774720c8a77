public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// Orders goods from a supplier, for the clinic of the envelope.
///
/// Answers with `PurchaseOrderPlaced`. An item stands in an order once.
public struct PlacePurchaseOrder: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// From whom.
  public var supplier = PartyID()
  /// What is ordered.
  public var lines: Few<OrderRequest> = []
  /// When the goods are to be there; nil where nothing was agreed.
  public var due: Day?
  /// How much more than ordered is taken in, as a share of each item's quantity.
  public var tolerance = Rate()

  /// No order: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "supplier", &supplier)
    try fields.visit(2, "lines", &lines)
    try fields.visit(3, "due", &due)
    try fields.visit(4, "tolerance", &tolerance)
  }
}

/// Some of one item that is to be ordered.
public struct OrderRequest: Payload, Hashable {
  /// The item.
  public var item = ItemID()
  /// How much, in `unit`.
  public var quantity = Quantity.zero
  /// The agreed cost of one `unit`.
  public var unitCost = UnitPrice()
  /// A pack of the item; empty for its base unit.
  public var unit = ""

  /// Nothing: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "item", &item)
    try fields.visit(2, "quantity", &quantity)
    try fields.visit(3, "unitCost", &unitCost)
    try fields.visit(4, "unit", &unit)
  }
}

extension PlacePurchaseOrder {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: [.admin, .buyer], needsClinic: true)
    review.requireSupplier(supplier, state, "supplier")
    if lines.isEmpty { review.refuse(DeskRefusal.missing("a line"), "lines") }
    if tolerance.basisPoints < 0 || tolerance.basisPoints > 10_000 {
      review.refuse(DeskRefusal.outOfRange("\(tolerance)", "a rate from 0 to 100 %"), "tolerance")
    }
    if let due, !due.isInRange {
      review.refuse(DeskRefusal.outOfRange("\(due)", "a day of the years 1 to 9999"), "due")
    }
    if let due, due < review.effective.day {
      review.question(DeskRefusal.outOfRange("\(due)", "a day from the order's on"), "due")
    }
    var seen: Set<ItemID> = []
    let ordered = lines.map { line in
      if !seen.insert(line.item).inserted {
        review.refuse(DeskRefusal.namedTwice("\(line.item)"), "lines.item")
      }
      return check(line, state, &review)
    }
    try review.conclude(into: &decision)

    let id = OrderID(decision.nextNumber(OrderKind.streamKind))
    let placed = PurchaseOrderPlaced.with {
      $0.order = id
      $0.supplier = supplier
      $0.clinic = ClinicID(context.clinic)
      $0.lines = Few(ordered)
      $0.due = due
      $0.tolerance = tolerance
    }
    try decision.append(
      placed, to: id.number, expecting: .noStream, effective: review.effective)
  }

  private func check(
    _ line: OrderRequest, _ state: DeskState, _ review: inout Review
  ) -> OrderLine {
    review.requirePositive(line.quantity, "lines.quantity")
    if line.unitCost.isNegative {
      review.refuse(DeskRefusal.outOfRange("\(line.unitCost)", "a cost from 0"), "lines.unitCost")
    }
    return OrderLine.with {
      $0.item = line.item
      guard let item = review.known(line.item, in: state.stock.items, "lines.item") else { return }
      let measured = review.measure(
        line.quantity, at: line.unitCost, in: line.unit, of: line.item, item, "lines")
      $0.quantity = measured.quantity
      $0.unitCost = measured.unitCost
    }
  }
}

extension Review {
  /// The party is known, and sells to the clinic.
  mutating func requireSupplier(_ supplier: PartyID, _ state: DeskState, _ field: String) {
    let party = known(supplier, in: state.administration.parties, field)
    if let party, party.type != .supplier {
      refuse(StockRefusal.notASupplier(supplier), field)
    }
  }
}
