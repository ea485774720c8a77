import DaybookClinicEvents
import DaybookClinicRules
import DaybookEvents
import DaybookValues

/// Chooses lots and fixes values for what one command takes, counting what it took before.
struct StockPicking {
  /// Where and when something is used, and on whom.
  struct Place {
    var clinic: ClinicID
    var effective: Moment
    var purpose = IssuePurpose.treatment
    var encounterLine: EncounterLine?
    var patient: PatientID?
    /// Whether it goes to another clinic, whole or not at all.
    var isTransfer = false
    /// The line of a sale that it is handed over for.
    var soldLine: SoldLine?

    init(clinic: ClinicID, effective: Moment) {
      self.clinic = clinic
      self.effective = effective
    }

    /// Whether an expired lot may not be taken, nor one that is held, and the first to expire goes
    /// first.
    var isForUse: Bool { !isTransfer && (purpose == .treatment || purpose == .sale) }
    /// Whether it was thrown away or is not found.
    var isWriteOff: Bool {
      !isTransfer && (purpose == .expired || purpose == .damaged || purpose == .lost)
    }
    /// Whether such lots are taken only where they are named.
    var passesOver: Bool { isForUse || isTransfer }
  }

  struct Taken {
    var quantity: Int64 = 0
    var value: Int64 = 0
  }

  struct LotPlace: Hashable {
    var key: StockKey
    var lot: String
  }

  let stock: StockState
  /// What this command took of each lot; below zero what it brings in.
  var taken: [LotPlace: Taken] = [:]
  /// What this command settles of what was used beyond what was on hand.
  var shorts: [StockKey: [OpenShorts.Short]] = [:]
  private var fresh: [StockKey: UInt64] = [:]

  init(_ stock: StockState) { self.stock = stock }

  // MARK: - Choosing

  /// One of a device, of the lot on its label; nothing of one that is used again.
  mutating func issue(
    _ device: Device, at place: Place, _ review: inout Review, _ field: String
  ) -> StockIssued {
    let item = stock.items[device.item]
    let lot = device.lot.trimmed
    if let item, item.lotTracked || item.implant, lot.isEmpty {
      review.refuse(StockRefusal.lotRequired(device.item), field)
    }
    if item?.isReused == true {
      checkStanding(of: lot, device.item, place, &review, field)
      return StockIssued.with {
        $0.clinic = place.clinic
        $0.item = device.item
      }
    }
    return issue(ItemUse(device.item, .one, lot: lot), at: place, &review, field)
  }

  /// What is used of an item: of the lot named, else of the first to expire, and so on.
  mutating func issue(
    _ use: ItemUse, at place: Place, _ review: inout Review, _ field: String
  ) -> StockIssued {
    var issued = StockIssued.with {
      $0.clinic = place.clinic
      $0.item = use.item
      $0.purpose = place.purpose
      $0.encounterLine = place.encounterLine
      $0.patient = place.patient
      $0.soldLine = place.soldLine
    }
    review.requirePositive(use.quantity, field)
    guard let item = review.known(use.item, in: stock.items, field), use.quantity.isPositive else {
      return issued
    }
    let key = StockKey(clinic: place.clinic, item: use.item)
    if use.lot.isEmpty {
      pick(use, item, key, place, &issued, &review, field)
    } else {
      take(use, key, place, &issued, &review, field)
    }
    return issued
  }

  /// Takes over as many lots as needed; what is not there is short where that is allowed.
  private mutating func pick(
    _ use: ItemUse, _ item: ItemRecord, _ key: StockKey, _ place: Place,
    _ issued: inout StockIssued, _ review: inout Review, _ field: String
  ) {
    let time = place.effective.instant
    let lots = onShelf(of: key, at: time).filter {
      !place.passesOver
        || LotPicking.isUsable($0, on: place.effective.day)
          && !isBlocked($0.lot, key.item, at: time)
    }
    let (picked, short) = LotPicking.pick(use.quantity.thousandths, from: lots)
    if short > 0 {
      if item.isStrict || !place.isForUse {
        let reason = StockRefusal.insufficient(
          use.item, lot: "", available: Quantity(thousandths: use.quantity.thousandths - short),
          short: Quantity(thousandths: short))
        // What history wrote off was there, though no receipt of it is known.
        guard review.isImport, !item.isStrict, place.isWriteOff else {
          review.refuse(reason, field)
          return
        }
        review.question(reason, field)
      }
      issued.short = Quantity(thousandths: short)
    }
    for part in picked { append(part.quantity, of: lots[part.index].lot, key, &issued) }
  }

  /// Takes of the lot that is named, even if its name is empty.
  mutating func take(
    _ use: ItemUse, _ key: StockKey, _ place: Place, _ issued: inout StockIssued,
    _ review: inout Review, _ field: String
  ) {
    guard let known = stock.lot(use.lot, at: key) else {
      review.refuse(StockRefusal.unknownLot(use.lot, use.item), field)
      return
    }
    let lot = onHand(known, key, at: place.effective.instant)
    let quantity = use.quantity.thousandths
    if quantity > lot.available {
      review.refuse(
        StockRefusal.insufficient(
          use.item, lot: lot.lot, available: Quantity(thousandths: lot.available),
          short: Quantity(thousandths: quantity - lot.available)), field)
      return
    }
    if place.isForUse { checkOrder(use, lot, key, place, &issued, &review, field) }
    append(quantity, of: lot.lot, key, &issued)
  }

