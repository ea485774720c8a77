import DaybookClinicEvents
import DaybookClinicRules
import DaybookDesk
import DaybookEvents
import DaybookValues

extension LegalClinic {
  /// Tickets over the counter, and what comes back of them.
  static let sales: Makers = [
    (.sale, { clinic, state, now in clinic.sale(state, now) }),
    (.saleReturn, { clinic, state, now in clinic.saleReturn(state, now) }),
  ]

  /// The lots of an item that may be used at a time, the first to expire first.
  func usable(
    _ item: ItemID, _ state: DeskState, at time: Instant, _ clinic: ClinicID
  ) -> [LotOnHand] {
    let key = StockKey(clinic: clinic, item: item)
    let day = day(time, state, at: clinic)
    return state.stock.shelf(of: key).compactMap { shelf in
      guard let record = state.stock.lot(shelf.lot, at: key),
        let known = state.stock.itemLot(shelf.lot, of: item)
      else { return nil }
      let lot = LotOnHand(
        lot: shelf.lot, expiry: known.expiry,
        available: max(0, state.stock.lowest(of: record, from: time)))
      let isBlocked = known.status(at: time).isBlocked || known.isUnsterile(at: time)
      return isBlocked || lot.available == 0 || !LotPicking.isUsable(lot, on: day) ? nil : lot
    }.sorted(by: LotPicking.precedes)
  }

  private mutating func sale(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    guard let till = openTill(state, at: here) else { return nil }
    var lines: [TicketItem] = []
    for _ in 0..<dice.from(1...3) {
      let items = lines.compactMap(\.item)
      guard let line = ticketLine(state, now, besides: items) else { continue }
      lines.append(line)
    }
    guard !lines.isEmpty else { return nil }
    let patient = dice.chance(50) ? livePatient(state) : nil
    let sale = CompleteSale.with {
      $0.till = till
      $0.patient = patient
      $0.lines = Few(lines)
      $0.tenders = tenders(owing: patient != nil)
      $0.approver = other
    }
    return LegalCommand(sale, .cashier)
  }

  /// Cash, a card, or both; a patient may pay a part, or nothing, at once.
  private mutating func tenders(owing: Bool) -> Few<TicketTender> {
    var tenders: Few<TicketTender> = []
    if owing, dice.chance(40) {
      var cent = CashTender()
      cent.tendered = dollars(1)
      if dice.chance(50) { tenders.append(TicketTender(.cash(cent))) }
      return tenders
    }
    var tender = TicketTender(dice.chance(60) ? .cash(CashTender()) : .card(CardTender()))
    if dice.chance(20) { tender.tip = cents(10...300) }
    tenders.append(tender)
    return tenders
  }

  private mutating func ticketLine(
    _ state: DeskState, _ now: Instant, besides items: [ItemID]
  ) -> TicketItem? {
    var line = TicketItem()
    switch dice.below(4) {
    case 0:
      line.service = Self.laser
    case 1:
      let gloves = item(like: Self.gloves)
      guard !items.contains(gloves) else { return nil }
      // What is not tracked by lot is short where there is too little.
      line.item = gloves
      line.quantity = Quantity(thousandths: Int64(dice.from(1...20_000)))
      if dice.chance(50) { line.unitPrice = UnitPrice(tenThousandths: Int64(dice.below(50_000))) }
    default:
      let cream = item(like: Self.cream)
      guard !items.contains(cream) else { return nil }
      let there = usable(cream, state, at: now, here).reduce(0) { $0 + $1.available }
      guard there > 0 else { return nil }
      line.item = cream
      line.quantity = Quantity(thousandths: Int64(dice.from(1...Int(min(there, 6_000)))))
      if dice.chance(30) {
        line.unitPrice = UnitPrice(tenThousandths: Int64(dice.from(50_000...300_000)))
        line.discount = dollars(Int64(dice.below(2)))
      }
    }
    // A discount of a cent is no more than the line where that comes to a cent.
    if line.quantity.thousandths < 100 { line.discount = .zero }
    return line
  }

  private mutating func saleReturn(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    guard let till = openTill(state, at: here) else { return nil }
    if dice.chance(15) { return unknownReturn(state, till) }
    let clinic = here
    let found = find(in: state.sales.sales) { sale in
      sale.clinic == clinic && !sale.isReversed
        && sale.lines.contains { $0.quantity > $0.returned }
    }
    guard let (id, record) = found else { return nil }
    var lines: [ReturnedItem] = []
    for (index, line) in record.lines.enumerated() where line.quantity > line.returned {
      if !lines.isEmpty, dice.chance(50) { continue }
      lines.append(
        .with {
          $0.line = UInt32(index) + 1
          let left = line.quantity - line.returned
          $0.quantity = Quantity(thousandths: line.item == nil ? left : part(of: left))
          $0.restock = dice.chance(60)
        })
    }
    let back = ReturnSale.with {
      $0.sale = id
      $0.lines = Few(lines)
      $0.till = till
      $0.tenders = [TicketTender(.card(CardTender()))]
      // No more cash than there should be, whatever it comes to.
      if dice.chance(50), held(in: till, state) >= record.total {
        $0.tenders = [TicketTender(.cash(CashTender()))]
      }
      $0.reason = "did not suit"
      $0.approver = other
    }
    return LegalCommand(back, .cashier)
  }

  /// Of a ticket that nobody can name.
  private mutating func unknownReturn(_ state: DeskState, _ till: TillID) -> LegalCommand? {
    let back = ReturnSale.with {
      $0.unknownOriginal = true
      $0.lines = [
        .with {
          $0.item = Self.gloves
          $0.quantity = Quantity(thousandths: Int64(dice.from(1...3_000)))
          $0.unitPrice = UnitPrice(tenThousandths: Int64(dice.from(1...20_000)))
          $0.restock = state.stock.lot("", at: StockKey(clinic: here, item: Self.gloves)) != nil
        }
      ]
      $0.till = till
      $0.tenders = [TicketTender(.card(CardTender()))]
      $0.reason = "without a ticket"
      $0.approver = other
    }
    return LegalCommand(back, .cashier)
  }
}
