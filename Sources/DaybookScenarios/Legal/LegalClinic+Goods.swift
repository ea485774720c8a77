import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

extension LegalClinic {
  /// Goods that come in and go out.
  static let goods: [(weight: Int, make: Maker)] = [
    (5, { clinic, _, now in clinic.receipt(now) }),
    (4, { clinic, state, _ in clinic.issue(state) }),
  ]

  private mutating func receipt(_ now: Instant) -> LegalCommand? {
    let today = Moment(now).day
    let isImplant = dice.chance(50)
    let lot = isImplant ? (dice.chance(50) ? "A" : "B") : ""
    let receive = ReceiveGoods.with {
      $0.supplier = PartyID(3)
      $0.lines = [
        .with {
          $0.item = ItemID(isImplant ? 2 : 1)
          $0.lot = lot
          // A lot has one expiry, wherever and whenever it comes in.
          if isImplant {
            $0.expiry = Day(daysSince1970: today.daysSince1970 / 4_000 * 4_000 + 8_000)
          }
          $0.quantity = Quantity(thousandths: Int64(dice.from(1...200)) * 500)
          $0.value = cents(0...9_000)
        }
      ]
    }
    return LegalCommand(receive, .buyer)
  }

  private mutating func issue(_ state: DeskState) -> LegalCommand? {
    let item = ItemID(UInt64(dice.from(1...2)))
    let lots = state.stock.shelf(of: StockKey(clinic: ClinicID(1), item: item))
    guard let lot = lots.first(where: { $0.onHand > 0 }) else { return nil }
    let issue = IssueStock.with {
      $0.item = item
      $0.lot = lot.lot
      $0.quantity = Quantity(thousandths: Int64(dice.from(1...Int(lot.onHand))))
      $0.purpose = dice.chance(60) ? .internal : .damaged
    }
    return LegalCommand(issue, .buyer)
  }
}
