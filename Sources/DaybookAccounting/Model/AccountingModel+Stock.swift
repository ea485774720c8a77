import DaybookClinicEvents
import DaybookValues

// The entries of goods that go back, are on their way between clinics, or are counted.
extension AccountingModel {
  /// Debits what the receipt credited: the supplier where it was invoiced, else what waits for its
  /// invoice. What the stock costs more or less by now is price variance.
  mutating func post(_ returned: GoodsReturned) throws(PostingError) {
    let supplier = try key(returned.supplier)
    var sum: Int64 = 0
    for line in returned.lines {
      let (value, received) = (try minor(line.value), try minor(line.received))
      guard value >= 0, received >= 0 else { throw ledger.error(.negativeAmount) }
      try add(line.invoiced ? .payables : .goodsNotInvoiced, .debit, received, supplier)
      try add(.priceVariance, .debit, max(0, value - received), supplier)
      try add(.inventory, .credit, value, supplier)
      try add(.priceVariance, .credit, max(0, received - value), supplier)
      try self.sum(&sum, received)
    }
    try addPurchase(sum, supplier, .credit)
  }

  /// What was bought, where a country keeps purchases and the variation of stock apart from what is
  /// sold and used: the purchase against the variation, so that both together are the cost of what
  /// left the shelves. Source: Books, "What a country pack replaces".
  mutating func addPurchase(
    _ amount: Int64, _ supplier: PartyKey, _ side: Ledger.Side = .debit
  ) throws(PostingError) {
    guard accounts[.purchases] != accounts[.stockVariation] else { return }
    try add(.purchases, side, amount, supplier)
    try add(.stockVariation, side == .debit ? .credit : .debit, amount, supplier)
  }

  /// Stock in transit stays in the sender's books until it arrives.
  mutating func post(_ dispatched: StockTransferDispatched) throws(PostingError) {
    for line in dispatched.lines {
      let value = try minor(line.value)
      try add(.stockInTransit, .debit, value, .none)
      try add(.inventory, .credit, value, .none)
    }
  }

  /// Inventory of the receiver, loss or inventory of the sender, against the sender's stock in transit.
  mutating func post(_ received: StockTransferReceived) throws(PostingError) {
    let from = try slots.index(of: received.from.number, at: ledger.position)
    let to = try slots.index(of: received.to.number, at: ledger.position)
    guard slots.currencies[Int(from)] == slots.currencies[Int(to)] else {
      throw ledger.error(.currencyMismatch)
    }
    for line in received.lines {
      let value = try minor(line.value)
      try add(.inventory, .debit, value, .none, clinic: to)
      try add(.stockInTransit, .credit, value, .none, clinic: from)
    }
    for difference in received.differences {
      let value = try minor(difference.value)
      switch difference.explanation {
      case .unspecified: throw ledger.error(.unspecified)
      case .lost, .damaged, .expired: try add(.stockLoss, .debit, value, .none, clinic: from)
      case .neverLeft: try add(.inventory, .debit, value, .none, clinic: from)
      }
      try add(.stockInTransit, .credit, value, .none, clinic: from)
    }
  }

  /// A surplus debits inventory, a loss credits it.
  mutating func post(_ counted: StockCounted) throws(PostingError) {
    for line in counted.lines {
      let value = try minor(line.value)
      guard value != .min else { throw ledger.error(.overflow) }
      try add(.inventory, value > 0 ? .debit : .credit, abs(value), .none)
      try add(.stockLoss, value > 0 ? .credit : .debit, abs(value), .none)
    }
  }
}
