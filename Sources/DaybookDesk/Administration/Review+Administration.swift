import DaybookClinicEvents
import DaybookEvents
import DaybookValues

extension Review {
  /// The service exists and was active at `time`.
  mutating func requireActive(
    _ service: ServiceID, _ state: DeskState, at time: Instant, _ field: String
  ) {
    guard let known = known(service, in: state.administration.services, field) else { return }
    if !known.at(time).active {
      question(AdministrationRefusal.serviceInactive(service), field)
    }
  }

  /// The practitioner exists and works at the clinic on the day of `time`.
  mutating func requirePractitioner(
    _ member: StaffID, _ state: DeskState, at time: Instant, until end: Instant? = nil,
    _ field: String
  ) {
    guard let known = known(member, in: state.people.members, field) else { return }
    let here = ClinicID(context.clinic)
    let days = [time, end ?? time].map { moment($0).day }
    if !days.allSatisfy({ known.works(at: here, on: $0) }) {
      question(AdministrationRefusal.notWorkingHere(member, clinic: here), field)
    }
  }
}
