import DaybookClinicEvents
import DaybookEvents
import DaybookValues

extension Review {
  /// The practitioner holds every credential that the services need, on the day of `time`.
  ///
  /// A service names a type of credential, `licence`, or one of them by its name. A licence or
  /// insurance that was recorded once must be kept up, whatever the services.
  mutating func requireCredentials(
    of member: StaffID, for services: some Sequence<ServiceID>, _ state: DeskState,
    at time: Instant, _ field: String
  ) {
    guard let known = state.people.members[member] else { return }
    let day = moment(time).day
    var asked: [String] = []
    for service in services {
      for kind in state.administration.services[service]?.at(time).credentialKinds ?? []
      where !asked.contains(kind) {
        asked.append(kind)
        if !known.credentials.contains(where: { $0.isOf(kind) && $0.isValid(on: day) }) {
          question(CareRefusal.credentialMissing(member, kind, day), field)
        }
      }
    }
    if let lapsed = known.lapsed(on: day), !asked.contains("\(lapsed)") {
      question(CareRefusal.credentialMissing(member, "\(lapsed)", day), field)
    }
  }
}

extension CredentialRecord {
  /// Whether it is of the type, or has the name.
  func isOf(_ kind: String) -> Bool { "\(type)" == kind.trimmed || name == kind.trimmed }
}
