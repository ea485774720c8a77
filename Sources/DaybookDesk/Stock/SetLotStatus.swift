public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// Says that a lot may not be used any more, or may be used again, at all clinics.
///
/// Answers with `LotStatusSet`. A notice may come before the goods do: then the lot is held when it
/// comes. Who releases a recalled lot does not do it alone.
public struct SetLotStatus: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// The item.
  public var item = ItemID()
  /// The maker's lot.
  public var lot = ""
  /// What it is from now on.
  public var status = LotStatus.unspecified
  /// The maker's or the authority's number of the notice; empty where there is none.
  public var notice = ""
  /// Why, about the goods and never about a person.
  public var reason = ""
  /// Who approves the release of a recalled lot.
  public var approver: StaffID?

  /// Nothing: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "item", &item)
    try fields.visit(2, "lot", &lot)
    try fields.visit(3, "status", &status)
    try fields.visit(4, "notice", &notice)
    try fields.visit(5, "reason", &reason)
    try fields.visit(6, "approver", &approver)
  }
}

extension SetLotStatus {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(
      context, state, allowed: [.admin, .buyer, .practitioner], needsClinic: true)
    review.requireFact()
    let lot = lot.trimmed
    review.requireKnown(item, in: state.stock.items, "item")
    if lot.isEmpty { review.refuse(StockRefusal.lotRequired(item), "lot") }
    if status == .unspecified { review.refuse(DeskRefusal.missing("a status"), "status") }
    if reason.trimmed.isEmpty { review.refuse(StockRefusal.withoutReason, "reason") }
    let last = state.stock.itemLot(lot, of: item)?.lastStanding
    if status != .unspecified, !lot.isEmpty { checkChange(of: lot, last, &review) }
    if status == .released, last?.status == .recalled {
      review.requireAnother(approver, state, "approver")
    } else if let approver {
      review.requireKnown(approver, in: state.administration.staff, "approver")
    }
    try review.conclude(into: &decision)

    let set = LotStatusSet.with {
      $0.item = item
      $0.lot = lot
      $0.status = status
      $0.notice = notice
      $0.reason = reason
      $0.approver = approver
    }
    try decision.append(set, to: item.number, effective: review.effective)
  }

  private func checkChange(
    of lot: String, _ last: LotStandingRecord?, _ review: inout Review
  ) {
    let before = last?.status ?? .unspecified
    if let last, last.from > review.effective.instant {
      review.refuse(StockRefusal.statusLater(lot, last.from), "effective")
    }
    if status == .released, !before.isBlocked {
      review.refuse(StockRefusal.notBlocked(lot), "status")
    } else if status == before {
      review.refuse(StockRefusal.statusStands(lot, status), "status")
    } else if status == .held, before == .recalled {
      review.refuse(StockRefusal.recalledStays(lot), "status")
    }
  }
}
