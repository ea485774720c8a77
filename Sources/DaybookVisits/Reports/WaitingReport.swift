import DaybookClinicEvents
import DaybookEvents
public import DaybookReporting
public import DaybookValues

/// Who waits: patients who are here and with nobody, and those who want a time: `visits waiting`.
///
/// Of the kind `here` is who had arrived by the end of D and was with nobody yet, longest first: what
/// was seen after D does not count. Of the kind `list` is who stands on the waiting list, the most
/// pressing first. With a practitioner, a request for anybody stays; so does who walked in.
public enum WaitingReport {
  /// The report.
  ///
  /// - Parameters:
  ///   - model: The front office's read model.
  ///   - asOf: The position that it stands at.
  ///   - skipped: Records that were skipped on the way there.
  ///   - query: What is asked; a range stands for its last day.
  /// - Complexity: O(events of appointments and visits up to the position).
  public static func report(
    from model: VisitsModel, asOf: Position, skipped: Int = 0, _ query: VisitsQuery
  ) -> Report {
    let scope = Scope(query, model, asOf: asOf)
    let agenda = Agenda(model, knownAt: scope.known, factsThrough: scope.last)
    var report = Report(
      name: "visits-waiting", title: "Waiting", book: query.book, on: scope.last,
      knownAt: scope.known, columns: columns)
    for visit in visits(agenda, scope) {
      let booked = agenda.appointments[visit.appointment.number]
      report.append(
        [.text("here"), .moment(visit.at), .identifier(visit.visit)]
          + scope.cells(visit.patient) + scope.cells(booked?.practitioner ?? StaffID()) + [
            .identifier(visit.appointment), booked.map { .moment($0.start) } ?? .empty,
            .empty, .empty, .empty, .empty,
          ] + scope.cells(visit.clinic))
    }
    for request in requests(agenda, scope) {
      report.append(
        [.text("list"), .moment(request.since), .identifier(request.request)]
          + scope.cells(agenda.current(request.patient)) + scope.cells(request.practitioner) + [
            .empty, .empty, .day(request.from), .day(request.to), .text(request.weekdayNames),
            .text(request.priority == .unspecified ? "routine" : "\(request.priority)"),
          ] + scope.cells(request.clinic))
    }
    report.footer = scope.footer(entries: report.rows.count, skipped: skipped)
    return report
  }

  private static func visits(_ agenda: Agenda, _ scope: Scope) -> [Agenda.Visit] {
    let waiting = agenda.visits.values.filter { visit in
      let booked = agenda.appointments[visit.appointment.number]
      return agenda.status(of: visit) == .arrived && scope.includes(visit.clinic)
        && (booked.map { scope.includes($0.practitioner) } ?? true)
    }
    return waiting.sorted {
      ($0.at.instant.milliseconds, $0.visit.number) < ($1.at.instant.milliseconds, $1.visit.number)
    }
  }

  private static func requests(_ agenda: Agenda, _ scope: Scope) -> [RequestRow] {
    let open = scope.model.requests.rows(through: scope.known).filter {
      !agenda.endedRequests.contains($0.request) && scope.includes($0.clinic)
        && ($0.practitioner.isNone || scope.includes($0.practitioner))
    }
    return open.sorted { $0.order < $1.order }
  }

  private static let columns = [
    Column("kind", .text), Column("since", .moment), Column("id", .identifier),
    Column("patient", .identifier), Column("ref", .text), Column("practitioner", .identifier),
    Column("practitionerRef", .text), Column("appointment", .identifier),
    Column("booked", .moment), Column("from", .day), Column("to", .day),
    Column("weekdays", .text), Column("priority", .text), Column("clinic", .identifier),
    Column("clinicRef", .text),
  ]
}

extension RequestRow {
  /// The most pressing first, then who has waited longest.
  fileprivate var order: (Int64, Int64, UInt64) {
    let pressing = max(Int64(priority.rawValue), Int64(RequestPriority.routine.rawValue))
    return (-pressing, since.instant.milliseconds, request.number)
  }

  /// `Mon Wed`; empty where all days are wanted.
  fileprivate var weekdayNames: String? {
    let names = Weekday.allCases.filter { weekdays >> UInt8($0.rawValue - 1) & 1 == 1 }
      .map { "\($0)".prefix(3) }
    return names.isEmpty ? nil : names.joined(separator: " ")
  }
}
