import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

func order(_ lines: OrderRequest..., tolerance: Int64 = 0) -> PlacePurchaseOrder {
  .with {
    $0.supplier = Clinic.supplier
    $0.lines = Few(lines)
    $0.tolerance = Rate(basisPoints: tolerance)
  }
}

func wanted(_ item: ItemID, _ count: Int64, at cost: Int64 = 0, unit: String = "") -> OrderRequest {
  .with {
    $0.item = item
    $0.quantity = units(count)
    $0.unitCost = UnitPrice(tenThousandths: cost)
    $0.unit = unit
  }
}

func receive(_ order: OrderID, _ lines: GoodsLine...) -> ReceiveGoods {
  .with {
    $0.order = order
    $0.lines = Few(lines)
  }
}

func giveBack(_ item: ItemID, _ count: Int64, lot: String = "", of receipt: UInt64 = 1)
  -> ReturnGoods
{
  .with {
    $0.receipt = ReceiptID(receipt)
    $0.lines = [
      .with {
        $0.item = item
        $0.lot = lot
        $0.quantity = units(count)
      }
    ]
    $0.reason = "wrong size"
  }
}

extension Clinic {
  /// Gloves that are bought in boxes of 50.
  static var boxedGloves: DefineItem {
    .with {
      $0 = defineGloves
      $0.item = gloves
      $0.packs = [Pack("box", units(50))]
    }
  }

  /// With a second clinic, whose buyer is the first one's; the buyer acts.
  static var two: Spec {
    open.given(
      DefineClinic.with {
        $0 = defineClinic
        $0.name = "South"
      }
    ).at(clinic: 0).given(
      SetRoles.with {
        $0.staff = cashier
        $0.clinic = south
        $0.roles = [.buyer, .cashier]
      }
    ).at(clinic: here).by(.staff(3), .buyer)
  }

  static let south = ClinicID(2)
}

@Suite struct `Ordering goods` {
  private var store: Spec { Clinic.open.atTheStore.given(Clinic.boxedGloves) }

  @Test func `keeps quantity and cost in the base unit`() {
    store.when(order(wanted(Clinic.gloves, 10, at: 42_000, unit: "box"), tolerance: 500)).then(
      PurchaseOrderPlaced.with {
        $0.order = OrderID(1)
        $0.supplier = Clinic.supplier
        $0.clinic = Clinic.id
        $0.lines = [
          .with {
            $0.item = Clinic.gloves
            $0.quantity = units(500)
            $0.unitCost = UnitPrice(tenThousandths: 840)
          }
        ]
        $0.tolerance = Rate(basisPoints: 500)
      })
  }

  @Test func `names everything that is wrong at once`() {
    var wrong = order(wanted(Clinic.gloves, 0, at: -1), tolerance: -1)
    wrong.supplier = Clinic.insurer
    wrong.lines.append(wanted(Clinic.gloves, 1, unit: "crate"))
    wrong.lines.append(wanted(ItemID(9), 1))
    store.when(wrong).thenRefused(
      .invalidState, .outOfRange, .outOfRange, .outOfRange, .invalidState, .unknownReference,
      .unknownReference)
    store.when(order()).thenRefused(DeskRefusal.missing("a line"), field: "lines")
  }

  @Test func `is due from the day of the order on`() {
    var late = order(wanted(Clinic.gloves, 1))
    late.due = Clinic.day("2026-03-01")
    store.when(late).thenRefused(.outOfRange)
    late.due = Clinic.today
    store.when(late).thenEvents(PurchaseOrderPlaced.self)
    late.due = Day(daysSince1970: .max)
    store.when(late).thenRefused(.outOfRange)
  }

  @Test func `takes a buyer of the clinic`() {
    Clinic.open.by(.staff(2), .practitioner).when(order(wanted(Clinic.gloves, 1)))
      .thenRefused(.notPermitted)
  }
}

@Suite struct `Receiving what was ordered` {
  private var ordered: Spec {
    Clinic.open.atTheStore.given(Clinic.boxedGloves).given(
      order(
        wanted(Clinic.gloves, 100, at: 1_500), wanted(Clinic.screw, 4, at: 90_000),
        tolerance: 1_000))
  }

  private let id = OrderID(1)

