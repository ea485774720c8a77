import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

func counted(
  _ item: ItemID, _ count: Int64, lot: String = "", unit: String = "", cost: Int64 = 0
) -> CountRequest {
  .with {
    $0.item = item
    $0.lot = lot
    $0.counted = units(count)
    $0.unit = unit
    $0.unitCost = UnitPrice(tenThousandths: cost)
  }
}

func count(_ lines: CountRequest..., at time: Moment? = nil) -> CountStock {
  .with {
    $0.lines = Few(lines)
    $0.countedAt = time?.instant
  }
}

func countLine(
  _ item: ItemID, _ count: Int64, lot: String = "", expiry: String? = nil, variance: Int64 = 0,
  value: Int64 = 0, settled: Int64 = 0
) -> CountLine {
  .with {
    $0.item = item
    $0.lot = lot
    $0.expiry = expiry.map(Clinic.day)
    $0.counted = units(count)
    $0.variance = units(variance)
    $0.value = cents(value)
    $0.settled = units(settled)
  }
}

func countedEvent(
  _ number: UInt64, at time: Moment = Clinic.nine, late: Bool = false, _ lines: CountLine...
) -> StockCounted {
  .with {
    $0.count = CountID(number)
    $0.clinic = Clinic.id
    $0.countedAt = time.instant
    $0.lines = Few(lines)
    $0.late = late
  }
}

extension DeciderSpec where State == DeskState {
  /// What is on hand at the first clinic, in whole units, and its value.
  func stock(_ item: ItemID, _ lot: String = "") -> [Int64] {
    let lot = state.stock.lot(lot, at: StockKey(clinic: Clinic.id, item: item))
    return lot.map { [$0.onHand / 1000, $0.value] } ?? []
  }
}

@Suite struct `Counting stock` {
  /// On 1 February ten gloves and three screws came in.
  private var store: Spec {
    Clinic.open.atTheStore.given(Clinic.boxedGloves)
      .at(Clinic.moment("2026-02-01T09:00:00Z"))
      .given(
        receive(
          goods(Clinic.gloves, 10, value: 1_00),
          goods(Clinic.screw, 3, lot: "A", expiry: "2027-01-01", value: 10_00))
      ).at(Clinic.nine)
  }

  @Test func `writes off what is missing and on what is found, at the cost of the lot`() {
    store.when(count(counted(Clinic.gloves, 7), counted(Clinic.screw, 4, lot: "A"))).then(
      countedEvent(
        1, countLine(Clinic.gloves, 7, variance: -3, value: -30),
        countLine(Clinic.screw, 4, lot: "A", expiry: "2027-01-01", variance: 1, value: 3_33)))
  }

  @Test func `without a difference says so, and posts nothing`() {
    store.when(count(counted(Clinic.gloves, 10)))
      .then(countedEvent(1, countLine(Clinic.gloves, 10)))
  }

  @Test func `of nothing takes the whole value along`() {
    let spec = store.when(count(counted(Clinic.screw, 0, lot: "A")))
    #expect(spec.stock(Clinic.screw, "A") == [0, 0])
    // What turns up again costs what the last ones had cost.
    spec.when(count(counted(Clinic.screw, 1, lot: "A"))).then(
      countedEvent(
        2, countLine(Clinic.screw, 1, lot: "A", expiry: "2027-01-01", variance: 1, value: 3_33)))
  }

  @Test func `of what never came in takes the cost that is said`() {
    Clinic.open.atTheStore.when(count(counted(Clinic.gloves, 2, cost: 1_500)))
      .then(countedEvent(1, countLine(Clinic.gloves, 2, variance: 2, value: 30)))
  }

  @Test func `counts in packs too`() {
    store.when(count(counted(Clinic.gloves, 1, unit: "box"))).then(
      countedEvent(1, countLine(Clinic.gloves, 50, variance: 40, value: 4_00)))
    store.when(count(counted(Clinic.gloves, 1, unit: "crate"))).thenRefused(
      StockRefusal.noSuchUnit("crate", Clinic.gloves))
  }

  @Test func `says how much more was there than the books have`() {
    let found = CountRequest.with {
      $0.item = Clinic.gloves
      $0.found = units(4)
    }
    store.when(count(found)).then(
      countedEvent(1, countLine(Clinic.gloves, 14, variance: 4, value: 40)))
    // Of what never came in, and beyond what was used without being there.
    let short = Clinic.open.atTheStore.given(issue(Clinic.gloves, 2, for: .sale))
    short.when(count(found)).then(
      countedEvent(1, countLine(Clinic.gloves, 4, variance: 4, settled: 2)))
    var both = found
    both.counted = units(1)
    store.when(count(both)).thenRefused(StockRefusal.countedAndFound, field: "lines.found")
    var none = found
    none.found = .zero
    store.when(count(none)).thenRefused(.outOfRange)
  }

