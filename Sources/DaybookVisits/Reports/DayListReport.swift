import DaybookClinicEvents
import DaybookEvents
public import DaybookReporting
public import DaybookValues

/// Who is to come on a day, who came, and what became of it: `visits day-list`.
///
/// An appointment stands on the day for which it is booked now; a visit without one on the day of
/// arrival. What became of it is told as it is known, whatever day it was noted. Rows are in the order
/// of time.
///
/// | column | what it holds |
/// |---|---|
/// | `at`, `planned` | when it begins, and how long it takes; of who walked in, the arrival |
/// | `appointment`, `visit` | their printed identifiers |
/// | `patient`, `ref` | who is to come, and the reference of the registration |
/// | `practitioner`, `practitionerRef` | who is to see the patient; of who walked in, who did |
/// | `resource` | the room, chair or device |
/// | `status` | `booked`, `arrived`, `inProgress`, `seen`, `cancelled`, `noShow`, `leftUnseen` |
/// | `arrived` | when the patient came |
/// | `clinic`, `clinicRef` | where |
public enum DayListReport {
  /// The report.
  ///
  /// - Parameters:
  ///   - model: The front office's read model.
  ///   - asOf: The position that it stands at.
  ///   - skipped: Records that were skipped on the way there.
  ///   - query: What is asked; a range lists all its days.
  /// - Complexity: O(events of appointments and visits up to the position).
  public static func report(
    from model: VisitsModel, asOf: Position, skipped: Int = 0, _ query: VisitsQuery
  ) -> Report {
    let scope = Scope(query, model, asOf: asOf)
    let agenda = Agenda(model, knownAt: scope.known)
    var lines: [Line] = []
    for appointment in agenda.appointments.values
    where scope.lists(appointment.start.day) && scope.includes(appointment) {
      lines.append(Line(appointment, agenda))
    }
    for visit in agenda.visits.values
    where agenda.appointments[visit.appointment.number]?.visit != visit.visit {
      let line = Line(visit, agenda)
      if scope.lists(visit.at.day), scope.includes(line.place) { lines.append(line) }
    }
    var report = scope.report("visits-day-list", "Day list", columns)
    for line in lines.sorted(by: <) { report.append(line.cells(scope)) }
    report.footer = scope.footer(entries: lines.count, skipped: skipped)
    return report
  }

  /// An appointment, or a visit without one.
  private struct Line {
    var place: Agenda.Appointment
    var visit: Agenda.Visit?
    var status: Status

    init(_ appointment: Agenda.Appointment, _ agenda: Agenda) {
      place = appointment
      visit = appointment.visit.flatMap { agenda.visits[$0.number] }
      status = agenda.status(of: appointment)
    }

    init(_ visit: Agenda.Visit, _ agenda: Agenda) {
      place = Agenda.Appointment(
        patient: visit.patient, practitioner: visit.practitioner, clinic: visit.clinic,
        start: visit.at)
      self.visit = visit
      status = agenda.status(of: visit)
    }

    private var order: (Int64, UInt64, UInt64, UInt64) {
      (
        place.start.instant.milliseconds, place.practitioner.number, place.appointment.number,
        visit?.visit.number ?? 0
      )
    }

    static func < (left: Line, right: Line) -> Bool { left.order < right.order }

    func cells(_ scope: Scope) -> [Cell] {
      [
        .moment(place.start),
        place.appointment.isNone ? .empty : .seconds(Int64(place.seconds)),
        .identifier(place.appointment), .identifier(visit?.visit ?? VisitID()),
      ] + scope.cells(place.patient) + scope.cells(place.practitioner) + [
        .identifier(place.resource), .text(status.rawValue),
        visit.map { .moment($0.at) } ?? .empty,
      ] + scope.cells(place.clinic)
    }
  }

  private static let columns = [
    Column("at", .moment), Column("planned", .seconds), Column("appointment", .identifier),
    Column("visit", .identifier), Column("patient", .identifier), Column("ref", .text),
    Column("practitioner", .identifier), Column("practitionerRef", .text),
    Column("resource", .identifier), Column("status", .text), Column("arrived", .moment),
    Column("clinic", .identifier), Column("clinicRef", .text),
  ]
}
