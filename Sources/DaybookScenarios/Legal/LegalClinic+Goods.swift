import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

extension LegalClinic {
  /// Goods that are ordered, come in and go back.
  static let goods: Makers = [
    (4, { clinic, state, now in clinic.order(state, now) }),
    (1, { clinic, state, _ in clinic.orderEnd(state) }),
    (10, { clinic, state, now in clinic.receipt(state, now) }),
    (3, { clinic, state, now in clinic.goodsReturn(state, now) }),
  ]

  private mutating func order(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    let place = PlacePurchaseOrder.with {
      $0.supplier = Self.suppliers[dice.below(2)]
      for item in [Self.gloves, Self.screw, Self.cream] where dice.chance(60) {
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
        receive.lines.append(goods(line.item, upTo: line.ordered - line.received, isOrdered: true))
      }
      let at = lately(state, now, at: order.clinic)
      return LegalCommand(receive, .buyer, at: order.clinic, effective: at)
    }
    receive.supplier = Self.suppliers[dice.below(2)]
    let items = [Self.gloves, Self.screw, Self.cream, Self.tray]
    let item = items[dice.below(items.count)]
    receive.lines = [goods(item, upTo: 100_000, isOrdered: false)]
    if dice.chance(30) {
      receive.lines.append(goods(Self.gloves, upTo: 50_000, isOrdered: false))
    }
    return LegalCommand(receive, .buyer, effective: lately(state, now))
  }

  private mutating func goods(
    _ item: ItemID, upTo most: Int64, isOrdered: Bool
  ) -> GoodsLine {
    .with {
      $0.item = item
      $0.quantity = Quantity(thousandths: part(of: most))
      if !isOrdered || dice.chance(50) { $0.value = cents(0...9_000) }
      // A lot has one expiry, wherever and whenever it comes in.
      let letter = dice.below(4)
      switch item {
      case Self.screw:
        $0.lot = "S\(letter)"
        $0.expiry = Self.expiry(letter)
      case Self.cream: $0.lot = "C\(letter)"
      case Self.tray: $0.lot = "tray \(letter)"
      default: break
      }
    }
  }

  /// The first expires early on, the last never within a history.
  private static func expiry(_ letter: Int) -> Day {
    Day(daysSince1970: 20_833 + [60, 200, 420, 4_000][letter])
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
