public import DaybookBytes
public import DaybookClinicEvents
import DaybookClinicRules
public import DaybookEvents
public import DaybookValues

/// How a ticket, or a part of it, is paid or given back.
public struct TicketTender: RequiredGroup, Hashable {
  /// How.
  public var method = PaymentMethod()
  /// How much of the ticket; nil for what is left of it, as far as the cash handed over goes.
  public var amount: Amount?
  /// What is given on top for the staff.
  public var tip: Amount?

  /// Cash, for all that is left: to be filled in.
  public init() {}

  /// `amount` by `method`; without an amount, what is left.
  public init(_ method: PaymentMethod, _ amount: Amount? = nil) {
    self.method = method
    self.amount = amount
  }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "method", &method)
    try fields.visit(2, "amount", &amount)
    try fields.visit(3, "tip", &tip)
  }
}

extension Review {
  /// The way of paying by which a ticket finds its till: a counter has one for whatever is paid, but
  /// history that took no cash needs none.
  func method(of tenders: Few<TicketTender>) -> MethodType {
    let hasCash = tenders.contains { if case .cash = $0.method { true } else { false } }
    return isImport && !hasCash && !tenders.isEmpty ? .card : .cash
  }

  /// How `total` is paid or given back, and what of it is not.
  mutating func tenders(
    _ given: Few<TicketTender>, of total: Int64, _ field: String
  ) -> (tenders: Few<Tender>, left: Int64) {
    var left = total
    var tenders: Few<Tender> = []
    for tender in given {
      let tip = tender.tip.map { notNegative($0, field + ".tip") } ?? 0
      let amount =
        tender.amount.map { positive($0, field + ".amount") }
        ?? min(left, reach(of: tender.method, tip))
      if amount > left {
        refuse(SaleRefusal.abovePaid(left: self.amount(left)), field + ".amount")
      }
      // A ticket of nothing, or one that is paid, needs no more.
      if tender.amount == nil, amount <= 0, tip == 0 { continue }
      left -= min(left, amount)
      var paid = Tender(
        self.tender(tender.method, paying: amount, tip: tip, field),
        Amount(minorUnits: amount))
      paid.tip = tender.tip.map { Amount(minorUnits: $0.minorUnits) }
      tenders.append(paid)
    }
    return (tenders, left)
  }

  /// How far the cash goes that was handed over; without limit where that was not said.
  private func reach(of method: PaymentMethod, _ tip: Int64) -> Int64 {
    guard case .cash(let cash) = method, let tendered = cash.tendered else { return .max }
    let rounding = cash.rounding?.minorUnits ?? 0
    let reach = Int128(tendered.minorUnits) - Int128(tip) - Int128(rounding)
    return Int64(clamping: max(0, reach))
  }
}

extension Few<Tender> {
  /// The cash that changes hands.
  var cash: Int64 {
    var sum: Int64 = 0
    for tender in self {
      guard case .cash = tender.method else { continue }
      let moved = tender.method.changesHands(
        tender.amount.minorUnits, tip: tender.tip?.minorUnits ?? 0)
      sum = Int64(clamping: Int128(sum) + Int128(moved ?? .max))
    }
    return sum
  }
}
