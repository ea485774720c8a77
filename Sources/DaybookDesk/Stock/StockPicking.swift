import DaybookClinicEvents
import DaybookClinicRules
import DaybookEvents
import DaybookValues

/// Chooses lots and fixes values for what one command issues, counting what it took before.
struct StockPicking {
  /// Where and when something is used, and on whom.
  struct Place {
    var clinic: ClinicID
    var effective: Moment
    var purpose = IssuePurpose.treatment
    var encounterLine: EncounterLine?
    var patient: PatientID?

    init(clinic: ClinicID, effective: Moment) {
      self.clinic = clinic
      self.effective = effective
    }

    /// Whether an expired lot may not be taken, and the first to expire goes first.
    var isForUse: Bool { purpose == .treatment || purpose == .sale }
  }

  private struct Taken {
    var quantity: Int64 = 0
    var value: Int64 = 0
  }

  private struct LotPlace: Hashable {
    var key: StockKey
    var lot: Int
  }

  private let stock: StockState
  private var taken: [LotPlace: Taken] = [:]
  private var fresh: [StockKey: UInt64] = [:]

  init(_ stock: StockState) { self.stock = stock }

  // MARK: - Choosing

  /// One of a device, of the lot on its label.
  mutating func issue(
    _ device: Device, at place: Place, _ review: inout Review, _ field: String
  ) -> StockIssued {
    if let item = stock.items[device.item], item.lotTracked || item.implant,
      device.lot.trimmed.isEmpty
    {
      review.refuse(StockRefusal.lotRequired(device.item), field)
    }
    return issue(
      ItemUse(device.item, .one, lot: device.lot.trimmed), at: place, &review, field)
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
    let lots = onShelf(of: key, at: place.effective.instant).filter {
      !place.isForUse || LotPicking.isUsable($0.lot, on: place.effective.day)
    }
    let (picked, short) = LotPicking.pick(use.quantity.thousandths, from: lots.map(\.lot))
    if short > 0 {
      guard !item.isStrict, place.isForUse else {
        review.refuse(
          StockRefusal.insufficient(
            use.item, lot: "", available: Quantity(thousandths: use.quantity.thousandths - short),
            short: Quantity(thousandths: short)), field)
        return
      }
      issued.short = Quantity(thousandths: short)
    }
    for part in picked {
      append(part.quantity, of: lots[part.index].index, lots[part.index].lot.lot, key, &issued)
    }
  }

  /// Takes of the lot that is named.
  private mutating func take(
    _ use: ItemUse, _ key: StockKey, _ place: Place, _ issued: inout StockIssued,
    _ review: inout Review, _ field: String
  ) {
    guard let record = stock[key], let index = record.index(of: use.lot) else {
      review.refuse(StockRefusal.unknownLot(use.lot, use.item), field)
      return
    }
    let lot = onHand(index, of: record, key, at: place.effective.instant)
    let quantity = use.quantity.thousandths
    if quantity > lot.available {
      review.refuse(
        StockRefusal.insufficient(
          use.item, lot: lot.lot, available: Quantity(thousandths: lot.available),
          short: Quantity(thousandths: quantity - lot.available)), field)
      return
    }
    if place.isForUse { checkOrder(use, lot, key, place, &issued, &review, field) }
    append(quantity, of: index, lot.lot, key, &issued)
  }

  /// The lot has not expired, and no other that could be taken expires before it.
  private func checkOrder(
    _ use: ItemUse, _ lot: LotOnHand, _ key: StockKey, _ place: Place,
    _ issued: inout StockIssued, _ review: inout Review, _ field: String
  ) {
    let day = place.effective.day
    if !LotPicking.isUsable(lot, on: day), let expiry = lot.expiry {
      review.question(StockRefusal.lotExpired(lot.lot, expiry), field)
      return
    }
    let earlier = onShelf(of: key, at: place.effective.instant).map(\.lot).filter {
      $0.available > 0 && LotPicking.isUsable($0, on: day) && $0.expiry != lot.expiry
        && LotPicking.precedes($0, lot)
    }
    guard let first = earlier.min(by: LotPicking.precedes) else { return }
    if let reason = use.lotOverride?.reason, !reason.trimmed.isEmpty {
      issued.lotOverride = use.lotOverride
    } else {
      review.question(StockRefusal.notFirstToExpire(lot.lot, first: first.lot), field)
    }
  }

  /// What can be taken at `time` of each lot on the shelf, with the lots' indexes.
  private func onShelf(
    of key: StockKey, at time: Instant
  ) -> [(index: Int, lot: LotOnHand)] {
    guard let record = stock[key] else { return [] }
    return record.onShelf.map { ($0, onHand($0, of: record, key, at: time)) }
  }

  /// What can be taken of a lot at `time`, less what this command has taken.
  private func onHand(
    _ index: Int, of record: StockRecord, _ key: StockKey, at time: Instant
  ) -> LotOnHand {
    let lot = record.lots[index]
    let already = taken[LotPlace(key: key, lot: index)]?.quantity ?? 0
    return LotOnHand(
      lot: lot.lot, expiry: lot.expiry,
      available: max(0, stock.lowest(of: lot, from: time) - already))
  }

  /// Adds a line with its value fixed, and remembers what it takes.
  private mutating func append(
    _ quantity: Int64, of index: Int, _ name: String, _ key: StockKey,
    _ issued: inout StockIssued
  ) {
    guard let lot = stock[key]?.lots[index] else { return }
    var already = taken[LotPlace(key: key, lot: index)] ?? Taken()
    let left = lot.value - already.value
    // Never more than is on hand, so the quotient is at most what is left.
    let value = try? LotCost.value(
      of: quantity, onHand: lot.onHand - already.quantity, worth: left)
    already.quantity += quantity
    already.value += value ?? left
    taken[LotPlace(key: key, lot: index)] = already
    issued.lines.append(
      IssueLine(
        lot: name, quantity: Quantity(thousandths: quantity),
        value: Amount(minorUnits: value ?? left)))
  }

  // MARK: - Writing

  /// Appends the issues, each to the stream of its clinic and item.
  mutating func append(
    _ issues: [StockIssued], effective: Moment, cause: Int?, into decision: inout Decision
  ) throws(Refusal) {
    for issue in issues {
      let key = StockKey(clinic: issue.clinic, item: issue.item)
      let known = stock[key]?.pair?.number ?? fresh[key]
      let number = known ?? decision.nextNumber(StockKind.streamKind)
      fresh[key] = number
      try decision.append(
        issue, to: number, expecting: known == nil ? .noStream : .any, effective: effective,
        clinic: issue.clinic.number, cause: cause.map { .event($0) } ?? .command)
    }
  }
}