  @Test func `takes supplier and cost from the order`() {
    ordered.when(receive(id, goods(Clinic.gloves, 2, lot: "", expiry: nil))).then(
      GoodsReceived.with {
        $0.receipt = ReceiptID(1)
        $0.order = id
        $0.supplier = Clinic.supplier
        $0.clinic = Clinic.id
        $0.lines = [
          .with {
            $0.item = Clinic.gloves
            $0.quantity = units(2)
            $0.unitCost = UnitPrice(tenThousandths: 1_500)
            $0.value = cents(30)
          }
        ]
      })
  }

  @Test func `a box costs what a box costs, and the value decides over the rounded unit`() {
    var line = goods(Clinic.gloves, 2)
    line.unit = "box"
    line.unitCost = UnitPrice(tenThousandths: 33_333)
    let spec = ordered.when(receive(id, line))
    #expect(
      spec.events.map { try? $0.decoded(as: GoodsReceived.self).lines } == [
        [
          .with {
            $0.item = Clinic.gloves
            $0.quantity = units(100)
            $0.unitCost = UnitPrice(tenThousandths: 667)
            $0.value = cents(667)
          }
        ]
      ])
  }

  @Test func `may have a day of its own on which it was to be there`() {
    var command = receive(OrderID(1), goods(Clinic.gloves, 1))
    command.due = Clinic.day("2026-03-09")
    let spec = ordered.when(command)
    #expect((try? spec.events[0].decoded(as: GoodsReceived.self).due) == Clinic.day("2026-03-09"))
    command.due = Day(daysSince1970: .max)
    ordered.when(command).thenRefused(.outOfRange)
  }

  @Test func `no more than was ordered and its tolerance, over all receipts`() {
    ordered.when(receive(id, goods(Clinic.gloves, 110))).thenEvents(GoodsReceived.self)
    ordered.when(receive(id, goods(Clinic.gloves, 111))).thenRefused(
      OrderRefusal.beyondOrder(Clinic.gloves, id, left: units(110)))
    ordered.when(receive(id, goods(Clinic.gloves, 60), goods(Clinic.gloves, 60))).thenRefused(
      OrderRefusal.beyondOrder(Clinic.gloves, id, left: units(50)))
    ordered.given(receive(id, goods(Clinic.gloves, 100)))
      .when(receive(id, goods(Clinic.gloves, 11))).thenRefused(
        OrderRefusal.beyondOrder(Clinic.gloves, id, left: units(10)))
    ordered.importing.when(receive(id, goods(Clinic.gloves, 111))).thenFound(.quantityExceeded)
  }

  @Test func `nothing of what was not ordered`() {
    let other = ordered.given(Clinic.defineGloves)
    other.when(receive(id, goods(ItemID(3), 1))).thenRefused(
      OrderRefusal.beyondOrder(ItemID(3), id, left: .zero))
  }

  @Test func `nothing once the order is closed`() {
    let close = ClosePurchaseOrder.with {
      $0.order = id
      $0.reason = .cancelled
    }
    ordered.when(close).then(
      PurchaseOrderClosed.with {
        $0.order = id
        $0.reason = .cancelled
      })
    ordered.given(close).when(receive(id, goods(Clinic.gloves, 1))).thenRefused(
      .invalidState, .quantityExceeded)
    ordered.given(close).when(close).thenRefused(OrderRefusal.orderClosed(id))
    ordered.when(ClosePurchaseOrder.with { $0.order = OrderID(9) })
      .thenRefused(.unknownReference, .fieldRequired)
  }

  @Test func `from another supplier, as opening stock or of no order`() {
    var other = receive(id, goods(Clinic.gloves, 1))
    other.supplier = Clinic.insurer
    ordered.when(other).thenRefused(OrderRefusal.otherSupplier(id, Clinic.supplier))
    other.supplier = nil
    other.opening = true
    ordered.when(other).thenRefused(OrderRefusal.openingWasNotOrdered(id))
    ordered.when(receive(OrderID(9), goods(Clinic.gloves, 1))).thenRefused(.unknownReference)
  }

  @Test func `at the clinic for which it was ordered`() {
    let ordered = Clinic.two.given(order(wanted(Clinic.gloves, 1)))
    ordered.at(clinic: 2).when(receive(id, goods(Clinic.gloves, 1)))
      .thenRefused(DeskRefusal.elsewhere("PO1", clinic: Clinic.id))
    ordered.at(clinic: 2).when(
      ClosePurchaseOrder.with {
        $0.order = id
        $0.reason = .complete
      }
    ).thenRefused(.invalidState)
  }
}

