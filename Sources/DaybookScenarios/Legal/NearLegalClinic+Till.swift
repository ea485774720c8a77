import DaybookClinicEvents
import DaybookClinicRules
import DaybookDesk
import DaybookEvents
import DaybookValues

extension NearLegalClinic {
  /// Tills.
  static let till: [Maker] = [
    { near, state, _ in near.openedTwice(state) },
    { near, state, _ in near.tookTooMuch(state) },
    { near, state, _ in near.spentOnNothing(state) },
    { near, state, _ in near.movedWithoutTill(state) },
    { near, state, _ in near.notCounted(state) },
    { near, state, _ in near.leftTooMuch(state) },
  ]

  /// Tickets.
  static let sales: [Maker] = [
    { near, state, _ in near.unpaid(state) },
    { near, state, _ in near.overpaid(state) },
    { near, state, _ in near.ticketGap(state) },
    { near, state, _ in near.withoutPrice(state) },
    { near, state, _ in near.moreThanThere(state) },
    { near, state, _ in near.soldBlocked(state) },
    { near, state, _ in near.returnedTwice(state) },
    { near, state, _ in near.returnedForNoReason(state) },
  ]

  private mutating func openedTwice(_ state: DeskState) -> Nearly? {
    guard let till = legal.openTill(state, at: legal.here) else { return nil }
    return (LegalCommand(OpenTill.with { $0.till = till }, .cashier), .tillAlreadyOpen)
  }

  private mutating func move(
    _ state: DeskState, _ change: (inout MoveTillCash, Int64) -> Void
  ) -> LegalCommand? {
    guard let till = legal.openTill(state, at: legal.here) else { return nil }
    var move = MoveTillCash()
    move.till = till
    move.direction = .out
    change(&move, legal.held(in: till, state))
    return LegalCommand(move, .cashier)
  }

  private mutating func tookTooMuch(_ state: DeskState) -> Nearly? {
    let made = move(state) {
      $0.type = .bank
      $0.amount = Amount(minorUnits: max(0, $1) + 1, .usd)
    }
    return made.map { ($0, .quantityExceeded) }
  }

  private mutating func spentOnNothing(_ state: DeskState) -> Nearly? {
    let made = move(state) { move, _ in
      move.type = .petty
      move.account = "1100"
      move.amount = Amount(minorUnits: 1, .usd)
    }
    return made.map { ($0, .unknownReference) }
  }

  private mutating func movedWithoutTill(_ state: DeskState) -> Nearly? {
    guard state.tills.openSessions(at: legal.here).isEmpty else { return nil }
    let move = MoveTillCash.with {
      $0.direction = .into
      $0.type = .float
      $0.amount = legal.dollars(100)
    }
    return (LegalCommand(move, .cashier), .tillNotOpen)
  }

  private mutating func notCounted(_ state: DeskState) -> Nearly? {
    guard let till = legal.openTill(state, at: legal.here), legal.held(in: till, state) != 0 else {
      return nil
    }
    return (LegalCommand(CloseTill.with { $0.till = till }, .cashier), .fieldRequired)
  }

  private mutating func leftTooMuch(_ state: DeskState) -> Nearly? {
    guard let till = legal.openTill(state, at: legal.here) else { return nil }
    let close = CloseTill.with {
      $0.till = till
      $0.counts = [CountedMethod(.cash, legal.dollars(100))]
      $0.left = legal.dollars(101)
    }
    return (LegalCommand(close, .cashier), .quantityExceeded)
  }

  // MARK: - Tickets

  private func sale(_ till: TillID, _ change: (inout CompleteSale) -> Void) -> LegalCommand {
    var sale = CompleteSale()
    sale.till = till
    sale.lines = [
      .with {
        $0.item = LegalClinic.gloves
        $0.unitPrice = UnitPrice(tenThousandths: 10_0000)
      }
    ]
    sale.tenders = [TicketTender(.cash(CashTender()))]
    change(&sale)
    return LegalCommand(sale, .cashier)
  }

