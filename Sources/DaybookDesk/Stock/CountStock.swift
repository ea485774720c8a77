public import DaybookBytes
public import DaybookClinicEvents
import DaybookClinicRules
public import DaybookEvents
public import DaybookValues

/// Somebody has looked how much is there at the clinic of the envelope.
///
/// Answers with `StockCounted`. What was counted is what there was at that time: the variance against
/// the books as they stand for that time is valued by the lot's cost and written off or on, and what
/// was used beyond what was on hand is settled. A lot that is not named was not counted. Who only knows
/// how much more there was than the books have says that instead.
///
/// A count dated before another one of the same lot leaves that as it is: the later count takes the
/// opposite variance.
public struct CountStock: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// What was counted.
  public var lines: Few<CountRequest> = []
  /// When it was counted; nil for the envelope's time.
  public var countedAt: Instant?

  /// No count: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "lines", &lines)
    try fields.visit(2, "countedAt", &countedAt)
  }
}

/// What was counted of one lot.
public struct CountRequest: Payload, Hashable {
  /// The item.
  public var item = ItemID()
  /// The lot; empty where the item is not tracked by lot.
  public var lot = ""
  /// How much was there, in `unit`.
  public var counted = Quantity.zero
  /// A pack of the item; empty for its base unit.
  public var unit = ""
  /// What one base unit costs, of a lot of which no cost is known.
  public var unitCost = UnitPrice()
  /// How much more was there than the books have for that time, in `unit`: `counted` is then worked
  /// out. Nil where it was counted.
  public var found: Quantity?

  /// Nothing: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "item", &item)
    try fields.visit(2, "lot", &lot)
    try fields.visit(3, "counted", &counted)
    try fields.visit(4, "unit", &unit)
    try fields.visit(5, "unitCost", &unitCost)
    try fields.visit(6, "found", &found)
  }
}

