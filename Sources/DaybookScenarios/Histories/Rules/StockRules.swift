import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

/// No lot is ever below nothing, by the days on which things happened; what was counted stays as it
/// was counted; no more of a transfer arrives than was sent; and what is used was usable, the first to
/// expire first.
struct StockRules: HistoryRule {
  struct Lot: Hashable, Comparable {
    var clinic: ClinicID
    var item: ItemID
    var lot: String

    static func < (a: Self, b: Self) -> Bool {
      (a.clinic, a.item, a.lot) < (b.clinic, b.item, b.lot)
    }
  }

  /// An item at a clinic.
  struct Place: Hashable {
    var clinic: ClinicID
    var item: ItemID
  }

  /// An item's lot, wherever it is.
  struct Name: Hashable {
    var item: ItemID
    var lot: String
  }

  private struct Count {
    var count: CountID
    var at: Instant
    var counted: Int64
  }

  private(set) var shelves: [Lot: ShelfHistory] = [:]
  /// The lots of an item at a clinic.
  private(set) var lots: [Place: [Lot]] = [:]
  /// What an action has moved.
  private var changed: Set<Lot> = []
  /// In order of time.
  private var counts: [Lot: [Count]] = [:]
  private var inTransit: [TransferID: [Name: Int64]] = [:]
  private(set) var transitValue: Int64 = 0
  /// What goods of a line of a sale are worth that were handed over and are not back.
  private var handed: [SoldLine: Int64] = [:]
  var expiries: [Name: Day] = [:]
  var standings: [Name: [(from: Instant, isBlocked: Bool)]] = [:]
  var failures: [Name: (end: Instant, hasFailed: Bool)] = [:]

  mutating func take(_ event: borrowing Event, _ faults: inout Faults) throws {
    let header = event.header
    if header.family == .accounting, header.tag == AccountingTag.saleReturned.rawValue {
      restock(try event.payload(), header, &faults)
    }
    guard header.family == .logistics else { return }
    switch LogisticsTag(rawValue: header.tag) {
    case .goodsReceived: receive(try event.payload(), header, &faults)
    case .goodsReturned:
      let back = try event.payload(GoodsReturned.self)
      for line in back.lines {
        move(
          Lot(clinic: back.clinic, item: line.item, lot: line.lot), -line.quantity.thousandths,
          -line.value.minorUnits, header, &faults)
      }
    case .stockIssued: issue(try event.payload(), header, &faults)
    case .stockTransferDispatched: send(try event.payload(), header, &faults)
    case .stockTransferReceived: arrive(try event.payload(), header, &faults)
    case .stockCounted: count(try event.payload(), header, &faults)
    case .lotStatusSet:
      let set = try event.payload(LotStatusSet.self)
      standings[Name(item: set.item, lot: set.lot), default: []].append(
        (header.effective.instant, set.status.isBlocked))
    case .sterilisationRecorded:
      let run = try event.payload(SterilisationRecorded.self)
      for tray in run.trays {
        failures[Name(item: tray.item, lot: tray.tray)] = (
          run.end, tray.failed || run.result != .passed
        )
      }
    default: break
    }
  }

  // MARK: - What comes and goes

  private mutating func move(
    _ lot: Lot, _ quantity: Int64, _ value: Int64, _ header: RecordHeader, _ faults: inout Faults
  ) {
    let movement = ShelfHistory.Movement(
      time: header.effective.instant, position: header.position, quantity: quantity, value: value)
    changed.insert(lot)
    if shelves[lot] == nil {
      lots[Place(clinic: lot.clinic, item: lot.item), default: []].append(lot)
    }
    shelves[lot, default: ShelfHistory()].add(movement)
  }

  private mutating func receive(
    _ event: GoodsReceived, _ header: RecordHeader, _ faults: inout Faults
  ) {
    for line in event.lines {
      let name = Name(item: line.item, lot: line.lot)
      faults.require(
        expiries[name] == nil || expiries[name] == line.expiry, "\(line.lot) has two expiries")
      expiries[name] = line.expiry
      move(
        Lot(clinic: event.clinic, item: line.item, lot: line.lot), line.quantity.thousandths,
        line.value.minorUnits, header, &faults)
    }
  }

  private mutating func issue(
    _ event: StockIssued, _ header: RecordHeader, _ faults: inout Faults
  ) {
    for line in event.lines {
      move(
        Lot(clinic: event.clinic, item: event.item, lot: line.lot), -line.quantity.thousandths,
        -line.value.minorUnits, header, &faults)
    }
    hand(event, 1)
    if !event.late { requireOrder(event, header, &faults) }
  }

  private mutating func hand(_ event: StockIssued, _ sign: Int64) {
    guard let sold = event.soldLine else { return }
    for line in event.lines { handed[sold, default: 0] += sign * line.value.minorUnits }
  }

  /// What comes back to the shelf cost no more than what was handed over.
  private mutating func takeBack(
    _ event: SaleReturned, _ sign: Int64, _ faults: inout Faults
  ) {
    guard let sale = event.sale else { return }
    for line in event.lines {
      let sold = SoldLine(sale, line: line.line)
      let worth = line.restocked.reduce(0) { $0 + $1.value.minorUnits }
      handed[sold, default: 0] -= sign * worth
      faults.require(
        handed[sold] ?? 0 >= 0, "more of \(sale) comes back to the shelf than was handed over")
    }
  }

  private mutating func restock(
    _ event: SaleReturned, _ header: RecordHeader, _ faults: inout Faults
  ) {
    takeBack(event, 1, &faults)
    for line in event.lines {
      guard let item = line.item else { continue }
      for part in line.restocked {
        move(
          Lot(clinic: event.clinic, item: item, lot: part.lot), part.quantity.thousandths,
          part.value.minorUnits, header, &faults)
      }
    }
  }

