import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// How much is given, in which unit, and what it costs.
struct Measured {
  /// In the item's base unit.
  var quantity: Quantity
  /// The cost of one base unit, rounded.
  var unitCost: UnitPrice
  /// The cost of all, rounded once.
  var value: Amount?
}

extension Review {
  /// A quantity and a cost in `unit`, as the item is kept: in its base unit where it is empty.
  ///
  /// Zeros, and a violation, where the item has no such unit, or where it is too much.
  mutating func measure(
    _ quantity: Quantity, at cost: UnitPrice = .zero, in unit: String, of id: ItemID,
    _ item: ItemRecord, _ field: String
  ) -> Measured {
    let unit = unit.trimmed
    let none = Measured(quantity: .zero, unitCost: .zero, value: nil)
    var factor = Quantity.one
    if !unit.isEmpty, unit != item.baseUnit {
      guard let pack = item.packs.first(where: { $0.unit == unit }) else {
        refuse(StockRefusal.noSuchUnit(unit, id), field + ".unit")
        return none
      }
      factor = pack.factor
    }
    do {
      let value = try cost.times(quantity, in: clinic?.currency ?? .unspecified)
      let base = try Rounding.halfAwayFromZero(
        Int128(quantity.thousandths) * Int128(factor.thousandths), dividedBy: 1000)
      let one = try Rounding.halfAwayFromZero(
        Int128(cost.tenThousandths) * 1000, dividedBy: Int128(factor.thousandths))
      return Measured(
        quantity: Quantity(thousandths: try Rounding.narrowed(base)),
        unitCost: UnitPrice(tenThousandths: try Rounding.narrowed(one)),
        value: Amount(minorUnits: value.minorUnits))
    } catch {
      refuse(DeskRefusal.tooLarge("quantity times unit cost"), field + ".quantity")
      return none
    }
  }

  /// What is on hand and what comes in fit together, whatever the order of the lines.
  mutating func requireRoom(
    for moves: [StockMove], in stock: StockState, _ field: String
  ) {
    let quantity = sum(moves.map(\.quantity), field + ".quantity")
    let value = sum(moves.map(\.value), field + ".value")
    for move in moves {
      guard let lot = stock.lot(move.lot, at: move.key) else { continue }
      _ = sum([lot.onHand, quantity], field + ".quantity")
      _ = sum([lot.value, value], field + ".value")
    }
  }
}

extension Review {
  /// Another person than who acts approves it, who holds a role that allows it; history is done, and
  /// who works alone at the clinic has nobody to ask.
  mutating func requireAnother(_ approver: StaffID?, _ state: DeskState, _ field: String) {
    let administration = state.administration
    if let approver { requireKnown(approver, in: administration.staff, field) }
    let clinic = ClinicID(context.clinic)
    let roles = allowed + [.admin]
    let actor = context.actor.staffNumber
    // A clinic has few people, and few lots are ever called back.
    let others = (0..<UInt64(administration.staff.count)).map { StaffID($0 + 1) }.filter { staff in
      staff.number != actor
        && roles.contains { administration.holds($0, staff, at: clinic) }
    }
    if isImport || others.isEmpty { return }
    guard let approver, approver.number != context.actor.staffNumber else {
      refuse(StockRefusal.recalledByTwo, field)
      return
    }
    if administration.staff.contains(approver), !others.contains(approver) {
      refuse(DeskRefusal.approver(approver), field)
    }
  }
}
