import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

func setLot(
  _ lot: String, _ status: LotStatus, of item: ItemID = Clinic.screw, approver: StaffID? = nil
) -> SetLotStatus {
  .with {
    $0.item = item
    $0.lot = lot
    $0.status = status
    $0.reason = "notice of the maker"
    $0.approver = approver
  }
}

@Suite struct `The status of a lot` {
  private var store: Spec {
    Clinic.two.given(
      receive(
        goods(Clinic.screw, 2, lot: "A", expiry: "2027-01-01"),
        goods(Clinic.screw, 2, lot: "B", expiry: "2028-01-01"))
    ).at(clinic: 2).given(
      receive(
        goods(Clinic.screw, 2, lot: "A", expiry: "2027-01-01"),
        goods(Clinic.screw, 2, lot: "B", expiry: "2028-01-01"))
    ).at(clinic: 1)
  }

  @Test func `recalled blocks use at all clinics at once`() {
    let recalled = store.given(setLot("A", .recalled))
    for clinic in UInt64(1)...2 {
      let here = recalled.at(clinic: clinic)
      here.when(issue(Clinic.screw, 1, lot: "A", for: .sale)).thenRefused(
        StockRefusal.lotHeld("A", .recalled))
      // The first to expire that may be used goes first.
      let sold = here.when(issue(Clinic.screw, 1, for: .sale))
      #expect(
        sold.events.map { try? $0.decoded(as: StockIssued.self).lines.first?.lot } == ["B"])
      here.when(issue(Clinic.screw, 3, for: .sale)).thenRefused(.insufficientStock)
    }
  }

  @Test func `held blocks no waste, return, count or transfer`() {
    let held = store.given(setLot("A", .held))
    held.when(issue(Clinic.screw, 1, lot: "A", for: .damaged)).thenEvents(StockIssued.self)
    held.when(giveBack(Clinic.screw, 1, lot: "A")).thenEvents(GoodsReturned.self)
    held.when(count(counted(Clinic.screw, 2, lot: "A"))).thenEvents(StockCounted.self)
    held.when(send(Clinic.screw, 1, lot: "A")).thenEvents(StockTransferDispatched.self)
  }

  @Test func `of history is a finding`() {
    store.given(setLot("A", .held)).importing.when(issue(Clinic.screw, 1, lot: "A", for: .sale))
      .thenFound(.lotHeld)
  }

  @Test func `holds from its time on`() {
    let later = store.at(Clinic.moment("2026-03-02T10:00:00Z")).given(setLot("A", .held))
    later.when(issue(Clinic.screw, 1, lot: "A", for: .sale)).thenRefused(.lotHeld)
    later.at(Clinic.nine, recorded: Clinic.moment("2026-03-02T10:00:00Z").instant)
      .when(issue(Clinic.screw, 1, lot: "A", for: .sale)).thenEvents(StockIssued.self)
    later.at(Clinic.nine, recorded: Clinic.moment("2026-03-02T10:00:00Z").instant)
      .when(setLot("A", .recalled)).thenRefused(.invalidState)
  }

  @Test func `released after held needs one person, after recalled two`() {
    store.given(setLot("A", .held)).when(setLot("A", .released)).thenEvents(LotStatusSet.self)
    let recalled = store.given(setLot("A", .recalled))
    recalled.when(setLot("A", .released)).thenRefused(StockRefusal.recalledByTwo)
    recalled.when(setLot("A", .released, approver: Clinic.cashier)).thenRefused(.needsSecondPerson)
    recalled.when(setLot("A", .released, approver: Clinic.accountant)).thenRefused(.notPermitted)
    recalled.when(setLot("A", .released, approver: StaffID(9))).thenRefused(.unknownReference)
    recalled.importing.when(setLot("A", .released)).thenEvents(LotStatusSet.self)
    recalled.given(setLot("A", .released, approver: Clinic.doctor))
      .when(issue(Clinic.screw, 1, lot: "A", for: .sale)).thenEvents(StockIssued.self)
  }

  @Test func `who works alone has nobody to ask`() {
    let alone = Clinic.begun.given(Clinic.hire("Ada")).given(Clinic.roles(Clinic.admin, [.admin]))
      .by(.staff(1), .admin).at(clinic: 1).given(Clinic.defineScrew)
      .given(setLot("A", .recalled, of: ItemID(1)))
    alone.when(setLot("A", .released, of: ItemID(1))).thenEvents(LotStatusSet.self)
  }

  @Test func `may come before the goods`() {
    Clinic.open.atTheStore.given(setLot("Z", .recalled))
      .given(receive(goods(Clinic.screw, 1, lot: "Z", expiry: "2027-01-01")))
      .when(issue(Clinic.screw, 1, lot: "Z", for: .sale)).thenRefused(.lotHeld)
  }

  @Test func `changes only to another one`() {
    store.when(setLot("A", .released)).thenRefused(StockRefusal.notBlocked("A"))
    store.given(setLot("A", .held)).when(setLot(" A", .held))
      .thenRefused(StockRefusal.statusStands("A", .held))
    store.given(setLot("A", .held)).when(setLot("A", .recalled)).thenEvents(LotStatusSet.self)
    store.given(setLot("A", .recalled)).when(setLot("A", .held))
      .thenRefused(StockRefusal.recalledStays("A"))
  }

  @Test func `needs item, lot, status and reason`() {
    store.when(SetLotStatus.with { $0.item = ItemID(9) }).thenRefused(
      .unknownReference, .lotRequired, .fieldRequired, .reasonRequired)
  }
}