  /// The lot may be used, and no other that could be taken expires before it.
  private func checkOrder(
    _ use: ItemUse, _ lot: LotOnHand, _ key: StockKey, _ place: Place,
    _ issued: inout StockIssued, _ review: inout Review, _ field: String
  ) {
    let day = place.effective.day
    let time = place.effective.instant
    checkStanding(of: lot.lot, key.item, place, &review, field)
    if !LotPicking.isUsable(lot, on: day), let expiry = lot.expiry {
      review.question(StockRefusal.lotExpired(lot.lot, expiry), field)
      return
    }
    let earlier = onShelf(of: key, at: time).filter {
      $0.available > 0 && LotPicking.isUsable($0, on: day) && $0.expiry != lot.expiry
        && LotPicking.precedes($0, lot) && !isBlocked($0.lot, key.item, at: time)
    }
    guard let first = earlier.min(by: LotPicking.precedes) else { return }
    if let reason = use.lotOverride?.reason, !reason.trimmed.isEmpty {
      issued.lotOverride = use.lotOverride
    } else {
      review.question(StockRefusal.notFirstToExpire(lot.lot, first: first.lot), field)
    }
  }

  /// The lot is neither held nor recalled, and the tray did not fail in its last cycle.
  private func checkStanding(
    of lot: String, _ item: ItemID, _ place: Place, _ review: inout Review, _ field: String
  ) {
    guard let known = stock.itemLot(lot, of: item) else { return }
    let time = place.effective.instant
    let status = known.status(at: time)
    if status.isBlocked { review.question(StockRefusal.lotHeld(lot, status), field) }
    if known.isUnsterile(at: time) { review.question(StockRefusal.notSterile(lot), field) }
  }

  private func isBlocked(_ lot: String, _ item: ItemID, at time: Instant) -> Bool {
    guard let known = stock.itemLot(lot, of: item) else { return false }
    return known.status(at: time).isBlocked || known.isUnsterile(at: time)
  }

  /// What can be taken at `time` of each lot on the shelf.
  private func onShelf(of key: StockKey, at time: Instant) -> [LotOnHand] {
    guard let record = stock[key] else { return [] }
    return record.onShelf.map { onHand(stock.lots[Int($0)], key, at: time) }
  }

  /// What can be taken of a lot at `time`, less what this command has taken.
  private func onHand(_ lot: LotRecord, _ key: StockKey, at time: Instant) -> LotOnHand {
    let name = stock.itemLot(of: lot)
    let already = taken[LotPlace(key: key, lot: name.lot)]?.quantity ?? 0
    return LotOnHand(
      lot: name.lot, expiry: name.expiry,
      available: max(0, stock.lowest(of: lot, from: time) - already))
  }

  /// Adds a line with its value fixed, and remembers what it takes.
  private mutating func append(
    _ quantity: Int64, of lot: String, _ key: StockKey, _ issued: inout StockIssued
  ) {
    issued.lines.append(
      IssueLine(
        lot: lot, quantity: Quantity(thousandths: quantity),
        value: Amount(minorUnits: remove(quantity, of: lot, key))))
  }

  /// Remembers that so much is taken of a lot.
  ///
  /// - Returns: What that had cost: the lot's moving cost.
  mutating func remove(_ quantity: Int64, of lot: String, _ key: StockKey) -> Int64 {
    let place = LotPlace(key: key, lot: lot)
    var already = taken[place] ?? Taken()
    let known = stock.lot(lot, at: key)
    let left = (known?.value ?? 0) - already.value
    // Never more than is on hand, so the quotient is at most what is left.
    let value =
      try? LotCost.value(
        of: quantity, onHand: (known?.onHand ?? 0) - already.quantity, worth: left)
    already.quantity += quantity
    already.value += value ?? left
    taken[place] = already
    return value ?? left
  }

  // MARK: - Writing

  /// Appends the issues, each to the stream of its clinic and item, and what each makes of counts.
  mutating func append(
    _ issues: [StockIssued], effective: Moment, cause: Int?, into decision: inout Decision
  ) throws(Refusal) {
    for issue in issues where !issue.lines.isEmpty || issue.short != nil {
      let index = try append(issue, effective: effective, cause: cause, into: &decision)
      let key = StockKey(clinic: issue.clinic, item: issue.item)
      var moved = issue.lines.map {
        StockMove(
          key: key, lot: $0.lot, quantity: 0 - $0.quantity.thousandths,
          value: 0 - $0.value.minorUnits)
      }
      if let short = issue.short {
        moved.append(StockMove(key: key, lot: "", short: short.thousandths))
      }
      try keepCounts(moved, at: effective, cause: index, into: &decision)
    }
  }

  /// Appends an issue to the stream of its clinic and item.
  mutating func append(
    _ issue: StockIssued, effective: Moment, cause: Int?, into decision: inout Decision
  ) throws(Refusal) -> Int {
    let key = StockKey(clinic: issue.clinic, item: issue.item)
    let known = stock[key]?.pair?.number ?? fresh[key]
    let number = known ?? decision.nextNumber(StockKind.streamKind)
    fresh[key] = number
    return try decision.append(
      issue, to: number, expecting: known == nil ? .noStream : .any, effective: effective,
      clinic: issue.clinic.number, cause: cause.map { .event($0) } ?? .command)
  }
}
