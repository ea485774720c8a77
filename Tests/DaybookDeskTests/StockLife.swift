import DaybookAccounting
import DaybookBytes
import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookLogistics
import DaybookTesting
import DaybookValues
import Testing

/// A seeded life of two stores that asks for much more than is allowed, in any order of time; with the
/// books and the department that are made of it.
struct StockLife {
  private var random: Seeded
  private(set) var spec = Clinic.two
    .given(receive(goods(Clinic.gloves, 20, value: 2_00), screws(6, "A"), screws(6, "B")))
    .at(clinic: 2).given(receive(goods(Clinic.gloves, 20, value: 3_00), screws(6, "A")))
  private(set) var books = AccountingModel()
  private(set) var department = LogisticsModel()
  private var taken = 0
  private(set) var refused = 0
  private(set) var late = 0
  private(set) var undone = 0

  init(_ seed: UInt64) throws {
    random = Seeded(seed)
    try follow()
  }

  private static func screws(_ count: Int64, _ lot: String) -> GoodsLine {
    goods(
      Clinic.screw, count, lot: lot, expiry: lot == "A" ? "2027-01-01" : "2026-03-01", value: 11_00)
  }

  private mutating func pick(_ count: UInt64) -> UInt64 {
    UInt64.random(in: 1...count, using: &random)
  }

  private mutating func quantity(_ most: Int64 = 6) -> Quantity {
    Quantity(thousandths: Int64.random(in: -500...most * 1000, using: &random))
  }

  private mutating func moment() -> Moment {
    let back = Int64.random(in: 0...200, using: &random) * 1_800_000
    return Moment(Instant(milliseconds: Clinic.nine.instant.milliseconds - back))
  }

  private mutating func lot(of item: ItemID) -> String {
    item == Clinic.gloves ? "" : ["A", "B"][Int(pick(2)) - 1]
  }

  /// Asks for one more thing.
  mutating func step() throws {
    let at = moment()
    spec = spec.at(at, recorded: Clinic.nine.instant).at(clinic: pick(2))
    let item = ItemID(pick(2))
    switch pick(14) {
    case 1, 2: perform(receipt(item))
    case 3, 4, 5: perform(issue(item))
    case 6, 7: perform(count(item))
    case 8, 9: perform(dispatch(item))
    case 10, 11: perform(arrival())
    case 12:
      if pick(2) == 1 { perform(giving(item)) } else { perform(standing()) }
    default: perform(reversal())
    }
    try follow()
  }

  private mutating func perform<C: Command>(_ command: C) where C.State == DeskState {
    spec = spec.when(command)
    if case .failure = spec.result { refused += 1 }
    late += spec.events.count { $0.isEvent(StockCounted.self) && spec.events.count > 1 }
    undone += spec.events.count { $0.isEvent(Reversed.self) }
  }

  private mutating func receipt(_ item: ItemID) -> ReceiveGoods {
    var line = item == Clinic.gloves ? goods(item, 1) : Self.screws(1, lot(of: item))
    line.quantity = quantity()
    line.value = cents(Int64.random(in: 0...9_99, using: &random))
    return receive(line)
  }

  private mutating func issue(_ item: ItemID) -> IssueStock {
    .with {
      $0.item = item
      $0.quantity = quantity()
      if pick(2) == 1 { $0.lot = lot(of: item) }
      $0.purpose = IssuePurpose(rawValue: UInt32(pick(5)) + 1) ?? .sale
    }
  }

  private mutating func count(_ item: ItemID) -> CountStock {
    .with {
      $0.lines = [
        .with {
          $0.item = item
          $0.lot = lot(of: item)
          $0.counted = quantity(20)
        }
      ]
    }
  }

  private mutating func dispatch(_ item: ItemID) -> DispatchTransfer {
    .with {
      $0.to = ClinicID(pick(2))
      $0.lines = [
        .with {
          $0.item = item
          $0.quantity = quantity()
          if pick(2) == 1 { $0.lot = lot(of: item) }
        }
      ]
    }
  }

