import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

/// What a business keeps on its shelves, and from whom it has it.
struct LifeStore: Sendable {
  /// By number less 1.
  var goods: [Good] = []
  var vendors: [Vendor] = []
  var lots = 0
  /// The tax codes: exempt, standard, reduced, lowest, owed by the buyer.
  let exempt = TaxCodeID(1)
  let standard = TaxCodeID(2)
  let reduced = TaxCodeID(3)
  let lowest = TaxCodeID(4)
  let reverse = TaxCodeID(5)
}

/// Something that is kept in stock.
struct Good: Sendable {
  var name: String
  var unit: String
  /// Ten-thousandths for a unit.
  var cost: Int64
  /// Ten-thousandths for a unit, tax included; 0 where it is not sold.
  var price: Int64 = 0
  var taxCode = TaxCodeID(2)
  var vendor: Int
  /// Whether it has lots with an expiry, so many days from delivery; 0 where it has none.
  var shelfDays = 0
  /// Thousandths.
  var reorderPoint: Int64
  var reorderQuantity: Int64
  var opening: Int64 = 0
  var implant = false
  var sterilisable = false
  var isOnOrder = false

  var isTracked: Bool { shelfDays > 0 }
}

/// Somebody who sells to a business.
struct Vendor: Sendable {
  var name: String
  var party = PartyID()
  var leadDays = 3
  var termsDays: UInt32 = 30
  /// What it is for, by account; empty for goods.
  var account = ""
}

extension BusinessLife {
  static func item(_ good: Int) -> ItemID { ItemID(UInt64(good) + 1) }

  static func key(_ good: Int) -> StockKey { StockKey(clinic: ClinicID(1), item: item(good)) }

  static func pieces(_ count: Int64) -> Quantity { Quantity(thousandths: count * 1000) }

  /// `apples 2.5 kg`, `gloves 1 piece`.
  func said(_ thousandths: Int64, _ good: Int) -> String {
    let unit = store.goods[good].unit
    let one = unit == "loaves" ? "loaf" : unit.hasSuffix("s") ? String(unit.dropLast()) : unit
    return "\(store.goods[good].name) \(Quantity(thousandths: thousandths)) "
      + (thousandths == 1000 ? one : unit)
  }

  /// The lots of a good that may be used today, the first to expire first.
  func usableLots(
    _ good: Int, _ state: DeskState
  ) -> [(lot: String, expiry: Day?, onHand: Int64)] {
    let item = Self.item(good)
    return state.stock.shelf(of: Self.key(good)).compactMap {
      (lot, onHand) -> (lot: String, expiry: Day?, onHand: Int64)? in
      let known = state.stock.itemLot(lot, of: item)
      let isPast = known?.expiry.map { $0 < day } ?? false
      if onHand <= 0 || isPast || known?.status(at: now).isBlocked == true { return nil }
      return (lot, known?.expiry, onHand)
    }.sorted { ($0.expiry ?? .max, $0.lot) < ($1.expiry ?? .max, $1.lot) }
  }

  /// How much of a good may be used today, in thousandths.
  func usable(_ good: Int, _ state: DeskState) -> Int64 {
    usableLots(good, state).reduce(0) { $0 + $1.onHand }
  }

  /// Everything on hand, in thousandths.
  func onHand(_ good: Int, _ state: DeskState) -> Int64 {
    state.stock.shelf(of: Self.key(good)).reduce(0) { $0 + $1.onHand }
  }

  /// The name of a new lot, and its last day.
  mutating func newLot(_ good: Int) -> (lot: String, expiry: Day?) {
    guard store.goods[good].isTracked else { return ("", nil) }
    store.lots += 1
    let days = dice.chance(12) ? 20 + dice.below(20) : store.goods[good].shelfDays + dice.below(40)
    return ("L\(1000 + store.lots)", day.advanced(by: days))
  }
}

// MARK: - The shelves

extension BusinessLife {
  mutating func planShelves() {
    if day.weekday == .monday {
      plan(at: LifeCalendar.at(8, 40)) { life, state in life.count(state) }
    }
    if isTurn(13, 4) {
      plan(at: LifeCalendar.at(13, 45)) { life, state in life.writeOffExpired(state) }
    }
    if isTurn(19, 5) {
      plan(at: LifeCalendar.at(12, 20)) { life, state in life.breakSomething(state) }
    }
    if isTurn(37, 6) {
      plan(at: LifeCalendar.at(9, 25)) { life, state in life.holdLot(state) }
    }
  }

