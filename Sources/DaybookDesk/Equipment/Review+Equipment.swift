import DaybookClinicEvents
import DaybookEvents
import DaybookValues

extension Review {
  /// There is such a room, chair, device or steriliser here; its record.
  @discardableResult
  mutating func requireEquipment(
    _ resource: ResourceID, _ state: DeskState, _ field: String
  ) -> ResourceRecord? {
    guard let known = known(resource, in: state.catalogue.resources, field) else { return nil }
    requireHere(known.clinic, "resource \(resource)", field)
    return known
  }

  /// There is such a resource here, and it is a steriliser.
  mutating func requireSteriliser(_ resource: ResourceID, _ state: DeskState, _ field: String) {
    if let known = requireEquipment(resource, state, field), known.type != .steriliser {
      refuse(EquipmentRefusal.notASteriliser(resource), field)
    }
  }

  /// The resource may be used at `time`: booked, or run.
  mutating func requireFit(
    _ resource: ResourceID, _ state: DeskState, at time: Instant, _ field: String
  ) {
    if !state.equipment.isFit(resource, at: time) {
      question(EquipmentRefusal.unfit(resource), field)
    }
  }
}
