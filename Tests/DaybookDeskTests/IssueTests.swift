import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

@Suite struct `Issuing stock` {
  /// Three lots of screws: B expires first, then A, then one that does not come in yet.
  private var store: Spec {
    Clinic.open.atTheStore.at(Clinic.moment("2026-02-01T09:00:00Z"))
      .given(
        receive(
          goods(Clinic.screw, 5, lot: "A", expiry: "2027-06-01", value: 10_00),
          goods(Clinic.screw, 3, lot: "B", expiry: "2027-01-01", value: 10_00),
          goods(Clinic.gloves, 10, value: 1_00))
      ).at(Clinic.nine)
  }

  @Test func `takes the first to expire, over as many lots as needed`() {
    let spec = store.when(issue(Clinic.screw, 4))
    spec.then(issued(Clinic.screw, [issueLine("B", 3, 10_00), issueLine("A", 1, 2_00)]))
    #expect(spec.events.first?.stream == StockID(1).stream)
    #expect(spec.events.first?.expected == .noStream)
  }

  @Test func `values by the lot's moving cost, and the last takes the remainder`() {
    let spec = store.given(issue(Clinic.screw, 1, lot: "B"))
      .given(issue(Clinic.screw, 1, lot: "B"))
    #expect(
      spec.events.map { try? $0.decoded(as: StockIssued.self).lines } == [[issueLine("B", 1, 3_34)]]
    )
    spec.when(issue(Clinic.screw, 1, lot: "B"))
      .then(issued(Clinic.screw, [issueLine("B", 1, 3_33)]))
  }

  @Test func `goes on with the pair's stream`() {
    let spec = store.given(issue(Clinic.screw, 1)).given(issue(Clinic.gloves, 1))
      .when(issue(Clinic.screw, 1))
    #expect(spec.events.first?.stream == StockID(1).stream)
    #expect(spec.events.first?.expected == .any)
  }

  @Test func `is refused where a lot has too little`() {
    store.when(issue(Clinic.screw, 4, lot: "B")).thenRefused(
      StockRefusal.insufficient(
        Clinic.screw, lot: "B", available: units(3), short: units(1)))
    store.when(issue(Clinic.screw, 9)).thenRefused(
      StockRefusal.insufficient(Clinic.screw, lot: "", available: units(8), short: units(1)))
    store.importing.when(issue(Clinic.screw, 9)).thenRefused(.insufficientStock)
    store.when(issue(Clinic.screw, 1, lot: "C"))
      .thenRefused(StockRefusal.unknownLot("C", Clinic.screw))
  }

  @Test func `of what is not tracked runs short for use, not for waste`() {
    store.when(issue(Clinic.gloves, 12, for: .sale)).then(
      issued(Clinic.gloves, [issueLine("", 10, 1_00)], for: .sale) { $0.short = units(2) })
    store.given(issue(Clinic.gloves, 10)).when(issue(Clinic.gloves, 1, for: .sale)).then(
      issued(Clinic.gloves, [], for: .sale) { $0.short = units(1) })
    store.when(issue(Clinic.gloves, 12, for: .lost)).thenRefused(.insufficientStock)
    store.when(issue(Clinic.gloves, 12)).thenRefused(.insufficientStock)
  }

  @Test func `that history wrote off was there, whether or not a receipt is known`() {
    let spec = store.importing.when(issue(Clinic.gloves, 12, for: .lost))
    spec.then(
      issued(Clinic.gloves, [issueLine("", 10, 1_00)], for: .lost) { $0.short = units(2) })
    #expect(spec.findings.map(\.code) == [.insufficientStock])
    #expect(spec.stock(Clinic.gloves) == [0, 0])
  }

  @Test func `of a controlled item never runs short`() {
    var item = Clinic.defineGloves
    item.controlled = true
    store.given(item).given(receive(goods(ItemID(3), 1)))
      .when(issue(ItemID(3), 2, for: .sale)).thenRefused(.insufficientStock)
  }

  @Test func `dated back sees the least that was on hand since`() {
    // On 1 February eight came in; on 2 March seven went out again.
    let spec = store.given(issue(Clinic.screw, 7))
    let before = spec.at(
      Clinic.moment("2026-02-10T09:00:00Z"), recorded: Clinic.nine.instant)
    before.when(issue(Clinic.screw, 2)).thenRefused(
      StockRefusal.insufficient(Clinic.screw, lot: "", available: units(1), short: units(1)))
    before.when(issue(Clinic.screw, 1)).then(issued(Clinic.screw, [issueLine("A", 1, 2_00)]))
    // Before the goods came in there was nothing to take.
    spec.at(Clinic.moment("2026-01-31T09:00:00Z"), recorded: Clinic.nine.instant)
      .when(issue(Clinic.screw, 1)).thenRefused(.insufficientStock)
  }

  @Test func `goods dated back can be taken from then on`() {
    let spec = store.at(Clinic.moment("2026-01-01T09:00:00Z"), recorded: Clinic.nine.instant)
      .given(receive(goods(Clinic.screw, 2, lot: "A", expiry: "2027-06-01")))
    spec.when(issue(Clinic.screw, 2)).then(issued(Clinic.screw, [issueLine("A", 2, 2_86)]))
    spec.when(issue(Clinic.screw, 3)).thenRefused(.insufficientStock)
  }

  // MARK: - For use on patients

  private func treatment(_ change: (inout IssueStock) -> Void) -> IssueStock {
    issue(Clinic.screw, 1, for: .treatment, change)
  }

  private var seen: Spec {
    Clinic.seen().given(Clinic.treat(100)).atTheStore
      .at(Clinic.moment("2026-02-01T09:00:00Z"), recorded: Clinic.nine.instant)
      .given(
        receive(
          goods(Clinic.screw, 5, lot: "A", expiry: "2027-06-01"),
          goods(Clinic.screw, 3, lot: "B", expiry: "2026-03-02"),
          goods(Clinic.screw, 3, lot: "OLD", expiry: "2026-03-01"))
      ).at(Clinic.nine)
  }

  private let treated = EncounterLine(EncounterID(1), line: 1)

  @Test func `passes over expired lots, whose last day counts`() {
    let spec = seen.when(treatment { $0.encounterLine = treated })
    spec.then(
      issued(Clinic.screw, [issueLine("B", 1, 0)], for: .treatment) {
        $0.encounterLine = treated
        $0.patient = Clinic.patient
      })
    #expect(spec.events.first?.correlation == 1)
    seen.when(
      issue(Clinic.screw, 9, for: .treatment) { $0.encounterLine = treated }
    ).thenRefused(.insufficientStock)
  }

  @Test func `never takes an expired lot for a treatment or a sale, and does for waste`() {
    seen.when(
      treatment {
        $0.lot = "OLD"
        $0.encounterLine = treated
        $0.lotOverride = .with { $0.reason = "nothing else" }
      }
    ).thenRefused(StockRefusal.lotExpired("OLD", Clinic.day("2026-03-01")))
    seen.when(issue(Clinic.screw, 1, lot: "OLD", for: .sale)).thenRefused(.lotExpired)
    seen.importing.when(issue(Clinic.screw, 1, lot: "OLD", for: .sale)).thenFound(.lotExpired)
    for purpose in [IssuePurpose.expired, .damaged, .lost, .internal] {
      seen.when(issue(Clinic.screw, 1, lot: "OLD", for: purpose)).thenEvents(StockIssued.self)
    }
    seen.when(issue(Clinic.screw, 4, for: .expired))
      .then(issued(Clinic.screw, [issueLine("OLD", 3, 0), issueLine("B", 1, 0)], for: .expired))
  }

  @Test func `another lot than the first to expire wants a reason`() {
    let later = treatment {
      $0.lot = "A"
      $0.encounterLine = treated
    }
    seen.when(later).thenRefused(StockRefusal.notFirstToExpire("A", first: "B"))
    seen.importing.when(later).thenFound(.reasonRequired)
    let override = LotOverride.with {
      $0.reason = "B lies in the other room"
      $0.approver = Clinic.admin
    }
    seen.when(
      IssueStock.with {
        $0 = later
        $0.lotOverride = override
      }
    ).then(
      issued(Clinic.screw, [issueLine("A", 1, 0)], for: .treatment) {
        $0.encounterLine = treated
        $0.patient = Clinic.patient
        $0.lotOverride = override
      })
    seen.when(
      IssueStock.with {
        $0 = later
        $0.lotOverride = .with {
          $0.reason = " "
          $0.approver = StaffID(9)
        }
      }
    ).thenRefused(.unknownReference, .reasonRequired)
  }

  @Test func `names its treatment, and that one's patient`() {
    seen.when(treatment { _ in }).thenRefused(StockRefusal.treatmentNeedsLine)
    seen.when(treatment { $0.encounterLine = EncounterLine(EncounterID(9)) })
      .thenRefused(.unknownReference)
    seen.when(treatment { $0.encounterLine = EncounterLine(EncounterID(1), line: 2) })
      .thenRefused(CareRefusal.noSuchLine(2))
    seen.when(treatment { $0.encounterLine = EncounterLine(EncounterID(1)) })
      .thenEvents(StockIssued.self)
    seen.when(
      treatment {
        $0.encounterLine = treated
        $0.patient = Clinic.other
      }
    ).thenRefused(CareRefusal.otherEncounter(EncounterID(1), Clinic.patient))
    seen.when(issue(Clinic.screw, 1, for: .sale) { $0.patient = PatientID(9) })
      .thenRefused(.unknownReference)
  }

  @Test func `needs item, quantity and purpose`() {
    store.when(issue(Clinic.screw, 0, for: .unspecified))
      .thenRefused(.fieldRequired, .outOfRange)
    store.when(issue(ItemID(9), 1)).thenRefused(.unknownReference)
    store.when(issue(Clinic.screw, -1)).thenRefused(.outOfRange)
  }
}