  /// A few goods are counted a week, in turn; now and then less is there than there should be.
  private mutating func count(_ state: DeskState) -> [Deed] {
    let first = workdays / 5 * 4
    var lines: [CountRequest] = []
    for offset in 0..<4 {
      let good = (first + offset) % store.goods.count
      if store.goods[good].sterilisable { continue }
      let shelf = state.stock.shelf(of: Self.key(good))
      for (lot, onHand) in shelf where store.goods[good].isTracked || lot.isEmpty {
        let missing = dice.chance(12) ? min(onHand, Int64(dice.from(1...2)) * 1000) : 0
        let found = dice.chance(3) ? Int64(1000) : 0
        lines.append(
          CountRequest.with {
            $0.item = Self.item(good)
            $0.lot = lot
            $0.counted = Quantity(thousandths: onHand - missing + found)
          })
      }
    }
    guard !lines.isEmpty else { return [] }
    let count = CountStock.with { $0.lines = Few(lines) }
    return [Deed(hand(.buyer), .buyer, count, "counts \(lines.count) lots on the shelves")]
  }

  private mutating func writeOffExpired(_ state: DeskState) -> [Deed] {
    var deeds: [Deed] = []
    for good in store.goods.indices where store.goods[good].isTracked {
      for (lot, onHand) in state.stock.shelf(of: Self.key(good)) where onHand > 0 {
        guard let expiry = state.stock.itemLot(lot, of: Self.item(good))?.expiry, expiry < day
        else { continue }
        deeds.append(issue(onHand, good, lot, .expired, "throws away, expired on \(expiry),"))
      }
    }
    return deeds
  }

  private mutating func breakSomething(_ state: DeskState) -> [Deed] {
    let there = store.goods.indices.filter { usable($0, state) >= 2000 }
    guard !there.isEmpty else { return [] }
    let good = pick(there)
    guard let lot = usableLots(good, state).first, lot.onHand >= 1000 else { return [] }
    let purpose: IssuePurpose = dice.chance(50) ? .damaged : .internal
    return [
      issue(1000, good, lot.lot, purpose, purpose == .damaged ? "breaks" : "uses for cleaning")
    ]
  }

  func issue(
    _ quantity: Int64, _ good: Int, _ lot: String, _ purpose: IssuePurpose, _ text: String
  ) -> Deed {
    let issue = IssueStock.with {
      $0.item = Self.item(good)
      $0.quantity = Quantity(thousandths: quantity)
      $0.lot = lot
      $0.purpose = purpose
    }
    return Deed(hand(.buyer), .buyer, issue, "\(text) \(said(quantity, good))")
  }

  /// The maker warns of a lot of which there are others; a few days later it may be used again.
  private mutating func holdLot(_ state: DeskState) -> [Deed] {
    let able = store.goods.indices.filter {
      usableLots($0, state).count > 1 && !store.goods[$0].implant
    }
    guard !able.isEmpty else { return [] }
    let good = pick(able)
    let lot = usableLots(good, state)[0].lot
    let isRecall = dice.chance(40)
    let set = SetLotStatus.with {
      $0.item = Self.item(good)
      $0.lot = lot
      $0.status = isRecall ? .recalled : .held
      $0.notice = "FSN-\(day.year)-\(dice.from(100...999))"
      $0.reason = "the maker looks into a complaint"
    }
    plan(on: day.advanced(by: 4), at: LifeCalendar.at(9, 35)) { life, _ in
      let release = SetLotStatus.with {
        $0.item = Self.item(good)
        $0.lot = lot
        $0.status = .released
        $0.reason = "the maker has found nothing"
        if isRecall { $0.approver = life.approver }
      }
      let by = life.hand(.buyer)
      // Who runs the business releases alone what was held, and never what was recalled.
      if isRecall, by == life.manager { return [] }
      return [
        Deed(by, .buyer, release, "releases lot \(lot) of \(life.store.goods[good].name)")
      ]
    }
    return [
      Deed(
        hand(.buyer), .buyer, set,
        "\(isRecall ? "takes" : "puts") lot \(lot) of \(store.goods[good].name) "
          + (isRecall ? "off the shelf, recalled" : "aside"))
    ]
  }
}
