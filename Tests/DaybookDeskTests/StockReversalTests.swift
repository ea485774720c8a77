import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

@Suite struct `Undoing what moved stock` {
  private let before = Clinic.moment("2026-02-20T09:00:00Z")

  /// Ten gloves on 1 February, at 0.10 each; the buyer acts on 2 March.
  private var store: Spec {
    Clinic.open.atTheStore.at(Clinic.moment("2026-02-01T09:00:00Z"))
      .given(receive(goods(Clinic.gloves, 10, value: 1_00))).at(Clinic.nine)
  }

  private let key = StockKey(clinic: Clinic.id, item: Clinic.gloves)

  @Test func `goods that went back are on hand again, and may go back again`() {
    let undone = store.given(giveBack(Clinic.gloves, 10)).givenReversed(GoodsReturned.self)
    #expect(undone.stock(Clinic.gloves) == [10, 1_00])
    undone.when(giveBack(Clinic.gloves, 10)).thenEvents(GoodsReturned.self)
    undone.when(giveBack(Clinic.gloves, 11)).thenRefused(.quantityExceeded)
  }

  @Test func `a receipt of which some went back stays`() {
    let back = store.given(giveBack(Clinic.gloves, 1))
    back.whenReversed(GoodsReceived.self).thenRefused(.hasDependents)
    back.givenReversed(GoodsReturned.self).whenReversed(GoodsReceived.self)
      .thenEvents(Reversed.self)
  }

  @Test func `of a receipt that is undone nothing goes back, and the order is open again`() {
    let ordered = Clinic.open.atTheStore.given(order(wanted(Clinic.gloves, 5)))
      .given(receive(OrderID(1), goods(Clinic.gloves, 5)))
    ordered.when(receive(OrderID(1), goods(Clinic.gloves, 1))).thenRefused(.quantityExceeded)
    let undone = ordered.givenReversed(GoodsReceived.self)
    undone.when(giveBack(Clinic.gloves, 1)).thenRefused(.quantityExceeded)
    undone.when(receive(OrderID(1), goods(Clinic.gloves, 5))).thenEvents(GoodsReceived.self)
  }

  @Test func `a count takes its variance along, and what it settled is open again`() {
    let short = store.given(issue(Clinic.gloves, 12, for: .sale))
    let counted = short.given(count(counted(Clinic.gloves, 3)))
    #expect(counted.stock(Clinic.gloves) == [3, 30])
    let undone = counted.givenReversed(StockCounted.self)
    #expect(undone.stock(Clinic.gloves) == [0, 0])
    #expect(undone.state.stock.short(of: key, through: Clinic.nine.instant) == 2000)
    // It keeps nothing any more.
    undone.at(before, recorded: Clinic.nine.instant).when(receive(goods(Clinic.gloves, 1)))
      .thenEvents(GoodsReceived.self, StockIssued.self)
    // What it found was taken since.
    counted.given(issue(Clinic.gloves, 1)).whenReversed(StockCounted.self)
      .thenRefused(.hasDependents)
  }

  @Test func `a count stays while something that was recorded late rests on it`() {
    let late = store.given(count(counted(Clinic.gloves, 8)))
      .at(before, recorded: Clinic.nine.instant)
      .given(receive(goods(Clinic.gloves, 5, value: 70)))
    let first =
      late.history.actions.flatMap(\.events)
      .first { $0.header.stream == CountID(1).stream }?.header.position ?? .start
    late.when(reverse(first)).thenRefused(.hasDependents)
    // The receipt takes what it made of the count along.
    let undone = late.givenReversed(GoodsReceived.self)
    #expect(undone.undone == ["StockCounted", "GoodsReceived"])
    #expect(undone.stock(Clinic.gloves) == [8, 80])
    undone.when(reverse(first)).thenEvents(Reversed.self)
  }

  @Test func `what was counted stays when what was before it is undone`() {
    let spec = store.at(before).given(issue(Clinic.gloves, 4)).at(Clinic.nine)
      .given(count(counted(Clinic.gloves, 6)))
    let undone = spec.whenReversed(StockIssued.self)
    undone.thenEvents(Reversed.self, StockCounted.self)
    #expect(
      undone.events.last.flatMap { try? $0.decoded(as: StockCounted.self) }
        == countedEvent(1, late: true, countLine(Clinic.gloves, 6, variance: -4, value: -40)))
    #expect(undone.events.last?.effective == before)
    #expect(undone.stock(Clinic.gloves) == [6, 60])
  }

  @Test func `an issue whose shortage was found in a late receipt stays until that is undone`() {
    let found = store.given(issue(Clinic.gloves, 12, for: .sale))
      .at(before, recorded: Clinic.nine.instant).given(receive(goods(Clinic.gloves, 2, value: 50)))
    let sale =
      found.history.actions.flatMap(\.events)
      .first { $0.header.stream == StockID(1).stream }?.header.position ?? .start
    found.when(reverse(sale)).thenRefused(.hasDependents)
    let undone = found.givenReversed(GoodsReceived.self)
    #expect(undone.undone == ["StockIssued", "GoodsReceived"])
    #expect(undone.state.stock.short(of: key, through: Clinic.nine.instant) == 2000)
    let none = undone.given(reverse(sale))
    #expect(none.stock(Clinic.gloves) == [10, 1_00])
    #expect(none.state.stock.short(of: key, through: Clinic.nine.instant) == 0)
  }

  @Test func `orders, transfers, notices, cycles and services are not undone`() {
    let two = Clinic.two.given(receive(goods(Clinic.gloves, 2)))
      .given(order(wanted(Clinic.gloves, 1))).given(send(Clinic.gloves, 1))
      .given(setLot("A", .held))
    two.whenReversed(PurchaseOrderPlaced.self).thenRefused(.notReversible)
    two.whenReversed(StockTransferDispatched.self).thenRefused(.notReversible)
    two.whenReversed(LotStatusSet.self).thenRefused(.notReversible)
  }
}
