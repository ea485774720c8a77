import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

/// What people complain of in other programs about stock (LESSONS section 3, rows 7, 8, 9, 17, 26).
@Suite struct `Complaints about stock elsewhere` {
  private let before = Clinic.moment("2026-02-20T09:00:00Z")

  /// Three screws of A and two of B, which expires later, came in on 1 February.
  private var store: Spec {
    Clinic.open.atTheStore.at(Clinic.moment("2026-02-01T09:00:00Z")).given(
      receive(
        goods(Clinic.screw, 3, lot: "A", expiry: "2026-03-01", value: 3_00),
        goods(Clinic.screw, 2, lot: "B", expiry: "2028-01-01", value: 3_00),
        goods(Clinic.gloves, 10, value: 1_00)))
  }

  @Test func `a receipt dated before a stock-take leaves the balance after it`() {
    let spec = store.at(Clinic.nine).given(count(counted(Clinic.gloves, 9)))
      .at(before, recorded: Clinic.nine.instant)
      .given(receive(goods(Clinic.gloves, 100, value: 10_00)))
    #expect(spec.stock(Clinic.gloves) == [9, 90])
  }

  @Test func `a pick by expiry takes as many lots as it needs, or says the shortage`() {
    let at = store.at(before)
    at.when(issue(Clinic.screw, 4)).then(
      issued(Clinic.screw, [issueLine("A", 3, 3_00), issueLine("B", 1, 1_50)]))
    at.when(issue(Clinic.screw, 6)).thenRefused(
      StockRefusal.insufficient(Clinic.screw, lot: "", available: units(5), short: units(1)))
  }

  @Test func `an expired lot is written off, returned and counted, and never used`() {
    let expired = store.at(Clinic.nine)
    expired.when(issue(Clinic.screw, 1, lot: "A", for: .sale)).thenRefused(.lotExpired)
    expired.when(issue(Clinic.screw, 1, lot: "A", for: .expired)).thenEvents(StockIssued.self)
    expired.when(giveBack(Clinic.screw, 1, lot: "A")).thenEvents(GoodsReturned.self)
    expired.when(count(counted(Clinic.screw, 2, lot: "A"))).thenEvents(StockCounted.self)
  }

  @Test func `stock that leaves names the treatment that used it, or says what for`() {
    store.when(issue(Clinic.screw, 1, for: .treatment))
      .thenRefused(StockRefusal.treatmentNeedsLine)
    store.when(issue(Clinic.screw, 1, for: .unspecified)).thenRefused(.fieldRequired)
  }

  @Test func `a treatment takes its stock in the same action, or does not happen`() {
    let seen = Clinic.seen().atTheStore
      .given(receive(goods(Clinic.screw, 1, lot: "C", expiry: "2028-01-01", value: 1)))
      .by(.staff(2), .practitioner)
    let screw = { (lot: String) in
      Clinic.treat(100) {
        $0.devices = [
          .with {
            $0.item = Clinic.screw
            $0.lot = lot
          }
        ]
      }
    }
    let done = seen.when(screw("C"))
    done.thenEvents(TreatmentPerformed.self, ChargePosted.self, StockIssued.self)
    #expect(done.stock(Clinic.screw, "C") == [0, 0])
    done.when(screw("C")).thenRefused(.insufficientStock)
  }
}
