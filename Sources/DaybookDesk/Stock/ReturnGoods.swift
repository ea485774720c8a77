public import DaybookBytes
public import DaybookClinicEvents
import DaybookClinicRules
public import DaybookEvents
public import DaybookValues

/// Gives goods of a receipt back to who sent them, from the clinic that received them.
///
/// Answers with `GoodsReturned`. Lots that are expired, held or recalled go back like any other.
public struct ReturnGoods: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// The receipt that they came in with.
  public var receipt = ReceiptID()
  /// What goes back.
  public var lines: Few<GoodsReturnRequest> = []
  /// Why, about the goods and never about a person.
  public var reason = ""

  /// Nothing: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "receipt", &receipt)
    try fields.visit(2, "lines", &lines)
    try fields.visit(3, "reason", &reason)
  }
}

/// Some of one item and one lot that is to go back.
public struct GoodsReturnRequest: Payload, Hashable {
  /// The item.
  public var item = ItemID()
  /// The lot; empty takes any lot of the receipt where the item is not tracked by lot.
  public var lot = ""
  /// How much, in the item's base unit.
  public var quantity = Quantity.zero

  /// Nothing: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "item", &item)
    try fields.visit(2, "lot", &lot)
    try fields.visit(3, "quantity", &quantity)
  }
}

extension ReturnGoods {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: [.buyer], needsClinic: true)
    review.requireFact()
    if reason.trimmed.isEmpty { review.refuse(StockRefusal.withoutReason, "reason") }
    if lines.isEmpty { review.refuse(DeskRefusal.missing("a line"), "lines") }
    var picking = StockPicking(state.stock)
    var returned: [GoodsReturnLine] = []
    var invoicing = Invoicing(receipt: receipt, state: state.purchasing)
    if var known = review.known(receipt, in: state.stock.receipts, "receipt") {
      review.requireHere(known.clinic, "\(receipt)", "receipt")
      if known.supplier == nil { review.refuse(StockRefusal.withoutSupplier(receipt), "receipt") }
      for line in lines {
        returned += check(line, &known, &invoicing, state, &picking, &review)
      }
    }
    try review.conclude(into: &decision)

    let event = GoodsReturned.with {
      $0.receipt = receipt
      $0.supplier = state.stock.receipts[receipt]?.supplier ?? PartyID()
      $0.clinic = ClinicID(context.clinic)
      $0.lines = Few(returned)
      $0.reason = reason
    }
    let index = try decision.append(event, to: receipt.number, effective: review.effective)
    let moves = returned.map {
      StockMove(
        key: StockKey(clinic: event.clinic, item: $0.item), lot: $0.lot,
        quantity: 0 - $0.quantity.thousandths, value: 0 - $0.value.minorUnits)
    }
    try picking.keepCounts(moves, at: review.effective, cause: index, into: &decision)
  }

  /// Takes from the lines of the receipt in their order.
  private func check(
    _ line: GoodsReturnRequest, _ known: inout GoodsRecord, _ invoicing: inout Invoicing,
    _ state: DeskState, _ picking: inout StockPicking, _ review: inout Review
  ) -> [GoodsReturnLine] {
    review.requirePositive(line.quantity, "lines.quantity")
    let lot = line.lot.trimmed
    guard let item = review.known(line.item, in: state.stock.items, "lines.item"),
      line.quantity.isPositive
    else { return [] }
    if item.lotTracked, lot.isEmpty {
      review.refuse(StockRefusal.lotRequired(line.item), "lines.lot")
      return []
    }
    var left = line.quantity.thousandths
    var returned: [GoodsReturnLine] = []
    for index in known.lines.indices
    where left > 0 && known.lines[index].item == line.item
      && (lot.isEmpty || known.lines[index].lot == lot)
    {
      let quantity = min(left, known.lines[index].quantity - known.lines[index].returned)
      if quantity <= 0 { continue }
      left -= quantity
      known.lines[index].returned += quantity
      for part in invoicing.take(quantity, of: UInt32(index + 1)) {
        guard let taken = take(part.quantity, of: known.lines[index], &picking, &review) else {
          return []
        }
        returned.append(
          GoodsReturnLine.with {
            $0.receiptLine = UInt32(index + 1)
            $0.item = line.item
            $0.lot = taken.lot
            $0.quantity = taken.quantity
            $0.value = taken.value
            $0.invoiced = part.isInvoiced
            $0.received = Amount(minorUnits: part.value)
          })
      }
    }
    if left > 0 {
      review.refuse(
        StockRefusal.beyondReceipt(
          line.item, receipt, left: Quantity(thousandths: line.quantity.thousandths - left)),
        "lines.quantity")
    }
    return returned
  }

  private func take(
    _ quantity: Quantity, of line: GoodsLineRecord, _ picking: inout StockPicking,
    _ review: inout Review
  ) -> IssueLine? {
    var place = StockPicking.Place(
      clinic: ClinicID(review.context.clinic), effective: review.effective)
    place.purpose = .internal
    var taken = StockIssued()
    picking.take(
      ItemUse(line.item, quantity, lot: line.lot),
      StockKey(clinic: place.clinic, item: line.item), place, &taken, &review, "lines.quantity")
    return taken.lines.first
  }
}

/// What of the lines of a receipt waits for its invoice, less what a return takes of it.
private struct Invoicing {
  struct Part {
    var quantity: Quantity
    /// Minor units that the receipt took it in at.
    var value: Int64
    var isInvoiced: Bool
  }

  let receipt: ReceiptID
  let state: PurchasingState
  private var lines: [UInt32: ReceiptLineRecord] = [:]

  init(receipt: ReceiptID, state: PurchasingState) {
    self.receipt = receipt
    self.state = state
  }

  /// Takes of what is not invoiced first.
  mutating func take(_ quantity: Int64, of number: UInt32) -> [Part] {
    var line = lines[number] ?? state.line(number, of: receipt) ?? ReceiptLineRecord()
    let isOpening = state.receipts[receipt]?.isOpening ?? false
    var parts: [Part] = []
    let open = max(0, min(quantity, line.openQuantity))
    if open > 0 {
      let value = Self.share(open, of: line.openQuantity, line.openValue)
      line.openQuantity -= open
      line.openValue -= value
      parts.append(
        Part(quantity: Quantity(thousandths: open), value: value, isInvoiced: isOpening))
    }
    if quantity > open {
      let rest = quantity - open
      let value = Self.share(rest, of: line.invoicedQuantity, line.invoicedValue)
      line.invoicedQuantity -= rest
      line.invoicedValue -= value
      parts.append(
        Part(quantity: Quantity(thousandths: rest), value: value, isInvoiced: true))
    }
    lines[number] = line
    return parts
  }

  private static func share(_ quantity: Int64, of whole: Int64, _ value: Int64) -> Int64 {
    max(0, (try? LotCost.value(of: quantity, onHand: whole, worth: value)) ?? value)
  }
}