  private mutating func send(
    _ event: StockTransferDispatched, _ header: RecordHeader, _ faults: inout Faults
  ) {
    for line in event.lines {
      move(
        Lot(clinic: event.from, item: line.item, lot: line.lot), -line.quantity.thousandths,
        -line.value.minorUnits, header, &faults)
      let name = Name(item: line.item, lot: line.lot)
      inTransit[event.transfer, default: [:]][name, default: 0] += line.quantity.thousandths
      transitValue += line.value.minorUnits
    }
  }

  private mutating func arrive(
    _ event: StockTransferReceived, _ header: RecordHeader, _ faults: inout Faults
  ) {
    for line in event.lines {
      move(
        Lot(clinic: event.to, item: line.item, lot: line.lot), line.quantity.thousandths,
        line.value.minorUnits, header, &faults)
      land(line.item, line.lot, line.quantity, line.value, event.transfer, &faults)
    }
    for line in event.differences {
      if line.explanation == .neverLeft {
        move(
          Lot(clinic: event.from, item: line.item, lot: line.lot), line.quantity.thousandths,
          line.value.minorUnits, header, &faults)
      }
      land(line.item, line.lot, line.quantity, line.value, event.transfer, &faults)
    }
  }

  private mutating func land(
    _ item: ItemID, _ lot: String, _ quantity: Quantity, _ value: Amount,
    _ transfer: TransferID, _ faults: inout Faults
  ) {
    let name = Name(item: item, lot: lot)
    let left = (inTransit[transfer]?[name] ?? 0) - quantity.thousandths
    faults.require(left >= 0, "more of \(transfer) arrives than was sent")
    inTransit[transfer]?[name] = left
    transitValue -= value.minorUnits
  }

  private mutating func count(
    _ event: StockCounted, _ header: RecordHeader, _ faults: inout Faults
  ) {
    for line in event.lines {
      let lot = Lot(clinic: event.clinic, item: line.item, lot: line.lot)
      move(lot, line.variance.thousandths, line.value.minorUnits, header, &faults)
      if event.late { continue }
      let known = counts[lot] ?? []
      let place = known.lastIndex { $0.at <= event.countedAt }.map { $0 + 1 } ?? 0
      counts[lot, default: []].insert(
        Count(count: event.count, at: event.countedAt, counted: line.counted.thousandths),
        at: place)
      faults.require(
        shelves[lot]?.balance(at: event.countedAt) == line.counted.thousandths,
        "\(lot) is not what was counted")
    }
  }

  mutating func undo(
    _ reversed: Reversed, _ header: RecordHeader, _ faults: inout Faults
  ) throws {
    var lots: [Lot] = []
    if reversed.isOf(GoodsReceived.self) {
      let event = try reversed.original(GoodsReceived.self)
      lots = event.lines.map { Lot(clinic: event.clinic, item: $0.item, lot: $0.lot) }
    } else if reversed.isOf(GoodsReturned.self) {
      let event = try reversed.original(GoodsReturned.self)
      lots = event.lines.map { Lot(clinic: event.clinic, item: $0.item, lot: $0.lot) }
    } else if reversed.isOf(StockIssued.self) {
      let event = try reversed.original(StockIssued.self)
      hand(event, -1)
      lots = event.lines.map { Lot(clinic: event.clinic, item: event.item, lot: $0.lot) }
    } else if reversed.isOf(SaleReturned.self) {
      let event = try reversed.original(SaleReturned.self)
      takeBack(event, -1, &faults)
      for line in event.lines {
        guard let item = line.item else { continue }
        lots += line.restocked.map { Lot(clinic: event.clinic, item: item, lot: $0.lot) }
      }
    } else if reversed.isOf(StockCounted.self) {
      let event = try reversed.original(StockCounted.self)
      lots = event.lines.map { Lot(clinic: event.clinic, item: $0.item, lot: $0.lot) }
      if !event.late {
        for lot in lots { counts[lot]?.removeAll { $0.count == event.count } }
      }
    }
    let original = reversed.originalEffective.instant
    for lot in Set(lots) {
      changed.insert(lot)
      shelves[lot]?.undo(
        reversed.of, of: original, by: header.position, at: header.effective.instant)
    }
  }

  /// Every balance on the way, and what was counted, once an action is through.
  mutating func requireWhole(_ faults: inout Faults) {
    for lot in changed.sorted() {
      guard let shelf = shelves[lot], let since = shelf.changedSince else { continue }
      faults.require(
        shelf.leastSinceChange >= 0, "\(lot.lot) of \(lot.item) at \(lot.clinic) is below zero")
      shelves[lot]?.settle()
      for count in (counts[lot] ?? []).reversed() {
        // What was before is as it was.
        if count.at < since { break }
        let balance = shelf.balance(at: count.at)
        faults.require(
          balance == count.counted,
          "\(count.count) of \(lot.lot) has become \(balance), not \(count.counted)")
      }
    }
    changed.removeAll(keepingCapacity: true)
  }

  func compare(with state: DeskState, _ faults: inout Faults) {
    for (lot, shelf) in shelves.sorted(by: { $0.key < $1.key }) {
      let known = state.stock.lot(lot.lot, at: StockKey(clinic: lot.clinic, item: lot.item))
      faults.require(known?.onHand == shelf.quantity, "\(lot): \(shelf.quantity) on hand")
      faults.require(known?.value == shelf.value, "\(lot) is worth \(shelf.value)")
      faults.require(
        shelf.quantity > 0 || shelf.value == 0, "nothing of \(lot) is worth \(shelf.value)")
      faults.require(shelf.value >= 0, "\(lot) is worth \(shelf.value)")
    }
  }
}
