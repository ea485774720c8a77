import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

@Suite struct `Stock of a treatment` {
  private func stocked(_ gloves: Int64 = 10) -> Spec {
    Clinic.seen().atTheStore
      .at(Clinic.moment("2026-02-01T09:00:00Z"), recorded: Clinic.nine.instant)
      .given(
        receive(
          goods(Clinic.gloves, gloves, value: 1_00),
          goods(Clinic.screw, 2, lot: "A", expiry: "2027-01-01", value: 10_00))
      ).at(Clinic.nine).by(.staff(2), .practitioner)
  }

  private func screw(_ lot: String) -> Device {
    .with {
      $0.item = Clinic.screw
      $0.lot = lot
    }
  }

  private let treated = EncounterLine(EncounterID(1), line: 1)

  private func used(_ item: ItemID, _ lines: Few<IssueLine>) -> StockIssued {
    issued(item, lines, for: .treatment) {
      $0.encounterLine = treated
      $0.patient = Clinic.patient
    }
  }

  private func issues(_ spec: Spec) -> [StockIssued] {
    spec.events.compactMap { try? $0.decoded(as: StockIssued.self) }
  }

  @Test func `follows the recipe, as often as the units say`() {
    let spec = stocked().when(
      Clinic.treat(100) {
        $0.service = Clinic.consult
        $0.units = 3
      })
    #expect(issues(spec) == [used(Clinic.gloves, [issueLine("", 3, 30)])])
    #expect(spec.events.last?.cause == .event(0))
  }

  @Test func `by recipe never refuses what is not tracked`() {
    let spec = Clinic.seen().when(Clinic.treat(100) { $0.service = Clinic.consult })
    #expect(issues(spec).first?.short == .one)
    #expect(issues(spec).first?.lines.isEmpty == true)
  }

  @Test func `what is named takes the place of the recipe's line`() {
    let spec = stocked().when(
      Clinic.treat(100) {
        $0.service = Clinic.consult
        $0.uses = [ItemUse(Clinic.gloves, units(2)), ItemUse(Clinic.screw, .one, lot: "A ")]
      })
    #expect(
      issues(spec) == [
        used(Clinic.gloves, [issueLine("", 2, 20)]), used(Clinic.screw, [issueLine("A", 1, 5_00)]),
      ])
  }

  @Test func `takes one of each device from its lot, and keeps its label`() throws {
    let spec = stocked().when(Clinic.treat(100) { $0.devices = [screw("A"), screw("A")] })
    #expect(
      issues(spec) == [
        used(Clinic.screw, [issueLine("A", 1, 5_00)]),
        used(Clinic.screw, [issueLine("A", 1, 5_00)]),
      ])
    let treatment = try #require(
      try spec.events.first?.decoded(as: TreatmentPerformed.self))
    #expect(treatment.devices == [screw("A"), screw("A")])
    stocked().when(Clinic.treat(100) { $0.devices = [screw("A"), screw("A"), screw("A")] })
      .thenRefused(.insufficientStock)
  }

  @Test func `a device that is tracked names its lot`() {
    stocked().when(Clinic.treat(100) { $0.devices = [screw(" ")] }).thenRefused(.lotRequired)
    stocked().when(
      Clinic.treat(100) { $0.devices = [.with { $0.item = ItemID(9) }] }
    ).thenRefused(.unknownReference)
  }

  @Test func `a treatment that is refused takes nothing`() {
    let spec = stocked().when(
      Clinic.treat(-1) { $0.devices = [screw("A")] })
    spec.thenRefused(.amountNegative)
    let key = StockKey(clinic: Clinic.id, item: Clinic.screw)
    #expect(spec.state.stock.lot("A", at: key)?.onHand == 2000)
  }

  @Test func `units beyond what can be counted are refused and never trap`() {
    var service = Clinic.service("Endless")
    service.recipe = [RecipeLine(Clinic.gloves, Quantity(thousandths: .max))]
    stocked().by(.staff(1), .admin).given(service).by(.staff(2), .practitioner)
      .when(
        Clinic.treat(100) {
          $0.service = ServiceID(3)
          $0.units = .max
        }
      ).thenRefused(.tooLarge)
  }
}
