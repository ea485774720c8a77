import DaybookClinicEvents
import DaybookEvents
public import DaybookReporting
public import DaybookValues

/// Appointments whose day is over, and nobody came, called off or was marked as absent:
/// `visits unresolved`.
///
/// Those of days before D, by what was noted up to D: what is past and unresolved is found, and never
/// decided by itself. `age` is how many days ago it was to be.
public enum UnresolvedReport {
  /// The report.
  ///
  /// - Parameters:
  ///   - model: The front office's read model.
  ///   - asOf: The position that it stands at.
  ///   - skipped: Records that were skipped on the way there.
  ///   - query: What is asked; a range lists the appointments of its days.
  /// - Complexity: O(events of appointments and visits up to the position).
  public static func report(
    from model: VisitsModel, asOf: Position, skipped: Int = 0, _ query: VisitsQuery
  ) -> Report {
    let scope = Scope(query, model, asOf: asOf)
    var report = scope.report("visits-unresolved", "Unresolved appointments", columns)
    guard let last = scope.last else { return report }
    let agenda = Agenda(model, knownAt: scope.known, factsThrough: last)
    let found = agenda.appointments.values.filter {
      $0.start.day < last && scope.counts($0.start.day) && scope.includes($0)
        && agenda.status(of: $0) == .booked
    }
    for appointment in found.sorted(by: { order($0) < order($1) }) {
      report.append(
        [
          .moment(appointment.start), .identifier(appointment.appointment),
        ] + scope.cells(appointment.patient) + scope.cells(appointment.practitioner) + [
          .identifier(appointment.resource),
          .count(Int64(last.days(since: appointment.start.day))),
        ] + scope.cells(appointment.clinic))
    }
    report.footer = scope.footer(entries: found.count, skipped: skipped)
    return report
  }

  private static func order(_ appointment: Agenda.Appointment) -> (Int64, UInt64) {
    (appointment.start.instant.milliseconds, appointment.appointment.number)
  }

  private static let columns = [
    Column("at", .moment), Column("appointment", .identifier), Column("patient", .identifier),
    Column("ref", .text), Column("practitioner", .identifier), Column("practitionerRef", .text),
    Column("resource", .identifier), Column("age", .count), Column("clinic", .identifier),
    Column("clinicRef", .text),
  ]
}