  @Test func `is an absolute fact at its time, whatever was taken since`() {
    let then = Clinic.moment("2026-02-20T18:00:00Z")
    let spec = store.given(issue(Clinic.gloves, 4)).when(count(counted(Clinic.gloves, 9), at: then))
    spec.then(countedEvent(1, at: then, countLine(Clinic.gloves, 9, variance: -1, value: -10)))
    #expect(spec.stock(Clinic.gloves) == [5, 50])
    #expect(spec.events.first?.effective == then)
    // Four were taken after the count.
    store.given(issue(Clinic.gloves, 4)).when(count(counted(Clinic.gloves, 3), at: then))
      .thenRefused(
        StockRefusal.takenSince(Clinic.gloves, lot: "", counted: units(3), taken: units(4)))
  }

  @Test func `before another count leaves that one as it is`() {
    let then = Clinic.moment("2026-02-20T18:00:00Z")
    let spec = store.given(count(counted(Clinic.gloves, 6)))
      .when(count(counted(Clinic.gloves, 8), at: then))
    spec.then(
      countedEvent(2, at: then, countLine(Clinic.gloves, 8, variance: -2, value: -20)),
      countedEvent(1, late: true, countLine(Clinic.gloves, 6, variance: 2, value: 20)))
    #expect(spec.events.map(\.effective.day) == [then.day, Clinic.today])
    #expect(spec.stock(Clinic.gloves) == [6, 60])
  }

  @Test func `settles what was used beyond what was on hand`() {
    let spec = store.given(issue(Clinic.gloves, 12, for: .sale))
      .when(count(counted(Clinic.gloves, 1)))
    spec.then(
      countedEvent(1, countLine(Clinic.gloves, 1, variance: 1, value: 10, settled: 2)))
    let key = StockKey(clinic: Clinic.id, item: Clinic.gloves)
    #expect(spec.state.stock.short(of: key, through: Clinic.nine.instant) == 0)
    spec.when(count(counted(Clinic.gloves, 1))).then(countedEvent(2, countLine(Clinic.gloves, 1)))
  }

  @Test func `names lots that came in, each once, and no negative quantity`() {
    store.when(count()).thenRefused(.fieldRequired)
    store.when(count(counted(Clinic.gloves, -1))).thenRefused(.outOfRange)
    store.when(count(counted(ItemID(9), 1))).thenRefused(.unknownReference)
    store.when(count(counted(Clinic.screw, 1))).thenRefused(.lotRequired)
    store.when(count(counted(Clinic.screw, 1, lot: "B")))
      .thenRefused(StockRefusal.unknownLot("B", Clinic.screw))
    store.when(count(counted(Clinic.gloves, 1), counted(Clinic.gloves, 2)))
      .thenRefused(DeskRefusal.namedTwice("I1"))
    store.when(count(counted(Clinic.gloves, 1, cost: -1))).thenRefused(.outOfRange)
    store.when(count(counted(Clinic.gloves, 1), at: Clinic.moment("2026-03-03T09:00:00Z")))
      .thenRefused(.futureNotAllowed)
    store.by(.staff(2), .practitioner).when(count(counted(Clinic.gloves, 1)))
      .thenRefused(.notPermitted)
  }
}

@Suite struct `What is recorded after a count and dated before it` {
  private let before = Clinic.moment("2026-02-20T09:00:00Z")

  /// Ten gloves on 1 February, counted on 2 March as eight.
  private var counted8: Spec {
    Clinic.open.atTheStore.at(Clinic.moment("2026-02-01T09:00:00Z"))
      .given(receive(goods(Clinic.gloves, 10, value: 1_00)))
      .at(Clinic.nine).given(count(counted(Clinic.gloves, 8)))
      .at(before, recorded: Clinic.nine.instant)
  }