@Suite struct `Giving goods back` {
  private var store: Spec {
    Clinic.open.atTheStore.given(
      receive(
        goods(Clinic.screw, 3, lot: "A", expiry: "2026-03-01", value: 10_00),
        goods(Clinic.gloves, 10, value: 1_00), goods(Clinic.gloves, 5, value: 2_00)))
  }

  private func line(
    _ number: UInt32, _ item: ItemID, _ count: Int64, _ value: Int64, received: Int64,
    lot: String = ""
  ) -> GoodsReturnLine {
    .with {
      $0.receiptLine = number
      $0.item = item
      $0.lot = lot
      $0.quantity = units(count)
      $0.value = cents(value)
      $0.received = cents(received)
    }
  }

  @Test func `an expired lot that is recalled goes back, at its cost`() {
    let recalled = store.given(setLot("A", .recalled))
    recalled.when(giveBack(Clinic.screw, 1, lot: "A")).then(
      GoodsReturned.with {
        $0.receipt = ReceiptID(1)
        $0.supplier = Clinic.supplier
        $0.clinic = Clinic.id
        $0.lines = [line(1, Clinic.screw, 1, 3_33, received: 3_33, lot: "A")]
        $0.reason = "wrong size"
      })
  }

  @Test func `takes from the receipt's lines in their order, all at the cost on hand`() {
    let spec = store.when(giveBack(Clinic.gloves, 12))
    #expect(
      spec.events.map { try? $0.decoded(as: GoodsReturned.self).lines } == [
        [
          line(2, Clinic.gloves, 10, 2_00, received: 1_00),
          line(3, Clinic.gloves, 2, 40, received: 80),
        ]
      ])
  }

  @Test func `no more than came with the receipt and was not given back`() {
    store.when(giveBack(Clinic.gloves, 16)).thenRefused(
      StockRefusal.beyondReceipt(Clinic.gloves, ReceiptID(1), left: units(15)))
    store.given(giveBack(Clinic.screw, 2, lot: "A")).when(giveBack(Clinic.screw, 2, lot: "A"))
      .thenRefused(StockRefusal.beyondReceipt(Clinic.screw, ReceiptID(1), left: units(1)))
    store.when(giveBack(Clinic.screw, 1, lot: "B")).thenRefused(.quantityExceeded)
  }

  @Test func `no more than is on hand`() {
    store.given(issue(Clinic.screw, 2, lot: "A")).when(giveBack(Clinic.screw, 2, lot: "A"))
      .thenRefused(
        StockRefusal.insufficient(Clinic.screw, lot: "A", available: units(1), short: units(1)))
  }

  @Test func `names the lot and why, and a receipt that somebody sent`() {
    var back = giveBack(Clinic.screw, 1)
    back.reason = " "
    store.when(back).thenRefused(.reasonRequired, .lotRequired)
    store.when(giveBack(Clinic.gloves, 0)).thenRefused(.outOfRange)
    store.when(giveBack(ItemID(9), 1)).thenRefused(.unknownReference)
    store.when(giveBack(Clinic.gloves, 1, of: 9)).thenRefused(.unknownReference)
    store.when(ReturnGoods.with { $0.receipt = ReceiptID(1) })
      .thenRefused(.reasonRequired, .fieldRequired)
    var opening = receive(goods(Clinic.gloves, 1))
    opening.supplier = nil
    opening.opening = true
    store.given(opening).when(giveBack(Clinic.gloves, 1, of: 2))
      .thenRefused(StockRefusal.withoutSupplier(ReceiptID(2)))
  }

  @Test func `of stock that was there when the books began is the supplier's debt`() {
    var opening = receive(goods(Clinic.gloves, 1, value: 9))
    opening.opening = true
    let spec = store.given(opening).when(giveBack(Clinic.gloves, 1, of: 2))
    let line = spec.events.first.flatMap { try? $0.decoded(as: GoodsReturned.self).lines.first }
    #expect(line?.invoiced == true)
  }

  @Test func `goes back from the clinic that received it`() {
    Clinic.two.given(receive(goods(Clinic.gloves, 1))).at(clinic: 2)
      .when(giveBack(Clinic.gloves, 1)).thenRefused(.invalidState, .unknownReference)
  }
}
