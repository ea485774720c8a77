import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

extension LegalClinic {
  /// Goods that are ordered, come in and go back.
  static let goods: Makers = [
    (.order, { clinic, state, now in clinic.order(state, now) }),
    (.orderEnd, { clinic, state, _ in clinic.orderEnd(state) }),
    (.receipt, { clinic, state, now in clinic.receipt(state, now) }),
    (.goodsReturn, { clinic, state, now in clinic.goodsReturn(state, now) }),
  ]

  private mutating func order(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    let place = PlacePurchaseOrder.with {
      $0.supplier = Self.suppliers[dice.below(2)]
      for like in [Self.gloves, Self.screw, Self.cream] where dice.chance(60) {
        let item = item(like: like)
        $0.lines.append(
          .with {
            $0.item = item
            $0.quantity = Quantity(thousandths: Int64(dice.from(1...200)) * 500)
            $0.unitCost = UnitPrice(tenThousandths: Int64(dice.from(0...90_000)))
          })
      }
      $0.due = dice.chance(50) ? day(now, state).advanced(by: dice.below(30)) : nil
      $0.tolerance = Rate(basisPoints: dice.chance(50) ? 500 : 0)
    }
    return place.lines.isEmpty ? nil : LegalCommand(place, .buyer)
  }

  private mutating func orderEnd(_ state: DeskState) -> LegalCommand? {
    guard let (id, record) = find(in: state.stock.orders, { $0.isOpen }) else { return nil }
    let close = ClosePurchaseOrder.with {
      $0.order = id
      $0.reason = dice.chance(50) ? .complete : .cancelled
    }
    return LegalCommand(close, .buyer, at: record.clinic)
  }

  /// Of an order what is open of it, else whatever a supplier sends.
  private mutating func receipt(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    let open = find(in: state.stock.orders) { order in
      order.isOpen && order.lines.contains { $0.ordered > $0.received }
    }
    var receive = ReceiveGoods()
    if let (id, order) = open, dice.chance(50) {
      receive.order = id
      for line in order.lines where line.ordered > line.received {
        receive.lines.append(
          goods(
            line.item, upTo: line.ordered - line.received, isOrdered: true, on: day(now, state)))
      }
      let at = lately(state, now, at: order.clinic)
      return LegalCommand(receive, .buyer, at: order.clinic, effective: at)
    }
    receive.supplier = Self.suppliers[dice.below(2)]
    let items = [Self.gloves, Self.screw, Self.cream, Self.tray]
    let today = day(now, state)
    let item = item(like: items[dice.below(items.count)])
    receive.lines = [goods(item, upTo: 100_000, isOrdered: false, on: today)]
    if dice.chance(30) {
      let gloves = self.item(like: Self.gloves)
      receive.lines.append(goods(gloves, upTo: 50_000, isOrdered: false, on: today))
    }
    return LegalCommand(receive, .buyer, effective: lately(state, now))
  }

  private mutating func goods(
    _ item: ItemID, upTo most: Int64, isOrdered: Bool, on day: Day
  ) -> GoodsLine {
    .with {
      $0.item = item
      $0.quantity = Quantity(thousandths: part(of: most))
      if !isOrdered || dice.chance(50) { $0.value = cents(0...9_000) }
      // A lot has one expiry, wherever and whenever it comes in.
      let known = Self.lot(Self.like(item), dice.below(4), on: day)
      $0.lot = known.lot
      $0.expiry = known.expiry
    }
  }

  /// Of what is tracked, four lots a year come: of those that expire the first does early on, the last
  /// never within a history.
  static func lot(_ like: ItemID, _ letter: Int, on day: Day) -> (lot: String, expiry: Day?) {
    let first = 20_833
    let year = max(0, (Int(day.daysSince1970) - first) / 400)
    let mark = year == 0 ? "" : "-\(year)"
    switch like {
    case screw:
      let days = first + year * 400 + [60, 200, 420, 4_000][letter]
      return ("S\(letter)\(mark)", Day(daysSince1970: Int32(days)))
    case cream: return ("C\(letter)\(mark)", nil)
    case tray: return ("tray \(letter)", nil)
    default: return ("", nil)
    }
  }

  private mutating func goodsReturn(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    let found = find(in: state.stock.receipts) { receipt in
      receipt.supplier != nil && receipt.lines.contains { $0.quantity > $0.returned }
    }
    guard let (id, receipt) = found,
      let line = receipt.lines.first(where: { $0.quantity > $0.returned }),
      let lot = state.stock.lot(
        line.lot, at: StockKey(clinic: receipt.clinic, item: line.item))
    else { return nil }
    let there = min(line.quantity - line.returned, state.stock.lowest(of: lot, from: now))
    guard there > 0 else { return nil }
    let back = ReturnGoods.with {
      $0.receipt = id
      $0.lines = [
        .with {
          $0.item = line.item
          $0.lot = line.lot
          $0.quantity = Quantity(thousandths: part(of: there))
        }
      ]
      $0.reason = "damaged in transit"
    }
    return LegalCommand(back, .buyer, at: receipt.clinic)
  }
}