  /// Who walks in has no account.
  private mutating func unpaid(_ state: DeskState) -> Nearly? {
    guard let till = legal.openTill(state, at: legal.here) else { return nil }
    let made = sale(till) { $0.tenders = [TicketTender(.card(CardTender()), legal.dollars(999))] }
    return (made, .unbalanced)
  }

  private mutating func overpaid(_ state: DeskState) -> Nearly? {
    guard let till = legal.openTill(state, at: legal.here) else { return nil }
    let made = sale(till) { $0.tenders = [TicketTender(.card(CardTender()), legal.dollars(1_001))] }
    return (made, .unbalanced)
  }

  private mutating func ticketGap(_ state: DeskState) -> Nearly? {
    guard let till = legal.openTill(state, at: legal.here) else { return nil }
    let last = state.invoices.series("T", at: legal.here)?.last ?? 0
    return (sale(till) { $0.number = last + 2 }, .numberGap)
  }

  /// Nobody has set a price of screws.
  private mutating func withoutPrice(_ state: DeskState) -> Nearly? {
    guard let till = legal.openTill(state, at: legal.here) else { return nil }
    let made = sale(till) {
      $0.lines[0].item = LegalClinic.screw
      $0.lines[0].unitPrice = nil
    }
    return (made, .fieldRequired)
  }

  private mutating func moreThanThere(_ state: DeskState) -> Nearly? {
    guard let till = legal.openTill(state, at: legal.here) else { return nil }
    let key = StockKey(clinic: legal.here, item: LegalClinic.cream)
    let there = state.stock.shelf(of: key).reduce(0) { $0 + $1.onHand }
    let made = sale(till) {
      $0.lines[0].item = LegalClinic.cream
      $0.lines[0].quantity = Quantity(thousandths: there + 1)
    }
    return (made, .insufficientStock)
  }

  /// A lot that is held or recalled.
  private mutating func soldBlocked(_ state: DeskState) -> Nearly? {
    guard let till = legal.openTill(state, at: legal.here) else { return nil }
    let key = StockKey(clinic: legal.here, item: LegalClinic.cream)
    let blocked = state.stock.shelf(of: key).first { shelf in
      state.stock.itemLot(shelf.lot, of: key.item)?.status(at: .max).isBlocked == true
    }
    guard let blocked else { return nil }
    let made = sale(till) {
      $0.lines[0].item = LegalClinic.cream
      $0.lines[0].lot = blocked.lot
      $0.lines[0].quantity = Quantity(thousandths: 1)
    }
    return (made, .lotHeld)
  }

  private func back(
    _ id: SaleID, _ record: SaleRecord, _ till: TillID, _ change: (inout ReturnSale) -> Void
  ) -> LegalCommand {
    let back = ReturnSale.with {
      $0.sale = id
      $0.lines = [.with { $0.line = 1 }]
      $0.till = till
      $0.tenders = [TicketTender(.card(CardTender()))]
      $0.reason = "did not suit"
      $0.approver = legal.other
      change(&$0)
    }
    return LegalCommand(back, .cashier, at: record.clinic)
  }

  private mutating func returnedTwice(_ state: DeskState) -> Nearly? {
    let clinic = legal.here
    guard let till = legal.openTill(state, at: clinic),
      let (id, record) = legal.find(in: state.sales.sales, { $0.clinic == clinic })
    else { return nil }
    let left = record.lines[0].quantity - record.lines[0].returned
    let made = back(id, record, till) {
      $0.lines[0].quantity = Quantity(thousandths: left + 1)
    }
    return (made, .quantityExceeded)
  }

  private mutating func returnedForNoReason(_ state: DeskState) -> Nearly? {
    let clinic = legal.here
    guard let till = legal.openTill(state, at: clinic),
      let (id, record) = legal.find(in: state.sales.sales, { $0.clinic == clinic })
    else { return nil }
    return (back(id, record, till) { $0.reason = " " }, .reasonRequired)
  }
}
