public import DaybookBytes
public import DaybookClinicEvents
import DaybookClinicRules
public import DaybookEvents
public import DaybookValues

/// Stock that another clinic sent arrives at the clinic of the envelope, or it is explained why it
/// does not.
///
/// Answers with `StockTransferReceived`. What neither arrives nor is explained stays in transit. The
/// sender may explain too, but receive nothing.
public struct ReceiveTransfer: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// The transfer.
  public var transfer = TransferID()
  /// What has arrived.
  public var lines: Few<TransferRequest> = []
  /// What will not arrive any more.
  public var differences: Few<DifferenceRequest> = []
  /// Whether all else that is on its way has arrived too.
  public var everything = false

  /// Nothing: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "transfer", &transfer)
    try fields.visit(2, "lines", &lines)
    try fields.visit(3, "differences", &differences)
    try fields.visit(4, "everything", &everything)
  }
}

/// Some of one lot that was sent and does not arrive.
public struct DifferenceRequest: Payload, Hashable {
  /// The item.
  public var item = ItemID()
  /// The lot; empty where only one of the item is on its way.
  public var lot = ""
  /// How much, in the item's base unit.
  public var quantity = Quantity.zero
  /// What became of it.
  public var explanation = TransferExplanation.unspecified

  /// Nothing: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "item", &item)
    try fields.visit(2, "lot", &lot)
    try fields.visit(3, "quantity", &quantity)
    try fields.visit(4, "explanation", &explanation)
  }
}

extension ReceiveTransfer {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: [.buyer], needsClinic: true)
    review.requireFact()
    var event = StockTransferReceived()
    event.transfer = transfer
    if var known = review.known(transfer, in: state.stock.transfers, "transfer") {
      event.from = known.from
      event.to = known.to
      check(known, &review)
      fill(&event, from: &known, &review)
    }
    let here = ClinicID(context.clinic)
    let arrived = event.lines.map {
      StockMove(
        key: StockKey(clinic: event.to, item: $0.item), lot: $0.lot,
        quantity: $0.quantity.thousandths, value: $0.value.minorUnits)
    }
    let back = event.differences.filter { $0.explanation == .neverLeft }.map {
      StockMove(
        key: StockKey(clinic: event.from, item: $0.item), lot: $0.lot,
        quantity: $0.quantity.thousandths, value: $0.value.minorUnits)
    }
    review.requireRoom(for: arrived, in: state.stock, "lines")
    review.requireRoom(for: back, in: state.stock, "differences")
    try review.conclude(into: &decision)

    let index = try decision.append(
      event, to: transfer.number, effective: review.effective, clinic: here.number)
    var picking = StockPicking(state.stock)
    for (moves, clinic) in [(arrived, event.to), (back, event.from)] {
      let moment =
        state.administration.clinics[clinic]?.moment(review.effective.instant) ?? review.effective
      try picking.keepCounts(moves, at: moment, cause: index, into: &decision)
      try picking.settleShorts(by: moves, at: moment, cause: index, into: &decision)
    }
  }

  private func check(_ known: TransferRecord, _ review: inout Review) {
    let here = ClinicID(review.context.clinic)
    // The sender knows what never left, and what was never heard of again.
    let isExplained = lines.isEmpty && !everything && here == known.from
    if here != known.to, !isExplained {
      review.refuse(DeskRefusal.elsewhere("\(transfer)", clinic: known.to), "transfer")
    }
    if known.lines.isEmpty { review.refuse(StockRefusal.transferEnded(transfer), "transfer") }
    if lines.isEmpty, differences.isEmpty, !everything {
      review.refuse(DeskRefusal.missing("a line"), "lines")
    }
    if review.effective.instant < known.dispatchedAt {
      review.refuse(StockRefusal.beforeDispatch(transfer, known.dispatchedAt), "effective")
    }
  }

  /// Fills in what arrives and what does not, each at its share of what was sent.
  private func fill(
    _ event: inout StockTransferReceived, from known: inout TransferRecord,
    _ review: inout Review
  ) {
    for line in differences {
      if line.explanation == .unspecified {
        review.refuse(DeskRefusal.missing("an explanation"), "differences.explanation")
      }
      guard
        let part = take(
          line.item, line.lot, line.quantity, from: &known, &review, "differences")
      else { continue }
      event.differences.append(
        TransferDifference.with {
          $0.item = part.item
          $0.lot = part.lot
          $0.quantity = part.quantity
          $0.value = part.value
          $0.explanation = line.explanation
        })
    }
    for line in lines {
      let part = take(line.item, line.lot, line.quantity, from: &known, &review, "lines")
      if let part { event.lines.append(part) }
    }
    if everything {
      for line in known.lines where line.quantity > 0 {
        event.lines.append(
          TransferLine.with {
            $0.item = line.item
            $0.lot = line.lot
            $0.expiry = line.expiry
            $0.quantity = Quantity(thousandths: line.quantity)
            $0.value = Amount(minorUnits: line.value)
          })
      }
    }
  }

  /// Takes some of a lot that is on its way; nil, and a violation, where that is less.
  private func take(
    _ item: ItemID, _ lot: String, _ quantity: Quantity, from known: inout TransferRecord,
    _ review: inout Review, _ field: String
  ) -> TransferLine? {
    review.requirePositive(quantity, field + ".quantity")
    let lot = lot.trimmed
    let places = known.lines.indices.filter {
      known.lines[$0].item == item && (lot.isEmpty || known.lines[$0].lot == lot)
    }
    if lot.isEmpty, places.count > 1 {
      review.refuse(StockRefusal.lotRequired(item), field + ".lot")
      return nil
    }
    let left = places.first.map { known.lines[$0].quantity } ?? 0
    guard let place = places.first, quantity.thousandths <= left else {
      review.refuse(
        StockRefusal.beyondTransfer(
          item, lot: lot, transfer, left: Quantity(thousandths: left)), field + ".quantity")
      return nil
    }
    guard quantity.isPositive else { return nil }
    let worth = known.lines[place].value
    let value =
      (try? LotCost.value(of: quantity.thousandths, onHand: left, worth: worth)) ?? worth
    known.lines[place].quantity -= quantity.thousandths
    known.lines[place].value -= value
    return TransferLine.with {
      $0.item = item
      $0.lot = known.lines[place].lot
      $0.expiry = known.lines[place].expiry
      $0.quantity = quantity
      $0.value = Amount(minorUnits: value)
    }
  }
}