  // LESSONS 3, row 7.
  @Test func `a back-dated receipt leaves what was counted after it`() {
    let spec = counted8.when(receive(goods(Clinic.gloves, 5, value: 70)))
    spec.thenEvents(GoodsReceived.self, StockCounted.self)
    #expect(
      spec.events.last.flatMap { try? $0.decoded(as: StockCounted.self) }
        == countedEvent(1, late: true, countLine(Clinic.gloves, 8, variance: -5, value: -70)))
    #expect(spec.events.map(\.effective) == [before, before])
    #expect(spec.events.last?.stream == CountID(1).stream)
    #expect(spec.stock(Clinic.gloves) == [8, 80])
  }

  @Test func `a back-dated issue leaves it too, and takes no more than was left since`() {
    let spec = counted8.when(issue(Clinic.gloves, 8))
    spec.thenEvents(StockIssued.self, StockCounted.self)
    #expect(
      spec.events.last.flatMap { try? $0.decoded(as: StockCounted.self) }
        == countedEvent(1, late: true, countLine(Clinic.gloves, 8, variance: 8, value: 80)))
    #expect(spec.stock(Clinic.gloves) == [8, 80])
    counted8.when(issue(Clinic.gloves, 9)).thenRefused(
      StockRefusal.insufficient(Clinic.gloves, lot: "", available: units(8), short: units(1)))
  }

  @Test func `what was used beyond what was on hand then is settled by the count`() {
    let spec = counted8.when(issue(Clinic.gloves, 9, for: .sale))
    #expect(
      spec.events.last.flatMap { try? $0.decoded(as: StockCounted.self) }
        == countedEvent(
          1, late: true, countLine(Clinic.gloves, 8, variance: 8, value: 80),
          countLine(Clinic.gloves, 8, settled: 1)))
    let key = StockKey(clinic: Clinic.id, item: Clinic.gloves)
    #expect(spec.state.stock.short(of: key, through: Clinic.nine.instant) == 0)
  }

  @Test func `a return and a transfer leave it too`() {
    let back = counted8.when(giveBack(Clinic.gloves, 2))
    back.thenEvents(GoodsReturned.self, StockCounted.self)
    #expect(back.stock(Clinic.gloves) == [8, 80])
    let two = Clinic.two.at(Clinic.moment("2026-02-01T09:00:00Z"))
      .given(receive(goods(Clinic.gloves, 10, value: 1_00)))
      .at(Clinic.nine).given(count(counted(Clinic.gloves, 8)))
      .at(before, recorded: Clinic.nine.instant)
    let sent = two.when(send(Clinic.gloves, 3))
    sent.thenEvents(StockTransferDispatched.self, StockCounted.self)
    #expect(sent.stock(Clinic.gloves) == [8, 80])
    let back2 = sent.when(arrive(differences: missing(Clinic.gloves, 1, .neverLeft)))
    back2.thenEvents(StockTransferReceived.self, StockCounted.self)
    #expect(back2.stock(Clinic.gloves) == [8, 80])
  }

  @Test func `only the first count after it takes the variance`() {
    let first = Clinic.moment("2026-02-25T09:00:00Z")
    let spec = Clinic.open.atTheStore.at(Clinic.moment("2026-02-01T09:00:00Z"))
      .given(receive(goods(Clinic.gloves, 10, value: 1_00)))
      .at(Clinic.nine).given(count(counted(Clinic.gloves, 8)))
      .given(count(counted(Clinic.gloves, 9), at: first))
      .at(before, recorded: Clinic.nine.instant)
      .when(receive(goods(Clinic.gloves, 1, value: 9)))
    #expect(spec.events.map(\.stream) == [ReceiptID(2).stream, CountID(2).stream])
    #expect(spec.stock(Clinic.gloves) == [8, 80])
  }

  @Test func `at the time of the count or after it moves the stock`() {
    let spec = counted8.at(Clinic.nine).when(receive(goods(Clinic.gloves, 5, value: 70)))
    spec.thenEvents(GoodsReceived.self)
    #expect(spec.stock(Clinic.gloves) == [13, 1_50])
  }

  @Test func `of a lot that was not counted moves the stock`() {
    counted8.when(receive(goods(Clinic.screw, 1, lot: "A", expiry: "2027-01-01")))
      .thenEvents(GoodsReceived.self)
  }
}

@Suite struct `A receipt recorded after its goods were used` {
  private let before = Clinic.moment("2026-02-20T09:00:00Z")

  /// Five gloves were used on 2 March of which nobody knew: three for a sale, two in a treatment.
  private var short: Spec {
    Clinic.seen().given(Clinic.treat(0) { $0.uses = [ItemUse(Clinic.gloves, units(2))] })
      .atTheStore.given(issue(Clinic.gloves, 3, for: .sale))
  }

  private let line = EncounterLine(EncounterID(1), line: 1)

  @Test func `settles what was used, for what it was used`() {
    let spec = short.at(before, recorded: Clinic.nine.instant)
      .when(receive(goods(Clinic.gloves, 4, value: 1_00)))
    spec.thenEvents(GoodsReceived.self, StockIssued.self, StockIssued.self)
    #expect(
      spec.events.dropFirst().map { try? $0.decoded(as: StockIssued.self) } == [
        issued(Clinic.gloves, [issueLine("", 2, 50)], for: .treatment) {
          $0.encounterLine = line
          $0.patient = Clinic.patient
          $0.late = true
        },
        issued(Clinic.gloves, [issueLine("", 2, 50)], for: .sale) { $0.late = true },
      ])
    #expect(spec.events.map(\.effective) == [before, Clinic.nine, Clinic.nine])
    #expect(spec.stock(Clinic.gloves) == [0, 0])
    let key = StockKey(clinic: Clinic.id, item: Clinic.gloves)
    #expect(spec.state.stock.short(of: key, through: Clinic.nine.instant) == 1000)
  }

  @Test func `and dated after them leaves that to the next count`() {
    let later = Clinic.moment("2026-03-02T10:00:00Z")
    let spec = short.at(later).when(receive(goods(Clinic.gloves, 4, value: 1_00)))
    spec.thenEvents(GoodsReceived.self)
    spec.when(count(counted(Clinic.gloves, 0))).then(
      countedEvent(1, at: later, countLine(Clinic.gloves, 0, variance: -4, value: -100, settled: 5))
    )
  }
}
