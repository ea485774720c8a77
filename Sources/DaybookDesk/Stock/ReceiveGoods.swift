public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// Goods come in at the clinic of the envelope, or were there when the books began.
///
/// Answers with `GoodsReceived`.
public struct ReceiveGoods: Command, Hashable {
  // Field number kept: 1 order.

  /// The decision state.
  public typealias State = DeskState

  /// Who sent the goods; nil for opening stock.
  public var supplier: PartyID?
  /// What came in.
  public var lines: Few<GoodsLine> = []
  /// Whether this is stock that was there when the books began.
  public var opening = false

  /// No receipt: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(2, "supplier", &supplier)
    try fields.visit(3, "lines", &lines)
    try fields.visit(4, "opening", &opening)
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
  /// How much, in the item's base unit.
  public var quantity = Quantity.zero
  /// The cost of one base unit.
  public var unitCost = UnitPrice()
  /// The cost of the line; nil for quantity times unit cost.
  public var value: Amount?

  /// Nothing: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "item", &item)
    try fields.visit(2, "lot", &lot)
    try fields.visit(3, "expiry", &expiry)
    try fields.visit(4, "quantity", &quantity)
    try fields.visit(5, "unitCost", &unitCost)
    try fields.visit(6, "value", &value)
  }
}

extension ReceiveGoods {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: [.buyer], needsClinic: true)
    review.requireFact()
    checkSupplier(state, &review)
    if lines.isEmpty { review.refuse(DeskRefusal.missing("a line"), "lines") }
    let received = lines.map { check($0, state, &review) }
    checkSums(received, state, &review)
    checkExpiries(state, &review)
    try review.conclude(into: &decision)

    let id = ReceiptID(decision.nextNumber(ReceiptKind.streamKind))
    let event = GoodsReceived.with {
      $0.receipt = id
      $0.supplier = supplier
      $0.clinic = ClinicID(context.clinic)
      $0.lines = Few(received)
      $0.opening = opening
    }
    try decision.append(
      event, to: id.number, expecting: .noStream, effective: review.effective)
  }

  private func checkSupplier(_ state: DeskState, _ review: inout Review) {
    guard let supplier else {
      if !opening { review.refuse(DeskRefusal.missing("a supplier"), "supplier") }
      return
    }
    let party = review.known(supplier, in: state.administration.parties, "supplier")
    if let party, party.type != .supplier {
      review.refuse(StockRefusal.notASupplier(supplier), "supplier")
    }
  }

  private func check(
    _ line: GoodsLine, _ state: DeskState, _ review: inout Review
  ) -> ReceiptLine {
    review.requirePositive(line.quantity, "lines.quantity")
    if line.unitCost.isNegative {
      review.refuse(DeskRefusal.outOfRange("\(line.unitCost)", "a cost from 0"), "lines.unitCost")
    }
    if let item = review.known(line.item, in: state.stock.items, "lines.item") {
      // An expiry belongs to a lot, whether or not the item asks for one.
      if item.lotTracked || line.expiry != nil, line.lot.trimmed.isEmpty {
        review.refuse(StockRefusal.lotRequired(line.item), "lines.lot")
      }
      if item.expiryTracked, line.expiry == nil {
        review.refuse(StockRefusal.expiryRequired(line.item), "lines.expiry")
      }
    }
    if let expiry = line.expiry, !expiry.isInRange {
      review.refuse(
        DeskRefusal.outOfRange("\(expiry)", "a day of the years 1 to 9999"), "lines.expiry")
    }
    return ReceiptLine.with {
      $0.item = line.item
      $0.lot = line.lot.trimmed
      $0.expiry = line.expiry
      $0.quantity = line.quantity
      $0.unitCost = line.unitCost
      $0.value = value(of: line, &review)
    }
  }

  /// The line's value as given, else quantity times unit cost.
  private func value(of line: GoodsLine, _ review: inout Review) -> Amount {
    if let value = line.value {
      return Amount(minorUnits: review.notNegative(value, "lines.value"))
    }
    do {
      let currency = review.clinic?.currency ?? .unspecified
      let value = try line.unitCost.times(line.quantity, in: currency)
      return Amount(minorUnits: value.minorUnits)
    } catch {
      review.refuse(DeskRefusal.tooLarge("quantity times unit cost"), "lines.value")
      return .zero
    }
  }

  /// What is on hand and what comes in fit together, whatever the order of the lines.
  private func checkSums(
    _ received: [ReceiptLine], _ state: DeskState, _ review: inout Review
  ) {
    let quantity = review.sum(received.map(\.quantity.thousandths), "lines.quantity")
    let value = review.sum(received.map(\.value.minorUnits), "lines.value")
    for line in received {
      let key = StockKey(clinic: ClinicID(review.context.clinic), item: line.item)
      guard let record = state.stock[key], let index = record.index(of: line.lot) else { continue }
      _ = review.sum([record.lots[index].onHand, quantity], "lines.quantity")
      _ = review.sum([record.lots[index].value, value], "lines.value")
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
