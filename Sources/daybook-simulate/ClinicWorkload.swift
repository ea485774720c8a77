import Daybook
import DaybookScenarios
import DaybookTesting

/// What people ask of a clinic's book, in a simulation.
struct ClinicWorkload: SimulatedWorkload {
  static let catalogue = Catalogue.clinic
  private var clinic: RandomClinic

  init(seed: UInt64) { clinic = RandomClinic(seed: seed) }

  static func opening(at now: Instant) -> [SimulatedAction<DeskState>] {
    RandomClinic.opening(at: now).map { SimulatedAction($0.command, $0.envelope) }
  }

  mutating func next(at now: Instant) -> SimulatedAction<DeskState> {
    let action = clinic.next(at: now)
    return SimulatedAction(action.command, action.envelope)
  }

  mutating func note(_ receipt: ActionReceipt) { clinic.note(receipt) }

  mutating func forget() { clinic.forget() }
}
