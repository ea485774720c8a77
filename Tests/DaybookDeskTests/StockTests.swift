import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

@Suite struct `Defining an item` {
  @Test func `keeps what is said of it`() {
    var item = Clinic.defineScrew
    item.code = " S1 "
    item.packs = [Pack("box", units(10))]
    Clinic.open.atTheStore.when(item).then(
      ItemDefined.with {
        $0.item = ItemID(3)
        $0.code = "S1"
        $0.name = "Screw"
        $0.baseUnit = "piece"
        $0.packs = [Pack("box", units(10))]
        $0.lotTracked = true
        $0.expiryTracked = true
        $0.implant = true
      })
  }

  @Test func `names everything that is wrong at once`() {
    let wrong = DefineItem.with {
      $0.packs = [Pack("", .zero)]
      $0.reorderPoint = units(-1)
      $0.reorderQuantity = units(-1)
      $0.expiryTracked = true
      $0.item = ItemID(9)
    }
    Clinic.open.when(wrong).thenRefused(
      .fieldRequired, .fieldRequired, .fieldRequired, .outOfRange, .outOfRange, .outOfRange,
      .invalidState, .unknownReference)
  }

  @Test func `base unit and tracking are fixed once anything has moved`() {
    var changed = Clinic.defineGloves
    changed.item = Clinic.gloves
    changed.baseUnit = "pair"
    let moved = Clinic.open.atTheStore.given(receive(goods(Clinic.gloves, 1)))
    Clinic.open.atTheStore.when(changed).thenEvents(ItemDefined.self)
    moved.when(changed).thenRefused(StockRefusal.itemFixed(Clinic.gloves))
    changed.baseUnit = "piece"
    changed.name = "Fine gloves"
    moved.given(changed).when(changed).thenEvents(ItemDefined.self)
    changed.lotTracked = true
    moved.when(changed).thenRefused(.invalidState)
  }
}

@Suite struct `Receiving goods` {
  private var store: Spec { Clinic.open.atTheStore }

  @Test func `values a line by its value, else by quantity times unit cost`() {
    var lines = [goods(Clinic.gloves, 3), goods(Clinic.gloves, 3, value: 1_00)]
    lines[0].unitCost = UnitPrice(tenThousandths: 425)
    lines[1].unitCost = UnitPrice(tenThousandths: 425)
    store.when(receive(lines[0], lines[1])).then(
      GoodsReceived.with {
        $0.receipt = ReceiptID(1)
        $0.supplier = Clinic.supplier
        $0.clinic = Clinic.id
        $0.lines = ([13, 100] as [Int64]).reduce(into: []) { list, value in
          list.append(
            .with {
              $0.item = Clinic.gloves
              $0.quantity = units(3)
              $0.unitCost = UnitPrice(tenThousandths: 425)
              $0.value = cents(value)
            })
        }
      })
  }

  @Test func `opening stock needs no supplier, other goods do`() {
    var opening = receive(goods(Clinic.gloves, 1))
    opening.supplier = nil
    store.when(opening).thenRefused(.fieldRequired)
    opening.opening = true
    store.when(opening).thenEvents(GoodsReceived.self)
    opening.supplier = Clinic.insurer
    store.when(opening).thenRefused(StockRefusal.notASupplier(Clinic.insurer))
    opening.supplier = PartyID(9)
    store.when(opening).thenRefused(.unknownReference)
  }

  @Test func `an item that is tracked names lot and expiry`() {
    store.when(receive(goods(Clinic.screw, 1))).thenRefused(.lotRequired, .expiryRequired)
    store.when(receive(goods(Clinic.screw, 1, lot: " ", expiry: "2030-01-01")))
      .thenRefused(.lotRequired)
    store.when(receive(goods(Clinic.gloves, 1, expiry: "2030-01-01"))).thenRefused(.lotRequired)
    store.when(receive(goods(Clinic.screw, 1, lot: "L1", expiry: "2030-01-01")))
      .thenEvents(GoodsReceived.self)
  }

  @Test func `a lot has one expiry, in one receipt and over all of them`() {
    let first = goods(Clinic.screw, 1, lot: "L1", expiry: "2030-01-01")
    let other = goods(Clinic.screw, 1, lot: " L1", expiry: "2030-01-02")
    let refusal = StockRefusal.otherExpiry(lot: "L1", known: Clinic.day("2030-01-01"))
    store.when(receive(first, other)).thenRefused(refusal)
    store.given(receive(first)).when(receive(other)).thenRefused(refusal)
    store.given(receive(first)).when(receive(first)).thenEvents(GoodsReceived.self)
    store.given(receive(first))
      .when(receive(goods(Clinic.gloves, 1, lot: "L1")))
      .thenEvents(GoodsReceived.self)
  }

  @Test func `needs lines, items, quantities and no negative cost`() {
    store.when(receive()).thenRefused(.fieldRequired)
    var wrong = goods(ItemID(9), 0, value: -1)
    wrong.unitCost = UnitPrice(tenThousandths: -1)
    wrong.expiry = Day(daysSince1970: .max)
    store.when(receive(wrong)).thenRefused(
      .outOfRange, .outOfRange, .unknownReference, .outOfRange, .amountNegative)
  }

  @Test func `beyond what can be kept is refused and never traps`() {
    var large = goods(Clinic.gloves, 1)
    large.quantity = Quantity(thousandths: .max)
    store.when(receive(large)).thenEvents(GoodsReceived.self)
    store.given(receive(large)).when(receive(goods(Clinic.gloves, 1))).thenRefused(.tooLarge)
    store.when(receive(large, large)).thenRefused(.tooLarge)
    large.unitCost = UnitPrice(tenThousandths: .max)
    store.when(receive(large)).thenRefused(.tooLarge)
  }
}
