public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// Sends stock of the envelope's clinic to another.
///
/// Answers with `StockTransferDispatched`. Without a lot, those that expire first go first, and none
/// that is expired, held or recalled; such a lot goes where it is named.
public struct DispatchTransfer: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// The clinic to which it goes.
  public var to = ClinicID()
  /// What goes.
  public var lines: Few<TransferRequest> = []

  /// Nothing: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "to", &to)
    try fields.visit(2, "lines", &lines)
  }
}

/// Some of one item that is to go, or has arrived.
public struct TransferRequest: Payload, Hashable {
  /// The item.
  public var item = ItemID()
  /// The lot; empty takes the one that expires first, over as many lots as needed.
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

extension DispatchTransfer {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: [.buyer], needsClinic: true)
    review.requireFact()
    checkReceiver(state, &review)
    if lines.isEmpty { review.refuse(DeskRefusal.missing("a line"), "lines") }
    let from = ClinicID(context.clinic)
    var place = StockPicking.Place(clinic: from, effective: review.effective)
    place.isTransfer = true
    var picking = StockPicking(state.stock)
    var sent: [TransferLine] = []
    for line in lines {
      let use = ItemUse(line.item, line.quantity, lot: line.lot.trimmed)
      let taken = picking.issue(use, at: place, &review, "lines.quantity").lines
      add(taken, of: line.item, to: &sent, state)
    }
    try review.conclude(into: &decision)

    let id = TransferID(decision.nextNumber(TransferKind.streamKind))
    let dispatched = StockTransferDispatched.with {
      $0.transfer = id
      $0.from = from
      $0.to = to
      $0.lines = Few(sent)
    }
    let index = try decision.append(
      dispatched, to: id.number, expecting: .noStream, effective: review.effective)
    let moves = sent.map {
      StockMove(
        key: StockKey(clinic: from, item: $0.item), lot: $0.lot,
        quantity: 0 - $0.quantity.thousandths, value: 0 - $0.value.minorUnits)
    }
    try picking.keepCounts(moves, at: review.effective, cause: index, into: &decision)
  }

  /// Another clinic, whose books are in the same currency.
  private func checkReceiver(_ state: DeskState, _ review: inout Review) {
    if to.number == review.context.clinic {
      review.refuse(StockRefusal.sameClinic(to), "to")
      return
    }
    let receiver = review.known(to, in: state.administration.clinics, "to")
    if let receiver, let here = review.clinic?.currency, here != receiver.currency {
      review.refuse(DeskRefusal.currency(found: receiver.currency, expected: here), "to")
    }
  }

  /// Each lot stands in a transfer once.
  private func add(
    _ taken: Few<IssueLine>, of item: ItemID, to sent: inout [TransferLine], _ state: DeskState
  ) {
    for line in taken {
      if let place = sent.firstIndex(where: { $0.item == item && $0.lot == line.lot }) {
        // Together at most what is on hand, and what that is worth.
        sent[place].quantity.thousandths += line.quantity.thousandths
        sent[place].value.minorUnits += line.value.minorUnits
      } else {
        sent.append(
          TransferLine.with {
            $0.item = item
            $0.lot = line.lot
            $0.expiry = state.stock.itemLot(line.lot, of: item)?.expiry
            $0.quantity = line.quantity
            $0.value = line.value
          })
      }
    }
  }
}