  private mutating func arrival() -> ReceiveTransfer {
    let transfer = TransferID(pick(UInt64(spec.state.stock.transfers.count + 1)))
    let item = ItemID(pick(2))
    return .with {
      $0.transfer = transfer
      $0.everything = pick(3) == 1
      if pick(2) == 1 {
        $0.lines = [
          .with {
            $0.item = item
            $0.lot = lot(of: item)
            $0.quantity = quantity(3)
          }
        ]
      } else {
        $0.differences = [
          .with {
            $0.item = item
            $0.lot = lot(of: item)
            $0.quantity = quantity(2)
            $0.explanation = TransferExplanation(rawValue: UInt32(pick(4))) ?? .lost
          }
        ]
      }
    }
  }

  private mutating func giving(_ item: ItemID) -> ReturnGoods {
    .with {
      $0.receipt = ReceiptID(pick(UInt64(spec.state.stock.receipts.count)))
      $0.lines = [
        .with {
          $0.item = item
          $0.lot = lot(of: item)
          $0.quantity = quantity(3)
        }
      ]
      $0.reason = "too many"
    }
  }

  private mutating func reversal() -> ReverseEvent {
    .with {
      $0.of = Position(spec.history.lastPosition.number - pick(12) + 1)
      $0.reason = "wrong"
    }
  }

  private mutating func standing() -> SetLotStatus {
    .with {
      $0.item = Clinic.screw
      $0.lot = lot(of: Clinic.screw)
      $0.status = LotStatus(rawValue: UInt32(pick(3))) ?? .held
      $0.reason = "notice"
      $0.approver = Clinic.doctor
    }
  }

  /// Gives what was decided to the books and to the department.
  private mutating func follow() throws {
    for action in spec.history.actions.dropFirst(taken) {
      for event in action.events {
        try withReader(of: event.payload) { payload in
          let event = Event(RecordView(header: event.header, payload: payload), EventDecoder())
          try books.apply(event)
          try department.apply(event)
        }
      }
    }
    taken = spec.history.actions.count
  }

  // MARK: - What must hold

  /// Sums of the books by clinic on one account.
  private func balances(_ code: String) -> [UInt64: Int64] {
    var sums: [UInt64: Int64] = [:]
    books.forEachPosting {
      if $0.account.code == code { sums[$0.clinic, default: 0] += $0.amount.minorUnits }
    }
    return sums.filter { $0.value != 0 }
  }

  func check(_ note: Comment) throws {
    let worth = try department.worth()
    var onHand: [UInt64: Int64] = [:]
    var inTransit: [UInt64: Int64] = [:]
    for clinic in worth {
      onHand[clinic.clinic.number] = clinic.onHand.minorUnits
      inTransit[clinic.clinic.number] = clinic.inTransit.minorUnits
      #expect(clinic.onHand.minorUnits >= 0 && clinic.inTransit.minorUnits >= 0, note)
    }
    #expect(onHand.filter { $0.value != 0 } == balances("1400"), note)
    #expect(inTransit.filter { $0.value != 0 } == balances("1410"), note)
    #expect(balances("1990").values.reduce(0, +) == 0, note)
    for check in LogisticsChecks.run(department) {
      #expect(check.passed, "\(check.name): \(check.detail); \(note)")
    }
    try checkLots(note)
  }

  private struct Moved {
    var time: Int64
    var quantity: Int64
    /// The count that found it or missed it.
    var count: CountID?
  }

  private struct Place: Hashable {
    var key: StockKey
    var lot: String
  }