extension CountStock {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: [.buyer, .accountant], needsClinic: true)
    let moment = review.moment(countedAt)
    review.requireFact(moment, countedAt == nil ? "effective" : "countedAt")
    if lines.isEmpty { review.refuse(DeskRefusal.missing("a line"), "lines") }
    var counted: [CountLine] = []
    for line in lines {
      guard let checked = check(line, at: moment.instant, state, &review) else { continue }
      if counted.contains(where: { $0.item == checked.item && $0.lot == checked.lot }) {
        review.refuse(
          DeskRefusal.namedTwice("\(checked.item) \(checked.lot)".trimmed), "lines.item")
        continue
      }
      counted.append(checked)
    }
    settleShorts(&counted, at: moment.instant, state, review)
    try review.conclude(into: &decision)

    let id = CountID(decision.nextNumber(CountKind.streamKind))
    let event = StockCounted.with {
      $0.count = id
      $0.clinic = ClinicID(context.clinic)
      $0.countedAt = moment.instant
      $0.lines = Few(counted)
    }
    let index = try decision.append(
      event, to: id.number, expecting: .noStream, effective: moment)
    try keepLaterCounts(counted, after: moment.instant, index, state, review, into: &decision)
  }

  private func check(
    _ line: CountRequest, at time: Instant, _ state: DeskState, _ review: inout Review
  ) -> CountLine? {
    let lot = line.lot.trimmed
    guard let item = review.known(line.item, in: state.stock.items, "lines.item") else {
      return nil
    }
    if line.counted.isNegative {
      review.refuse(
        DeskRefusal.outOfRange("\(line.counted)", "a quantity from 0"), "lines.counted")
      return nil
    }
    if line.unitCost.isNegative {
      review.refuse(DeskRefusal.outOfRange("\(line.unitCost)", "a cost from 0"), "lines.unitCost")
    }
    if let found = line.found {
      if !line.counted.isZero { review.refuse(StockRefusal.countedAndFound, "lines.found") }
      review.requirePositive(found, "lines.found")
    }
    if item.lotTracked, lot.isEmpty {
      review.refuse(StockRefusal.lotRequired(line.item), "lines.lot")
      return nil
    }
    // What is found of a lot that never came in has no expiry, and may have expired.
    let expiry = state.stock.expiry(of: lot, line.item)
    if item.expiryTracked || !lot.isEmpty, expiry == nil {
      review.refuse(StockRefusal.unknownLot(lot, line.item), "lines.lot")
      return nil
    }
    let measured = review.measure(
      line.found ?? line.counted, in: line.unit, of: line.item, item, "lines")
    var counted = measured.quantity
    if line.found != nil {
      let key = StockKey(clinic: ClinicID(review.context.clinic), item: line.item)
      let had = state.stock.lot(lot, at: key).map { state.stock.balance(of: $0, at: time) } ?? 0
      counted = Quantity(
        thousandths: review.sum([had, measured.quantity.thousandths], "lines.found"))
    }
    return CountLine.with {
      $0.item = line.item
      $0.lot = lot
      $0.expiry = expiry ?? nil
      $0.counted = counted
      value(&$0, line, at: time, state, &review)
    }
  }

  /// Fixes the variance against what the books have for that time, and its value.
  private func value(
    _ counted: inout CountLine, _ line: CountRequest, at time: Instant, _ state: DeskState,
    _ review: inout Review
  ) {
    let key = StockKey(clinic: ClinicID(review.context.clinic), item: counted.item)
    let lot = state.stock.lot(counted.lot, at: key) ?? LotRecord()
    let variance = counted.counted.thousandths - state.stock.balance(of: lot, at: time)
    let next = state.stock.firstCount(after: time, of: counted.lot, at: key)
    let end = next.map { Instant(milliseconds: $0.time) }
    let lowest = state.stock.lowest(of: lot, from: time, before: end)
    // Both are at most what a lot can hold, and one of them is not below zero.
    if lowest + variance < 0 {
      let taken = Quantity(thousandths: state.stock.balance(of: lot, at: time) - lowest)
      review.refuse(
        StockRefusal.takenSince(
          counted.item, lot: counted.lot, counted: counted.counted, taken: taken),
        "lines.counted")
      return
    }
    counted.variance = Quantity(thousandths: variance)
    do {
      if variance < 0 {
        let value = try LotCost.value(of: 0 - variance, onHand: lot.onHand, worth: lot.value)
        counted.value = Amount(minorUnits: 0 - value)
      } else if variance > 0 {
        let said = try line.unitCost.times(.one, in: review.clinic?.currency ?? .unspecified)
        counted.value = Amount(
          minorUnits: try LotCost.surplus(
            of: variance,
            after: [
              (lot.onHand, lot.value), (lot.lastQuantity, lot.lastValue),
              (Quantity.one.thousandths, said.minorUnits),
            ]))
      }
    } catch {
      review.refuse(DeskRefusal.tooLarge("the value"), "lines.counted")
    }
    if next == nil {
      _ = review.sum([lot.onHand, variance], "lines.counted")
      _ = review.sum([lot.value, counted.value.minorUnits], "lines.counted")
    }
  }

  /// The first line of an item settles what was used of it beyond what was on hand.
  private func settleShorts(
    _ counted: inout [CountLine], at time: Instant, _ state: DeskState, _ review: Review
  ) {
    var seen: Set<ItemID> = []
    for index in counted.indices where seen.insert(counted[index].item).inserted {
      let key = StockKey(clinic: ClinicID(review.context.clinic), item: counted[index].item)
      counted[index].settled = Quantity(
        thousandths: state.stock.short(of: key, through: time))
    }
  }

  /// The first count of each lot after this one keeps what it counted: right before it, what this one
  /// has found is taken back.
  private func keepLaterCounts(
    _ counted: [CountLine], after time: Instant, _ cause: Int, _ state: DeskState,
    _ review: Review, into decision: inout Decision
  ) throws(Refusal) {
    let clinic = ClinicID(review.context.clinic)
    var late: [StockCounted] = []
    for line in counted where !line.variance.isZero {
      let key = StockKey(clinic: clinic, item: line.item)
      guard let next = state.stock.firstCount(after: time, of: line.lot, at: key) else { continue }
      let kept = CountLine.with {
        $0 = line
        $0.counted = Quantity(thousandths: next.counted)
        $0.variance = Quantity(thousandths: 0 - line.variance.thousandths)
        $0.value = Amount(minorUnits: 0 - line.value.minorUnits)
        $0.settled = .zero
      }
      if let place = late.firstIndex(where: { $0.count == next.count }) {
        late[place].lines.append(kept)
      } else {
        late.append(
          StockCounted.with {
            $0.count = next.count
            $0.clinic = clinic
            $0.countedAt = Instant(milliseconds: next.time)
            $0.lines = [kept]
            $0.late = true
          })
      }
    }
    for event in late {
      let before = Instant(milliseconds: event.countedAt.milliseconds - 1)
      try decision.append(
        event, to: event.count.number, effective: review.moment(before), cause: .event(cause))
    }
  }
}
