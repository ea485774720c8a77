import DaybookClinicEvents
import DaybookClinicRules
import DaybookEvents
import DaybookValues

extension Review {
  /// What comes back of a line of a sale, at the sale's price, rate and cost.
  mutating func returned(
    _ given: ReturnedItem, of sale: SaleID, _ known: SaleRecord, _ field: String
  ) -> ReturnLine {
    var line = ReturnLine()
    line.line = given.line
    line.quantity = given.quantity
    requirePositive(given.quantity, field + "quantity")
    let index = Int(given.line) - 1
    guard known.lines.indices.contains(index) else {
      refuse(SaleRefusal.noSuchLine(sale, given.line), field + "line")
      return line
    }
    let sold = known.lines[index]
    let quantity = given.quantity.thousandths
    if quantity > sold.quantity - sold.returned {
      let left = Quantity(thousandths: sold.quantity - sold.returned)
      refuse(SaleRefusal.aboveSold(sale, line: given.line, left: left), field + "quantity")
      return line
    }
    line.item = sold.item
    line.service = sold.service
    line.taxCode = sold.taxCode
    line.rate = sold.rate
    line.amount = Amount(
      minorUnits: RunningShare.next(
        quantity, after: sold.returned, of: sold.quantity, sharing: sold.amount))
    line.tax = Amount(
      minorUnits: RunningShare.next(
        quantity, after: sold.returned, of: sold.quantity, sharing: sold.tax))
    if given.restock, sold.item != nil { line.restocked = Self.restocked(quantity, of: sold) }
    return line
  }

  /// Which lots goods go back to, and what they had cost: in the order in which they were handed
  /// over. What was short when it was sold goes back without value.
  private static func restocked(_ quantity: Int64, of sold: SoldLineRecord) -> Few<IssueLine> {
    var left = quantity
    var parts: Few<IssueLine> = []
    for lot in sold.lots where left > 0 {
      let cut = min(left, lot.quantity - lot.restocked)
      guard cut > 0 else { continue }
      let value = RunningShare.next(
        cut, after: lot.restocked, of: lot.quantity, sharing: lot.value)
      parts.append(
        IssueLine(
          lot: lot.lot, quantity: Quantity(thousandths: cut), value: Amount(minorUnits: value)))
      left -= cut
    }
    // Only what is not tracked by lot is ever short.
    if left > 0 { parts.append(IssueLine(quantity: Quantity(thousandths: left))) }
    return parts
  }

  /// What comes back of a sale that nobody can name.
  mutating func unknownReturn(
    _ given: ReturnedItem, _ state: DeskState, _ field: String
  ) -> ReturnLine {
    var line = ReturnLine()
    line.item = given.item
    line.service = given.service
    line.quantity = given.quantity
    requirePositive(given.quantity, field + "quantity")
    let service = given.service?.isNone == false ? given.service : nil
    switch (given.item, service) {
    case (let item?, nil):
      requireKnown(item, in: state.stock.items, field + "item")
      line.taxCode = given.taxCode ?? state.stock.items[item]?.taxCode
    case (nil, let service?):
      requireKnown(service, in: state.administration.services, field + "service")
      line.taxCode =
        given.taxCode ?? state.administration.services[service]?.at(effective.instant).taxCode
    default: refuse(SaleRefusal.notOneThing, field + "item")
    }
    line.rate = taxRate(line.taxCode, state, field + "taxCode")
    if given.unitPrice.isNegative {
      refuse(SaleRefusal.negativePrice(given.unitPrice), field + "unitPrice")
    }
    let currency = clinic?.currency ?? .unspecified
    let amount = try? TicketLine.amount(given.quantity, at: given.unitPrice, less: 0, in: currency)
    if amount == nil { refuse(DeskRefusal.tooLarge("the line"), field + "quantity") }
    line.amount = Amount(minorUnits: max(0, amount ?? 0))
    line.tax = Amount(minorUnits: taxIncluded(in: max(0, amount ?? 0), at: line.rate))
    if given.restock, let item = given.item {
      line.restocked = unknownRestock(given, item, state, field)
    }
    return line
  }

  /// Goods of an unknown sale join their lot at its cost as it stands.
  private mutating func unknownRestock(
    _ given: ReturnedItem, _ item: ItemID, _ state: DeskState, _ field: String
  ) -> Few<IssueLine> {
    let name = given.lot.trimmed
    let key = StockKey(clinic: ClinicID(context.clinic), item: item)
    let lot = state.stock.lot(name, at: key)
    if state.stock.items[item]?.lotTracked == true {
      if name.isEmpty {
        refuse(StockRefusal.lotRequired(item), field + "lot")
      } else if lot == nil {
        refuse(StockRefusal.unknownLot(name, item), field + "lot")
      }
    } else if !name.isEmpty, lot == nil {
      refuse(StockRefusal.unknownLot(name, item), field + "lot")
    }
    var value: Int64 = 0
    if let lot, lot.onHand > 0 {
      let cost = try? Amount(minorUnits: lot.value).scaled(
        by: given.quantity.thousandths, over: lot.onHand)
      value = max(0, cost?.minorUnits ?? 0)
    }
    return [IssueLine(lot: name, quantity: given.quantity, value: Amount(minorUnits: value))]
  }
}