  /// Adds up every movement of the log: the state agrees, and each count holds at its time.
  private func checkLots(_ note: Comment) throws {
    var moved: [Place: [Moved]] = [:]
    var counts: [Place: [(count: CountID, time: Int64, counted: Int64, after: Int)]] = [:]
    var struck: Set<CountID> = []
    for action in spec.history.actions {
      for event in action.events {
        if let it = try? event.decoded(as: Reversed.self), it.isOf(StockCounted.self) {
          let counted = try it.original(StockCounted.self)
          if !counted.late { struck.insert(counted.count) }
        }
        for (place, move, counted) in try Self.moves(of: event) {
          moved[place, default: []].append(move)
          if let counted, let count = move.count {
            counts[place, default: []].append(
              (count, move.time, counted, moved[place, default: []].count))
          }
        }
      }
    }
    for (place, moves) in moved {
      let sum = moves.reduce(0) { $0 + $1.quantity }
      let lot = spec.state.stock.lot(place.lot, at: place.key)
      #expect(lot?.onHand == sum && sum >= 0, note)
      #expect(sum > 0 || lot?.value == 0, note)
      for count in counts[place] ?? [] where !struck.contains(count.count) {
        // All before its time, those of the same time that were recorded before it, and itself.
        let held = moves.enumerated().reduce(Int64(0)) { sum, move in
          let isBefore = move.element.time < count.time
          let isWithin = move.element.time == count.time && move.offset < count.after
          return isBefore || isWithin ? sum + move.element.quantity : sum
        }
        #expect(held == count.counted, "\(count.count) of \(place.lot); \(note)")
      }
    }
  }

  /// What an event moves, and what it counts.
  private static func moves(
    of event: RecalledEvent
  ) throws -> [(Place, Moved, counted: Int64?)] {
    if let it = try? event.decoded(as: Reversed.self) {
      var header = event.header
      header.family = it.originalFamily
      header.tag = UInt16(it.tag)
      return try moves(of: RecalledEvent(header, payload: it.payload)).map {
        ($0.0, Moved(time: $0.1.time, quantity: -$0.1.quantity, count: $0.1.count), nil)
      }
    }
    let time = event.header.effective.instant.milliseconds
    func move(
      _ clinic: ClinicID, _ item: ItemID, _ lot: String, _ quantity: Int64,
      _ count: CountID? = nil, counted: Int64? = nil
    ) -> (Place, Moved, counted: Int64?) {
      (
        Place(key: StockKey(clinic: clinic, item: item), lot: lot),
        Moved(time: time, quantity: quantity, count: count), counted
      )
    }
    if let it = try? event.decoded(as: GoodsReceived.self) {
      return it.lines.map { move(it.clinic, $0.item, $0.lot, $0.quantity.thousandths) }
    }
    if let it = try? event.decoded(as: GoodsReturned.self) {
      return it.lines.map { move(it.clinic, $0.item, $0.lot, -$0.quantity.thousandths) }
    }
    if let it = try? event.decoded(as: StockIssued.self) {
      return it.lines.map { move(it.clinic, it.item, $0.lot, -$0.quantity.thousandths) }
    }
    if let it = try? event.decoded(as: StockTransferDispatched.self) {
      return it.lines.map { move(it.from, $0.item, $0.lot, -$0.quantity.thousandths) }
    }
    if let it = try? event.decoded(as: StockTransferReceived.self) {
      return it.lines.map { move(it.to, $0.item, $0.lot, $0.quantity.thousandths) }
        + it.differences.filter { $0.explanation == .neverLeft }
        .map { move(it.from, $0.item, $0.lot, $0.quantity.thousandths) }
    }
    if let it = try? event.decoded(as: StockCounted.self) {
      return it.lines.map {
        move(
          it.clinic, $0.item, $0.lot, $0.variance.thousandths, it.count,
          counted: it.late ? nil : $0.counted.thousandths)
      }
    }
    return []
  }
}

@Suite struct `Whatever is recorded of stock, in whatever order` {
  @Test(arguments: Effort.cases(1...24 as ClosedRange<UInt64>, few: 8))
  func `counts hold, no lot is below nothing, and the books agree with the shelves`(
    _ seed: UInt64
  ) throws {
    var life = try StockLife(seed)
    for step in 0..<250 {
      try life.step()
      if step % 25 == 24 { try life.check("seed \(seed), step \(step)") }
    }
    // A life in which nothing is allowed, or nothing comes late, proves nothing.
    #expect(life.refused > 40 && life.late > 10 && life.undone > 3, "seed \(seed)")
    #expect(life.refused < 220, "seed \(seed)")
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func `the state comes back from a checkpoint as it was`(_ seed: UInt64) throws {
    var life = try StockLife(seed)
    for _ in 0..<120 { try life.step() }
    let bytes = try life.spec.state.storedBytes()
    let (state, _) = try life.spec.state.reloaded()
    #expect(try state.storedBytes() == bytes)
  }
}
