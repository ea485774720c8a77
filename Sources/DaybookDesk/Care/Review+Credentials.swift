import DaybookClinicEvents
import DaybookEvents
import DaybookValues

extension Review {
  /// The practitioner holds every credential that the services need, on the day of `time`.
  mutating func requireCredentials(
    of member: StaffID, for services: some Sequence<ServiceID>, _ state: DeskState,
    at time: Instant, _ field: String
  ) {
    var needed: [String] = []
    for service in services {
      for kind in state.administration.services[service]?.at(time).credentialKinds ?? []
      where !needed.contains(kind) {
        needed.append(kind)
      }
    }
  }
}
