import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

extension LegalClinic {
  /// What is serviced, and what the steriliser runs.
  static let equipment: Makers = [
    (.sterilisation, { clinic, state, now in clinic.sterilisation(state, now) }),
    (.servicing, { clinic, state, now in clinic.servicing(state, now) }),
  ]

  private mutating func sterilisation(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    let start = now - 1_800_000
    guard state.equipment.isFit(Self.steriliser, at: start),
      isOpen(day(now, state, at: Self.north), state, at: Self.north)
    else { return nil }
    let run = RecordSterilisation.with {
      $0.steriliser = Self.steriliser
      $0.programme = "134 °C"
      $0.start = start
      $0.end = now
      $0.result = dice.chance(85) ? .passed : .failed
      $0.trays = [
        .with {
          $0.item = Self.tray
          $0.tray = "tray \(dice.below(4))"
          $0.failed = dice.chance(10)
        }
      ]
    }
    return LegalCommand(run, .practitioner, at: Self.north)
  }

  private mutating func servicing(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    guard let resource = pick(state.catalogue.resources.count, ResourceKind.self),
      let record = state.catalogue.resources[resource]
    else { return nil }
    let isFit = !state.equipment.isFit(resource, at: now) || dice.chance(80)
    let service = ServiceEquipment.with {
      $0.resource = resource
      $0.type = dice.chance(50) ? .service : .repair
      $0.result = isFit ? .fit : .unfit
      $0.cost = dice.chance(50) ? cents(0...20_000) : nil
      $0.nextDue = day(now, state, at: record.clinic).advanced(by: dice.below(400))
      $0.supplier = Self.suppliers[0]
    }
    return LegalCommand(service, .practitioner, at: record.clinic)
  }
}
