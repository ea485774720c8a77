import DaybookEvents
public import DaybookValues

/// How many wait, are being seen, or were not heard of: what `status` says of the front office.
///
/// The same as `visits waiting` and `visits unresolved` list on the latest day of a fact.
public struct FrontOfficeCounts: Hashable, Sendable {
  /// Patients who arrived and are with nobody.
  public var waiting = 0
  /// Encounters that began and are not completed.
  public var inProgress = 0
  /// Appointments of earlier days of which nothing is known.
  public var unresolved = 0

  /// As the model knows it at `position`.
  ///
  /// - Complexity: O(events of appointments and visits up to the position).
  public init(_ model: VisitsModel, asOf position: Position) {
    let agenda = Agenda(model, knownAt: position)
    for visit in agenda.visits.values {
      if agenda.status(of: visit) == .arrived { waiting += 1 }
      inProgress += max(0, visit.begun - visit.completed)
    }
    guard let day = model.days.day(knownAt: position) else { return }
    unresolved = agenda.appointments.values.count {
      $0.start.day < day && agenda.status(of: $0) == .booked
    }
  }
}
